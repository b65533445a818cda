"""Every example folder, run through the program itself: report, document and exit code."""

import json
from pathlib import Path

import pytest

from tests.acceptance.program import process
from tests.golden.regenerate import outputs
from tests.shipped import Example, examples

VERDICTS = {
    "anticoagulated-one-day-short": ("defer", {"med-xa"}),
    "clean-elective": ("eligible", set()),
    "complex-three-weeks-ahead": (
        "defer",
        {"dm-hba1c-high", "ob-3", "bone-osteopenia", "med-steroid"},
    ),
    "diabetic-at-the-limit": ("defer", {"dm-hba1c-high"}),
    "emergency-cauda-equina": ("eligible_with_precautions", {"cpr-bp-160", "med-xa"}),
    "half-filled": ("undecided", set()),
    "infected-exposed-hardware": ("not_eligible", {"inf-wound-not-debrided"}),
    "out-of-scope-child": ("out_of_scope", {"gen-age"}),
}


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.name)
def test_example_gives_what_stands_beside_it(example: Example) -> None:
    """Run `python -m tests.golden.regenerate` after a meant change, and read the difference."""
    for name, content in outputs(example).items():
        beside = Path(example.path).parent / name
        assert beside.read_text(encoding="utf-8") == content, f"{example.name}/{name}"


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.name)
def test_program_prints_the_example_and_exits_with_its_code(example: Example) -> None:
    """The command in the example's README prints the expected text and exits with its code."""
    folder = Path(example.path).parent
    done = process("check", example.path, "--as-of", example.as_of.isoformat())
    assert done.stdout.decode() == (folder / "expected.txt").read_text(encoding="utf-8")
    assert done.returncode == int((folder / "expected.code").read_text(encoding="utf-8"))
    assert done.stderr == b""


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.name)
def test_example_tells_the_story_it_promises(example: Example) -> None:
    """Verdict and flags of every example, written down by hand."""
    document = json.loads(outputs(example)["expected.json"])
    flagged = {
        f["rule"]
        for f in document["findings"]
        if f["status"] == "flagged" and f["level"] != "information"
    }
    assert (document["verdict"], flagged) == VERDICTS[example.name]

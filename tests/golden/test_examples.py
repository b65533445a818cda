"""Every example folder, run through the program itself: report, document and exit code."""

import json
from pathlib import Path

import pytest

from tests.acceptance.program import process
from tests.golden.regenerate import WITH_OVERLAY, outputs
from tests.shipped import Example, examples

VERDICTS = {
    "anticoagulated-one-day-short": ("defer", {"med-xa"}),
    "clean-elective": ("eligible", set()),
    "complex-three-weeks-ahead": (
        "defer",
        {
            "dm-hba1c-high",
            "ob-3",
            "bone-osteopenia",
            "hb-anaemia",
            "med-steroid",
            "povl-risk",
            "all-latex",
            "cpr-ariscat",
        },
    ),
    "diabetic-at-the-limit": ("defer", {"dm-hba1c-high"}),
    "emergency-cauda-equina": ("eligible_with_precautions", {"cpr-bp-160", "med-xa"}),
    "half-filled": ("undecided", set()),
    "infected-exposed-hardware": (
        "not_eligible",
        {"inf-wound-not-debrided", "nut-albumin-35"},
    ),
    "out-of-scope-child": ("out_of_scope", {"gen-age"}),
    "overlay-uk": ("defer", {"dm-hba1c-high", "dm-glucose-dayof", "med-sglt2", "ob-3"}),
}
WITH = {"overlay-uk": ("eligible_with_precautions", {"dm-hba1c-fusion", "ob-3"})}
OVERLAYS = [example for example in examples() if example.overlay is not None]


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.name)
def test_example_gives_what_stands_beside_it(example: Example) -> None:
    """Run `python -m tests.golden.regenerate` after a meant change, and read the difference."""
    for name, content in outputs(example).items():
        beside = Path(example.path).parent / name
        # Bytes: the lines of a calendar end as its standard asks, not as this machine likes.
        assert beside.read_bytes().decode() == content, f"{example.name}/{name}"


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.name)
def test_program_prints_the_example_and_exits_with_its_code(example: Example) -> None:
    """The command in the example's README prints the expected text and exits with its code."""
    folder = Path(example.path).parent
    done = process("check", example.path, "--as-of", example.as_of.isoformat())
    assert done.stdout.decode() == (folder / "expected.txt").read_text(encoding="utf-8")
    assert done.returncode == int((folder / "expected.code").read_text(encoding="utf-8"))
    assert done.stderr == b""


@pytest.mark.parametrize(("name", "suffix"), [("text", "txt"), ("ics", "ics"), ("html", "html")])
def test_program_prints_the_sheet_that_stands_beside_the_example(name: str, suffix: str) -> None:
    """`backrec checklist` on the day of the story gives the bytes that were read and kept."""
    (example,) = (e for e in examples() if e.name == "complex-three-weeks-ahead")
    day = example.as_of.isoformat()
    done = process("checklist", example.path, "--as-of", day, "-f", name, COLUMNS="100")
    kept = (Path(example.path).parent / f"sheet.{suffix}").read_bytes()
    assert (done.stdout, done.returncode, done.stderr) == (kept, 0, b"")


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.name)
def test_example_tells_the_story_it_promises(example: Example) -> None:
    """Verdict and flags of every example, written down by hand."""
    assert _story(outputs(example)["expected.json"]) == VERDICTS[example.name]


@pytest.mark.parametrize("example", OVERLAYS, ids=lambda e: e.name)
def test_example_of_an_overlay_tells_the_other_story_too(example: Example) -> None:
    """The same patient by the overlay's limits, through the program itself."""
    folder = Path(example.path).parent
    assert _story(outputs(example)[f"{WITH_OVERLAY}.json"]) == WITH[example.name]
    day = example.as_of.isoformat()
    done = process("check", example.path, "--as-of", day, "--rules", folder)
    said = (folder / f"{WITH_OVERLAY}.txt").read_text(encoding="utf-8")
    code = (folder / f"{WITH_OVERLAY}.code").read_text(encoding="utf-8")
    assert (done.stdout.decode(), done.returncode, done.stderr) == (said, int(code), b"")


def _story(text: str) -> tuple[str, set[str]]:
    """Return the verdict of a result, and what it flags beyond information."""
    document = json.loads(text)
    flagged = {
        f["rule"]
        for f in document["findings"]
        if f["status"] == "flagged" and f["level"] != "information"
    }
    return document["verdict"], flagged

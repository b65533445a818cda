"""A sound folder becomes a pack: what is read, what falls back, what counts in the digest."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from backrec_cli.errors import DiagnosticsError, UsageError
from backrec_cli.rulepack import load_pack, shipped, shipped_pack_folder
from backrec_cli.rulepack.model import Kind, Level, Mark, Offset, Role, Source, Topic, Urgency
from backrec_cli.units import Quantity
from tests.unit.pack_files import FILES, GLUCOSE, PARAMETERS, write_pack


def test_pack_head_topics_levels_and_contacts_are_read(tmp_path: Path) -> None:
    """What pack.toml says stands in the pack."""
    pack = load_pack(write_pack(tmp_path))
    assert (pack.id, pack.version, pack.title) == ("small", "1.2.3", "A small pack")
    assert (pack.population, pack.intended_use, pack.limits) == ("Adults", "Tests", "Everything")
    assert pack.scope.text == "patient.age >= 18"
    assert pack.review_days == 90
    assert dict(pack.topics) == {"glucose": Topic("glucose", "Glucose", Kind.CLINICAL)}
    assert dict(pack.contacts) == {"surgeon": "consultant in charge"}
    assert set(pack.levels) == set(Urgency)
    assert pack.levels[Urgency.URGENT][Level.RELATIVE_ELECTIVE] is Level.CAUTION


def test_sources_and_parameters_are_typed(tmp_path: Path) -> None:
    """A number with a unit is a quantity, one without is what TOML says it is."""
    more = (
        '[ratio]\ntitle = "r"\nvalue = 1.50\nmark = "LP"\n'
        '[switch]\ntitle = "o"\nvalue = true\nmark = "LP"\n'
        '[agent]\ntitle = "a"\nvalue = "none"\nmark = "LP"\n'
    )
    pack = load_pack(write_pack(tmp_path, {"parameters.toml": PARAMETERS + more}))
    assert pack.sources["ada"] == Source("ada", "A guideline", 2024, Mark.V, "read")
    assert {name: found.value for name, found in pack.parameters.items()} == {
        "hba1c_limit": Quantity(Decimal(64), "mmol/mol"),
        "older_age": 65,
        "ratio": Decimal("1.50"),
        "switch": True,
        "agent": "none",
    }
    assert pack.parameters["hba1c_limit"].sources == ("ada",)


def test_rule_without_grades_is_its_one_grade(tmp_path: Path) -> None:
    """Level, condition and texts of a plain rule stand in its only grade."""
    rule = load_pack(write_pack(tmp_path)).rules[0]
    assert (rule.id, rule.topic, rule.level) == ("dm-high", "glucose", Level.RELATIVE)
    assert rule.applies is not None
    assert rule.applies.facts == {"conditions.diabetes"}
    assert rule.roles == (Role.SURGEON, Role.PATIENT)
    assert (rule.sources, rule.mark, rule.optional) == (("ada",), Mark.V, frozenset())
    (grade,) = rule.grades
    assert grade.when.text == "labs.hba1c >= hba1c_limit"
    assert (grade.action, grade.action_urgent) == ("Refer.", "Measure glucose every hour.")


def test_grades_fall_back_to_the_texts_of_their_rule(tmp_path: Path) -> None:
    """What a grade does not say, its rule says for all grades."""
    worst, mild = load_pack(write_pack(tmp_path)).rules[1].grades
    assert (worst.level, worst.action, worst.action_urgent) == (
        Level.RELATIVE,
        "Look.",
        "Look now.",
    )
    assert (mild.level, mild.action, mild.action_urgent) == (Level.CAUTION, "Look.", None)
    assert (worst.title, mild.title) == (None, "Raised")
    assert mild.when.facts == {"labs.hba1c", "medications.insulin"}


def test_requirement_and_step_are_read(tmp_path: Path) -> None:
    """Offsets are days or minutes; a step without an action is done by doing its title."""
    pack = load_pack(write_pack(tmp_path))
    (requirement,) = pack.requirements
    assert (requirement.facts, requirement.any_of) == (("labs.hba1c",), False)
    assert (requirement.from_, requirement.level) == (Offset(days=-90), Level.RELATIVE)
    (step,) = pack.steps
    assert (step.opens, step.closes) == (Offset(days=-1), Offset(minutes=-60))
    assert (step.gate, step.hold_if, step.action) == (Level.CAUTION, ("dm-high",), "Meter at hand")


def test_any_of_several_facts_is_enough_where_the_requirement_says_any(tmp_path: Path) -> None:
    """`any = [...]` instead of `facts = [...]`."""
    text = GLUCOSE.replace('facts = ["labs.hba1c"]', 'any = ["labs.hba1c", "patient.age"]')
    (requirement,) = load_pack(write_pack(tmp_path, {"glucose.toml": text})).requirements
    assert (requirement.facts, requirement.any_of) == (("labs.hba1c", "patient.age"), True)


def test_definitions_may_use_each_other_in_any_order_and_file(tmp_path: Path) -> None:
    """Each is compiled after those it needs."""
    files = {
        "a.toml": '[[define]]\nname = "outer"\nvalue = "inner or treated"\n',
        "z.toml": '[[define]]\nname = "inner"\nvalue = "treated and conditions.diabetes"\n',
    }
    pack = load_pack(write_pack(tmp_path, files))
    assert pack.definitions["outer"].facts == {"medications.insulin", "conditions.diabetes"}


def test_text_over_several_lines_is_joined(tmp_path: Path) -> None:
    """Authors break long sentences; readers get one line."""
    text = GLUCOSE.replace('action = "Refer."', 'action = """\nRefer,\n  soon."""')
    pack = load_pack(write_pack(tmp_path, {"glucose.toml": text}))
    assert pack.rules[0].grades[0].action == "Refer, soon."


def test_subfolders_and_other_files_are_not_read(tmp_path: Path) -> None:
    """Tests stand beside the rules in a folder of their own."""
    write_pack(tmp_path, {"codes.csv": "no toml"})
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "bad.toml").write_text("bad", encoding="utf-8")
    assert len(load_pack(tmp_path).rules) == 2


def test_windows_line_ends_and_byte_order_mark_are_read(tmp_path: Path) -> None:
    """Editors add both without asking."""
    text = "\ufeff" + GLUCOSE.replace("\n", "\r\n")
    crlf = load_pack(write_pack(tmp_path, {"glucose.toml": text}))
    assert [rule.id for rule in crlf.rules] == ["dm-high", "dm-grades"]


def _digest(folder: Path, changed: dict[str, str | None]) -> str:
    folder.mkdir()
    return load_pack(write_pack(folder, changed)).digest


def test_digest_is_the_same_for_the_same_content(tmp_path: Path) -> None:
    """Comments, blank lines, the order of rules and the file they stand in do not count."""
    rules = GLUCOSE.split("[[require]]")
    first = _digest(tmp_path / "a", {})
    second = _digest(
        tmp_path / "b",
        {"glucose.toml": "# moved\n\n[[require]]" + rules[1], "sugar.toml": rules[0]},
    )
    assert re.fullmatch(r"[0-9a-f]{64}", first)
    assert first == second


@pytest.mark.parametrize(
    ("file", "was", "now"),
    [
        ("glucose.toml", "Refer.", "Refer!"),
        ("glucose.toml", "hba1c_limit", "hba1c_limit "),
        ("parameters.toml", "64", "65"),
        ("parameters.toml", "64", "64.0"),
        ("sources.toml", "2024", "2025"),
        ("facts.toml", "90 d", "91 d"),
        ("pack.toml", "Tests", "Test"),
    ],
)
def test_digest_changes_with_any_content(tmp_path: Path, file: str, was: str, now: str) -> None:
    """Whatever a result may depend on, or a reader may be told, counts."""
    changed = FILES[file].replace(was, now)
    assert _digest(tmp_path / "a", {}) != _digest(tmp_path / "b", {file: changed})


def test_order_of_rules_and_files_changes_only_the_order(tmp_path: Path) -> None:
    """Rules come in the order of file names, then of lines."""
    copy = GLUCOSE[GLUCOSE.index("[[rule]]") : GLUCOSE.index('[[rule]]\nid = "dm-grades"')]
    pack = load_pack(write_pack(tmp_path, {"a.toml": copy.replace("dm-high", "a-first")}))
    assert [rule.id for rule in pack.rules] == ["a-first", "dm-high", "dm-grades"]
    assert replace(pack.rules[0], id="dm-high").sources == pack.rules[1].sources


def test_loading_a_pack_imports_nothing_heavy(tmp_path: Path) -> None:
    """`backrec check` loads a pack each time it starts; what only errors need waits for one."""
    write_pack(tmp_path)
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from backrec_cli.rulepack import load_pack\n"
        "load_pack(Path(sys.argv[1]))\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    heavy = {"pydantic", "jinja2", "rich", "typer", "difflib", "unittest", "asyncio"}
    assert heavy.isdisjoint(done.stdout.split())


def test_shipped_pack_is_found_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program is run wherever the patient's file is."""
    monkeypatch.chdir(tmp_path)
    assert (shipped_pack_folder() / "pack.toml").is_file()
    assert shipped_pack_folder().is_absolute()


def test_installation_without_rules_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken installation is the user's to mend, and no bug report."""
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path / "a" / "b")
    with pytest.raises(UsageError, match="install it again"):
        shipped_pack_folder()


@pytest.mark.parametrize(
    ("offset", "day"),
    [
        (Offset(days=-28), date(2026, 2, 16)),
        (Offset(days=0), date(2026, 3, 16)),
        (Offset(minutes=-60), date(2026, 3, 16)),
    ],
)
def test_offset_counts_calendar_days_from_surgery(offset: Offset, day: date) -> None:
    """Minutes before induction are on the day of surgery, whatever its hour."""
    assert offset.day(date(2026, 3, 16)) == day
    assert offset.day(datetime(2026, 3, 16, 0, 30, tzinfo=UTC)) == day


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipe_in_the_folder_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """Reading it would never end."""
    write_pack(tmp_path)
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(DiagnosticsError) as raised:
        load_pack(tmp_path)
    (found,) = raised.value.diagnostics
    assert (found.code, found.message) == ("E303", "file not read: it is not a plain file")
    assert found.place == f"{tmp_path.as_posix()}/pipe.toml"


def test_link_in_the_folder_is_refused(tmp_path: Path) -> None:
    """A pack is what stands in its folder, and nothing a link may lead to."""
    folder = tmp_path / "pack"
    folder.mkdir()
    write_pack(folder)
    (tmp_path / "outside.toml").write_text("", encoding="utf-8")
    (folder / "link.toml").symlink_to(tmp_path / "outside.toml")
    with pytest.raises(DiagnosticsError, match="E303: file not read: it is a link"):
        load_pack(folder)


def test_file_above_the_limit_is_refused(tmp_path: Path) -> None:
    """Nobody writes two megabytes of rules in one file."""
    write_pack(tmp_path, {"big.toml": "# x\n" * 500_001})
    with pytest.raises(DiagnosticsError, match="it is larger than 2 MB"):
        load_pack(tmp_path)

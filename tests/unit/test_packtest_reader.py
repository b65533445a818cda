"""The files of tests: every mistake in one run, each at the very key; and what a case becomes."""

from pathlib import Path

import pytest

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.packtest import load_suite
from tests.unit.pack_files import MARK
from tests.unit.pack_tests_bench import BASELINES, HEAD, packed, read_tests, write_tests
from tests.unit.pack_tests_mistakes import MISTAKES


def _found(folder: Path, files: dict[str, str]) -> list[Diagnostic]:
    """Read broken tests and return what is said of them."""
    with pytest.raises(DiagnosticsError) as raised:
        read_tests(folder, files)
    return list(raised.value.diagnostics)


def _marked(text: str) -> tuple[str, int, int]:
    """Return a text without its mark, and the line and column of the mark."""
    before, mark, after = text.partition(MARK)
    assert mark, "the text has no mark"
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize(
    ("text", "code", "message", "hint"), MISTAKES, ids=[f"{m[1]}: {m[2]}" for m in MISTAKES]
)
def test_mistake_is_said_once_at_the_very_key(
    tmp_path: Path, text: str, code: str, message: str, hint: str
) -> None:
    """Code, message, line, column and (where it is given here) the hint; nothing else is blamed."""
    text, line, column = _marked(text)
    (found,) = _found(tmp_path, {"some.toml": text})
    assert (found.code, found.message) == (code, message)
    assert found.place.endswith(f"tests/some.toml:{line}:{column}")
    assert not hint or found.hint == hint


def test_all_mistakes_of_all_files_are_said_in_one_run(tmp_path: Path) -> None:
    """A broken baseline, a broken case and a file that is no TOML are three lines, no more."""
    found = _found(
        tmp_path,
        {
            "a.toml": HEAD.replace("adult", "child") + "cases = [{ expect = 'claer' }]",
            "baselines.toml": BASELINES + BASELINES.replace("adult", "child").replace("50", "'a'"),
            "c.toml": "x = ",
            "d.toml": HEAD + "cases = [{ expect = 'claer' }]",
        },
    )
    assert [each.code for each in found] == ["E424", "E305", "E320"]


def test_a_folder_without_tests_is_an_error(tmp_path: Path) -> None:
    """Nothing tested must not look like everything passed."""
    (found,) = _found(tmp_path, {})
    assert found.code == "E370"
    assert found.message == f"no tests in '{tmp_path.as_posix()}/tests'"


def test_a_linked_folder_of_tests_is_not_followed(tmp_path: Path) -> None:
    """Tests are read from the pack's own folder only."""
    elsewhere, pack = tmp_path / "elsewhere", tmp_path / "pack"
    packed(elsewhere)
    write_tests(elsewhere, {"some.toml": HEAD + "cases = [{ expect = 'clear' }]"})
    packed(pack)
    (pack / "tests").symlink_to(elsewhere / "tests")
    with pytest.raises(DiagnosticsError, match="it is a link"):
        load_suite([pack], packed(pack))


def test_case_lays_its_facts_over_the_baseline(tmp_path: Path) -> None:
    """What is given replaces one fact; what is left out is gone; the rest stays."""
    row = (
        "{ facts = { conditions.diabetes = false, conditions.stroke = 'T-3' },"
        " without = ['patient.age'], unreviewed = ['medications'], as_of = 'T-14',"
        " expect = 'clear', name = 'x' }"
    )
    (case,) = read_tests(tmp_path, {"some.toml": HEAD + f"cases = [{row}]"}).cases
    facts = {path: fact.reading.reported for path, fact in case.profile.recorded.items()}
    assert facts == {
        "procedure.date": "2026-03-16",
        "procedure.urgency": "elective",
        "conditions.diabetes": "no",
        "conditions.stroke": "2026-03-13",
        "labs.hba1c": "40 mmol/mol",
    }
    assert set(case.profile.reviewed) == {"conditions"}
    assert str(case.as_of) == "2026-03-02"
    assert case.changes == (
        "conditions.diabetes = false",
        "conditions.stroke = 'T-3'",
        "patient.age not recorded",
        "medications not reviewed",
        "assessed on T-14",
    )


# where the case stands, the date its result is given
UNDATED = [
    ("", "2026-03-16"),
    ("as_of = 'T-14', ", "2026-03-02"),
    ("as_of = 'T+3', ", "2026-03-16"),
]


@pytest.mark.parametrize(("as_of", "on"), UNDATED)
def test_result_without_a_date_is_of_the_day_of_assessment(
    tmp_path: Path, as_of: str, on: str
) -> None:
    """But never of a day after surgery; a fact that does not go stale needs no date."""
    facts = "labs.hba1c = { value = 64, unit = 'mmol/mol' }, conditions.diabetes = true"
    row = f"{{ {as_of}facts = {{ {facts} }}, expect = 'clear' }}"
    (case,) = read_tests(tmp_path, {"some.toml": HEAD + f"cases = [{row}]"}).cases
    assert str(case.profile.recorded["labs.hba1c"].reading.on) == on
    assert case.profile.recorded["conditions.diabetes"].reading.on is None


def test_baseline_may_be_like_another(tmp_path: Path) -> None:
    """It is the other patient with a few facts changed, and the same day of surgery."""
    young = "[baseline.young]\ntitle = 'Young'\nlike = 'adult'\nprofile.patient.age = 20\n"
    text = young + "[[test]]\nentry = 'dm-high'\nbaseline = 'young'\ncases = [{ expect = 'clear' }]"
    (case,) = read_tests(tmp_path, {"some.toml": text}).cases
    ages = case.profile.recorded["patient.age"].reading.value
    assert (ages, case.baseline.surgery.isoformat()) == (20, "2026-03-16")
    assert case.profile.recorded["labs.hba1c"].reading.reported == "40 mmol/mol"

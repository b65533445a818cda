"""What is legal in a pack and most likely wrong is found at its place, and nothing else is."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from backrec_cli.errors import Diagnostic
from backrec_cli.lint.review import review
from backrec_cli.rulepack import load_pack, shipped_pack_folder
from tests.shipped import ROOT
from tests.unit.lint_rows import ALIKE, CLEAN, DECIDED, OWNERS, UNUSED, WRITTEN, changed
from tests.unit.pack_files import write_pack
from tests.unit.pack_mistakes import Mistake

TODAY = date(2026, 3, 16)
_LINT = "\n[lint]\noldest_citation = 1990\n"


def _found(folder: Path, files: Mapping[str, str], lint: str = _LINT) -> list[Diagnostic]:
    """Return what is said of a pack."""
    files = {**files, "pack.toml": files["pack.toml"] + lint}
    return list(review(write_pack(folder, files), TODAY).diagnostics)


def _place(diagnostic: Diagnostic, folder: Path) -> str:
    return diagnostic.place.removeprefix(f"{folder.as_posix()}/")


def test_shipped_rules_have_no_warning() -> None:
    """The pack that ships with the program is the first that its linter is asked about."""
    found = review(shipped_pack_folder(), TODAY).diagnostics
    assert [f"{each.place}: {each.message}" for each in found] == []


def test_clean_pack_has_no_warning(tmp_path: Path) -> None:
    """The pack that the rows below change gives none, so that each of them is the change's own."""
    assert [d.message for d in _found(tmp_path, CLEAN)] == []


@pytest.mark.parametrize(
    "row",
    [*UNUSED, *DECIDED, *ALIKE, *WRITTEN, *OWNERS],
    ids=lambda row: f"{row.code}: {row.now[:60]}",
)
def test_warning_is_given_once_at_its_place(tmp_path: Path, row: Mistake) -> None:
    """Code, message, line, column and hint; and nothing else is warned of."""
    files, place = changed(row)
    (found,) = _found(tmp_path, files)
    hint = (found.hint or "").replace(f"{tmp_path.as_posix()}/", "")
    assert (found.code, found.message, _place(found, tmp_path), hint, found.severity) == (
        row.code,
        row.message,
        place,
        row.hint,
        "warning",
    )


_FINE = (
    # A band between two limits; days that only say before or after; a rule for everyone.
    "labs.hba1c >= raised and labs.hba1c < high",
    (
        "labs.hba1c >= hba1c_limit and medications.insulin and difference in days between "
        "medications.insulin.last_dose_on and procedure.date < 1"
    ),
    (
        "labs.hba1c >= hba1c_limit and (not medications.insulin or "
        "medications.insulin.last_dose_on after procedure.date - 1 day)"
    ),
    (
        "labs.hba1c >= hba1c_limit and (medications.insulin implies "
        "medications.insulin.last_dose_on before procedure.date)"
    ),
    (
        "labs.hba1c >= hba1c_limit and (if medications.insulin then "
        "medications.insulin.last_dose_on before procedure.date else conditions.diabetes)"
    ),
    "true",
    "labs.kind in { 'a', 'b' }",
    "labs.kind != 'a'",
    "patient.age > 0 and labs.hba1c >= hba1c_limit",
    "labs.hba1c >= 9 'mmol/mol' and treated",
)


@pytest.mark.parametrize("when", _FINE)
def test_sound_condition_gives_no_warning(tmp_path: Path, when: str) -> None:
    """What a careful author writes is left alone."""
    text = CLEAN["glucose.toml"].replace('"labs.hba1c >= hba1c_limit"', f'"{when}"')
    assert [d.message for d in _found(tmp_path, {**CLEAN, "glucose.toml": text})] == []


def test_owner_in_applies_stands_beside_the_date_in_when(tmp_path: Path) -> None:
    """A rule that applies to those who take the drug need not ask again."""
    since = "difference in days between medications.insulin.last_dose_on and procedure.date"
    text = CLEAN["glucose.toml"].replace(
        'applies = "conditions.diabetes"\nwhen = "labs.hba1c >= hba1c_limit"',
        f'applies = "treated"\nwhen = "labs.hba1c >= hba1c_limit and {since} < 1"',
    )
    assert _found(tmp_path, {**CLEAN, "glucose.toml": text}) == []


def test_condition_with_more_alternatives_than_can_be_followed_is_left_alone(
    tmp_path: Path,
) -> None:
    """Not proved is not warned of, and nothing hangs."""
    pairs = " and ".join(f"(patient.age = hba1c_{n} or treated)" for n in range(12))
    parameters = CLEAN["parameters.toml"] + "".join(
        f'[hba1c_{n}]\ntitle = "x"\nvalue = {n + 20}\nmark = "LP"\n' for n in range(12)
    )
    text = CLEAN["glucose.toml"].replace(
        '"labs.hba1c >= hba1c_limit"', f'"labs.hba1c >= hba1c_limit and {pairs}"'
    )
    files = {**CLEAN, "glucose.toml": text, "parameters.toml": parameters}
    assert _found(tmp_path, files) == []


_ALLOW = '[[lint.allow]]\ncode = "W301"\nnames = ["labs.crp"]\nreason = "Recorded only."\n'
_CRP = CLEAN["facts.toml"] + '[labs.crp]\ntype = "boolean"\nlabel = "x"\n'


def test_pack_can_accept_a_warning_by_name(tmp_path: Path) -> None:
    """What was looked at and is meant stands in the pack, with the reason."""
    files = {**CLEAN, "facts.toml": _CRP}
    assert _found(tmp_path, files, _LINT + _ALLOW) == []


def test_exception_that_excuses_nothing_is_a_warning(tmp_path: Path) -> None:
    """A warning that is mended takes its exception with it."""
    (found,) = _found(tmp_path, CLEAN, _LINT + _ALLOW)
    lines = (CLEAN["pack.toml"] + _LINT).count("\n")
    assert (found.code, found.message, _place(found, tmp_path), found.hint) == (
        "W316",
        "no warning W301 about 'labs.crp' to allow",
        f"pack.toml:{lines + 3}:10",
        "take the name out",
    )


@pytest.mark.parametrize(
    ("was", "now", "code", "message"),
    [
        ("W301", "W399", "E320", "unknown code 'W399'"),
        ('reason = "Recorded only."\n', "", "E311", "'allow' of [lint] has no 'reason'"),
        ("names =", "name =", "E310", "unknown key 'name' in 'allow' of [lint]"),
    ],
)
def test_exception_is_read_strictly(
    tmp_path: Path, was: str, now: str, code: str, message: str
) -> None:
    """An exception without a reason, or for a warning that does not exist, is an error."""
    (found,) = _found(tmp_path, CLEAN, _LINT + _ALLOW.replace(was, now))
    assert (found.code, found.message) == (code, message)


def test_exceptions_do_not_change_the_digest(tmp_path: Path) -> None:
    """What the linter is told changes no answer about any patient."""
    plain, told = tmp_path / "plain", tmp_path / "told"
    for folder, lint in ((plain, ""), (told, _LINT + _ALLOW)):
        folder.mkdir()
        write_pack(folder, {**CLEAN, "pack.toml": CLEAN["pack.toml"] + lint})
    assert load_pack(plain).digest == load_pack(told).digest


def test_warnings_wait_for_the_last_error(tmp_path: Path) -> None:
    """A pack with an error in it is not judged by what may be a consequence of the error."""
    files = {**CLEAN, "facts.toml": _CRP, "glucose.toml": CLEAN["glucose.toml"] + "x = 1\n"}
    assert [d.code for d in _found(tmp_path, files)] == ["E310"]


def test_mistake_in_a_test_beside_the_rules_is_an_error(tmp_path: Path) -> None:
    """The tests inside a pack are read with it, and a slip in one has its place."""
    (tmp_path / "tests").mkdir()
    text = '[[test]]\nentry = "dm-hihg"\ncases = []\n'
    (tmp_path / "tests" / "glucose.toml").write_text(text, encoding="utf-8")
    found = [each for each in _found(tmp_path, CLEAN) if "dm-hihg" in each.message]
    assert "tests/glucose.toml:2:9" in [_place(each, tmp_path) for each in found]


def test_overlay_is_reviewed_on_top_of_the_shipped_rules() -> None:
    """The shipped example is fine today; the month before its approvals end it is warned of."""
    folder = ROOT / "examples" / "overlay-uk"
    assert list(review(folder, TODAY).diagnostics) == []
    late = review(folder, date(2027, 3, 20)).diagnostics
    assert {each.severity for each in late} == {"warning"}
    assert all("overlay.toml:" in each.place for each in late)


def test_expired_overlay_is_an_error() -> None:
    """An approval that has ended loosens nothing any more."""
    late = review(ROOT / "examples" / "overlay-uk", date(2027, 4, 1)).diagnostics
    assert {each.severity for each in late} == {"error"}

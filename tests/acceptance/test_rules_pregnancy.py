"""Pregnancy: asked on the day of surgery, said at once when known, and never asked of a man."""

import pytest

from tests.acceptance.baseline import DAY, before, outcome, run, status

Changes = dict[str, object]
Row = tuple[Changes, str, str]
SOON: Changes = {"procedure.urgency": "time_sensitive"}
EMERGENCY: Changes = {"procedure.urgency": "emergency"}
MAN: Changes = {
    "patient.sex_at_birth": "male",
    "patient.birth_date": "1965-05-05",
    "patient.pregnancy_possible": None,
}


def asked(answer: str, day: str = DAY) -> Changes:
    """Return the answer to whether pregnancy is possible."""
    return {"patient.pregnancy_possible": {"value": answer, "measured_on": day}}


def pregnancy_test(result: str, day: str = DAY) -> Changes:
    """Return the result of a pregnancy test."""
    return {"patient.pregnancy_test": {"value": result, "measured_on": day}}


SILENT: Changes = {"patient.pregnancy_possible": None}
DIABETES: Changes = {"conditions.diabetes": "type2"}
PREGNANCY: list[Row] = [
    (asked("no"), "preg-positive", "clear"),
    (asked("no"), "preg-unknown", "clear"),
    (asked("yes") | pregnancy_test("negative"), "preg-positive", "clear"),
    (asked("yes") | pregnancy_test("negative"), "preg-unknown", "clear"),
    (asked("yes") | pregnancy_test("positive"), "preg-positive", "absolute"),
    (SILENT | pregnancy_test("positive"), "preg-positive", "absolute"),
    (asked("no") | pregnancy_test("positive"), "preg-positive", "absolute"),
    (asked("yes") | pregnancy_test("positive") | SOON, "preg-positive", "relative"),
    (asked("yes") | pregnancy_test("positive") | EMERGENCY, "preg-positive", "caution"),
    (SILENT | pregnancy_test("positive", before(20)), "preg-positive", "absolute"),
    (SILENT | {"conditions.pregnant": True}, "preg-positive", "absolute"),
    (SILENT | {"conditions.pregnant": True}, "preg-unknown", "clear"),
    (SILENT, "preg-positive", "not_assessed"),
    (SILENT, "preg-unknown", "undecided relative"),
    (SILENT | SOON, "preg-unknown", "undecided relative"),
    (SILENT | EMERGENCY, "preg-unknown", "undecided caution"),
    (asked("yes"), "preg-unknown", "undecided relative"),
    (asked("unknown"), "preg-unknown", "undecided relative"),
    (asked("no", before(1)), "preg-unknown", "undecided relative"),
    (SILENT | pregnancy_test("negative", before(1)), "preg-unknown", "undecided relative"),
    (asked("no") | pregnancy_test("not_done"), "preg-unknown", "clear"),
    (asked("no") | pregnancy_test("declined"), "preg-positive", "clear"),
    (asked("no") | pregnancy_test("negative", before(9)), "preg-positive", "clear"),
    (asked("yes") | pregnancy_test("not_done"), "preg-positive", "not_assessed"),
    (asked("yes") | pregnancy_test("not_done"), "preg-unknown", "undecided relative"),
    (asked("yes") | pregnancy_test("declined"), "preg-positive", "not_assessed"),
    (asked("yes") | pregnancy_test("declined"), "preg-unknown", "undecided relative"),
    (SILENT | {"patient.childbearing_potential": False}, "preg-unknown", "clear"),
    (MAN, "preg-unknown", "not_applicable"),
    (MAN, "preg-positive", "not_applicable"),
    (MAN | pregnancy_test("not_done"), "preg-positive", "not_applicable"),
    (SILENT | {"patient.sex_at_birth": None}, "preg-positive", "not_assessed"),
    (SILENT | {"patient.sex_at_birth": None} | pregnancy_test("positive"), "preg-positive", "absolute"),
    (MAN | pregnancy_test("positive"), "preg-positive", "absolute"),
    (DIABETES, "dm-hba1c-unreliable", "clear"),
    (DIABETES | {"conditions.pregnant": True}, "dm-hba1c-unreliable", "caution"),
    (DIABETES | pregnancy_test("positive"), "dm-hba1c-unreliable", "caution"),
    (MAN | {"patient.sex_at_birth": "unknown"}, "preg-unknown", "undecided relative"),
    (asked("no") | {"patient.sex_at_birth": "unknown"}, "preg-unknown", "not_applicable"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "rule", "expected"), PREGNANCY)
def test_pregnancy_counts_as_the_documents_say(changes: Changes, rule: str, expected: str) -> None:
    """A known one stops elective work; one that is possible and not tested for stays open."""
    assert outcome(changes, rule) == expected


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        (pregnancy_test("positive"), "not_eligible"),
        (SILENT, "undecided"),
        (SILENT | EMERGENCY, "eligible"),
        (SILENT | {"patient.childbearing_potential": False}, "eligible"),
        (MAN, "eligible"),
        (asked("no") | pregnancy_test("not_done"), "eligible"),
        (asked("yes") | pregnancy_test("declined"), "undecided"),
    ],
)
def test_pregnancy_moves_the_verdict(changes: Changes, verdict: str) -> None:
    """A question of the day that nobody asked leaves elective work open; no man is held up."""
    assert run(changes).verdict == verdict


@pytest.mark.parametrize(
    ("changes", "rule", "expected"),
    [
        (SILENT, "preg-unknown", "pending"),
        (SILENT, "preg-positive", "pending"),
        (SILENT | pregnancy_test("positive", "2026-03-02"), "preg-positive", "flagged"),
        (SILENT | pregnancy_test("positive", "2026-02-20"), "preg-positive", "flagged"),
        (SILENT | pregnancy_test("negative", "2026-03-02"), "preg-positive", "pending"),
        (SILENT | pregnancy_test("negative", "2026-03-02"), "preg-unknown", "pending"),
        (SILENT | {"conditions.pregnant": True}, "preg-positive", "flagged"),
    ],
)
def test_pregnancy_known_ahead_is_said_ahead(changes: Changes, rule: str, expected: str) -> None:
    """Two weeks before, a pregnancy flags at once, and a negative test settles nothing yet."""
    reviewed: Changes = {"reviewed": {"conditions": {"on": "2026-03-02"}}}
    assert status(run(changes | reviewed, "2026-03-02"), rule) == expected

"""Running the tests of a pack: what fails, what the cases do not show, and what they covered."""

from pathlib import Path

import pytest

from backrec_cli.packtest import SuiteRun
from backrec_cli.packtest.coverage import Coverage
from backrec_cli.packtest.run import EntryRun
from tests.unit.pack_tests_bench import HEAD, cases, rule, run_one

FLAG = '{ facts = { labs.hba1c = { value = 65, unit = "mmol/mol" } }, expect = "flagged" }'
EXACT = '{ facts = { labs.hba1c = { value = 64, unit = "mmol/mol" } }, expect = "flagged" }'
PERCENT = '{ facts = { labs.hba1c = { value = 9, unit = "%" } }, expect = "flagged" }'
BELOW = '{ facts = { labs.hba1c = { value = 63, unit = "mmol/mol" } }, expect = "clear" }'
STALE = (
    '{ facts = { labs.hba1c = { value = 65, unit = "mmol/mol", measured_on = "T-91" } },'
    ' expect = "undecided" }'
)
GONE = '{ without = ["labs.hba1c"], expect = "undecided" }'
HEALTHY = '{ facts = { conditions.diabetes = false }, expect = "not_applicable" }'
UNSURE = '{ facts = { conditions.diabetes = "unknown" }, expect = "not_applicable" }'
MAYBE = (
    '{ facts = { conditions.diabetes = "unknown", labs.hba1c = { value = 65, unit = "%" } },'
    ' expect = "undecided" }'
)
ALL = (EXACT, PERCENT, BELOW, STALE, GONE, HEALTHY, UNSURE)


def _one(run: SuiteRun, entry: str = "dm-high") -> EntryRun:
    """Return what was found of one entry."""
    return next(each for each in run.entries if each.entry.id == entry)


def _lacks(run: SuiteRun, entry: str = "dm-high") -> list[tuple[str, str]]:
    """Return what lacks for an entry, as demand and what it is about."""
    return [(lack.demand.value, lack.what) for lack in _one(run, entry).lacks]


def _unseen(run: SuiteRun) -> list[str]:
    """Return what was not seen of the rule dm-high."""
    return [unseen.what for unseen in _one(run).coverage.unseen]


# expectation, what is said
DIFFERENCES = [
    ('expect = "flagged"', ("expected flagged, got clear",)),
    ('expect = "clear"', ()),
    ('expect = "clear", level = "relative"', ()),
    ('expect = "clear", level = "absolute"', ("expected level absolute, got relative",)),
    (
        'expect = "undecided", level = "caution"',
        ("expected undecided, got clear", "expected level caution, got relative"),
    ),
]


@pytest.mark.parametrize(("expected", "said"), DIFFERENCES)
def test_case_fails_by_what_it_expected(
    tmp_path: Path, expected: str, said: tuple[str, ...]
) -> None:
    """Each difference is said, expected against actual."""
    (result,) = run_one(tmp_path, cases(f"{{ {expected} }}")).results
    assert result.differences == said
    assert result.passed is (said == ())


# day, step status, finding of its gate
GATES = [
    ("T-2", "not_yet", "none"),
    ("T-1", "due", "none"),
    ("T", "due", "flagged"),
    ("T+1", "overdue", "flagged"),
]


@pytest.mark.parametrize(("day", "status", "finding"), GATES)
def test_step_is_expected_by_its_status_and_its_gate(
    tmp_path: Path, day: str, status: str, finding: str
) -> None:
    """A step has a status of its own; a missed gate is a finding besides."""
    case = (
        f'{{ facts = {{ conditions.diabetes = false }}, as_of = "{day}",'
        f' expect = "{status}", finding = "{finding}" }}'
    )
    text = HEAD.replace("dm-high", "dm-meter") + f"cases = [{case}]"
    (result,) = run_one(tmp_path, text).results
    assert result.differences == ()
    wrong = text.replace(f'finding = "{finding}"', 'finding = "undecided"')
    (result,) = run_one(tmp_path, wrong).results
    assert result.differences == (f"expected finding undecided, got {finding}",)


# the cases there are, what they do not show
LACKING = [
    (ALL, []),
    (ALL[1:], [("threshold", "labs.hba1c >= hba1c_limit")]),
    ((EXACT, FLAG, *ALL[2:]), [("unit", "labs.hba1c")]),
    ((*ALL[:2], *ALL[3:]), [("clear", "")]),
    ((*ALL[:3], *ALL[4:]), [("stale", "labs.hba1c")]),
    ((*ALL[:5], UNSURE.replace('"unknown"', "true").replace("not_applicable", "clear")),
     [("not_applicable", "")]),
    ((BELOW, HEALTHY),
     [("flagged", ""), ("missing", ""), ("threshold", "labs.hba1c >= hba1c_limit"),
      ("stale", "labs.hba1c"), ("unit", "labs.hba1c")]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "lacking"), LACKING)
def test_what_the_cases_do_not_show_is_named(
    tmp_path: Path, rows: tuple[str, ...], lacking: list[tuple[str, str]]
) -> None:
    """Take one case away and exactly what it showed is asked for."""
    run = run_one(tmp_path, cases(*rows))
    assert run.failed == ()
    assert _lacks(run) == lacking


def test_a_label_shows_nothing(tmp_path: Path) -> None:
    """A case called "exactly at the limit" that is not there does not count."""
    named = FLAG.replace("}, expect", '}, name = "exactly at the limit", expect')
    assert ("threshold", "labs.hba1c >= hba1c_limit") in _lacks(run_one(tmp_path, cases(named)))


def test_requirements_and_steps_have_demands_of_their_own(tmp_path: Path) -> None:
    """A requirement is met, open or does not apply; a step is done, not done or not known."""
    run = run_one(tmp_path, cases(*ALL))
    assert _lacks(run, "dm-missing") == [
        ("clear", ""),
        ("missing", ""),
        ("not_applicable", ""),
        ("stale", "labs.hba1c"),
    ]
    assert _lacks(run, "dm-meter") == [("done", ""), ("not_done", ""), ("missing", "")]


def test_every_grade_of_a_rule_is_asked_for(tmp_path: Path) -> None:
    """A flag at the milder grade does not show the worse one."""
    mild = (
        '{ facts = { labs.hba1c = { value = 80, unit = "mmol/mol" }, medications.insulin = true },'
        ' expect = "flagged", level = "caution" }'
    )
    run = run_one(tmp_path, HEAD.replace("dm-high", "dm-grades") + f"cases = [{mild}]")
    assert run.failed == ()
    assert _lacks(run, "dm-grades")[0] == ("flagged", "grade 1 (relative)")
    assert ("flagged", "grade 2 (caution)") not in _lacks(run, "dm-grades")


# condition, applies, what lacks when the baseline is the only case
ASKED = [
    ("true", "", []),
    ("conditions.diabetes", "", ["clear", "missing"]),
    ("labs.hba1c >= 9 'mmol/mol'", "", ["missing", "threshold", "stale", "unit"]),
    ("true", "conditions.diabetes", ["missing", "not_applicable"]),
    ("conditions.diabetes", "true", ["clear", "missing"]),
    ("conditions.diabetes or not medications.insulin", "", ["clear", "missing"]),
    (
        "difference in days between conditions.stroke.on and procedure.date < 90",
        "",
        ["flagged", "clear", "missing", "threshold"],
    ),
]


@pytest.mark.parametrize(("when", "applies", "demands"), ASKED)
def test_only_what_can_occur_is_asked_for(
    tmp_path: Path, when: str, applies: str, demands: list[str]
) -> None:
    """No missing fact where none is read, no clear case where every plausible value flags."""
    run = run_one(tmp_path, cases('{ expect = "flagged" }'), rule(when, applies=applies))
    assert [demand for demand, _ in _lacks(run)] == demands


# rows, answers that were not seen
COVERED = [
    ((*ALL, MAYBE), []),
    (ALL[:-1], ["conditions.diabetes is unknown"]),
    ((EXACT, BELOW), ["conditions.diabetes is false", "conditions.diabetes is unknown",
                      "labs.hba1c >= hba1c_limit is unknown"]),
    ((HEALTHY,), ["conditions.diabetes is true", "conditions.diabetes is unknown",
                  "labs.hba1c >= hba1c_limit is true", "labs.hba1c >= hba1c_limit is false",
                  "labs.hba1c >= hba1c_limit is unknown"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "unseen"), COVERED)
def test_coverage_counts_what_each_leaf_was_seen_to_be(
    tmp_path: Path, rows: tuple[str, ...], unseen: list[str]
) -> None:
    """Three answers a leaf; where the rule does not apply, its `when` was not looked at."""
    run = run_one(tmp_path, cases(*rows))
    assert _unseen(run) == unseen
    coverage = _one(run).coverage
    assert (coverage.seen, coverage.possible) == (6 - len(unseen), 6)


# seen, possible, tenths of a per cent
SHARES = [(820, 820, 1000), (819, 820, 998), (9999, 10000, 999), (0, 3, 0), (0, 0, 1000)]


@pytest.mark.parametrize(("seen", "possible", "per_mille"), SHARES)
def test_share_is_never_rounded_up(seen: int, possible: int, per_mille: int) -> None:
    """Only all of it is 100 per cent."""
    assert Coverage(seen, possible).per_mille == per_mille


def test_leaf_held_by_applies_need_not_be_seen_otherwise(tmp_path: Path) -> None:
    """`applies` already says that it is true, or the condition is not looked at."""
    pack = rule("conditions.diabetes and medications.insulin", applies="conditions.diabetes")
    run = run_one(tmp_path, cases('{ expect = "clear" }'), pack)
    assert "conditions.diabetes is false" in _unseen(run)
    assert _unseen(run).count("conditions.diabetes is false") == 1


def test_places_lead_into_the_rule_and_into_its_definitions(tmp_path: Path) -> None:
    """What was not seen is underlined where an author wrote it."""
    define = '[[define]]\nname = "treated"\nvalue = """\nnot\n  medications.insulin"""\n\n'
    run = run_one(
        tmp_path, cases('{ expect = "clear" }'), define + rule("treated or\n\n  conditions.stroke")
    )
    places = {unseen.leaf.text: str(unseen.place) for unseen in _one(run).coverage.unseen}
    assert places["medications.insulin"] == f"{tmp_path.as_posix()}/glucose.toml:5:3"
    assert places["conditions.stroke"] == f"{tmp_path.as_posix()}/glucose.toml:13:3"


def test_waiver_settles_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    """It is listed; one that waives nothing is asked to go."""
    waive = (
        "waive = [\n"
        '  { demand = "stale", what = "labs.hba1c", why = "none is kept" },\n'
        '  { demand = "coverage", what = "conditions.diabetes is unknown", why = "asked" },\n'
        '  { demand = "unit", why = "only one laboratory" },\n'
        "]\n"
    )
    run = run_one(tmp_path, cases(*ALL[:3], *ALL[4:-1]) + waive)
    one = _one(run)
    assert _lacks(run) == []
    assert one.unwaived == ()
    assert [unseen.what for unseen in one.coverage.unseen] == ["conditions.diabetes is unknown"]
    assert [waiver.demand.value for waiver in one.waivers] == ["stale", "coverage", "unit"]
    assert [waiver.demand.value for waiver in one.idle] == ["unit"]
    assert run.passed is False


def test_run_passes_only_when_nothing_fails_and_nothing_lacks(tmp_path: Path) -> None:
    """Full cases for the only rule: passed; one wrong expectation: not."""
    pack = rule("labs.hba1c >= hba1c_limit", applies="conditions.diabetes")
    text = cases(*ALL, MAYBE)
    assert run_one(tmp_path, text, pack).passed
    assert not run_one(tmp_path, text.replace('"clear"', '"undecided"'), pack).passed
    assert not run_one(tmp_path, cases(*ALL[:-1]), pack).passed

"""The language against the official CQL suite, which no one here wrote."""

import pytest

from tests.acceptance.cql_cases import CASES, Case, cases, excluded, passes
from tests.acceptance.print_conformance import PAGE, conformance_page

pytestmark = pytest.mark.skipif(
    not CASES.is_file(), reason="the official CQL cases are not present (BACKREC_EXTERNAL_DATA)"
)


def _cases(*, listed: bool) -> list[Case]:
    if not CASES.is_file():
        return []
    return [case for case in cases() if (case.key in excluded()) is listed]


def _id(case: Case) -> str:
    return f"{case.group}: {case.name}"


@pytest.mark.parametrize("case", _cases(listed=False), ids=_id)
def test_case_in_the_subset_passes(case: Case) -> None:
    """Whatever is accepted means what CQL says."""
    assert passes(case), case.expression


@pytest.mark.parametrize("case", _cases(listed=True), ids=_id)
def test_case_outside_the_subset_still_fails(case: Case) -> None:
    """A listed case that starts to pass is taken off the list."""
    assert not passes(case), case.expression


def test_every_listed_case_exists() -> None:
    """The list names cases of the suite and nothing else."""
    assert excluded().keys() <= {case.key for case in cases()}


def test_whole_categories_are_in_the_language() -> None:
    """Logic, null and choice are complete: nothing of them is on the list."""
    complete = {"logical", "nullological", "conditional"}
    found = {case.category for case in _cases(listed=True)}
    assert complete.isdisjoint(found)


def test_conformance_page_is_up_to_date() -> None:
    """docs/conformance.md prints what the suite says today."""
    assert PAGE.read_text(encoding="utf-8") == conformance_page()

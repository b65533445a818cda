"""Laws of the risk panel: it tells, and decides nothing."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from backrec_cli.assessment.model import Assessment, DriverStatus
from backrec_cli.engine import assess
from backrec_cli.profile import read_profile
from backrec_cli.rulepack.model import Complication, Driver, RulePack
from tests.shipped import Example, examples, pack


def _run(example: Example, rules: RulePack) -> Assessment:
    """Assess an example against a pack on the example's own day."""
    data = json.dumps(example.document).encode()
    return assess(read_profile(data, example.name, rules.dictionary), rules, example.as_of)


def _without(complication: Complication) -> Complication:
    return replace(complication, drivers=complication.drivers[:1])


def _always(complication: Complication) -> Complication:
    """Add a driver that nearly everybody has: being an adult."""
    adult = Driver("Adult", pack().scope)
    return replace(complication, drivers=(*complication.drivers, adult))


def _never_applies(complication: Complication) -> Complication:
    flagged = next(r for r in pack().rules if r.id == "inf-sepsis")
    return replace(complication, applies=flagged.grades[0].when)


CHANGES: tuple[Callable[[Complication], Complication], ...] = (_without, _always, _never_applies)


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.name)
def test_panel_never_changes_anything_else(example: Example) -> None:
    """Fewer drivers, more, other conditions, or no complication at all: all else is the same."""
    before = replace(_run(example, pack()), complications=())
    bare = _run(example, replace(pack(), complications=()))
    assert bare == before
    for change in CHANGES:
        changed = replace(pack(), complications=tuple(map(change, pack().complications)))
        assert replace(_run(example, changed), complications=()) == before


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.name)
def test_fact_that_is_unknown_never_makes_a_driver_absent(example: Example) -> None:
    """Replacing each fact of a section by "unknown" takes no driver from present to absent."""
    before = _absent(_run(example, pack()))
    for section, content in example.document.items():
        if not isinstance(content, dict) or section in ("reviewed", "procedure", "patient"):
            continue
        unknown = {**example.document, section: dict.fromkeys(content, "unknown")}
        after = _absent(_run(replace(example, document=unknown), pack()))
        assert after <= before, section


def _absent(result: Assessment) -> set[tuple[str, str]]:
    """Return the drivers that are known to be absent."""
    return {
        (risk.complication, driver.title)
        for risk in result.complications
        for driver in risk.with_status(DriverStatus.ABSENT)
    }

"""The merged list of what to obtain, most decisive first, and how long the answer holds."""

from collections.abc import Iterable

from backrec_cli.assessment.model import Finding, GoodUntil, Lacking, MissingFact
from backrec_cli.assessment.verdict import SEVERITY, Verdict, is_stop, is_worse_than
from backrec_cli.engine.situation import Situation
from backrec_cli.rulepack.model import Level


def merge_missing(
    findings: Iterable[Finding], verdict: Verdict, situation: Situation
) -> tuple[MissingFact, ...]:
    """Return each missing fact once, with every finding it would help to settle."""
    asked: dict[str, tuple[Lacking, list[tuple[str, Level]]]] = {}
    for finding in findings:
        if finding.undecided_level is None:
            continue
        for lacking in finding.missing:
            entry = asked.setdefault(lacking.fact, (lacking, []))
            entry[1].append((finding.rule, finding.undecided_level))
    merged = [_merge(lacking, open_, verdict, situation) for lacking, open_ in asked.values()]
    return tuple(sorted(merged, key=_decisiveness))


def _merge(
    lacking: Lacking, open_: list[tuple[str, Level]], verdict: Verdict, situation: Situation
) -> MissingFact:
    """Put together what one fact would settle."""
    levels = [level for _, level in open_]
    reading = situation.at_surgery.fact(lacking.fact)
    return MissingFact(
        fact=lacking.fact,
        label=lacking.label,
        reason=lacking.reason,
        reported=reading.reported,
        on=reading.on,
        settles=tuple(dict.fromkeys(rule for rule, _ in open_)),
        could_change_verdict=any(is_worse_than(level, verdict) for level in levels),
        could_add_stop=any(is_stop(level) for level in levels),
        worst_level=max(levels, key=SEVERITY.__getitem__),
    )


def _decisiveness(fact: MissingFact) -> tuple[bool, int, int]:
    """Sort key: what could change the verdict, then the worst level, then how much it settles."""
    return not fact.could_change_verdict, -SEVERITY[fact.worst_level], -len(fact.settles)


def good_until(findings: Iterable[Finding], situation: Situation) -> GoodUntil | None:
    """Return the first day on which a fact in use goes stale, and which facts those are."""
    used = {evidence.fact for finding in findings for evidence in finding.evidence}
    view = situation.today or situation.at_surgery
    days = {
        path: day
        for path in sorted(used)
        if (day := view.fact(path).stale_from) is not None and view.fact(path).usable
    }
    if not days:
        return None
    first = min(days.values())
    return GoodUntil(first, tuple(path for path, day in days.items() if day == first))

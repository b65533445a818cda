"""The verdict: the worst thing that holds, its headline and its exit code."""

from collections.abc import Iterable
from enum import IntEnum, StrEnum

from backrec_cli.rulepack.model import Level, Urgency


class Verdict(StrEnum):
    """Ids for programs, worst first; people read the headline instead."""

    OUT_OF_SCOPE = "out_of_scope"
    NOT_ELIGIBLE = "not_eligible"
    DEFER = "defer"
    UNDECIDED = "undecided"
    ELIGIBLE_WITH_PRECAUTIONS = "eligible_with_precautions"
    ELIGIBLE = "eligible"


class ExitCode(IntEnum):
    """The process's answer to a script; 1 is only ever a verdict."""

    ELIGIBLE = 0
    NOT_ELIGIBLE = 1
    COULD_NOT = 2
    UNDECIDED = 3
    BUG = 70
    INTERRUPTED = 130


_EXIT = {
    Verdict.OUT_OF_SCOPE: ExitCode.UNDECIDED,
    Verdict.NOT_ELIGIBLE: ExitCode.NOT_ELIGIBLE,
    Verdict.DEFER: ExitCode.NOT_ELIGIBLE,
    Verdict.UNDECIDED: ExitCode.UNDECIDED,
    Verdict.ELIGIBLE_WITH_PRECAUTIONS: ExitCode.ELIGIBLE,
    Verdict.ELIGIBLE: ExitCode.ELIGIBLE,
}

_WORST_FIRST = (
    ExitCode.BUG,
    ExitCode.COULD_NOT,
    ExitCode.NOT_ELIGIBLE,
    ExitCode.UNDECIDED,
    ExitCode.ELIGIBLE,
)

# How bad a level is once the urgency has been applied; elective-only levels never stay effective.
SEVERITY = {
    Level.ABSOLUTE: 3,
    Level.ABSOLUTE_ELECTIVE: 3,
    Level.RELATIVE: 2,
    Level.RELATIVE_ELECTIVE: 2,
    Level.CAUTION: 1,
    Level.INFORMATION: 0,
}

# A level worse than the verdict would change it: what each verdict already stands for.
_STANDS_FOR = {
    Verdict.OUT_OF_SCOPE: 4.0,
    Verdict.NOT_ELIGIBLE: 3.0,
    Verdict.DEFER: 2.0,
    Verdict.UNDECIDED: 1.5,
    Verdict.ELIGIBLE_WITH_PRECAUTIONS: 1.0,
    Verdict.ELIGIBLE: 0.0,
}

_ELECTIVE_HEADLINES = {
    Verdict.OUT_OF_SCOPE: "Out of scope",
    Verdict.NOT_ELIGIBLE: "Stop",
    Verdict.DEFER: "Not yet: optimise first",
    Verdict.UNDECIDED: "Cannot say: facts missing",
    Verdict.ELIGIBLE_WITH_PRECAUTIONS: "No stop found: precautions apply",
    Verdict.ELIGIBLE: "Nothing flagged in the facts given",
}


def exit_code(verdict: Verdict) -> ExitCode:
    """Return the exit code of one patient's verdict."""
    return _EXIT[verdict]


def worst_exit_code(codes: Iterable[ExitCode]) -> ExitCode:
    """Return the worst of several patients' exit codes: 2, then 1, then 3, then 0."""
    return min(codes, key=_WORST_FIRST.index, default=ExitCode.ELIGIBLE)


def is_stop(level: Level) -> bool:
    """Whether an effective level keeps the operation from going ahead as planned."""
    return SEVERITY[level] >= SEVERITY[Level.RELATIVE]


def is_worse_than(level: Level, verdict: Verdict) -> bool:
    """Whether something at this effective level would make the verdict worse."""
    return SEVERITY[level] > _STANDS_FOR[verdict]


def reach_verdict(
    flagged: Iterable[Level], undecided: Iterable[Level], *, in_scope: bool | None, partial: bool
) -> Verdict:
    """Return the worst that holds: scope, then stops, then what is undecided, then cautions.

    `in_scope` None is a scope that could not be decided; `partial` a rule set cut by
    --select or --ignore, which may never come out better than undecided.
    """
    worst = max((SEVERITY[level] for level in flagged), default=-1)
    if in_scope is False:
        return Verdict.OUT_OF_SCOPE
    if worst >= SEVERITY[Level.RELATIVE]:
        return Verdict.NOT_ELIGIBLE if worst == SEVERITY[Level.ABSOLUTE] else Verdict.DEFER
    if in_scope is None or partial or any(is_stop(level) for level in undecided):
        return Verdict.UNDECIDED
    if worst == SEVERITY[Level.CAUTION]:
        return Verdict.ELIGIBLE_WITH_PRECAUTIONS
    return Verdict.ELIGIBLE


def headline(verdict: Verdict, urgency: Urgency | None, mitigate: int) -> str:
    """Say the verdict in people's words; `mitigate` counts cautions that cannot wait."""
    if urgency not in (Urgency.URGENT, Urgency.EMERGENCY) or verdict is Verdict.OUT_OF_SCOPE:
        return _ELECTIVE_HEADLINES[verdict]
    if verdict in (Verdict.NOT_ELIGIBLE, Verdict.DEFER):
        return "Consultant decision needed before start"
    if verdict is Verdict.UNDECIDED:
        return "Facts missing: send now, do not wait"
    if mitigate:
        return f"Do not delay for these: mitigate {mitigate}"
    return _ELECTIVE_HEADLINES[verdict]

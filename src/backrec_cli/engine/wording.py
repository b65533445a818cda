"""The words added to a headline, and the warnings about the record as a whole."""

from backrec_cli.assessment.model import Assessment
from backrec_cli.engine.situation import Situation
from backrec_cli.profile import Profile


def qualifiers(assessment: Assessment) -> tuple[str, ...]:
    """Return what a reader must know beside the headline, in the order it is said."""
    said = []
    nearer = len(assessment.pending)
    gates = len(assessment.open_gates)
    stops = sum(fact.could_add_stop for fact in assessment.missing)
    if assessment.partial:
        said.append("partial rule set")
    if nearer:
        said.append(f"so far; {nearer} {_plural('check', nearer)} nearer the day")
    if gates:
        said.append(f"{gates} {_plural('gate', gates)} open")
    if stops:
        said.append(f"{stops} missing {_plural('fact', stops)} could add a stop")
    return tuple(said)


def warnings_of(profile: Profile, situation: Situation) -> tuple[str, ...]:
    """Warn about a past operation and about histories that were reviewed without a date."""
    warnings = []
    day = situation.surgery_day
    if day is None:
        warnings.append("no date of surgery: nothing that goes stale can be used")
    elif day < situation.day:
        warnings.append(f"the surgery ({day.isoformat()}) lies before the day of this assessment")
    undated = sorted(section for section, review in profile.reviewed.items() if review.on is None)
    if undated:
        warnings.append("history undated: " + ", ".join(undated))
    return tuple(warnings)


def _plural(noun: str, count: int) -> str:
    """Return the noun with an s unless there is one."""
    return noun if count == 1 else noun + "s"

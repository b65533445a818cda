"""W3: what is legal in a rule pack and most likely wrong, one function per message."""

from backrec_cli.errors.diagnostic import Diagnostic, Severity
from backrec_cli.source import Span

_DROP = "use it in a rule, or take it out"


def _warning(code: str, message: str, span: Span | None, hint: str) -> Diagnostic:
    return Diagnostic(code, message, span, hint, Severity.WARNING)


def unused_fact(path: str) -> Diagnostic:
    """W301: a fact that people fill in and nothing ever reads."""
    return _warning("W301", f"nothing uses fact '{path}'", None, _DROP)


def unused_parameter(name: str) -> Diagnostic:
    """W302: a threshold that a hospital could set without any effect."""
    return _warning("W302", f"nothing uses parameter '{name}'", None, _DROP)


def unused_source(name: str) -> Diagnostic:
    """W303: a source that nothing rests on."""
    hint = "name it in 'sources' of a rule, or take it out"
    return _warning("W303", f"nothing rests on source '{name}'", None, hint)


def unused_definition(name: str) -> Diagnostic:
    """W304: a definition that no expression uses."""
    return _warning("W304", f"nothing uses definition '{name}'", None, _DROP)


def unused_topic(name: str) -> Diagnostic:
    """W305: a heading under which nothing can ever print."""
    return _warning("W305", f"topic '{name}' has no rule", None, "add a rule, or take it out")


def never_holds(what: str, span: Span) -> Diagnostic:
    """W306: a condition that no patient can meet, so that the entry never speaks up."""
    message = f"{what} can never hold"
    return _warning("W306", message, span, "look for limits or choices that exclude each other")


def always_holds(what: str, span: Span) -> Diagnostic:
    """W307: a condition that every patient meets, so that the rule can never come out clear."""
    message = f"{what} always holds, so the rule is never clear"
    return _warning("W307", message, span, "narrow the condition, or write 'true' if it is meant")


def never_reached(level: str, worse: str, span: Span) -> Diagnostic:
    """W308: a grade that the one above it always takes the place of."""
    message = f"grade '{level}' is never reached: whenever it holds, '{worse}' does"
    return _warning("W308", message, span, "widen its condition, or take the grade out")


def contradiction(other: str, level: str, place: str, span: Span) -> Diagnostic:
    """W309: two rules that give the same patient two levels."""
    message = f"same condition as '{other}', which calls it '{level}'"
    return _warning("W309", message, span, f"make one rule of it and of {place}")


def repetition(other: str, place: str, span: Span) -> Diagnostic:
    """W310: two rules that say the same of the same patients."""
    message = f"same condition and level as '{other}'"
    return _warning("W310", message, span, f"make one rule of it and of {place}")


def bare_threshold(number: str, span: Span) -> Diagnostic:
    """W311: a limit written into a rule, where no hospital can set it."""
    message = f"threshold {number} is not a parameter"
    return _warning("W311", message, span, "move it to 'parameters.toml' and name it here")


def old_citation(name: str, year: int, oldest: int, span: Span) -> Diagnostic:
    """W312: a source from before the year that the pack sets as `oldest_citation`."""
    message = f"source '{name}' is of {year}, older than {oldest}"
    hint = "cite a later one, or add a '[[lint.allow]]' with the reason"
    return _warning("W312", message, span, hint)


def urgent_delay(word: str, span: Span) -> Diagnostic:
    """W313: an action for a case that cannot wait, and that sends the patient away."""
    message = f"'{word}' in 'action_urgent', for what cannot wait"
    return _warning("W313", message, span, "say what to do now, before or during the operation")


def no_urgent_action(owner: str, level: str, span: Span) -> Diagnostic:
    """W314: a requirement or gate that can stop an operation, silent on what cannot wait."""
    message = f"{owner} is '{level}' and has no 'action_urgent'"
    return _warning("W314", message, span, "add 'action_urgent', the action when it cannot wait")


def ownerless_attribute(path: str, attribute: str, span: Span) -> Diagnostic:
    """W315: the date of something that may never have happened, unknown where it did not."""
    message = f"'{path}.{attribute}' without '{path}' beside it"
    return _warning("W315", message, span, f"write '{path} and ...'")


def needless_exception(code: str, name: str, span: Span) -> Diagnostic:
    """W316: an exception for a warning that is not given, or no more."""
    message = f"no warning {code} about '{name}' to allow"
    return _warning("W316", message, span, "take the name out")


CODES = tuple(f"W{number}" for number in range(301, 316))
"""The warnings that a pack may make an exception of."""

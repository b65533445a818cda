"""E2: names, types and units of an expression that do not fit, one function per message."""

from collections.abc import Iterable, Sequence

from backrec_cli.errors.diagnostic import Diagnostic
from backrec_cli.errors.suggest import closest
from backrec_cli.source import Span

_SHORT_LIST = 8


def _did_you_mean(name: str, candidates: Iterable[str], otherwise: str | None = None) -> str | None:
    near = closest(name, candidates)
    return f"did you mean '{near}'?" if near else otherwise


def _one_of(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:_SHORT_LIST])
    return f"use one of {shown}" + (" …" if len(names) > _SHORT_LIST else "")


def unknown_fact(path: str, paths: Iterable[str], span: Span) -> Diagnostic:
    """E201: a dotted name that the fact dictionary does not have."""
    hint = _did_you_mean(path, paths, "add it to 'facts.toml'")
    return Diagnostic("E201", f"unknown fact '{path}'", span, hint)


UNKNOWN_NAME = "E202"
UNIT_LACKS, UNIT_NOT_ACCEPTED, DECIDES_NOTHING = "E209", "E210", "E213"


def unknown_name(name: str, names: Iterable[str], span: Span) -> Diagnostic:
    """E202: a bare name that is neither a parameter nor a definition."""
    hint = _did_you_mean(name, names, "define it, or put a text in single quotes")
    return Diagnostic(UNKNOWN_NAME, f"unknown name '{name}'", span, hint)


def unknown_attribute(path: str, attribute: str, allowed: Sequence[str], span: Span) -> Diagnostic:
    """E203: a fact of this type has no such attribute."""
    hint = _did_you_mean(attribute, allowed, _one_of(allowed) if allowed else None)
    return Diagnostic("E203", f"fact '{path}' has no attribute '{attribute}'", span, hint)


def unknown_function(name: str, names: Iterable[str], span: Span) -> Diagnostic:
    """E204: a call of something that is no function of the language."""
    hint = _did_you_mean(name, names, "see 'docs/language.md' for the functions there are")
    return Diagnostic("E204", f"unknown function '{name}'", span, hint)


def argument_count(name: str, wanted: str, got: int, span: Span) -> Diagnostic:
    """E205: a call with too few or too many arguments."""
    message = f"'{name}' takes {wanted}, got {got}"
    return Diagnostic("E205", message, span, f"give '{name}' {wanted}")


_ORDERINGS = ("<", "<=", ">", ">=")


def wrong_operand(operator: str, wanted: str, got: str, span: Span) -> Diagnostic:
    """E206: an operand of a type that the operator does not take."""
    hint = "put a comparison after 'not' in parentheses" if operator == "not" else None
    if got == "a Boolean" and operator in _ORDERINGS:
        hint = "use 'between', or join two comparisons with 'and'"
    return Diagnostic("E206", f"'{operator}' takes {wanted}, not {got}", span, hint)


def not_comparable(
    operator: str, left: str, right: str, span: Span, hint: str | None = None
) -> Diagnostic:
    """E207: two operands whose types have nothing in common."""
    message = f"'{operator}' does not go between {left} and {right}"
    return Diagnostic("E207", message, span, hint)


def other_dimension(unit: str, other: str, span: Span) -> Diagnostic:
    """E208: two quantities that do not measure the same thing."""
    message = f"'{unit}' and '{other}' do not measure the same thing"
    return Diagnostic("E208", message, span, "write both in units of one kind")


def threshold_without_unit(
    what: str, unit: str, span: Span, parameter_unit: str | None = None
) -> Diagnostic:
    """E209: a bare number against a quantity; a unit is never guessed."""
    message = f"number without a unit against {what}"
    hint = f"add the unit, for example {unit}"
    if parameter_unit is not None:
        hint = f'give the parameter its unit, for example unit = "{parameter_unit}"'
    return Diagnostic(UNIT_LACKS, message, span, hint)


def unit_not_accepted(path: str, unit: str, accepted: Sequence[str], span: Span) -> Diagnostic:
    """E210: a unit in which this fact is not reported."""
    message = f"'{path}' is not measured in '{unit}'"
    hint = _one_of(accepted) if accepted else "take the unit out"
    return Diagnostic(UNIT_NOT_ACCEPTED, message, span, hint)


def not_a_choice(path: str, text: str, choices: Sequence[str], span: Span) -> Diagnostic:
    """E211: a text that this choice can never be, so that the comparison never holds."""
    hint = _did_you_mean(text, choices, _one_of(choices))
    return Diagnostic("E211", f"'{text}' is not a choice of '{path}'", span, hint)


def choice_is_unknown(path: str, text: str, span: Span) -> Diagnostic:
    """E212: a choice that is read as unknown, so that nothing ever equals it."""
    message = f"'{text}' of '{path}' is read as unknown, so this can never hold"
    return Diagnostic("E212", message, span, f"take '{text}' out")


def decides_nothing(path: str, limit: str, low: str, high: str, span: Span) -> Diagnostic:
    """E213: a limit that no plausible value passes, or that every one does."""
    message = f"'{limit}' decides nothing: '{path}' lies from {low} to {high}"
    return Diagnostic(DECIDES_NOTHING, message, span, "check the number and its unit")


def choice_has_no_order(path: str, span: Span) -> Diagnostic:
    """E214: `<` on a choice would compare spelling, not meaning."""
    message = f"choices of '{path}' have no order"
    return Diagnostic("E214", message, span, "list the choices with 'in { … }'")


def null_test(span: Span) -> Diagnostic:
    """E215: a rule that acts on the absence of a fact."""
    message = "a rule must not act on the absence of a fact"
    return Diagnostic("E215", message, span, "use '[[require]]' or 'optional'")


def optional_misplaced(path: str, where: str, span: Span) -> Diagnostic:
    """E216: an optional fact where its absence would count as a finding."""
    message = f"optional fact '{path}' {where}"
    return Diagnostic("E216", message, span, "state the condition positively, or require the fact")


def wrong_result(wanted: str, got: str, span: Span) -> Diagnostic:
    """E217: an expression of another type than its place asks for."""
    hint = "compare it with a limit" if wanted == "Boolean" else None
    if hint and got == "a String":
        hint = "compare it with a text in single quotes"
    return Diagnostic("E217", f"{wanted} wanted here, this is {got}", span, hint)


def only_shown(path: str, span: Span) -> Diagnostic:
    """E218: identity texts are printed, never reasoned with."""
    message = f"'{path}' is only ever shown"
    return Diagnostic("E218", message, span, "use a fact that has a type")


def unlike_tuples(span: Span) -> Diagnostic:
    """E219: two tuples with different element names."""
    message = "the tuples have different elements"
    return Diagnostic("E219", message, span, "give both the same element names")


def no_such_precision(precision: str, kind: str, span: Span) -> Diagnostic:
    """E220: a part that a value of this type does not have."""
    message = f"{kind} has no '{precision}'"
    return Diagnostic("E220", message, span, "use a precision that the value has")


def not_a_duration(unit: str, span: Span) -> Diagnostic:
    """E221: a date moved by something that is not a length of time."""
    message = f"a date cannot be moved by '{unit}'"
    return Diagnostic("E221", message, span, "use years, months, weeks, days, hours or minutes")

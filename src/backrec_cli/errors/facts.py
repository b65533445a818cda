"""E347 to E361: what can be wrong with the fact dictionary and nothing else.

What a dictionary shares with the other files of a pack (unknown and missing keys, wrong types) is
said by `errors.pack`.
"""

from collections.abc import Iterable

from backrec_cli.errors.diagnostic import Diagnostic
from backrec_cli.errors.suggest import closest
from backrec_cli.source import Span


def points_decide(span: Span) -> Diagnostic:
    """E347: points that are an expression say themselves when they count."""
    message = "'points' is an expression, so 'when' has nothing to decide"
    return Diagnostic("E347", message, span, "write 'if … then … else 0' into 'points'")


def derived_and_counted(fact: str, span: Span) -> Diagnostic:
    """E348: a fact cannot be both derived by one expression and counted from items."""
    message = f"'{fact}' has both 'derive' and items"
    return Diagnostic("E348", message, span, "keep one of the two")


def points_without_bounds(text: str, span: Span) -> Diagnostic:
    """E349: points of which nobody can say how few or many they can be."""
    message = f"'points' is '{text}', which has no least and most"
    hint = "choose between whole numbers, or read integers with a 'plausible' range"
    return Diagnostic("E349", message, span, hint)


def score_out_of_reach(reached: str, plausible: str | None, span: Span) -> Diagnostic:
    """E360: a score may be given that its items could never add up to."""
    message = f"the items add up to {reached}, but 'plausible' is {plausible or 'not given'}"
    return Diagnostic("E360", message, span, f"add the items that lack, or write {reached}")


def key_not_for_type(key: str, fact: str, kind: str, span: Span) -> Diagnostic:
    """E350: a key that exists, but not for facts of this type."""
    message = f"'{key}' does not belong to a {kind} fact"
    return Diagnostic("E350", message, span, f"take it out, or change the type of '{fact}'")


def reserved_name(name: str, where: str, span: Span) -> Diagnostic:
    """E351: a section or fact under a name that profiles use for something else."""
    message = f"'{name}' is reserved in {where}"
    return Diagnostic("E351", message, span, "choose another name")


def reversed_range(lowest: str, highest: str, span: Span) -> Diagnostic:
    """E352: a plausible range that no value can lie in."""
    message = f"'plausible' runs from {lowest} to {highest}"
    return Diagnostic("E352", message, span, "put the lower number first")


def bad_validity(text: str, span: Span) -> Diagnostic:
    """E353: a length of time that is neither days nor hours."""
    message = f"'valid_for' is '{text}', not a number of days or hours"
    return Diagnostic("E353", message, span, "write '90 d' or '4 h'")


def misplaced_validity(*, last: bool, span: Span) -> Diagnostic:
    """E354: a list of validities must end with the one that always holds, and only with it."""
    if last:
        message = "the last 'valid_for' has a 'when', so some values would have none"
        return Diagnostic("E354", message, span, "end the list with an entry without 'when'")
    message = "a 'valid_for' without 'when' hides the entries after it"
    return Diagnostic("E354", message, span, "add 'when', or move the entry to the end")


def not_a_choice(key: str, value: str, choices: Iterable[str], span: Span) -> Diagnostic:
    """E355: `negative` or `unknown_values` names what is not among the choices."""
    near = closest(value, choices)
    hint = f"did you mean '{near}'?" if near else f"add '{value}' to 'choices'"
    return Diagnostic("E355", f"'{key}' names '{value}', which is no choice", span, hint)


def negative_is_unknown(value: str, span: Span) -> Diagnostic:
    """E356: one choice cannot mean both "no" and "not known"."""
    message = f"'{value}' is both 'negative' and in 'unknown_values'"
    return Diagnostic("E356", message, span, "keep it in one of the two")


def bad_factor(key: str, text: str, wanted: str, span: Span) -> Diagnostic:
    """E357: a conversion that cannot be calculated, or that would reverse the order of values."""
    message = f"'{key}' is '{text}', not {wanted}"
    return Diagnostic("E357", message, span, "write '18.016' or '5/9'")


def never_exact(unit: str, span: Span) -> Diagnostic:
    """E358: a conversion called exact whose results have no last decimal."""
    message = f"the conversion from '{unit}' is never exact"
    return Diagnostic("E358", message, span, "take 'exact' out and give the fact a 'precision'")


def no_precision(fact: str, unit: str, span: Span) -> Diagnostic:
    """E361: a conversion is rounded to the fact's precision, so somebody has to choose it."""
    message = f"values in '{unit}' are rounded, and '{fact}' has no 'precision'"
    hint = "add 'precision', the decimals to keep, or 'exact = true' to this unit"
    return Diagnostic("E361", message, span, hint)


def repeated(key: str, value: str, span: Span) -> Diagnostic:
    """E359: a unit, choice or fact listed twice."""
    return Diagnostic("E359", f"'{value}' is in '{key}' twice", span, "take one of them out")

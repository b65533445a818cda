"""E38: what can be wrong with a hospital's overlay and nothing else, one function per message.

What an overlay shares with the other files of a pack (keys, types, names) is said by `errors.pack`.
"""

from collections.abc import Iterable

from backrec_cli.errors.diagnostic import Diagnostic, Severity
from backrec_cli.errors.suggest import closest
from backrec_cli.source import Span


def neither_pack_nor_overlay(folder: str) -> Diagnostic:
    """E380: a folder named as rules that holds no rules."""
    message = f"no 'pack.toml' and no 'overlay.toml' in '{folder}'"
    return Diagnostic("E380", message, hint="name the folder of a pack or of an overlay")


def pack_not_first(folder: str) -> Diagnostic:
    """E381: a whole pack replaces everything before it, so it comes first and alone."""
    message = f"the pack in '{folder}' does not come first"
    return Diagnostic("E381", message, hint="name one pack, then the overlays on top of it")


def unreadable_overlay(folder: str, why: str) -> Diagnostic:
    """E382: an overlay's folder is a link, or holds one where files of the overlay belong."""
    message = f"overlay '{folder}' not read: {why}"
    return Diagnostic("E382", message, hint="put plain files in a plain folder")


def overlay_too_large(folder: str, limit: str) -> Diagnostic:
    """E383: an overlay is a few small files."""
    message = f"overlay '{folder}' holds more than {limit}"
    return Diagnostic("E383", message, hint="split the overlay, or take out what is not rules")


def other_base(base: str, pack: str, span: Span) -> Diagnostic:
    """E384: an overlay was written for another pack than the one it is put on."""
    message = f"the overlay is for the pack '{base}', not for '{pack}'"
    hint = f"put it on '{base}', or review it for '{pack}'"
    return Diagnostic("E384", message, span, _meant(base, (pack,), hint))


def unknown_parameter(name: str, known: Iterable[str], span: Span) -> Diagnostic:
    """E385: `[[set]]` names a parameter the base does not have."""
    hint = _meant(name, known, "add a new one to 'parameters.toml' of the overlay")
    return Diagnostic("E385", f"no parameter '{name}' to set", span, hint)


def unknown_entry(name: str, known: Iterable[str], span: Span) -> Diagnostic:
    """E386: `[[change]]` or `[[disable]]` names no rule, requirement or step of the base."""
    hint = _meant(name, known, "name a rule, requirement or step of the base")
    return Diagnostic("E386", f"no rule, requirement or step '{name}'", span, hint)


def in_base_already(kind: str, name: str, how: str, span: Span) -> Diagnostic:
    """E387: an overlay adds what the base has; replacing it unseen is not possible."""
    return Diagnostic("E387", f"{kind} '{name}' is in the base already", span, how)


def said_twice(what: str, first: str, span: Span) -> Diagnostic:
    """E388: one overlay sets, changes or disables the same thing twice."""
    message = f"{what} is there twice"
    return Diagnostic("E388", message, span, f"the first is at {first}; keep one")


def not_approved(what: str, why: str, lacking: Iterable[str], span: Span) -> Diagnostic:
    """E389: a loosening without a reason, a name and a last day."""
    missing = ", ".join(f"'{key}'" for key in lacking)
    return Diagnostic("E389", f"{what} loosens: {why}", span, f"add {missing}, or take it out")


def expired(what: str, day: str, today: str, span: Span) -> Diagnostic:
    """E390: the last day of a loosening lies before the day of the assessment."""
    message = f"{what} expired on {day}, before {today}"
    return Diagnostic("E390", message, span, "have it approved again, or take it out")


def changes_nothing(what: str, span: Span) -> Diagnostic:
    """E391: an overlay says what the base says anyway, so nobody would miss it."""
    return Diagnostic("E391", f"{what} changes nothing", span, "take it out")


def other_type(name: str, wanted: str, got: str, span: Span) -> Diagnostic:
    """E392: a parameter is set to a value of another type than its own."""
    message = f"parameter '{name}' is {wanted}, not {got}"
    return Diagnostic("E392", message, span, f"write {wanted}")


def unit_does_not_fit(
    name: str, unit: str | None, accepted: Iterable[str], span: Span
) -> Diagnostic:
    """E393: a parameter is set in a unit that what it is compared with does not have."""
    units = " or ".join(f"'{each}'" for each in accepted)
    if not units:
        return Diagnostic("E393", f"parameter '{name}' has no unit", span, "take 'unit' out")
    message = f"parameter '{name}' has no unit here"
    if unit is not None:
        message = f"unit '{unit}' does not fit parameter '{name}'"
    return Diagnostic("E393", message, span, f"write the value in {units}")


def out_of_range(name: str, value: str, fact: str, possible: str, span: Span) -> Diagnostic:
    """E394: a limit that no possible value, or every one, would pass."""
    message = f"parameter '{name}' at {value} decides nothing: '{fact}' is {possible}"
    return Diagnostic("E394", message, span, "look for a slip in value or unit")


def which_grade(entry: str, given: str | None, grades: Iterable[str], span: Span) -> Diagnostic:
    """E395: an entry with several levels, and it is not said which one is changed."""
    levels = ", ".join(f"'{grade}'" for grade in grades)
    message = f"'{entry}' has several grades" if given is None else f"'{entry}' has no '{given}'"
    return Diagnostic("E395", message, span, f"write 'grade', one of {levels}")


def not_of_this_kind(key: str, entry: str, kind: str, span: Span) -> Diagnostic:
    """E396: a key that cannot be changed in an entry of this kind."""
    message = f"'{entry}' is a {kind} and has no '{key}' to change"
    instead = {"level": "change its 'gate'", "gate": "change its 'level'"}.get(key, "take it out")
    return Diagnostic("E396", message, span, instead)


def check_of_base_fact(fact: str, span: Span) -> Diagnostic:
    """E397: a consistency check of an overlay would reject values of the base's facts."""
    message = f"a check of an overlay cannot reject '{fact}' of the base"
    return Diagnostic("E397", message, span, "name only facts of this overlay in 'facts'")


def expires_soon(what: str, day: str, span: Span) -> Diagnostic:
    """E398: a loosening has less than a month left (a warning)."""
    message = f"{what} expires on {day}"
    return Diagnostic("E398", message, span, "have it approved again in time", Severity.WARNING)


def not_a_day(key: str, text: str, span: Span) -> Diagnostic:
    """E399: the last day of a loosening is not a date."""
    return Diagnostic("E399", f"'{key}' is '{text}', not a date", span, "write '2027-03-31'")


def _meant(name: str, known: Iterable[str], otherwise: str) -> str:
    near = closest(name, known)
    return f"did you mean '{near}'?" if near else otherwise

"""E3: what can be wrong with a rule pack, one function per message."""

from collections.abc import Iterable

from backrec_cli.errors.diagnostic import Diagnostic
from backrec_cli.errors.suggest import closest
from backrec_cli.source import Span

UNKNOWN_KEY = "E310"

_WRITTEN = {
    "a text": "put it in double quotes",
    "a text with an expression": "put it in double quotes",
    "a list of texts": "put texts in square brackets, each in double quotes",
    "true or false": "write true or false, without quotes",
    "a whole number of at least 0": "write a whole number, without quotes",
    "a number": "write a number, without quotes",
    "a number, a text, or true or false": "write a number",
    "a list of two numbers": "write it like [0, 120]",
    "a table": "write a table in braces, like { key = value }",
    "a list of tables": "write tables in braces, in square brackets: [{ key = value }]",
    "a whole number other than 0, or a text with an expression": "write 1, without quotes",
}
"""How a value is written that has the type wanted."""


def _known(name: str, candidates: Iterable[str], otherwise: str | None = None) -> str | None:
    """Return the hint for a name that is not in a list."""
    near = closest(name, candidates)
    return f"did you mean '{near}'?" if near else otherwise


def _listing(names: Iterable[str]) -> str:
    """Return a hint that names what is allowed."""
    return "use one of " + ", ".join(f"'{name}'" for name in names)


def missing_file(file: str, folder: str) -> Diagnostic:
    """E301: a folder without `pack.toml` or `facts.toml` is not a rule pack."""
    message = f"no '{file}' in '{folder}'"
    return Diagnostic("E301", message, hint=f"name a folder that holds '{file}'")


def no_rules() -> Diagnostic:
    """E302: a pack without a single rule would find nothing in anyone."""
    return Diagnostic("E302", "the pack has no rule", hint="add a '[[rule]]' in a file of its own")


def unreadable_file(why: str) -> Diagnostic:
    """E303: a file of the pack is a link, a device, too large, or cannot be opened."""
    return Diagnostic("E303", f"file not read: {why}", hint="put a plain TOML file in its place")


def not_utf8(span: Span) -> Diagnostic:
    """E304: TOML is UTF-8, and some byte of the file is not."""
    return Diagnostic("E304", "the file is not UTF-8", span, "save the file as UTF-8")


def not_toml(why: str, span: Span, hint: str | None = None) -> Diagnostic:
    """E305: the file breaks TOML's grammar."""
    hint = hint or "look for a missing quote or bracket"
    return Diagnostic("E305", f"not TOML: {why}", span, hint)


def line_too_long(limit: int, span: Span) -> Diagnostic:
    """E306: a line is longer than any author writes."""
    message = f"line longer than {limit} characters"
    return Diagnostic("E306", message, span, 'break the text with """')


def number_out_of_range(number: str, span: Span) -> Diagnostic:
    """E307: `nan`, `inf`, or a number beyond anything that is measured."""
    return Diagnostic("E307", f"'{number}' is not a usable number", span, "write a plain number")


def twice(name: str, span: Span) -> Diagnostic:
    """E308: TOML takes a key or a table once."""
    return Diagnostic("E308", f"'{name}' is there twice", span, "take one of them out")


def misnamed_file(file: str, meant: str, span: Span) -> Diagnostic:
    """E309: a file that holds no rules, under almost the name of one that belongs to a pack."""
    message = f"'{file}' is no file of a pack and holds no rules"
    return Diagnostic("E309", message, span, f"rename it '{meant}'")


def misplaced(table: str, file: str, home: str, span: Span) -> Diagnostic:
    """E318: a table that belongs into another file of the pack."""
    message = f"'{table}' does not belong in '{file}'"
    return Diagnostic("E318", message, span, f"move it to {home}")


def unknown_key(key: str, owner: str, allowed: Iterable[str], span: Span) -> Diagnostic:
    """E310: a key that means nothing here; it is never passed over."""
    allowed = tuple(allowed)
    hint = _known(key, allowed, _listing(allowed))
    return Diagnostic(UNKNOWN_KEY, f"unknown key '{key}' in {owner}", span, hint)


def missing_key(key: str, owner: str, span: Span) -> Diagnostic:
    """E311: a key that must be there is not."""
    return Diagnostic("E311", f"{owner} has no '{key}'", span, f"add '{key} = ...'")


def wrong_type(key: str, wanted: str, got: str, span: Span) -> Diagnostic:
    """E312: a value of another TOML type than the key takes."""
    hint = _WRITTEN.get(wanted)
    if (wanted, got) == ("a list of tables", "a table"):
        hint = f"write [[{key}]]"
    return Diagnostic("E312", f"'{key}' must be {wanted}, not {got}", span, hint)


def blank(key: str, span: Span) -> Diagnostic:
    """E313: a text or list is there but holds nothing."""
    return Diagnostic("E313", f"'{key}' is empty", span, f"fill in '{key}' or take it out")


def control_character(key: str, span: Span) -> Diagnostic:
    """E314: a text holds a character that a terminal or a page would act upon."""
    message = f"'{key}' holds a control character"
    return Diagnostic("E314", message, span, "take the character out")


def bad_id(kind: str, name: str, example: str, span: Span) -> Diagnostic:
    """E315: an id that could not be typed on a command line or in an expression."""
    article = "an" if kind[0] in "aeiou" else "a"
    message = f"'{name}' cannot be {article} {kind}"
    return Diagnostic("E315", message, span, f"write it like '{example}'")


def duplicate(kind: str, name: str, first: str, span: Span) -> Diagnostic:
    """E316: one id given twice, in one file or in two."""
    message = f"{kind} '{name}' is there twice"
    return Diagnostic("E316", message, span, f"the first is at {first}; rename one")


def reserved_name(name: str, span: Span) -> Diagnostic:
    """E317: a definition or parameter under a name the expression language keeps."""
    message = f"'{name}' is a word of the expression language"
    return Diagnostic("E317", message, span, f"rename it, for example '{name.lower()}_limit'")


def not_one_of(key: str, value: str, allowed: Iterable[str], span: Span) -> Diagnostic:
    """E320: a level, role, mark, kind, phase or urgency that does not exist."""
    allowed = tuple(allowed)
    hint = _known(value, allowed, _listing(allowed))
    return Diagnostic("E320", f"unknown {key} '{value}'", span, hint)


def unknown_topic(
    name: str, topics: Iterable[str], span: Span, file: str = "pack.toml"
) -> Diagnostic:
    """E321: a topic that neither pack.toml nor an overlay lists."""
    hint = _known(name, topics, f"add a '[[topic]]' to '{file}'")
    return Diagnostic("E321", f"unknown topic '{name}'", span, hint)


def unknown_source(name: str, sources: Iterable[str], span: Span) -> Diagnostic:
    """E322: a source that sources.toml does not list."""
    hint = _known(name, sources, "add it to 'sources.toml'")
    return Diagnostic("E322", f"unknown source '{name}'", span, hint)


def unknown_fact(name: str, facts: Iterable[str], span: Span) -> Diagnostic:
    """E323: `facts`, `any` or `optional` names a fact the dictionary does not have."""
    hint = _known(name, facts, "add it to 'facts.toml'")
    return Diagnostic("E323", f"unknown fact '{name}'", span, hint)


def unknown_rule(name: str, rules: Iterable[str], span: Span) -> Diagnostic:
    """E324: `hold_if` names a rule the pack does not have."""
    hint = _known(name, rules, "name a '[[rule]]' of this pack")
    return Diagnostic("E324", f"unknown rule '{name}'", span, hint)


def bad_offset(key: str, text: str, span: Span) -> Diagnostic:
    """E330: a moment before surgery that is neither days nor minutes."""
    message = f"'{key}' is '{text}', not a number of days or minutes"
    return Diagnostic("E330", message, span, "write '-28 d', '0 d' or '-60 min'")


def bad_duration(key: str, text: str, span: Span) -> Diagnostic:
    """E331: a length of time that is not whole days."""
    message = f"'{key}' is '{text}', not a number of days"
    return Diagnostic("E331", message, span, "write '90 d'")


def window_closes_early(opens: str, closes: str, span: Span) -> Diagnostic:
    """E332: a step's window that ends before it begins."""
    message = f"the window closes at '{closes}', before it opens at '{opens}'"
    return Diagnostic("E332", message, span, "swap 'from' and 'to'")


def both_given(first: str, second: str, owner: str, span: Span) -> Diagnostic:
    """E333: two keys of which one is to be chosen."""
    message = f"{owner} has both '{first}' and '{second}'"
    return Diagnostic("E333", message, span, f"keep '{first}' or '{second}'")


def grades_out_of_order(level: str, above: str, span: Span) -> Diagnostic:
    """E334: grades stand worst first, and one is worse than the one above it."""
    message = f"grade '{level}' is worse than '{above}' above it"
    return Diagnostic("E334", message, span, "put the worst grade first")


def no_urgent_action(owner: str, level: str, span: Span) -> Diagnostic:
    """E335: a rule that can stop an operation must say what to do when it cannot wait."""
    message = f"{owner} is '{level}' and has no 'action_urgent'"
    return Diagnostic("E335", message, span, "add 'action_urgent', the action when it cannot wait")


def no_source(owner: str, mark: str, span: Span) -> Diagnostic:
    """E336: a figure marked as read in a source names none."""
    message = f"{owner} is marked '{mark}' and names no source"
    return Diagnostic("E336", message, span, "add 'sources', or mark it 'GK' or 'LP'")


def not_effective(level: str, span: Span) -> Diagnostic:
    """E337: a level by urgency must come down to one that a verdict knows."""
    message = f"'{level}' is not an effective level"
    return Diagnostic("E337", message, span, _listing(_EFFECTIVE))


def definition_cycle(names: Iterable[str], span: Span) -> Diagnostic:
    """E338: definitions that need each other can never be worked out."""
    message = "definition in terms of itself: " + " -> ".join(f"'{name}'" for name in names)
    return Diagnostic("E338", message, span, "take one of the references out")


def unit_without_number(got: str, span: Span) -> Diagnostic:
    """E339: a parameter with a unit whose value is no number."""
    return Diagnostic("E339", f"'unit' beside {got}", span, "give a number, or take 'unit' out")


def not_a_medication(name: str, kind: str, span: Span) -> Diagnostic:
    """E341: `last_dose` speaks of a fact that is no medication, so nobody takes a dose of it."""
    message = f"'{name}' is a {kind}, not a medication"
    return Diagnostic("E341", message, span, "name facts of type 'medication'")


def unknown_entry(name: str, entries: Iterable[str], span: Span) -> Diagnostic:
    """E344: `prevent` of a complication names an entry the pack does not have."""
    hint = _known(name, entries, "name a rule, requirement or step of this pack")
    return Diagnostic("E344", f"unknown entry '{name}'", span, hint)


def named_twice(key: str, name: str, span: Span) -> Diagnostic:
    """E345: a list names one thing twice, so one of the two is probably a slip."""
    return Diagnostic("E345", f"'{name}' is twice in '{key}'", span, "take one of them out")


_EFFECTIVE = ("absolute", "relative", "caution", "information")


def not_in_facts(name: str, span: Span) -> Diagnostic:
    """E346: facts are known before parameters and definitions, which may depend on them."""
    message = f"'{name}' cannot be used in 'facts.toml', only in rules"
    return Diagnostic("E346", message, span, "write the figure or the condition itself")

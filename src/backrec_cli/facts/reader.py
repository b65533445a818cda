"""The dictionary's TOML, as tomli gives it, turned into checked definitions.

It stands on the start-up path of every command, so it is written by hand and builds each
definition once. It never raises: whatever does not fit becomes a diagnostic with its place.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal

from backrec_cli.errors import Diagnostic, facts, pack
from backrec_cli.facts.definition import Code, FactDefinition, FactType
from backrec_cli.facts.dictionary import ConsistencyCheck, FactDictionary
from backrec_cli.facts.item_reader import read_items
from backrec_cli.facts.table import Findings, Path, Table
from backrec_cli.facts.unit_reader import read_alternatives
from backrec_cli.facts.validity_reader import read_validity
from backrec_cli.source import SourceText, Span

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_NUMERAL = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?\Z")

_CHECK = "check"
# A profile's own keys beside its sections, and a section's own key beside its facts.
_RESERVED_SECTIONS = frozenset({"reviewed", "overrides"})
_RESERVED_NAMES = frozenset({"measured_on"})

KEYS_OF_ANY_TYPE = frozenset({"type", "label", "note", "codes", "protective", "day_of", "derive"})
_NUMBER = frozenset({"plausible", "valid_for"})
_CHOICE = frozenset({"choices", "unknown_values", "negative", "valid_for"})
KEYS_OF_TYPE: Mapping[FactType, frozenset[str]] = {
    FactType.BOOLEAN: frozenset({"valid_for"}),
    FactType.INTEGER: _NUMBER | {"item"},
    FactType.DECIMAL: _NUMBER | {"precision"},
    FactType.QUANTITY: _NUMBER | {"unit", "precision", "also"},
    FactType.CHOICE: _CHOICE,
    FactType.CHOICES: _CHOICE,
    FactType.DATE: frozenset(),
    FactType.EVENT: frozenset({"valid_for"}),
    FactType.MEDICATION: frozenset(),
    FactType.TEXT: frozenset(),
}
_ALLOWED = {kind: KEYS_OF_ANY_TYPE | keys for kind, keys in KEYS_OF_TYPE.items()}
_ANY_KEY = frozenset[str]().union(*_ALLOWED.values())
_TYPES = {kind.value: kind for kind in FactType}

_CODE_KEYS = frozenset({"system", "code", "display", "status", "meaning"})
_CHECK_KEYS = frozenset({"id", "facts", "holds", "message"})


def parse_dictionary(
    document: Mapping[str, object],
    source: SourceText,
    locate: Callable[[Path], Span],
) -> tuple[FactDictionary, list[Diagnostic]]:
    """Return the dictionary and everything that is wrong with its text.

    document  tomli's output, read with `parse_float=Decimal`.
    locate    where a path stands in the text; called only for what is wrong.
    A fact with an error stays in as far as it can be read, so that one mistake in it is not
    reported again by every rule that names it; only a fact without a type is left out.
    """
    findings = Findings(source, locate)
    top = Table(document, (), "the dictionary", findings)
    definitions = {
        definition.path: definition
        for section in document
        if section != _CHECK
        for definition in _read_section(top, section)
    }
    named = definitions.keys() | _named(document)
    checks = tuple(_read_check(entry, named) for entry in top.tables(_CHECK))
    return FactDictionary(definitions, checks), findings.diagnostics


def _named(document: Mapping[str, object]) -> set[str]:
    """Return the paths of all facts, those included that cannot be read."""
    sections = {name: facts for name, facts in document.items() if isinstance(facts, Mapping)}
    return {f"{section}.{name}" for section, facts in sections.items() for name in facts}


def _read_section(top: Table, section: str) -> Iterator[FactDefinition]:
    """Yield the facts of one section, `[section.name]` each."""
    _check_name(top, section, "section", _RESERVED_SECTIONS)
    content = top.content[section]
    if not isinstance(content, dict):
        top.wrong(section, "a table of facts")
        return
    table = Table(content, (section,), f"section '{section}'", top.findings)
    for name, entry in content.items():
        _check_name(table, name, "fact", _RESERVED_NAMES)
        if not isinstance(entry, dict):
            table.wrong(name, "a table")
            continue
        path = f"{section}.{name}"
        fact = _read_fact(Table(entry, (section, name), f"fact '{path}'", top.findings), path)
        if fact is not None:
            yield fact


def _check_name(table: Table, name: str, kind: str, reserved: frozenset[str]) -> None:
    """Record a name that could not stand in an expression or a profile."""
    if name in reserved:
        where = "a profile" if kind == "section" else "a section"
        table.add(facts.reserved_name(name, where, table.place(name)))
    elif _NAME.match(name) is None:
        example = "labs" if kind == "section" else "hba1c"
        table.add(pack.bad_id(kind, name, example, table.place(name)))


def _read_fact(table: Table, path: str) -> FactDefinition | None:
    """Return one fact, read as far as it can be; None where its type is not known."""
    table.only(_ANY_KEY)
    kind = _read_type(table)
    label = table.required_text("label")
    if kind is None:
        return None
    _check_keys(table, path, kind)
    unit = table.required_text("unit") or None if kind is FactType.QUANTITY else None
    choices = _read_choices(table, kind)
    unknown_values = _read_unknown_values(table, choices)
    return FactDefinition(
        path=path,
        type=kind,
        label=label,
        unit=unit,
        precision=table.count("precision"),
        also=read_alternatives(table, path, unit) if unit and "also" in table.content else (),
        plausible=_read_plausible(table),
        valid_for=read_validity(table),
        choices=choices,
        unknown_values=unknown_values,
        negative_choice=_read_negative(table, choices, unknown_values),
        protective=table.flag("protective"),
        day_of=table.flag("day_of"),
        derive=table.text("derive"),
        items=read_items(table, path) if kind is FactType.INTEGER else (),
        codes=_read_codes(table),
        note=table.text("note"),
    )


def _read_type(table: Table) -> FactType | None:
    """Return the fact's type."""
    written = table.required_text("type")
    kind = _TYPES.get(written)
    if kind is None and written:
        table.add(pack.not_one_of("type", written, _TYPES, table.place("type")))
    return kind


def _check_keys(table: Table, path: str, kind: FactType) -> None:
    """Record keys that facts of this type do not have."""
    if table.content.keys() <= _ALLOWED[kind]:
        return
    for key in table.content:
        if key in _ANY_KEY and key not in _ALLOWED[kind]:
            table.add(facts.key_not_for_type(key, path, kind.value, table.place(key)))


def _read_plausible(table: Table) -> tuple[Decimal, Decimal] | None:
    """Return the lowest and highest possible value, in the canonical unit."""
    value = table.content.get("plausible")
    if value is None:
        return None
    limits = [_number(limit) for limit in value] if isinstance(value, list) else []
    match limits:
        case [Decimal() as lowest, Decimal() as highest]:
            if lowest >= highest:
                place = table.place("plausible")
                table.add(facts.reversed_range(str(lowest), str(highest), place))
            # Once said, it is read as it is meant, or every limit would lie outside it.
            return min(lowest, highest), max(lowest, highest)
        case _:
            table.wrong("plausible", "a list of two numbers")
            return None


def _number(value: object) -> Decimal | None:
    """Return a number, or a text that is one, as a decimal; None for anything else and NaN."""
    if isinstance(value, str):
        return Decimal(value) if _NUMERAL.match(value) else None
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    number = Decimal(value)
    return number if number.is_finite() else None


def _read_choices(table: Table, kind: FactType) -> tuple[str, ...]:
    """Return what a choice may be; a fact that is chosen needs at least one."""
    if kind not in (FactType.CHOICE, FactType.CHOICES):
        return ()
    if "choices" not in table.content:
        table.missing("choices")
        return ()
    choices = table.texts("choices")
    if not choices and table.content["choices"] == []:
        table.add(pack.blank("choices", table.place("choices")))
    _check_repeated(table, "choices", choices)
    return choices


def _check_repeated(table: Table, key: str, values: tuple[str, ...]) -> None:
    """Record every value of a list that stands in it twice."""
    if len(set(values)) == len(values):
        return
    for number, value in enumerate(values):
        if value in values[:number]:
            table.add(facts.repeated(key, value, table.place(key, number)))


def _read_unknown_values(table: Table, choices: tuple[str, ...]) -> tuple[str, ...]:
    """Return the choices that mean "not known"; each must be one of the choices."""
    if "unknown_values" not in table.content:
        return ()
    values = table.texts("unknown_values")
    _check_repeated(table, "unknown_values", values)
    for number, value in enumerate(values):
        if choices and value not in choices:
            place = table.place("unknown_values", number)
            table.add(facts.not_a_choice("unknown_values", value, choices, place))
    return values


def _read_negative(
    table: Table, choices: tuple[str, ...], unknown_values: tuple[str, ...]
) -> str | None:
    """Return the choice that means "no", which a review fills in."""
    negative = table.text("negative")
    if negative is None:
        return None
    if choices and negative not in choices:
        place = table.place("negative")
        table.add(facts.not_a_choice("negative", negative, choices, place))
    if negative in unknown_values:
        table.add(facts.negative_is_unknown(negative, table.place("negative")))
    return negative


def _read_codes(table: Table) -> tuple[Code, ...]:
    """Return the fact's codes in terminologies."""
    if "codes" not in table.content:
        return ()
    return tuple(_read_code(entry) for entry in table.tables("codes"))


def _read_code(entry: Table) -> Code:
    """Return one code; all but its meaning must be there."""
    entry.only(_CODE_KEYS)
    return Code(
        entry.required_text("system"),
        entry.required_text("code"),
        entry.required_text("display"),
        entry.required_text("status"),
        entry.text("meaning"),
    )


def _read_check(entry: Table, named: Collection[str]) -> ConsistencyCheck:
    """Return one consistency check; the facts it names must be in the dictionary."""
    entry.only(_CHECK_KEYS)
    if "facts" not in entry.content:
        entry.missing("facts")
    paths = entry.texts("facts")
    _check_repeated(entry, "facts", paths)
    for number, path in enumerate(paths):
        if path not in named:
            entry.add(pack.unknown_fact(path, sorted(named), entry.place("facts", number)))
    return ConsistencyCheck(
        entry.required_text("id"),
        paths,
        entry.required_text("holds"),
        entry.required_text("message"),
    )


TABLE_KEYS = {"fact": _ANY_KEY, "code": _CODE_KEYS, "check": _CHECK_KEYS}
"""What each table may hold, for whoever describes the files."""

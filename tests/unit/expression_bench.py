"""A small dictionary with a fact of each type, and environments written as CQL text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from backrec_cli.expression import (
    Environment,
    Expression,
    Scope,
    Traced,
    compile_expression,
    evaluate,
    to_cql,
)
from backrec_cli.facts.definition import AlternativeUnit, FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reading import Absence, FactReading, FactValue
from backrec_cli.temporal import Temporal, parse_temporal
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

AS_OF = datetime(2026, 3, 16, 9, 30)  # noqa: DTZ001 - The hospital's own clock.

_DEFINITIONS = (
    FactDefinition("patient.age", FactType.INTEGER, "age", plausible=(Decimal(0), Decimal(120))),
    FactDefinition("patient.name", FactType.TEXT, "name"),
    FactDefinition(
        "patient.sex_at_birth",
        FactType.CHOICE,
        "sex",
        choices=("female", "male", "unknown"),
        unknown_values=("unknown",),
    ),
    FactDefinition("procedure.date", FactType.DATE, "date of surgery"),
    FactDefinition(
        "procedure.technique",
        FactType.CHOICES,
        "technique",
        choices=("spinal_fusion", "skin_graft", "muscle_flap"),
    ),
    FactDefinition(
        "conditions.diabetes",
        FactType.CHOICE,
        "diabetes",
        choices=("none", "type1", "type2"),
        negative_choice="none",
    ),
    FactDefinition("conditions.angina", FactType.BOOLEAN, "angina"),
    FactDefinition("conditions.mi", FactType.EVENT, "heart attack"),
    FactDefinition("medications.apixaban", FactType.MEDICATION, "apixaban"),
    FactDefinition("medications.warfarin", FactType.MEDICATION, "warfarin"),
    FactDefinition("labs.inr", FactType.DECIMAL, "INR", plausible=(Decimal("0.5"), Decimal(15))),
    FactDefinition(
        "labs.hba1c",
        FactType.QUANTITY,
        "HbA1c",
        unit="mmol/mol",
        also=(AlternativeUnit("%", Fraction("10.93"), Fraction("-23.5"), False, 1),),
        plausible=(Decimal(9), Decimal(195)),
    ),
    FactDefinition(
        "labs.glucose",
        FactType.QUANTITY,
        "glucose",
        unit="mg/dL",
        also=(AlternativeUnit("mmol/L", Fraction("18.016"), Fraction(0), False, 1),),
        plausible=(Decimal(18), Decimal(1080)),
    ),
    FactDefinition("vitals.weight", FactType.QUANTITY, "weight", unit="kg", precision=1),
    FactDefinition("vitals.height", FactType.QUANTITY, "height", unit="cm"),
    FactDefinition("vitals.systolic_bp", FactType.QUANTITY, "systolic", unit="mm[Hg]"),
    FactDefinition("vitals.diastolic_bp", FactType.QUANTITY, "diastolic", unit="mm[Hg]"),
)
DICTIONARY = FactDictionary({fact.path: fact for fact in _DEFINITIONS})
SCOPE = Scope(DICTIONARY, {"hba1c_limit": Quantity(Decimal(64), "mmol/mol"), "hold_days": 3})


@dataclass(frozen=True)
class Record:
    """The facts of one patient; whatever is not among them is not recorded."""

    readings: Mapping[str, FactReading] = field(default_factory=dict)
    as_of: date = AS_OF

    def fact(self, path: str) -> FactReading:
        """Return what is known of a fact."""
        return self.readings.get(path) or FactReading(path)


def record(facts: Mapping[str, str]) -> Record:
    """Read facts as they are written in the specification's tables.

    `64 'mmol/mol'`, `true`, `'type2'`, `{ 'a' }`; a value `on @2026-03-10`; a date alone for a
    date, or for an event or drug known with its date; the word for an absence (`stale`).
    """
    return Record({path: reading(path, text) for path, text in facts.items()})


def reading(path: str, text: str) -> FactReading:
    """Read one fact of a table."""
    if text in set(Absence):
        return FactReading(path, absence=Absence(text))
    written, _, day = text.partition(" on ")
    definition = DICTIONARY.definitions[path]
    if written.startswith("@") and definition.type is not FactType.DATE:
        written, day = "true", written
    on = _moment(day) if day else None
    return FactReading(path, _value(written), None, reported=written, on=on)


def _value(text: str) -> FactValue:
    value = evaluate(compile_expression(text, Scope()), Record()).value
    if isinstance(value, Truth):
        return value is Truth.TRUE
    if isinstance(value, Temporal):
        return _moment(text)
    assert isinstance(value, int | Decimal | str | Quantity | tuple), text
    if isinstance(value, tuple):
        return tuple(str(each) for each in value)
    return value


def _moment(text: str) -> date:
    parsed = parse_temporal(text.removeprefix("@"))
    assert parsed is not None, text
    moment = datetime.fromisoformat(text.removeprefix("@"))
    return moment if len(parsed.components) > 3 else moment.date()


def compiled(text: str, scope: Scope = SCOPE) -> Expression:
    """Compile an expression over the small dictionary."""
    return compile_expression(text, scope)


def traced(text: str, facts: Mapping[str, str] | None = None, **options: tuple[str, ...]) -> Traced:
    """Evaluate an expression over the small dictionary."""
    environment: Environment = record(facts or {})
    return evaluate(compiled(text), environment, assume_false=options.get("assume_false", ()))


def value_of(text: str, facts: Mapping[str, str] | None = None) -> str:
    """Evaluate an expression and print its value."""
    return to_cql(traced(text, facts).value)

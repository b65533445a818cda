"""Random patients over a small dictionary: every kind of fact in every state it can be in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from backrec_cli.expression import Scope, compile_expression
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reading import Absence, FactReading, FactValue, ItemReading
from backrec_cli.units import Quantity
from tests.unit.expression_bench import DICTIONARY as BENCH
from tests.unit.expression_bench import SCOPE as SMALL_SCOPE
from tests.unit.expression_bench import Record

SURGERY = date(2026, 3, 16)
_FURTHER = (
    FactDefinition("patient.birth_date", FactType.DATE, "date of birth"),
    FactDefinition("wound.infected", FactType.BOOLEAN, "infected wound"),
    FactDefinition("consent.signed", FactType.EVENT, "consent"),
    FactDefinition("vitals.bmi", FactType.QUANTITY, "BMI", unit="kg/m2"),
    FactDefinition("habits.audit_q1", FactType.INTEGER, "first question"),
    FactDefinition("scores.risk", FactType.INTEGER, "a counted score"),
    FactDefinition("scores.frailty", FactType.INTEGER, "another counted score"),
)


@dataclass(frozen=True)
class World:
    """A dictionary, the facts that would settle the items of each score, and what is calculated."""

    dictionary: FactDictionary
    items: Mapping[str, tuple[str, ...]]
    calculated: frozenset[str] = frozenset()


SMALL = World(
    FactDictionary({**BENCH.definitions, **{each.path: each for each in _FURTHER}}),
    {
        "scores.risk": ("conditions.angina", "labs.inr"),
        "scores.frailty": ("conditions.angina", "conditions.diabetes", "habits.audit_q1"),
    },
    frozenset({"vitals.bmi"}),
)
_PLAIN = Scope(SMALL.dictionary, SMALL_SCOPE.parameters)
_DEFINED = {
    "heart_ill": "conditions.angina or conditions.mi",
    "heart_gap": "difference in days between conditions.mi.on and procedure.date",
    "techniques": "procedure.technique",
}
SCOPE = Scope(
    SMALL.dictionary,
    SMALL_SCOPE.parameters,
    {name: compile_expression(text, _PLAIN) for name, text in _DEFINED.items()},
)

_NUMBERS: Mapping[str, Sequence[str]] = {
    "labs.inr": ("0.5", "1.0", "1.5", "1.7", "2.0", "3.0", "3.14159265", "15"),
    "labs.hba1c": ("9", "48", "53", "63", "64", "65", "71", "195"),
    "labs.glucose": ("18", "99.5", "180", "181", "1080"),
    "vitals.weight": ("50.5", "76", "76.1", "120"),
    "vitals.height": ("150", "172.5", "178", "201.3"),
    "vitals.systolic_bp": ("80", "120", "124", "180"),
    "vitals.diastolic_bp": ("40", "76", "80", "124"),
    "vitals.bmi": ("18.5", "23.98687034", "25", "25.65135317", "35"),
}
_WHOLE: Mapping[str, Sequence[int]] = {
    "patient.age": (0, 17, 18, 50, 51, 80, 81, 120),
    "habits.audit_q1": (0, 1, 4),
    "scores.risk": (0, 1, 2, 3, 6),
    "scores.frailty": (0, 2, 5),
}
_DAYS_BACK = (0, 1, 2, 3, 13, 14, 27, 28, 30, 31, 60, 365, 366, 22_000, -1, -14)
_ABSENT = (
    Absence.NOT_RECORDED, Absence.NOT_RECORDED, Absence.NOT_KNOWN, Absence.STALE,
    Absence.IMPLAUSIBLE, Absence.UNDATED,
)  # fmt: skip


def patients(count: int, world: World = SMALL, seed: int = 5) -> list[Record]:
    """Return patients, the same for the same seed; the first of them has nothing recorded."""
    chance = Random(seed)  # noqa: S311 - Nothing is secret about a test's patients.
    made = [Record({}, SURGERY)]
    while len(made) < count:
        # Some patients are nearly complete, some nearly empty.
        known = chance.choice((0.15, 0.5, 0.8, 0.97))
        readings = {path: _reading(path, world, chance, known) for path in world.dictionary.paths}
        as_of = SURGERY - timedelta(days=chance.choice((0, 0, 1, 14)))
        made.append(Record(readings, as_of))
    return made


def _reading(path: str, world: World, chance: Random, known: float) -> FactReading:
    if chance.random() >= known:
        return _absent(path, world, chance)
    definition = world.dictionary.definitions[path]
    value = _VALUES[definition.type](definition, chance)
    on = _day(chance) if chance.random() < 0.8 else None
    return FactReading(path, value, None, on=on)


def _absent(path: str, world: World, chance: Random) -> FactReading:
    """Return a fact that is not known; a stale one still has its date."""
    absence = chance.choice(_ABSENT)
    on = _day(chance) if absence is Absence.STALE else None
    reading = FactReading(path, None, absence, on=on)
    if path in world.items and chance.random() < 0.8:
        return _counted(path, world.items[path], absence, chance)
    return reading


def _counted(path: str, facts: tuple[str, ...], absence: Absence, chance: Random) -> FactReading:
    """Return a score that lies in a range because facts of some of its items are not known."""
    asked = [each for each in facts if chance.random() < 0.7] or list(facts[:1])
    items = tuple(
        ItemReading(each, 0, 2, (FactReading(each, counted_in=path),))
        if each in asked
        else ItemReading(each, 1, 1)
        for each in facts
    )
    span = (sum(item.low for item in items), sum(item.high for item in items))
    return FactReading(path, None, absence, range=span, items=items)


def _day(chance: Random) -> date:
    return SURGERY - timedelta(days=chance.choice(_DAYS_BACK))


def _truth(_: FactDefinition, chance: Random) -> FactValue:
    return chance.random() < 0.6


def _whole(definition: FactDefinition, chance: Random) -> FactValue:
    return chance.choice(_WHOLE.get(definition.path) or tuple(map(int, _ends(definition))))


def _number(definition: FactDefinition, chance: Random) -> Decimal:
    return Decimal(
        chance.choice(_NUMBERS.get(definition.path) or tuple(map(str, _ends(definition))))
    )


def _ends(definition: FactDefinition) -> tuple[Decimal, ...]:
    """Return the plausible ends of a number and two between."""
    low, high = definition.plausible or (Decimal(0), Decimal(10))
    step = (high - low) / 10
    return low, low + step.to_integral_value(), low + 3 * step.to_integral_value(), high


def _decimal(definition: FactDefinition, chance: Random) -> FactValue:
    return _number(definition, chance)


def _quantity(definition: FactDefinition, chance: Random) -> FactValue:
    assert definition.unit is not None
    return Quantity(_number(definition, chance), definition.unit)


def _choice(definition: FactDefinition, chance: Random) -> FactValue:
    usable = [each for each in definition.choices if each not in definition.unknown_values]
    return chance.choice(usable)


def _choices(definition: FactDefinition, chance: Random) -> FactValue:
    return tuple(each for each in definition.choices if chance.random() < 0.4)


def _date(definition: FactDefinition, chance: Random) -> FactValue:
    if definition.path == "patient.birth_date":
        return _birth(chance)
    return _day(chance)


def _birth(chance: Random) -> date:
    """Return a day of birth, on and around the day of surgery and the leap day."""
    month, day = chance.choice(((3, 15), (3, 16), (3, 17), (2, 29), (12, 31), (1, 1)))
    return date(chance.choice((1924, 1960, 1964, 2000, 2008)), month, day)


def _text(_: FactDefinition, chance: Random) -> FactValue:
    return chance.choice(("Ada", "Bo", "it's"))


_VALUES: Mapping[FactType, Callable[[FactDefinition, Random], FactValue]] = {
    FactType.BOOLEAN: _truth,
    FactType.EVENT: _truth,
    FactType.MEDICATION: _truth,
    FactType.INTEGER: _whole,
    FactType.DECIMAL: _decimal,
    FactType.QUANTITY: _quantity,
    FactType.CHOICE: _choice,
    FactType.CHOICES: _choices,
    FactType.DATE: _date,
    FactType.TEXT: _text,
}

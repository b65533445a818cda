"""Random patients: documents with random changes, at the edges where rules turn."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from backrec_cli.errors import DiagnosticsError
from backrec_cli.expression import Expression, nodes
from backrec_cli.facts.conversion import accepted_units
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile import Profile, read_profile
from backrec_cli.rulepack.model import Offset, Requirement, Rule, RulePack, Step
from backrec_cli.units import Quantity
from tests.batch.columns.bench import Patient, without_times

SURGERY = date(2026, 3, 16)
_HOW_MANY = (0, 1, 2, 3, 5, 10, 30, 80)
_URGENCIES = ("elective", "time_sensitive", "urgent", "emergency", "unknown")
_FAR = (-400, -100, -60, -1, 0, 1, 5, 30)

Document = dict[str, object]


@dataclass
class Edges:
    """Where the rules of a pack turn: days before surgery, and limits of numbers."""

    pack: RulePack
    offsets: tuple[int, ...] = ()
    limits: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look through every entry of the pack, and every fact."""
        turns = {0, -1, -self.pack.review_days, *_FAR}
        for entry in self.pack.entries.values():
            turns.update(offset.days for offset in _offsets(entry))
        for fact in self.pack.dictionary.definitions.values():
            turns.update(-validity.days for validity in fact.valid_for)
        self.offsets = tuple(sorted({turn + by for turn in turns for by in (-1, 0, 1)}))
        found: dict[str, set[float]] = {}
        for entry in self.pack.entries.values():
            for expression in _expressions(entry):
                for path in expression.facts:
                    found.setdefault(path, set()).update(_numbers(expression.node))
        self.limits = {path: sorted(numbers) for path, numbers in found.items()}


def _offsets(entry: Rule | Requirement | Step) -> list[Offset]:
    if isinstance(entry, Step):
        return [entry.opens, entry.closes]
    return [] if entry.from_ is None else [entry.from_]


def _expressions(entry: Rule | Requirement | Step) -> list[Expression]:
    found = [] if entry.applies is None else [entry.applies]
    if isinstance(entry, Rule):
        found += [grade.when for grade in entry.grades]
    if isinstance(entry, Step):
        found.append(entry.done)
    return found


def _numbers(node: nodes.Node) -> list[float]:
    """Return every number that stands in an expression, its parameters and definitions included."""
    match node:
        case nodes.Literal(value=value) | nodes.ParameterRef(value=value):
            amount = value.value if isinstance(value, Quantity) else value
            return [float(amount)] if isinstance(amount, int | Decimal) else []
        case nodes.ExpressionRef(node=inner):
            return _numbers(inner)
        case _:
            return [number for each in nodes.children(node) for number in _numbers(each)]


def read(document: Document, name: str, dictionary: FactDictionary) -> Profile:
    """Read a document as `check` does, and leave the times of day out."""
    return without_times(read_profile(json.dumps(document).encode(), name, dictionary))


class Changes:
    """Changes documents at random; the same seed gives the same patients."""

    def __init__(self, edges: Edges, seed: int) -> None:
        """Keep where rules turn, and what chance goes by."""
        self.edges = edges
        self.random = Random(seed)  # noqa: S311 - patients for tests.
        self.seed = seed
        definitions = edges.pack.dictionary.definitions
        self.facts = [fact for fact in definitions.values() if fact.type is not FactType.TEXT]

    def patients(self, documents: Sequence[tuple[str, Document]], count: int) -> list[Patient]:
        """Return that many patients, each made of one of the documents."""
        found: list[Patient] = []
        while len(found) < count:
            name, document = self.random.choice(documents)
            changed = self.changed(document)
            label = f"{name} (seed {self.seed}, patient {len(found)})"
            try:
                profile = read(changed, label, self.edges.pack.dictionary)
            except DiagnosticsError:
                continue
            found.append(Patient(label, profile, self.as_of()))
        return found

    def as_of(self) -> date:
        """Return a day of assessment, often one on which something begins or ends."""
        return SURGERY + timedelta(days=self.random.choice(self.edges.offsets))

    def day(self) -> str:
        """Return the day of a result."""
        return self.as_of().isoformat()

    def chance(self, share: float) -> bool:
        """Whether something that happens this often happens now."""
        return self.random.random() < share

    def changed(self, document: Document) -> Document:
        """Return a document with some facts taken away, added and replaced."""
        copy: dict[str, Document] = json.loads(json.dumps(document))
        copy.pop("overrides", None)
        for _ in range(self.random.choice(_HOW_MANY)):
            fact = self.random.choice(self.facts)
            if self.chance(0.35):
                copy.get(fact.section, {}).pop(fact.name, None)
            else:
                copy.setdefault(fact.section, {})[fact.name] = self.value(fact)
        procedure = copy.setdefault("procedure", {})
        if self.chance(0.1):
            procedure.pop("date", None)
        elif self.chance(0.15):
            procedure["date"] = self.day()
        if self.chance(0.2):
            procedure["urgency"] = self.random.choice(_URGENCIES)
        if self.chance(0.25):
            copy["reviewed"] = self.reviews()
        return {key: value for key, value in copy.items() if value}

    def reviews(self) -> Document:
        """Return reviews of some sections, most of them dated."""
        sections = self.edges.pack.dictionary.sections
        return {
            section: {"on": self.day()} if self.chance(0.7) else {}
            for section in sections
            if self.chance(0.6)
        }

    def value(self, fact: FactDefinition) -> object:
        """Return a value of a fact: known, unknown, or one that has to be discarded."""
        if self.chance(0.05):
            return "unknown"
        match fact.type:
            case FactType.BOOLEAN:
                return self.dated(self.chance(0.4), often=0.2)
            case FactType.QUANTITY:
                return self.quantity(fact)
            case FactType.INTEGER | FactType.DECIMAL:
                return self.dated(self.number(fact), often=0.7)
            case FactType.CHOICE:
                word = "nonsense" if self.chance(0.03) else self.random.choice(fact.choices)
                return self.dated(word, often=0.4)
            case FactType.CHOICES:
                return [word for word in fact.choices if self.chance(0.3)]
            case FactType.DATE:
                return self.day()
            case FactType.TEXT:
                return "text"
            case _:
                key = "on" if fact.type is FactType.EVENT else "last_dose_on"
                dated = {"value": True, key: self.day()}
                return self.random.choice([False, True, {key: self.day()}, dated, dated])

    def dated(self, value: object, often: float) -> object:
        """Return a value alone, or with the day it was found."""
        return {"value": value, "measured_on": self.day()} if self.chance(often) else value

    def quantity(self, fact: FactDefinition) -> Document:
        """Return an amount, now and then in another unit, or without a unit or a date."""
        found: Document = {"value": self.number(fact)}
        units = [*accepted_units(fact)]
        if self.chance(0.95):
            found["unit"] = fact.unit if self.chance(0.8) else self.random.choice(units)
        if self.chance(0.9):
            found["measured_on"] = self.day()
        return found

    def number(self, fact: FactDefinition) -> float:
        """Return a number: a limit of some rule, or next to it, or any, or an impossible one."""
        low, high = [float(end) for end in fact.plausible or (0, 10)]
        limits = [limit for limit in self.edges.limits.get(fact.path, ()) if low <= limit <= high]
        number = self.random.uniform(low, high)
        if self.chance(0.4):
            number = low + (high - low) * self.random.choice((0.1, 0.2, 0.3))
        if limits and self.chance(0.6):
            number = self.random.choice(limits) + self.random.choice((-1, -0.1, 0, 0, 0.1, 1))
        if self.chance(0.05):
            number = high * 3 + 1
        number = round(number, self.random.choice((0, 1, 1, 2)))
        return int(number) if fact.type is FactType.INTEGER else number

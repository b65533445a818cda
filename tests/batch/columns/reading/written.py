"""Random records as lines of JSON: right, with one slip, or wrong in every way records are."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from backrec_cli.facts.conversion import accepted_units
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary

Pairs = list[tuple[str, str]]

NUMBERS = (
    *("3", "3.0", "0", "-0", "0.0", "7.5", "64", "128", "1E2", "1e-400", "0e500", "1e400"),
    *("7.0000000000000001", "12345678901234567", "9.123456789", "0.30000000000000004", "01"),
    *("1.", "100000000000000000000000000000000", "-5", "2e0", "NaN", "0.00000000001", "2.50"),
    *("123456789012345.6", "0.5e-1", "1000000000000000"),
)
TEXTS = (
    *('"unknown"', '"none"', '""', '" "', '"x"', '"a:b"', '"\\u003a"', '"\\ud800"', '"\\u0000"'),
    *('"tab\there"', '"C3: \\"fused\\""', '"\u202eabc"', '"\u00b5"', '"a\\u001fb"', '"12"'),
    *('" x "', '"\u00a0"', '"\\u0078"', '"1e5"', '", 1e5"', '"12345678901234567890"'),
)
USUAL_DAYS = ('"2026-03-01"', '"2026-03-16"', '"2025-12-31"', '"2024-02-29"')
ODD_DAYS = (
    *('"2026-03-01T10:00"', '"2026-03-01T10:00:00+01:00"', '"unknown"', '"03/04/2026"'),
    *('"1879-12-31"', '"2026-3-1"', '" 2026-03-01"', "20260301", "true", "null", '"2026-02-30"'),
)
ODD = (
    *("null", "true", "false", "[]", "{}", "[1]", '["x"]', "tru", '{"value": null}', ""),
    *('["unknown"]', '"unknown"', '{"value": "unknown"}', '{"value": true}', '{"on": "unknown"}'),
)
ODD_UNITS = ('"%"', '"kg"', '" "', '""', '"mmol"', "5", '"\u00b5mol/L"', '"mmHg"', "null")
SLIPS = (b"", b",", b"}", b'"', b"\xff", b"\x00", b":", b" ", b"\t")
EXTRAS = (
    *(("$schema", '"https://x"'), ("$schema", "1"), ("overrides", "[]"), ("x", "1")),
    *(("reviewed", '["labs", 1]'), ("reviewed", "true"), ("reviewed", '["nowhere"]')),
)
DATES = {FactType.EVENT: "on", FactType.MEDICATION: "last_dose_on"}
WILDNESS = (0.0, 0.0, 0.03, 0.03, 0.3)


def lines(dictionary: FactDictionary, seed: int, count: int) -> list[bytes]:
    """Return records of a dictionary's facts, one or another with a byte that does not belong."""
    random = Random(seed)  # noqa: S311 - patients for tests.
    found = []
    for _ in range(count):
        writer = Writer(dictionary, random, random.choice(WILDNESS), random.choice(("", " ")))
        line = writer.document().encode()
        if writer.wild(often=1):
            place = random.randrange(len(line))
            line = line[:place] + random.choice(SLIPS) + line[place + random.randrange(3) :]
        found.append(line)
    return [line.replace(b"\n", b"") for line in found if line.strip()]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes one record; `wildness` is how often something odd stands where a value should."""

    dictionary: FactDictionary
    random: Random
    wildness: float
    space: str

    def wild(self, often: float = 1) -> bool:
        """Whether to write something odd here."""
        return self.random.random() < self.wildness * often

    def document(self) -> str:
        """Return one document."""
        sections: dict[str, Pairs] = {}
        most = min(30, len(self.dictionary.paths))
        for path in self.random.sample(self.dictionary.paths, self.random.randrange(most)):
            definition = self.dictionary.definitions[path]
            members = sections.setdefault(definition.section, [])
            members.append((definition.name, self.value(definition)))
            if self.wild(0.2):
                members.append(members[-1])
        for section in self.random.sample(self.dictionary.sections, 2):
            sections.setdefault(section, []).append(("measured_on", self.day()))
        members = [(name, self.object(pairs)) for name, pairs in sections.items()]
        if self.random.random() < 0.7:
            members.append(("reviewed", self.reviewed()))
        if self.wild():
            members.append(self.random.choice(EXTRAS))
        return self.object(members)

    def object(self, pairs: Pairs) -> str:
        """Return an object; a key may stand in it twice."""
        space = self.space
        return "{" + f",{space}".join(f'"{key}":{space}{value}' for key, value in pairs) + "}"

    def reviewed(self) -> str:
        """Return which sections were reviewed."""
        sections = self.random.sample(self.dictionary.sections, 3)
        if self.random.random() < 0.3:
            return f"[{','.join(quoted(section) for section in sections)}]"
        return self.object([(section, self.review()) for section in sections])

    def review(self) -> str:
        """Return the review of a section."""
        pairs: Pairs = []
        if self.random.random() < 0.7:
            pairs.append(("on", self.day()))
        if self.random.random() < 0.5:
            odd = ('"a: b"', '""', '" "', "1", '"\\u00a0"')
            pairs.append(("by", self.random.choice(odd) if self.wild() else '"nurse"'))
        return self.object(pairs)

    def day(self) -> str:
        """Return a date."""
        return self.random.choice(ODD_DAYS if self.wild() else USUAL_DAYS)

    def value(self, definition: FactDefinition) -> str:
        """Return a value of a fact, mostly of its type."""
        if self.wild():
            return self.random.choice((*ODD, *TEXTS, *NUMBERS, *ODD_DAYS))
        needs_object = definition.type is FactType.QUANTITY
        if definition.type is FactType.TEXT or (not needs_object and self.random.random() < 0.6):
            return self.plain(definition)
        return self.measured(definition)

    def measured(self, definition: FactDefinition) -> str:
        """Return the object form of a fact."""
        pairs: Pairs = []
        written = self.plain(definition)
        happened = definition.type in DATES
        if not self.wild() and not (happened and self.random.random() < 0.4):
            pairs.append(("value", "true" if happened and not self.wild(5) else written))
        if definition.type is FactType.QUANTITY and not self.wild():
            units = [*map(quoted, accepted_units(definition))]
            pairs.append(("unit", self.random.choice(ODD_UNITS if self.wild(2) else units)))
        if happened or self.random.random() < 0.5:
            pairs.append((DATES.get(definition.type, "measured_on"), self.day()))
        if self.wild(0.2):
            pairs.append(self.random.choice((("value", "true"), ("z", "1"), ("on", '"x"'))))
        return self.object(pairs)

    def plain(self, definition: FactDefinition) -> str:
        """Return a plain value of a fact's type."""
        match definition.type:
            case FactType.BOOLEAN | FactType.MEDICATION:
                return self.random.choice(("true", "false", "true", "false", '"unknown"'))
            case FactType.EVENT:
                return self.random.choice(("true", "false", '"unknown"', self.day()))
            case FactType.INTEGER:
                return self.number(
                    (str(self.random.randrange(120)), f"{self.random.randrange(9)}.0")
                )
            case FactType.DECIMAL | FactType.QUANTITY:
                whole = str(self.random.randrange(300))
                return self.number((whole, str(self.random.randrange(2000) / 10)))
            case FactType.DATE:
                return self.day()
            case FactType.CHOICE:
                return self.word(definition)
            case FactType.CHOICES:
                words = [self.word(definition) for _ in range(self.random.randrange(4))]
                return f"[{','.join(words)}]"
            case FactType.TEXT:
                return self.random.choice(TEXTS if self.wild() else ('"RH-1"', '"Ana"', '" x y"'))

    def number(self, usual: Sequence[str]) -> str:
        """Return a number."""
        return self.random.choice((*NUMBERS, '"unknown"') if self.wild() else usual)

    def word(self, definition: FactDefinition) -> str:
        """Return a word that a choice has, or one that may be taken for it."""
        odd = ('"unknown"', '"other"', '""')
        return self.random.choice(odd if self.wild() else [*map(quoted, definition.choices)])


def quoted(text: str) -> str:
    """Return a plain name as JSON."""
    return f'"{text}"'

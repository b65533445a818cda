"""Random flat records: a header, and rows whose cells are right, or wrong in one way or another."""

from random import Random

from backrec_cli.batch.cohort.columns import attributes
from backrec_cli.facts.conversion import accepted_units
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary

DAYS = ("2026-03-01", "2026-03-16", "2025-12-31", " 2026-03-01 ")
ODD_DAYS = ("2026-03-01T10:00", "unknown", "03/04/2026", "2026-02-30", "1879-12-31", "20260301")
NUMBERS = ("3", "3.0", "64", "7.5", "0", "-0", "12.25", " 8 ", "007", "1e2", "250")
ODD_NUMBERS = (
    *("NaN", "1,5", "0x1", "7.0000000000000001", "12345678901234567", "1e400", "0e500", "inf"),
    *("9.123456789", "unknown", "\u0663", "1_000", "0.00000000001"),
)
ODD = ("", " ", "unknown", "x", "a\x1fb", "\u202e", "[]", ";", "null", "'", "a\tb", "\u00a0", "1")
FLAGS = ("true", "false", "yes", "No", "TRUE", "unknown")
REVIEWS = (
    *("conditions", "conditions; labs", "conditions=2026-03-10", "medications=2026-03-10;labs"),
    *("labs=unknown", "conditions;conditions"),
)
ODD_REVIEWS = ("nowhere", "conditions=2026-03-10T10:00", "conditions=", ";", "=", "labs;;labs")


def header(dictionary: FactDictionary, random: Random) -> list[str]:
    """Return the names of some columns."""
    names = ["patient.id", "reviewed"]
    for path in random.sample(dictionary.paths, min(14, len(dictionary.paths))):
        definition = dictionary.definitions[path]
        if path != "patient.id":
            names += _columns(definition, random)
    sections = random.sample(dictionary.sections, 2)
    names += [f"{section}.measured_on" for section in sections]
    names += [name for name in ("as_of", "overrides") if random.random() < 0.4]
    return list(dict.fromkeys(names))


def _columns(definition: FactDefinition, random: Random) -> list[str]:
    """Return the columns of one fact: a unit in the header or of its own, a date, sometimes odd."""
    path = definition.path
    if definition.type is not FactType.QUANTITY:
        return [
            path,
            *(f"{path}.{each}" for each in attributes(definition) if random.random() < 0.5),
        ]
    unit = random.choice(accepted_units(definition))
    dated = [f"{path}.measured_on"] * (random.random() < 0.5)
    if random.random() < 0.1:
        return [path, f"{path} [{unit}]", f"{path}.unit", *dated]
    with_unit = [f"{path} [{unit}]"] if random.random() < 0.5 else [path, f"{path}.unit"]
    return [*with_unit, *dated]


def row(names: list[str], dictionary: FactDictionary, random: Random, wildness: float) -> list[str]:
    """Return one row: a fact is mentioned in all of its columns, or, mostly, in none."""
    silent = {path for path in dictionary.paths if random.random() < 0.35}
    cells = []
    for name in names:
        path = name.partition(" [")[0]
        owner = path if path in dictionary.definitions else path.rpartition(".")[0]
        wild = random.random() < wildness
        astray = wild and random.random() < 0.3
        if (owner in silent) is not astray:
            cells.append("")
        else:
            cells.append(cell(name, dictionary, random, wild=wild))
    return cells


def cell(name: str, dictionary: FactDictionary, random: Random, *, wild: bool) -> str:
    """Return what stands under a column in one row."""
    if wild and random.random() < 0.3:
        return random.choice(ODD)
    if name == "reviewed":
        return random.choice(ODD_REVIEWS if wild else REVIEWS)
    if name == "overrides":
        return random.choice(("[]", "x")) if wild else ""
    path = name.partition(" [")[0]
    definition = dictionary.get(path)
    if definition is not None:
        return _value(definition, random, wild=wild)
    if path.endswith(".unit"):
        known = accepted_units(dictionary.definitions[path.removesuffix(".unit")])
        return random.choice(("mmol", "%", " ") if wild else known)
    return random.choice(ODD_DAYS if wild else DAYS)


def _value(definition: FactDefinition, random: Random, *, wild: bool) -> str:
    """Return the value of a fact."""
    match definition.type:
        case FactType.INTEGER | FactType.DECIMAL | FactType.QUANTITY:
            return random.choice(ODD_NUMBERS if wild else NUMBERS)
        case FactType.BOOLEAN:
            return random.choice(ODD if wild else FLAGS)
        case FactType.MEDICATION:
            return random.choice((*ODD, "no") if wild else ("true", "unknown", "yes"))
        case FactType.EVENT:
            return random.choice(
                (*ODD_DAYS, "false", *DAYS) if wild else ("true", "unknown", "yes")
            )
        case FactType.DATE:
            return random.choice(ODD_DAYS if wild else DAYS)
        case FactType.CHOICE:
            return random.choice(ODD if wild else definition.choices)
        case FactType.CHOICES:
            words = random.choices(definition.choices, k=random.randrange(1, 3))
            return ";".join(words) + (";" if wild else "")
        case FactType.TEXT:
            return random.choice((*ODD, "00123", " RH-1 ", "Ana"))


def table(dictionary: FactDictionary, seed: int, count: int) -> tuple[list[str], list[list[str]]]:
    """Return a header and rows."""
    random = Random(seed)  # noqa: S311 - patients for tests.
    names = header(dictionary, random)
    rows = []
    for _ in range(count):
        wildness = random.choice((0.0, 0.0, 0.03, 0.03, 0.3))
        rows.append(row(names, dictionary, random, wildness))
    return names, rows

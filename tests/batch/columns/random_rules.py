"""Random rules, requirements and steps over the small facts, as TOML."""

from collections.abc import Sequence
from random import Random

TRUTHS = (
    *("conditions.epilepsy", "conditions.mi", "conditions.plan", "medications.warfarin"),
    *("medications.apixaban", "labs.group", "consent.signed", "theatre.eyes_free", "vitals.heavy"),
    "conditions.diabetes in { 'type1', 'type2' }",
    "conditions.diabetes != 'none'",
    "theatre.hair = 'clipped'",
    "labs.screen = 'carrier'",
    "procedure.technique contains 'fusion'",
    "theatre.ready contains 'screws'",
    "procedure.urgency = 'urgent'",
    "labs.marker >= 40 'mg/L'",
    "labs.marker > 100 'mg/L'",
    "labs.inr > 1.5",
    "labs.spot between 4 'mmol/L' and 10 'mmol/L'",
    "vitals.bmi >= 35 'kg/m2'",
    "vitals.weight <= 50 'kg'",
    "vitals.excess > 10",
    "vitals.systolic_bp >= 180 'mm[Hg]'",
    "patient.age >= 65",
    "patient.age between 40 and 50",
    "procedure.duration > 4",
    "scores.risk >= 6",
    "scores.risk < 10",
    "scores.total >= 3",
    "scores.total + scores.risk > 8",
    "theatre.incision = procedure.date",
    "difference in days between conditions.mi.on and procedure.date < 60",
    "months between conditions.mi.on and Today() < 2",
    "difference in days between labs.marker.measured_on and procedure.date <= 7",
    "conditions.mi.on >= Today() - 60 days",
    "labs.group.on >= procedure.date - 3 days",
    "medications.warfarin and medications.warfarin.last_dose_on >= procedure.date - 5 days",
    "medications.apixaban and medications.apixaban.last_dose_on >= procedure.date - 3 days",
    "(if conditions.mi then labs.inr > 1.2 else labs.inr > 2.0)",
)
_READS = (
    *("labs.marker", "labs.inr", "labs.spot", "labs.screen", "vitals.bmi", "vitals.systolic_bp"),
    *("scores.risk", "scores.total", "conditions.mi", "conditions.plan", "medications.apixaban"),
    *("patient.age", "vitals.excess", "labs.group", "procedure.duration", "conditions.diabetes"),
    *("vitals.weight", "vitals.heavy", "medications.warfarin", "theatre.eyes_free"),
)
# What stands in a condition of `if` cannot be optional.
_OPTIONAL = tuple(path for path in _READS if path not in {"conditions.mi", "labs.inr"})
# What a requirement of a score waits for is left to the reference.
_REQUIRED = tuple(path for path in _READS if not path.startswith("scores."))
_DAYS = (-60, -28, -14, -7, -3, -2, -1, 0)
_LEVELS = (
    *("absolute", "absolute_elective", "relative", "relative_elective", "caution", "information"),
)
_GAPS = (
    *("3", "0", "if conditions.mi then 5 else 2", "if labs.marker > 40 'mg/L' then 2 else 7"),
    "if conditions.epilepsy then (if conditions.mi then 10 else 1) else 4",
    "if scores.risk >= 6 then 5 else 2",
    "patient.age - 60",
)
_HEAD = 'topic = "clinic"\ntitle = "Title"\nrole = ["surgeon"]\nmark = "LP"\n'
_ACTIONS = 'action = "Treat first."\naction_urgent = "Go on, and treat."\n'


class Rules:
    """Writes entries at random; the same seed writes the same."""

    def __init__(self, seed: int, prefix: str = "e") -> None:
        """Keep what chance goes by; ids begin with the prefix."""
        self.random = Random(seed)  # noqa: S311 - rules for tests.
        self.prefix = prefix
        self.written = 0

    def some(self, count: int) -> str:
        """Return that many entries."""
        kinds = (self.rule, self.rule, self.rule, self.requirement, self.step)
        return "\n".join(self.random.choice(kinds)() for _ in range(count))

    def chance(self, share: float) -> bool:
        """Whether something that happens this often happens now."""
        return self.random.random() < share

    def head(self, kind: str, *, applies: str | None = None) -> str:
        """Return what every entry begins with."""
        self.written += 1
        text = f'[[{kind}]]\nid = "{self.prefix}-{self.written}"\n{_HEAD}{_ACTIONS}'
        return text if applies is None else f'{text}applies = "{applies}"\n'

    def rule(self) -> str:
        """Return a rule with one to three grades."""
        optional = self.sample(_OPTIONAL, 4) if self.chance(0.5) else []
        whens = [self.condition(optional) for _ in range(self.random.choice((1, 1, 2, 3)))]
        applies = self.condition(optional) if self.chance(0.6) else None
        levels = sorted(self.random.sample(_LEVELS[:5], len(whens)), key=_LEVELS.index)
        read = " ".join([*whens, applies or ""])
        named = [path for path in optional if path in read]
        parts = [self.head("rule", applies=applies)]
        if named:
            parts.append(f"optional = {_listed(named)}\n")
        if self.chance(0.3):
            parts.append(f'from = "{self.random.choice(_DAYS)} d"\n')
        if self.chance(0.3):
            parts.append(self.hold())
        if len(whens) == 1:
            parts.append(f'when = "{whens[0]}"\nlevel = "{levels[0]}"\n')
        else:
            grades = zip(whens, levels, strict=True)
            parts += [f'[[rule.grade]]\nwhen = "{when}"\nlevel = "{lv}"\n' for when, lv in grades]
        return "".join(parts)

    def requirement(self) -> str:
        """Return a requirement of one or several facts."""
        facts = self.sample(_REQUIRED, 3)
        key = "any" if len(facts) > 1 and self.chance(0.5) else "facts"
        applies = self.condition(()) if self.chance(0.5) else None
        parts = [self.head("require", applies=applies), f"{key} = {_listed(facts)}\n"]
        parts.append(f'level = "{self.random.choice(_LEVELS[:4])}"\n')
        if self.chance(0.5):
            parts.append(f'from = "{self.random.choice(_DAYS)} d"\n')
        return "".join(parts)

    def step(self) -> str:
        """Return a step, with or without a gate."""
        applies = self.condition(()) if self.chance(0.5) else None
        parts = [self.head("step", applies=applies), f'done = "{self.condition(())}"\n']
        first, last = sorted(self.random.choices(_DAYS, k=2))
        closes = "-60 min" if last == 0 and self.chance(0.5) else f"{last} d"
        parts.append(f'window = {{ from = "{first} d", to = "{closes}" }}\n')
        if self.chance(0.6):
            parts.append(f'gate = "{self.random.choice(_LEVELS[:5])}"\n')
        if self.chance(0.3):
            parts.append(self.hold())
        return "".join(parts)

    def hold(self) -> str:
        """Return a hold of one drug or two."""
        drugs = self.sample(("medications.warfarin", "medications.apixaban"), 2)
        return f'last_dose = {{ drugs = {_listed(drugs)}, days = "{self.random.choice(_GAPS)}" }}\n'

    def condition(self, optional: Sequence[str], depth: int = 2) -> str:
        """Return a condition; optional facts stand in it only where they count for something."""
        if depth == 0 or self.chance(0.35):
            return self.random.choice(TRUTHS)
        left = self.condition(optional, depth - 1)
        right = self.condition(optional, depth - 1)
        plain = not any(path in left + right for path in optional)
        match self.random.choice(("and", "and", "or", "or", "not", "implies", "xor")):
            case "not" if plain:
                return f"(not ({left}) or ({right}))"
            case "implies" if plain:
                return f"(({left}) implies ({right}))"
            case "xor" if plain:
                return f"(({left}) xor ({right}))"
            case "or":
                return f"(({left}) or ({right}))"
            case _:
                return f"(({left}) and ({right}))"

    def sample(self, names: Sequence[str], most: int) -> list[str]:
        """Return one to so many of the names."""
        return self.random.sample(names, self.random.randint(1, most))


def _listed(names: Sequence[str]) -> str:
    quoted = (f'"{name}"' for name in names)
    return f"[{', '.join(quoted)}]"

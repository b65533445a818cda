"""Made-up patients for the shipped pack, as NDJSON: full profiles of a theatre list.

They start from a baseline of the pack's own tests. Six in ten are fit for an elective operation and
differ in results within their normal range and in the units these are reported in. The others have
conditions, drugs, habits and results drawn from the fact dictionary, stale results, facts nobody
mentioned or nobody knew. One record in a hundred is broken.
"""

import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from backrec_cli.facts.conversion import shown_value
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.rulepack import load_pack, shipped_pack_folder

AS_OF = date(2026, 3, 16)
BASELINE = "ordinary-fusion"
THEATRE = ("positioning", "equipment")
"""What is recorded once the patient lies in theatre: not in a list that is made before."""

LATER = ("antibiotic_started_at", "incision_at")
"""What has a time of day and is recorded after the list of the morning is made."""

EARLY = {"vte_mechanical": True}
"""What of the preparation is planned before the day itself."""

FIT, BROKEN, ON_THE_DAY = 0.6, 0.01, 0.5
OTHER_UNIT, STALE, UNMENTIONED, NOT_KNOWN = 0.3, 0.03, 0.03, 0.01
SPREAD_FIT, SPREAD_ILL = 0.02, 0.35
HISTORIES = ("conditions", "medications", "infection", "habits", "neuro", "wound", "bone")

Profile = dict[str, dict[str, Any]]


def write_shipped(folder: Path, number: int, seed: int) -> Path:
    """Write so many patients, and return the file."""
    path = folder / f"shipped_{number}.ndjson"
    dictionary = load_pack(shipped_pack_folder()).dictionary
    baseline = _baseline()
    with path.open("wb") as lines:
        for place in range(number):
            chance = Random(f"{seed} {place}")  # noqa: S311 - made-up patients are no secret.
            lines.write(_line(_patient(place, baseline, dictionary, chance), chance) + b"\n")
    return path


def _baseline() -> Profile:
    """Return the healthy adult of the pack's tests, with days still counted from "T"."""
    text = (shipped_pack_folder() / "tests" / "baselines.toml").read_text(encoding="utf-8")
    profile: Profile = tomllib.loads(text)["baseline"][BASELINE]["profile"]
    return profile


def _patient(place: int, baseline: Profile, dictionary: FactDictionary, chance: Random) -> Profile:
    """Return one whole profile."""
    ahead = 0 if chance.random() < ON_THE_DAY else chance.randint(1, 21)
    fit = chance.random() < FIT
    profile: Profile = _dated(
        deepcopy(baseline), timedelta(days=chance.randint(0, 2) if ahead else 0)
    )
    profile["patient"] |= {"id": f"RH-{place:07d}", "age": chance.randint(19, 64 if fit else 88)}
    profile["procedure"]["date"] = (AS_OF + timedelta(days=ahead)).isoformat()
    for section in THEATRE:
        del profile[section]
    if ahead:
        profile["prep"] = dict(EARLY)
    for name in LATER:
        profile["prep"].pop(name, None)
    _date_results(profile, dictionary)
    for path, value in _results(profile):
        _vary(value, dictionary.definitions[path], SPREAD_FIT if fit else SPREAD_ILL, chance)
    if not fit:
        _make_ill(profile, dictionary, chance)
    return profile


def _dated(value: Any, later: timedelta) -> Any:  # noqa: ANN401 - a JSON value.
    """Return a value with its days, "T-14" or "T 08:00", as dates."""
    match value:
        case dict():
            return {name: _dated(inner, later) for name, inner in value.items()}
        case list():
            return [_dated(inner, later) for inner in value]
        case str() if found := re.fullmatch(r"T(-\d+)?( \d\d:\d\d)?", value):
            day = (AS_OF + timedelta(days=int(found[1] or 0)) - later).isoformat()
            return day + (found[2] or "").replace(" ", "T")
        case _:
            return value


def _date_results(profile: Profile, dictionary: FactDictionary) -> None:
    """Give every result that can go stale a day, and leave out what follows from other facts."""
    for section, facts in profile.items():
        for name, value in [*facts.items()] if isinstance(facts, dict) else ():
            definition = dictionary.definitions[f"{section}.{name}"]
            if definition.items:
                del facts[name]
            elif definition.valid_for and not isinstance(value, str | dict | bool):
                facts[name] = {"value": value, "measured_on": AS_OF.isoformat()}
            elif definition.valid_for and isinstance(value, dict):
                facts[name] = {"measured_on": AS_OF.isoformat()} | value


def _results(profile: Profile) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the results with a unit, to be changed in place."""
    for section, facts in profile.items():
        for name, value in facts.items() if isinstance(facts, dict) else ():
            if isinstance(value, dict) and "unit" in value:
                yield f"{section}.{name}", value


def _vary(value: dict[str, Any], definition: FactDefinition, spread: float, chance: Random) -> None:
    """Change a result by up to a share of itself, and at times the unit it is reported in."""
    canonical = definition.unit
    if canonical is None or value["unit"] != canonical:
        return
    factor = Decimal(str(1 + chance.uniform(-spread, spread)))
    changed = round(Decimal(str(value["value"])) * factor, definition.precision)
    if definition.plausible is not None:
        changed = min(max(changed, definition.plausible[0]), definition.plausible[1])
    if definition.also and chance.random() < OTHER_UNIT:
        value["unit"] = chance.choice(definition.also).unit
        changed = shown_value(definition, changed, value["unit"])
    value["value"] = float(changed)


def _make_ill(profile: Profile, dictionary: FactDictionary, chance: Random) -> None:
    """Give a patient a history, and its gaps."""
    profile["procedure"]["urgency"] = chance.choice(
        ["elective", "elective", "time_sensitive", "urgent", "emergency"]
    )
    for section in HISTORIES:
        known = [*dictionary.in_section(section).items()]
        for name, definition in chance.sample(known, min(len(known), chance.randint(0, 5))):
            drawn = _draw(definition, chance)
            if drawn is not None:
                profile.setdefault(section, {})[name] = drawn
    for facts in profile.values():
        for name in [*facts] if isinstance(facts, dict) else ():
            _spoil(facts, name, chance)


def _spoil(facts: dict[str, Any], name: str, chance: Random) -> None:
    """Let a fact go stale, be unknown or unmentioned, each with its own chance."""
    luck, value = chance.random(), facts[name]
    if luck < UNMENTIONED:
        del facts[name]
    elif luck < UNMENTIONED + NOT_KNOWN:
        facts[name] = "unknown"
    elif luck < UNMENTIONED + NOT_KNOWN + STALE and isinstance(value, dict):
        facts[name] = value | ({"measured_on": "2024-11-05"} if "measured_on" in value else {})


def _draw(definition: FactDefinition, chance: Random) -> Any:  # noqa: ANN401 - a JSON value.
    """Draw what a patient may have; None for a fact that is left as it is."""
    day = (AS_OF - timedelta(days=chance.randint(0, 400))).isoformat()
    match definition.type:
        case FactType.BOOLEAN:
            return chance.random() < 0.5  # noqa: PLR2004 - a coin.
        case FactType.CHOICE:
            return chance.choice(definition.choices)
        case FactType.EVENT:
            return chance.choice([False, day, {"on": day}])
        case FactType.MEDICATION:
            last = (AS_OF - timedelta(days=chance.randint(0, 9))).isoformat()
            return chance.choice([False, True, {"last_dose_on": last}, {"last_dose_on": last}])
        case FactType.INTEGER if definition.plausible is not None:
            return chance.randint(*map(int, definition.plausible))
        case _:
            return None


def _line(profile: Profile, chance: Random) -> bytes:
    """Return a profile as a line of JSON, one in a hundred of them broken in one of five ways."""
    if chance.random() >= BROKEN:
        return msgspec.json.encode(profile)
    labs, patient = profile["labs"], profile["patient"]
    match chance.randrange(5):
        case 0:
            return msgspec.json.encode(profile)[: chance.randint(20, 400)]
        case 1:
            labs["hba1"] = 41
        case 2:
            labs["platelets"] = None
        case 3:
            patient["age"] = "fifty"
        case _:
            profile["procedure"]["date"] = "2026-02-30"
    return msgspec.json.encode(profile)

"""One case: a handful of facts over a baseline -> a profile, and what is expected of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from backrec_cli.assessment.model import Status, StepStatus
from backrec_cli.errors import pack as say_pack
from backrec_cli.errors import packtest as say
from backrec_cli.errors import profile as say_profile
from backrec_cli.errors.suggest import closest
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.packtest.baselines import last_day, lay_over, read_day
from backrec_cli.packtest.days import relative_text
from backrec_cli.packtest.model import Baseline, Case, Expected, Place
from backrec_cli.packtest.patient import read_patient
from backrec_cli.profile import Profile
from backrec_cli.rulepack.model import Entry, Level, Step
from backrec_cli.rulepack.table import PackTable

_KEYS = frozenset({"facts", "without", "unreviewed", "expect", "level", "finding", "name", "as_of"})


class GateFinding(StrEnum):
    """What a missed gate may come out as; "none" where there is no finding."""

    FLAGGED = "flagged"
    UNDECIDED = "undecided"
    NONE = "none"


def read_case(
    table: PackTable, number: int, entry: Entry, baseline: Baseline, dictionary: FactDictionary
) -> Case | None:
    """Read one case; None where something is wrong with it."""
    before = table.troubled
    table.only(_KEYS)
    expected = _read_expected(table, entry)
    own_day = read_day(table, "as_of", baseline.surgery)
    as_of = own_day or baseline.as_of
    results_on = last_day(as_of, baseline.surgery)
    profile = _read_profile(table, baseline, dictionary, results_on)
    name = table.text("name")
    if table.troubled > before or profile is None:
        return None
    return Case(
        entry=entry.id,
        number=number,
        name=name,
        place=Place(table.document, table.place()),
        baseline=baseline,
        profile=profile,
        as_of=as_of,
        expected=expected,
        changes=tuple(_changes(table, own_day, baseline)),
    )


def _read_expected(table: PackTable, entry: Entry) -> Expected:
    """Read `expect`, which every case has, and the `level` or `finding` that its entry may have."""
    kind: type[StrEnum] = StepStatus if isinstance(entry, Step) else Status
    status = table.member("expect", kind)
    gate = isinstance(entry, Step) and entry.gate is not None
    allowed = {"level": not isinstance(entry, Step) or gate, "finding": gate}
    for key, fits in allowed.items():
        if key in table and not fits:
            what = "a step without a gate" if isinstance(entry, Step) else f"'{entry.id}'"
            table.add(say.not_for_entry(key, what, table.key_place(key)))
    level = table.member("level", Level) if "level" in table else None
    finding = table.member("finding", GateFinding) if "finding" in table else None
    return Expected(status or "", level, finding)


def _read_profile(
    table: PackTable, baseline: Baseline, dictionary: FactDictionary, results_on: date
) -> Profile | None:
    """Lay the facts of a case over its baseline, section.fact by section.fact.

    A result without a date was taken on the day of the assessment, or on that of surgery.
    """
    base = baseline.profile
    absent = _read_without(table, dictionary)
    unreviewed = _read_unreviewed(table, dictionary)
    recorded = {path: fact for path, fact in base.recorded.items() if path not in absent}
    reviewed = {name: review for name, review in base.reviewed.items() if name not in unreviewed}
    facts = table.table("facts")
    left = replace(base, recorded=recorded, reviewed=reviewed)
    if facts is None:
        return left
    own = read_patient(facts, dictionary, baseline.surgery, results_on)
    if own is None:
        return None
    for path in absent & own.recorded.keys():
        table.add(say.set_and_left_out(path, table.place("without")))
    return lay_over(own, left)


def _read_without(table: PackTable, dictionary: FactDictionary) -> frozenset[str]:
    """Read the facts that are not recorded in this case."""
    paths = table.texts("without")
    for number, path in enumerate(paths):
        if dictionary.get(path) is None:
            place = table.place("without", number)
            table.add(say_pack.unknown_fact(path, dictionary.paths, place))
    return frozenset(paths)


def _read_unreviewed(table: PackTable, dictionary: FactDictionary) -> frozenset[str]:
    """Read the sections that nobody reviewed in this case."""
    names = table.texts("unreviewed")
    for number, name in enumerate(names):
        if name not in dictionary.sections:
            near = closest(name, dictionary.sections)
            place = table.place("unreviewed", number)
            table.add(say_profile.unknown_section(name, near, dictionary.sections, place))
    return frozenset(names)


def _changes(
    table: PackTable, own_day: date | datetime | None, baseline: Baseline
) -> Iterator[str]:
    """Say how a case differs from its baseline, facts as they are written in the file."""
    facts = table.content.get("facts")
    for section, content in facts.items() if isinstance(facts, Mapping) else ():
        for fact in content if isinstance(content, Mapping) else ():
            place = Place(table.document, table.place("facts", section, fact))
            yield f"{section}.{fact} = {place.text}"
    yield from (f"{path} not recorded" for path in table.texts("without"))
    yield from (f"{section} not reviewed" for section in table.texts("unreviewed"))
    if own_day is not None:
        yield f"assessed on {relative_text(own_day, baseline.surgery)}"


TABLE_KEYS = {"case": _KEYS}
"""What each table may hold, for whoever describes the files."""

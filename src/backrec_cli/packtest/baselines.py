"""`[baseline.NAME]` tables -> the patients that cases start from.

A patient may be `like` another one, which is laid under it fact by fact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from backrec_cli.errors import pack as say_pack
from backrec_cli.errors import packtest as say
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.packtest.days import day_of
from backrec_cli.packtest.model import Baseline
from backrec_cli.packtest.patient import read_patient
from backrec_cli.profile import Profile
from backrec_cli.profile.dates import calendar_day, parse_date
from backrec_cli.rulepack.table import PackTable

_BASELINE = "baseline"
_LIKE = "like"
_KEYS = frozenset({"title", "as_of", "profile", _LIKE})


def read_baselines(
    tops: Iterable[PackTable], dictionary: FactDictionary
) -> tuple[dict[str, Baseline], frozenset[str]]:
    """Read the baselines of all files, and return the names of those that are broken apart."""
    tables = _named(_tables(tops))
    found: dict[str, Baseline] = {}
    # Those that stand alone come first, so that no circle can be written.
    for name, table in sorted(tables.items(), key=lambda named: _LIKE in named[1]):
        baseline = _read_baseline(name, table, dictionary, found, tables)
        if baseline is not None:
            found[name] = baseline
    return found, frozenset(tables.keys() - found.keys())


def lay_over(own: Profile, base: Profile) -> Profile:
    """Lay a patient over another: its facts and reviews replace those of the same name."""
    return replace(
        own,
        recorded={**base.recorded, **own.recorded},
        reviewed={**base.reviewed, **own.reviewed},
    )


def last_day(as_of: date | datetime, surgery: date) -> date:
    """Return the last day of which a result can be: of the assessment, or of the surgery."""
    return min(calendar_day(as_of), surgery)


def read_day(table: PackTable, key: str, surgery: date) -> date | datetime | None:
    """Read a day relative to surgery, or a plain date; None where it is absent or wrong."""
    value = table.content.get(key)
    if value is None:
        return None
    if isinstance(value, date):
        return value
    text = table.text(key)
    if text is None:
        return None
    moment = day_of(text, surgery) or parse_date(text)
    if moment is None:
        table.add(say.bad_day(text, table.place(key)))
    return moment


def _tables(tops: Iterable[PackTable]) -> list[PackTable]:
    """Return the baseline tables; a text under the same key is a file's default instead."""
    found: list[PackTable] = []
    for top in tops:
        named = None if isinstance(top.content.get(_BASELINE), str) else top.table(_BASELINE)
        if named is not None:
            tables = (named.table(name, f"baseline '{name}'") for name in named.content)
            found += [table for table in tables if table is not None]
    return found


def _named(tables: Iterable[PackTable]) -> dict[str, PackTable]:
    """Return tables by their names, and complain of a name that is there twice."""
    found: dict[str, PackTable] = {}
    for table in tables:
        name = str(table.path[-1])
        first = found.setdefault(name, table)
        if first is not table:
            place = first.document.place(first.path)
            span = table.document.locate_key(table.path)
            table.add(say_pack.duplicate("baseline", name, place, span))
    return found


def _read_baseline(
    name: str,
    table: PackTable,
    dictionary: FactDictionary,
    known: Mapping[str, Baseline],
    named: Mapping[str, PackTable],
) -> Baseline | None:
    """Read one patient; None where something is wrong with it."""
    before = table.troubled
    table.only(_KEYS)
    title = table.required_text("title")
    written = table.table("profile", f"the profile of baseline '{name}'")
    if written is None and "profile" not in table:
        table.missing("profile")
    base = _like(table, known, named)
    if written is None or table.troubled > before or (_LIKE in table and base is None):
        return None
    surgery = _surgery_day(written) or (None if base is None else base.surgery)
    if surgery is None:
        table.add(say.no_surgery_day(name, written.place("procedure", "date")))
        return None
    as_of = read_day(table, "as_of", surgery) or surgery
    own = read_patient(written, dictionary, surgery, last_day(as_of, surgery))
    if own is None or table.troubled > before:
        return None
    profile = own if base is None else lay_over(own, base.profile)
    return Baseline(name, title, profile, surgery, as_of)


def _like(
    table: PackTable, known: Mapping[str, Baseline], named: Mapping[str, PackTable]
) -> Baseline | None:
    """Return the patient under another one, which must stand alone itself."""
    name = table.text(_LIKE)
    if not name:
        return None
    if name not in named or _LIKE in named[name]:
        alone = [each for each, other in named.items() if _LIKE not in other]
        table.add(say.unknown_baseline(name, alone, table.place(_LIKE)))
    return known.get(name)


def _surgery_day(written: PackTable) -> date | None:
    """Return the day of the operation as the profile has it, which must be a plain date."""
    procedure = written.content.get("procedure")
    value = procedure.get("date") if isinstance(procedure, dict) else None
    if isinstance(value, str):
        value = parse_date(value)
    return calendar_day(value) if isinstance(value, date) else None


TABLE_KEYS = {"baseline": _KEYS}
"""What each table may hold, for whoever describes the files."""

"""`[baseline.NAME]` tables -> the patients that cases start from."""

from collections.abc import Iterable
from datetime import date, datetime

from backrec_cli.errors import pack as say_pack
from backrec_cli.errors import packtest as say
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.packtest.days import day_of
from backrec_cli.packtest.model import Baseline
from backrec_cli.packtest.patient import read_patient
from backrec_cli.profile.dates import calendar_day, parse_date
from backrec_cli.rulepack.table import PackTable

_BASELINE = "baseline"
_KEYS = frozenset({"title", "as_of", "profile"})


def read_baselines(
    tops: Iterable[PackTable], dictionary: FactDictionary
) -> tuple[dict[str, Baseline], frozenset[str]]:
    """Read the baselines of all files, and return the names of those that are broken apart."""
    found: dict[str, Baseline] = {}
    first: dict[str, PackTable] = {}
    for table in _tables(tops):
        name = str(table.path[-1])
        if name in first:
            place = first[name].document.place(first[name].path)
            span = table.document.locate_key(table.path)
            table.add(say_pack.duplicate("baseline", name, place, span))
            continue
        first[name] = table
        baseline = _read_baseline(name, table, dictionary)
        if baseline is not None:
            found[name] = baseline
    return found, frozenset(first.keys() - found.keys())


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


def _read_baseline(name: str, table: PackTable, dictionary: FactDictionary) -> Baseline | None:
    """Read one patient; None where something is wrong with it."""
    before = table.troubled
    table.only(_KEYS)
    title = table.required_text("title")
    written = table.table("profile", f"the profile of baseline '{name}'")
    if written is None:
        if "profile" not in table:
            table.missing("profile")
        return None
    surgery = _surgery_day(written)
    if surgery is None:
        table.add(say.no_surgery_day(name, written.place("procedure", "date")))
        return None
    as_of = read_day(table, "as_of", surgery) or surgery
    patient = read_patient(written, dictionary, surgery)
    if patient is None or table.troubled > before:
        return None
    return Baseline(name, title, patient.profile, surgery, as_of, patient.section_dates)


def _surgery_day(written: PackTable) -> date | None:
    """Return the day of the operation as the profile has it, which must be a plain date."""
    procedure = written.content.get("procedure")
    value = procedure.get("date") if isinstance(procedure, dict) else None
    if isinstance(value, str):
        value = parse_date(value)
    return calendar_day(value) if isinstance(value, date) else None

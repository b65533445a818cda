"""One record -> one row, by the engine that `check` uses: what every faster way must agree with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from backrec_cli.assessment.model import Assessment, Status, StepStatus
from backrec_cli.batch.record import Record, Reject
from backrec_cli.batch.row import ERROR, SEPARATOR, Row
from backrec_cli.engine import assess
from backrec_cli.engine.situation import calendar_day
from backrec_cli.errors import Diagnostic, DiagnosticsError, UsageError
from backrec_cli.errors.show import harmless
from backrec_cli.profile import Profile, read_profile
from backrec_cli.profile.dates import parse_date
from backrec_cli.rulepack.model import RulePack

_EACH_ON_ITS_DAY = "procedure.date"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is the same for every record of a run.

    as_of     the day of the assessments; None assesses each record on its day of surgery.
    surgery   replaces every record's own date of surgery.
    select    only these rules or topics are judged; `ignore`: all but these.
    """

    pack: RulePack
    as_of: date | datetime | None
    surgery: date | datetime | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def judge_record(record: Record, terms: Terms) -> tuple[Row, Reject | None]:
    """Return a record's row, and for one that cannot be assessed what the file of rejects says."""
    if record.document is None:
        return _rejected(record, terms, (record.problem or "no record",))
    profile: Profile | None = None
    try:
        profile = read_profile(record.document, record.place, terms.pack.dictionary)
        assessment = assess(
            profile,
            terms.pack,
            _day_of(record, profile, terms),
            surgery=terms.surgery,
            select=terms.select,
            ignore=terms.ignore,
        )
    except DiagnosticsError as error:
        reasons = tuple(_said(diagnostic, record) for diagnostic in error.diagnostics)
        return _rejected(record, terms, reasons)
    except UsageError as error:
        return _rejected(record, terms, (str(error),), profile)
    except Exception as error:  # noqa: BLE001 - a bug over one record must not cost the others.
        reason = f"{record.place}: internal error ({type(error).__name__}); a bug in backrec"
        return _rejected(record, terms, (reason,), profile)
    return row_of(assessment, terms.pack), None


def _day_of(record: Record, profile: Profile, terms: Terms) -> date | datetime:
    """Return the day of a record's assessment: its own, the run's, or its day of surgery."""
    if record.as_of is not None:
        found = parse_date(record.as_of)
        if found is None:
            msg = f"as_of '{harmless(record.as_of)}' is not a date; write 2026-03-16"
            raise UsageError(msg)
        return found
    if terms.as_of is not None:
        return terms.as_of
    planned = terms.surgery or _date_of_surgery(profile)
    if planned is None:
        msg = f"no {_EACH_ON_ITS_DAY} to assess this record on; record it, or give --as-of a day"
        raise UsageError(msg)
    return planned


def _date_of_surgery(profile: Profile) -> date | None:
    """Return the date of surgery that a profile records, where it can be used."""
    fact = profile.recorded.get(_EACH_ON_ITS_DAY)
    return fact.reading.value if fact and isinstance(fact.reading.value, date) else None


def _said(diagnostic: Diagnostic, record: Record) -> str:
    """Return one complaint on one line: where, what, and what to do about it."""
    hint = "" if diagnostic.hint is None else f" ({diagnostic.hint})"
    return f"{_where(diagnostic, record)}: {diagnostic.code} {diagnostic.message}{hint}"


def _where(diagnostic: Diagnostic, record: Record) -> str:
    """Return the place of a complaint, as near as what its author wrote has places.

    A record on one line of a file has only columns in it; a row of a table was put together as a
    document that nobody has seen.
    """
    source, span = diagnostic.source, diagnostic.span
    if source is None or span is None or record.document != record.raw:
        return record.place
    line, column = source.position(span.start)
    on_one_line = line == 1 and record.place[-1:].isdigit() and "\n" not in source.text
    return f"{record.place}:{column}" if on_one_line else diagnostic.place


def _rejected(
    record: Record, terms: Terms, reasons: tuple[str, ...], profile: Profile | None = None
) -> tuple[Row, Reject]:
    """Return the row of a record without an answer: never one that could be read as a verdict."""
    said = tuple(harmless(reason).replace(SEPARATOR, ",") for reason in reasons)
    identifier = None if profile is None else profile.id
    row = Row(
        id=None if identifier is None else harmless(identifier),
        verdict=ERROR,
        pack_digest=terms.pack.digest,
        as_of=None if terms.as_of is None else calendar_day(terms.as_of),
        errors=said,
    )
    return row, Reject(record.number, record.place, said, record.raw)


def row_of(assessment: Assessment, pack: RulePack) -> Row:
    """Return the row of one assessment."""
    order = _order((*pack.entries, *(finding.rule for finding in assessment.findings)))

    def with_status(status: Status) -> tuple[str, ...]:
        found = [each.rule for each in assessment.findings if each.status is status]
        return tuple(sorted(found, key=order.__getitem__))

    places = _order(pack.dictionary.paths)
    missing = sorted((each.fact for each in assessment.missing), key=places.__getitem__)
    overdue = (each.step for each in assessment.steps if each.status is StepStatus.OVERDUE)
    return Row(
        id=assessment.patient.id,
        verdict=assessment.verdict,
        pack_digest=pack.digest,
        as_of=calendar_day(assessment.as_of),
        flagged=with_status(Status.FLAGGED),
        undecided=with_status(Status.UNDECIDED),
        pending=with_status(Status.PENDING),
        missing=tuple(missing),
        rejected=tuple(each.path for each in assessment.rejected),
        overdue=tuple(overdue),
    )


def _order(names: Iterable[str]) -> dict[str, int]:
    """Return the place of each name; the first place counts."""
    return {name: place for place, name in enumerate(dict.fromkeys(names))}

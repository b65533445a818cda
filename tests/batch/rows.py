"""Rows of results that are awkward to write, and small tables of them."""

from datetime import date

from backrec_cli.batch.row import Row

DIGEST = "d" * 64
DAY = date(2026, 3, 16)

AWKWARD = (
    Row(id=None, verdict="error", pack_digest=DIGEST, as_of=None, errors=('a "b"\\c', "d\ne\x01")),
    Row(id="RH-1", verdict="defer", pack_digest=DIGEST, as_of=DAY, flagged=("dm-1", "dm-2")),
    Row(id="Ž\u2028\u202e😀", verdict="eligible", pack_digest=DIGEST, as_of=DAY),
    Row(
        id='a;b,"c"\\',
        verdict="undecided",
        pack_digest=DIGEST,
        as_of=DAY,
        undecided=("hb-missing",),
        pending=("x", "y", "z"),
        missing=("labs.inr",),
        rejected=("labs.hba1c",),
        overdue=("prep-1",),
    ),
)


def numbered(first: int, count: int) -> list[Row]:
    """Return plain rows whose ids are numbers."""
    return [
        Row(
            id=f"P{number}",
            verdict="defer" if number % 3 else "eligible",
            pack_digest=DIGEST,
            as_of=DAY if number % 2 else None,
            flagged=tuple(f"rule-{each}" for each in range(number % 4)),
        )
        for number in range(first, first + count)
    ]


def as_document(row: Row) -> dict[str, object]:
    """Return a row as it should stand in a line of NDJSON, written out by hand."""
    return {
        "id": row.id,
        "verdict": row.verdict,
        "flagged": list(row.flagged),
        "undecided": list(row.undecided),
        "pending": list(row.pending),
        "missing": list(row.missing),
        "rejected": list(row.rejected),
        "overdue": list(row.overdue),
        "errors": list(row.errors),
        "pack_digest": row.pack_digest,
        "as_of": None if row.as_of is None else str(row.as_of),
    }

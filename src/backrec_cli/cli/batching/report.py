"""What a run came to, on stderr: verdicts, flags, missing facts, repeated ids, rows in and out."""

import sys
from collections.abc import Iterator
from pathlib import Path

from backrec_cli.batch.summary import VERDICTS, Outcome
from backrec_cli.batch.tally import most_common
from backrec_cli.cli.batching.outputs import Outputs
from backrec_cli.errors.show import harmless

_LISTED = 5


def report_outcome(outcome: Outcome) -> None:
    """Print the summary of a run that ended."""
    sys.stderr.write("".join(f"{line}\n" for line in _lines(outcome)))


def report_stop(outputs: Outputs, partial: Path | None) -> None:
    """Print what a run had finished when it was stopped, and where that is."""
    rows = outputs.tally.rows
    where = f"; they are in '{harmless(str(partial))}'" if partial is not None else ""
    sys.stderr.write(f"stopped after {_counted(rows, 'record')}{where}\n")


def _lines(outcome: Outcome) -> Iterator[str]:
    """Yield the summary line by line."""
    tally = outcome.tally
    yield from _table(
        "verdict", [(str(each), tally.verdicts[each]) for each in VERDICTS], tally.rows
    )
    yield from _table("flagged most often", most_common(tally.flagged, _LISTED), tally.rows)
    yield from _table("missing most often", most_common(tally.missing, _LISTED), tally.rows)
    again = outcome.duplicates.again
    if again:
        ids = ", ".join(harmless(each) for each in outcome.duplicates.first_few)
        carry = "carries" if again == 1 else "carry"
        yield f"{_counted(again, 'record')} {carry} the patient id of an earlier one: {ids}"
    yield from outcome.remarks
    said = f"{tally.errors:,} of them {'an error' if tally.errors == 1 else 'errors'}"
    yield f"{_counted(tally.rows, 'record')} in, {_counted(tally.rows, 'row')} out, {said}"


def _table(title: str, counts: list[tuple[str, int]], rows: int) -> Iterator[str]:
    """Yield names with their counts and shares; nothing where there is none."""
    found = [(name, count) for name, count in counts if count]
    if found:
        yield title
    width = max((len(name) for name, _ in found), default=0)
    for name, count in found:
        yield f"  {name:<{width}} {count:>11,} {count / rows:>6.1%}"


def _counted(count: int, thing: str) -> str:
    """Return a number of things."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"

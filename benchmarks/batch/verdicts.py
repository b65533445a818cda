"""What the reference engine says of the first patients of an NDJSON file: how mixed a cohort is.

    python benchmarks/batch/verdicts.py FILE --as-of 2026-06-30 [--rules PACK] [--first 500]
        [--against RESULTS.ndjson]

Without --rules the shipped pack judges. With --against it also counts the rows of somebody's
results for the same file that have the same verdict and the same lists of ids, and exits 1 where
one has not.
"""

import argparse
import sys
from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import msgspec

from backrec_cli.batch.record import Record
from backrec_cli.batch.reference import Terms, judge_record
from backrec_cli.batch.row import ERROR, Row
from backrec_cli.rulepack import load_pack, shipped_pack_folder

LISTS = ("flagged", "undecided", "pending", "missing", "rejected", "overdue")


def main() -> int:
    """Print the verdicts, the lengths of the lists, the commonest flags and the first errors."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, required=True)
    parser.add_argument("--rules", type=Path, default=shipped_pack_folder())
    parser.add_argument("--first", type=int, default=500)
    parser.add_argument("--against", type=Path)
    options = parser.parse_args()
    with options.file.open("rb") as lines:
        documents = [*islice(lines, options.first)]
    terms = Terms(load_pack(options.rules), options.as_of)
    started = perf_counter()
    rows = [
        judge_record(Record(number, f"{options.file.name}:{number}", line, line), terms)[0]
        for number, line in enumerate(documents, start=1)
    ]
    seconds = perf_counter() - started
    for verdict, count in Counter(row.verdict for row in rows).most_common():
        print(f"{verdict:26}{count:6}  {count / len(rows):5.1%}")
    print(f"facts a patient: {_facts(documents)}; reference engine: {len(rows) / seconds:.0f}/s")
    _print_lists([row for row in rows if row.verdict != ERROR])
    for row in islice((row for row in rows if row.verdict == ERROR), 5):
        print(f"error  {'; '.join(row.errors)[:150]}")
    return 0 if options.against is None else _compare(rows, options.against)


def _compare(rows: list[Row], results: Path) -> int:
    """Print in how many rows each column of the results says the same; 1 where one differs."""
    with results.open("rb") as lines:
        others = [msgspec.json.decode(line) for line in islice(lines, len(rows))]
    shared = [name for name in ("id", "verdict", *LISTS) if name in others[0]]
    worst = 0
    for name in shared:
        pairs = [
            (_plain(getattr(row, name)), other[name])
            for row, other in zip(rows, others, strict=True)
        ]
        same = sum(ours == theirs for ours, theirs in pairs)
        print(f"{name:10}{same} of {len(rows)} alike")
        worst = worst or int(same < len(rows))
    return worst


def _plain(value: object) -> object:
    """Return a value as JSON has it."""
    return [*value] if isinstance(value, tuple) else value


def _print_lists(rows: list[Row]) -> None:
    """Print how long each list is on average, and what stands in it most often."""
    for name in LISTS:
        found = Counter(one for row in rows for one in getattr(row, name))
        often = ", ".join(f"{one} {count / len(rows):.0%}" for one, count in found.most_common(6))
        print(f"{name:10}{found.total() / max(len(rows), 1):6.1f} a patient; {often}")


def _facts(documents: list[bytes]) -> str:
    """Return the fewest, the median and the most facts that a readable patient has."""
    counts = []
    for document in documents:
        try:
            profile = msgspec.json.decode(document)
        except msgspec.DecodeError:
            continue
        sections = [facts for name, facts in profile.items() if name != "reviewed"]
        counts.append(sum(len(facts) for facts in sections))
    return f"{min(counts)} to {max(counts)}, median {median(counts):.0f}"


if __name__ == "__main__":
    sys.exit(main())

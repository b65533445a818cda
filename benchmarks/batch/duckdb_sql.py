"""The yardstick's rules as one hand-written SQL statement, run by DuckDB: what columns can do.

    python benchmarks/batch/duckdb_sql.py INPUT OUTPUT --yardstick FOLDER [--rules 80] [--threads 2]

Reads and writes NDJSON, CSV (input only) and Parquet, told apart by suffix. It reads the files of
`patients.py` into typed columns and gives id, verdict and two lists of ids: flagged and undecided.
It checks nothing: no unit, no range, no date, no broken record.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import duckdb
from yardstick import Entry, as_sql, load_specification, read_entries

AS_OF = "2026-06-30"
TYPES = {"bool": "BOOLEAN", "dec": "DOUBLE", "int": "BIGINT", "choice": "VARCHAR", "date": "DATE"}
CASE = {"patient.id": "VARCHAR", "procedure.date": "DATE", "procedure.urgency": "VARCHAR"}
FORMATS = {".ndjson": "format json", ".parquet": "format parquet, compression zstd"}


def main() -> None:
    """Run the statement."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--yardstick", type=Path, required=True)
    parser.add_argument("--rules", type=int, default=80)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    specification = load_specification(options.yardstick)
    entries = read_entries(specification, options.rules)
    query = write_query(options.source, specification, entries)
    connection = duckdb.connect()
    connection.execute(f"set threads = {options.threads}")
    connection.execute(f"copy ({query}) to '{options.output}' ({FORMATS[options.output.suffix]})")


def write_query(source: Path, specification: ModuleType, entries: list[Entry]) -> str:
    """Return the whole statement."""
    column = _nested if source.suffix == ".ndjson" else _flat
    values = ", ".join(f"{_value(entry, column)} as e{i}" for i, entry in enumerate(entries))
    table = _table(source, specification)
    identifier = column("patient.id")
    inner = f"select {identifier} as id, {values} from {table}"  # noqa: S608 - from our own files.
    flagged = [(f"e{i}", entry) for i, entry in enumerate(entries) if not entry.facts]
    undecided = [(f"e{i} is null", entry) for i, entry in enumerate(entries)]
    return (
        f"select id, {_verdict(flagged, undecided)} as verdict, "  # noqa: S608 - as above.
        f"{_ids(flagged)} as flagged, {_ids(undecided)} as undecided from ({inner})"
    )


def _value(entry: Entry, column: Callable[[str], str]) -> str:
    """Return true where an entry flags, null where it is undecided; a requirement is never true."""
    if not entry.facts:
        return "true" if entry.when is None else as_sql(entry.when, column, AS_OF)
    unknown = " and ".join(f"{column(fact)} is null" for fact in entry.facts)
    applies = "true" if entry.when is None else as_sql(entry.when, column, AS_OF)
    return f"case when coalesce({applies}, true) and {unknown} then null else false end"


def _verdict(flagged: list[tuple[str, Entry]], undecided: list[tuple[str, Entry]]) -> str:
    """Return the worst that holds."""

    def some(conditions: list[tuple[str, Entry]], *levels: str) -> str:
        found = [condition for condition, entry in conditions if entry.level in levels]
        return " or ".join(f"coalesce({condition}, false)" for condition in found) or "false"

    return (
        f"case when {some(flagged, 'absolute')} then 'not_eligible' "
        f"when {some(flagged, 'relative')} then 'defer' "
        f"when {some(undecided, 'absolute', 'relative')} then 'undecided' "
        f"when {some(flagged, 'caution')} then 'eligible_with_precautions' else 'eligible' end"
    )


def _ids(conditions: list[tuple[str, Entry]]) -> str:
    """Return the list of the ids whose condition holds."""
    cases = ", ".join(
        f"case when {condition} then '{entry.name}' end" for condition, entry in conditions
    )
    return f"list_filter([{cases}], lambda one: one is not null)"


def _table(source: Path, specification: ModuleType) -> str:
    """Return the file as a table with a type for each column."""
    types = CASE | {name: TYPES[kind] for name, (kind, *_) in specification.FACTS.items()}
    match source.suffix:
        case ".parquet":
            return f"read_parquet('{source}')"
        case ".csv":
            columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
            return f"read_csv('{source}', header = true, columns = {{{columns}}})"
        case _:
            columns = ", ".join(f"'{one}': '{_struct(one, types)}'" for one in _sections(types))
            return f"read_json('{source}', format = 'newline_delimited', columns = {{{columns}}})"


def _sections(names: dict[str, str]) -> list[str]:
    """Return each section once."""
    return [*dict.fromkeys(name.partition(".")[0] for name in names)]


def _struct(section: str, types: dict[str, str]) -> str:
    """Return the type of a section: one field for each of its facts."""
    fields = [(*name.split("."), kind) for name, kind in types.items()]
    inside = ", ".join(f'"{name}" {kind}' for owner, name, kind in fields if owner == section)
    return f"STRUCT({inside})"


def _flat(name: str) -> str:
    """Return the column of a fact in a flat file."""
    return f'"{name}"'


def _nested(name: str) -> str:
    """Return the field of a fact in a nested document."""
    section, _, own = name.partition(".")
    return f'"{section}"."{own}"'


if __name__ == "__main__":
    main()

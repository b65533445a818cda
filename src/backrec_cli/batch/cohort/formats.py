"""Which format an input has: by what was asked for, by its suffix, or by how it begins."""

from pathlib import PurePath

from backrec_cli.batch.cohort.source import Source
from backrec_cli.errors import UsageError
from backrec_cli.errors.suggest import closest

NDJSON, JSON, CSV, PARQUET = "ndjson", "json", "csv", "parquet"
FORMATS = (NDJSON, JSON, CSV, PARQUET)
"""The names that `--input-format` takes."""

SUFFIXES = {
    ".ndjson": NDJSON,
    ".jsonl": NDJSON,
    ".json": JSON,
    ".csv": CSV,
    ".tsv": CSV,
    ".parquet": PARQUET,
}
_COMPRESSIONS = (".gz", ".zst")
_PARQUET_MAGIC = b"PAR1"


def checked_format(name: str) -> str:
    """Return a format that was asked for by name; raises UsageError for one there is not."""
    if name in FORMATS:
        return name
    near = closest(name, FORMATS)
    hint = f"did you mean '{near}'?" if near else f"use one of {', '.join(FORMATS)}"
    msg = f"unknown input format '{name}'; {hint}"
    raise UsageError(msg)


def format_by_suffix(path: str) -> str | None:
    """Return the format that a file's name tells, whatever it is compressed with."""
    name = PurePath(path.lower())
    if name.suffix in _COMPRESSIONS:
        name = name.with_suffix("")
    return SUFFIXES.get(name.suffix)


def unknown_suffix(source: Source) -> UsageError:
    """Say that a file's name does not tell what it is."""
    known = ", ".join(SUFFIXES)
    return UsageError(
        f"cannot tell the format of '{source.name}'; name it {known} (and .gz or .zst), "
        "or give --input-format"
    )


def begins_as_parquet(head: bytes) -> bool:
    """Whether the first bytes of an input are those of Parquet."""
    return head.startswith(_PARQUET_MAGIC)


def format_by_content(head: bytes) -> str:
    """Return what a text looks like: "[" an array, "{" a profile on each line, else CSV.

    A line with nothing but "{" begins one profile written over several lines.
    """
    content = head.lstrip(b" \t\r\n")
    if content.startswith(b"["):
        return JSON
    if content.startswith(b"{"):
        return JSON if content.partition(b"\n")[0].strip() == b"{" else NDJSON
    return CSV

"""The INPUT of a command line -> the cohort it holds."""

from pathlib import Path
from typing import BinaryIO

from backrec_cli.batch.chunk import Cohort
from backrec_cli.batch.cohort.csv_rows import CsvCohort
from backrec_cli.batch.cohort.cutting import SIZE
from backrec_cli.batch.cohort.documents import MOST
from backrec_cli.batch.cohort.encoding import text_of
from backrec_cli.batch.cohort.folder import open_folder
from backrec_cli.batch.cohort.formats import (
    CSV,
    JSON,
    NDJSON,
    PARQUET,
    begins_as_parquet,
    checked_format,
    format_by_content,
    format_by_suffix,
    unknown_suffix,
)
from backrec_cli.batch.cohort.json_documents import JsonCohort
from backrec_cli.batch.cohort.json_lines import JsonLinesCohort
from backrec_cli.batch.cohort.parquet_cohort import open_parquet
from backrec_cli.batch.cohort.source import STDIN, Source, find_source
from backrec_cli.errors import UsageError
from backrec_cli.facts.dictionary import FactDictionary

_LOOK = 64 * 1024


def open_cohort(
    path: str,
    *,
    format_name: str | None = None,
    dictionary: FactDictionary,
    stdin: BinaryIO | None = None,
    chunk_size: int | None = None,
) -> Cohort:
    """Return the cohort in a file, a folder of profiles, or standard input (`-`).

    format_name  one of FORMATS; None goes by the suffix, or, where there is none, by the content.
    chunk_size   how much makes a chunk: bytes of text, or rows of Parquet.

    Raises UsageError for an input that cannot be read, and for columns that mean nothing.
    """
    asked = None if format_name is None else checked_format(format_name)
    if _is_folder(path):
        return _opened_folder(path, asked, chunk_size)
    source = find_source(path, stdin)
    kind = asked or _told_format(path, source)
    if kind == NDJSON:
        return JsonLinesCohort(source, chunk_size or SIZE)
    if kind == CSV:
        cohort = CsvCohort(source, dictionary, chunk_size or SIZE)
        cohort.check()
        return cohort
    if kind == PARQUET:
        return open_parquet(source, dictionary, chunk_size or MOST)
    document = JsonCohort(source, chunk_size or SIZE)
    document.check()
    return document


def _told_format(path: str, source: Source) -> str:
    """Return the format by the suffix; only what can have none is looked into."""
    by_suffix = format_by_suffix(path)
    if by_suffix is not None:
        return by_suffix
    if source.path is not None:
        raise unknown_suffix(source)
    with source.look() as opened:
        if begins_as_parquet(opened.stream.peek(_LOOK)):
            return PARQUET
        return format_by_content(text_of(opened, source.name).stream.peek(_LOOK))


def _is_folder(path: str) -> bool:
    """Whether a PATH names a folder; one that cannot even be looked up does not."""
    try:
        return path != STDIN and Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _opened_folder(path: str, asked: str | None, chunk_size: int | None) -> Cohort:
    """Return the cohort of a folder of profiles."""
    if asked not in (None, JSON):
        msg = f"a folder is read as JSON profiles, not as {asked}; give the files themselves"
        raise UsageError(msg)
    return open_folder(Path(path), chunk_size or SIZE)

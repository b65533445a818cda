"""Inputs of `batch`: NDJSON, JSON, CSV, Parquet, folders, standard input -> chunks of records."""

from backrec_cli.batch.cohort.columns import Column, Role
from backrec_cli.batch.cohort.csv_rows import CsvRows
from backrec_cli.batch.cohort.documents import Documents
from backrec_cli.batch.cohort.formats import FORMATS
from backrec_cli.batch.cohort.json_lines import JsonLines
from backrec_cli.batch.cohort.opening import open_cohort
from backrec_cli.batch.cohort.parquet_rows import ParquetRows

__all__ = [
    "FORMATS",
    "Column",
    "CsvRows",
    "Documents",
    "JsonLines",
    "ParquetRows",
    "Role",
    "open_cohort",
]

"""Rows -> the bytes of a results file: NDJSON, CSV or Parquet, stretch by stretch."""

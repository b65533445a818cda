"""A judgement -> the narwhals plans that DuckDB and Spark run for it."""

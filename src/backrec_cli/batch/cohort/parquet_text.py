"""The typed values of a Parquet column -> the text that CSV would have in its cells."""

import polars as pl

_MIDNIGHT = "T00:00:00.000000"
_MOMENT = "%Y-%m-%dT%H:%M:%S%.6f"


def as_text(values: pl.Series) -> pl.Series:
    """Return the values as text; null stays null.

    Numbers have the fewest digits that mean them, dates are 2026-03-16. A time of exactly midnight
    is what programs write that have no type for a day, so it is read as the day alone.
    """
    match values.dtype:
        case pl.Datetime(time_zone=zone):
            return _moments(values, with_offset=zone is not None)
        case pl.List():
            return _lists(values)
        case _:
            return values.cast(pl.String)


def _moments(values: pl.Series, *, with_offset: bool) -> pl.Series:
    """Return days and date-times."""
    text = values.dt.strftime(_MOMENT + ("%:z" if with_offset else ""))
    days = values.dt.strftime("%Y-%m-%d")
    exact = text.str.replace(".000000", "", literal=True)
    return days.zip_with(text.str.contains(_MIDNIGHT, literal=True), exact)


def _lists(values: pl.Series) -> pl.Series:
    """Return words between semicolons; one that is null leaves its place empty, and is refused."""
    filled = values.cast(pl.List(pl.String)).list.eval(pl.element().fill_null(""))
    joined = filled.list.join(";")
    empty = pl.Series(values.name, ["[]"]).new_from_index(0, len(values))
    return empty.zip_with(values.list.len() == 0, joined)

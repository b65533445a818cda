"""Dates and times of CQL: values of any precision, their arithmetic, order and distance."""

from backrec_cli.temporal.literal import parse_temporal
from backrec_cli.temporal.values import Date, DateTime, Temporal, Time, from_python

__all__ = ["Date", "DateTime", "Temporal", "Time", "from_python", "parse_temporal"]

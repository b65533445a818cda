"""What is measured side by side, and what batch promises of it (issue 5, point 6)."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import log2

from contenders import (
    Bench,
    Contender,
    backrec,
    decode_generic,
    decode_only,
    duckdb,
    json_logic,
)
from measure import Measurement

LINES = "ndjson ndjson"
OURS, OURS_BOTH = "backrec batch, 1 core", "backrec batch, 2 cores"
DECODE, SCAN = "msgspec, decode only, 1 core", "polars, scan only, 2 cores"
SQL, SQL_BOTH = "DuckDB, SQL by hand, 1 core", "DuckDB, SQL by hand, 2 cores"
LOGIC = "json-logic-engine, 1 core"
FEW, MANY = "backrec batch, 20 rules, 2 cores", "backrec batch, 320 rules, 2 cores"
STEPS = (0.1, 0.3, 1.0, 2.0)
MEMORY_STEPS = (0.1, 1.0)
SHIPPED_SHARE = 10
"""The shipped pack's patients are five times as long: so many times fewer of them are enough."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A figure that batch promises, between two limits, both included."""

    text: str
    value: float
    lowest: float = 0.0
    highest: float = float("inf")

    @property
    def kept(self) -> bool:
        """Whether the figure is within its limits."""
        return self.lowest <= self.value <= self.highest


@dataclass(frozen=True, slots=True)
class Result:
    """What counts of one contender's turns: the fastest, and the highest peak of memory of all."""

    number: int
    run: Measurement
    peak: float

    @property
    def speed(self) -> float:
        """Records in a second."""
        return self.number / self.run.seconds


Results = dict[str, Result]
Mode = tuple[
    Callable[[Bench, int], dict[str, Contender | None]], Callable[[Results], list[Promise]]
]


def _ndjson(bench: Bench, number: int) -> dict[str, Contender | None]:
    return {
        DECODE: decode_only(bench, number, "ndjson", 1),
        LOGIC: json_logic(bench, number),
        SQL: duckdb(bench, number, LINES, 1),
        SQL_BOTH: duckdb(bench, number, LINES, 2),
        OURS: backrec(bench, number, LINES, 1),
        OURS_BOTH: backrec(bench, number, LINES, 2),
    }


def _promised_of_ndjson(results: Results) -> list[Promise]:
    ours = results[OURS].speed
    promises = [
        Promise("of msgspec decode-only, one core", ours / results[DECODE].speed, 0.30),
        Promise("two cores over one core", results[OURS_BOTH].speed / ours, 1.6),
    ]
    if LOGIC in results:
        text = "times json-logic-engine, one core"
        promises.append(Promise(text, ours / results[LOGIC].speed, 4))
    return promises


def _csv(bench: Bench, number: int) -> dict[str, Contender | None]:
    return {
        SCAN: decode_only(bench, number, "csv", 2),
        SQL_BOTH: duckdb(bench, number, "csv parquet", 2),
        OURS_BOTH: backrec(bench, number, "csv parquet", 2),
    }


def _promised_of_csv(results: Results) -> list[Promise]:
    return [Promise("of polars scan-only", results[OURS_BOTH].speed / results[SCAN].speed, 0.35)]


def _parquet(bench: Bench, number: int) -> dict[str, Contender | None]:
    return {
        SCAN: decode_only(bench, number, "parquet", 2),
        SQL_BOTH: duckdb(bench, number, "parquet parquet", 2),
        OURS_BOTH: backrec(bench, number, "parquet parquet", 2),
    }


def _promised_of_parquet(results: Results) -> list[Promise]:
    share = results[OURS_BOTH].speed / results[SQL_BOTH].speed
    return [Promise("of the hand-written SQL", share, 0.9)]


def _shipped(bench: Bench, number: int) -> dict[str, Contender | None]:
    fewer = number // SHIPPED_SHARE
    return {
        "msgspec, dictionaries only, 1 core": decode_generic(bench, fewer),
        OURS: backrec(bench, fewer, LINES, 1, cohort="shipped"),
        OURS_BOTH: backrec(bench, fewer, LINES, 2, cohort="shipped"),
    }


def _promised_of_shipped(results: Results) -> list[Promise]:
    return [Promise("patients a second, two cores", results[OURS_BOTH].speed, 20_000)]


def _rules(bench: Bench, number: int) -> dict[str, Contender | None]:
    return {
        FEW: backrec(bench, number, LINES, 2, rules=20),
        MANY: backrec(bench, number, LINES, 2, rules=320),
    }


def _promised_of_rules(results: Results) -> list[Promise]:
    times = results[MANY].run.seconds / results[FEW].run.seconds
    return [Promise("times the time of 20 rules for 320", times, highest=5)]


def _sizes(steps: tuple[float, ...]) -> Callable[[Bench, int], dict[str, Contender | None]]:
    """Return what measures batch on several shares of the number asked for."""

    def contenders(bench: Bench, number: int) -> dict[str, Contender | None]:
        numbers = [int(number * step) for step in steps]
        return {f"backrec batch, {each:,}": backrec(bench, each, LINES, 2) for each in numbers}

    return contenders


def _promised_of_scaling(results: Results) -> list[Promise]:
    """The time for twice as many records over twice the time, for each step of the number."""
    promises = []
    for less, more in pairwise(results.values()):
        doublings = log2(more.number / less.number)
        times = (more.run.seconds / less.run.seconds) ** (1 / doublings)
        text = f"times twice the time for each doubling, {less.number:,} to {more.number:,}"
        promises.append(Promise(text, times / 2, 0.85, 1.15))
    return promises


def _promised_of_memory(results: Results) -> list[Promise]:
    small, large = results.values()
    return [
        Promise("MB at the peak, all processes", large.peak, highest=600),
        Promise("times the peak of a tenth of it", large.peak / small.peak, highest=1.15),
    ]


MODES: dict[str, Mode] = {
    "ndjson": (_ndjson, _promised_of_ndjson),
    "csv": (_csv, _promised_of_csv),
    "parquet": (_parquet, _promised_of_parquet),
    "shipped": (_shipped, _promised_of_shipped),
    "rules": (_rules, _promised_of_rules),
    "scaling": (_sizes(STEPS), _promised_of_scaling),
    "memory": (_sizes(MEMORY_STEPS), _promised_of_memory),
}

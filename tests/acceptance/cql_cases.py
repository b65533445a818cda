"""The official CQL cases, where they are present: read, answered and compared as values."""

import json
import os
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from backrec_cli.expression import Scope, compile_expression, evaluate
from backrec_cli.expression.session import evaluate_line
from backrec_cli.expression.values import Interval, TupleValue, Uncertainty, Value
from backrec_cli.units import Quantity
from tests.unit.expression_bench import Record

ROOT = Path(__file__).parents[2]
EXTERNAL = Path(os.environ.get("BACKREC_EXTERNAL_DATA") or ROOT.parent / "shared" / "data")
CASES = EXTERNAL / "cql" / "cql_cases.jsonl"
LISTED = Path(__file__).with_name("cql_out_of_subset.toml")

Key = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """One case of the suite; `output` is a literal, or None where the case must be refused."""

    group: str
    name: str
    category: str
    expression: str
    output: str | None

    @property
    def key(self) -> Key:
        """What the suite calls it."""
        return self.group, self.name


@dataclass(frozen=True)
class Excluded:
    """A case outside the language, and why."""

    group: str
    name: str
    reason: str


def cases() -> Iterator[Case]:
    """Read the cases; a line end inside an expression becomes a blank, as on the command line."""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        refused = case["invalid"] != "false"
        yield Case(
            case["group"],
            case["name"],
            case["category"],
            " ".join(case["expression"].split("\n")),
            None if refused else case["output"],
        )


def excluded() -> Mapping[Key, Excluded]:
    """Read the list of cases outside the language."""
    document = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    listed = [Excluded(**each) for each in document["case"]]
    return {(each.group, each.name): each for each in listed}


def passes(case: Case) -> bool:
    """Whether the answer is the expected value, or an error where one is expected."""
    answer = evaluate_line(case.expression, Scope(), Record())
    if case.output is None or answer.startswith("error: "):
        return case.output is None and answer.startswith("error: ")
    return comparable(_parsed(answer)) == comparable(_parsed(case.output))


def _parsed(literal: str) -> Value:
    return evaluate(compile_expression(literal, Scope()), Record()).value


def comparable(value: Value) -> object:
    """Return something that is equal for equal values of one type, and for nothing else."""
    match value:
        case Uncertainty():
            return comparable(Interval(value.low, value.high))
        case Interval():
            ends = (comparable(value.low), comparable(value.high))
            return ("interval", *ends, value.low_closed, value.high_closed)
        case TupleValue():
            return tuple((name, comparable(each)) for name, each in value.elements)
        case tuple():
            return ["list", *map(comparable, value)]
        case Quantity():
            return ("quantity", Decimal(value.value), value.unit)
        case _:
            return (type(value).__name__, value)


def table() -> list[tuple[str, int, int, int]]:
    """Count by category: the cases, those in the language, and those of them that pass."""
    listed = excluded()
    found = list(cases())
    every = Counter(case.category for case in found)
    within = Counter(case.category for case in found if case.key not in listed)
    passed = Counter(case.category for case in found if case.key not in listed and passes(case))
    return [(name, every[name], within[name], passed[name]) for name in sorted(every)]

"""What expressions are evaluated against, and each of its facts as a value of the language."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol

from backrec_cli.expression import nodes
from backrec_cli.expression.functions import NOW, TODAY
from backrec_cli.expression.values import Uncertainty, Value
from backrec_cli.facts.reading import Absence, FactReading, FactValue
from backrec_cli.temporal import DateTime, from_python
from backrec_cli.temporal.values import date_part, time_part
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity


class Environment(Protocol):
    """What an expression is evaluated against: a moment, and the facts of one patient."""

    @property
    def as_of(self) -> date:
        """The moment of evaluation, a date or a datetime."""
        ...

    def fact(self, path: str) -> FactReading:
        """Return what is known of a fact."""
        ...


class Facts:
    """The facts of one environment as values, each made when it is first asked for and then kept.

    seen     what was asked for so far: a fact by the name that an expression reads it under, a
             definition by the identity of its tree.
    assumed  facts that are taken as false where they are not recorded (see `evaluate`).
    strict   whether a result that nothing can hold is an error instead of null.
    """

    __slots__ = ("assumed", "environment", "seen", "strict")

    def __init__(
        self,
        environment: Environment,
        assumed: Collection[str] = (),
        seen: dict[str | int, Value] | None = None,
        *,
        strict: bool = False,
    ) -> None:
        self.environment = environment
        self.assumed = assumed
        self.seen: dict[str | int, Value] = {} if seen is None else seen
        self.strict = strict

    def assuming(self, assumed: Collection[str]) -> "Facts":
        """Return the same facts with some that are taken as false where they are not recorded."""
        return Facts(self.environment, assumed, self.seen)

    def readings(self, paths: Iterable[str]) -> tuple[FactReading, ...]:
        """Return what is known of some facts."""
        return tuple([self.environment.fact(path) for path in paths])

    def may_be_assumed(self, path: str) -> bool:
        """Whether a fact is not recorded and may be taken as false."""
        if path not in self.assumed:
            return False
        return self.environment.fact(path).absence is Absence.NOT_RECORDED


def value_of_fact(node: nodes.FactRef, reading: FactReading) -> Value:
    """Return a fact, or an attribute of it, as a value of the language."""
    if node.attribute is not None and node.attribute != "value":
        on = reading.on if reading.absence is None and reading.value is not False else None
        return None if on is None else from_python(on)
    if reading.absence is None:
        return _known(reading.value, node.attribute)
    if reading.range is not None:
        return Uncertainty(*reading.range)
    return Truth.UNKNOWN if node.boolean else None


def _known(value: FactValue | None, attribute: str | None) -> Value:
    """Turn the value of a reading into one of the language."""
    if isinstance(value, bool):
        return Truth.TRUE if value else Truth.FALSE
    if isinstance(value, date):
        return from_python(value)
    if attribute is not None and isinstance(value, Quantity):
        return value.value
    return value


def value_of_clock(name: str, as_of: date) -> Value:
    """Return what a function of the time gives at a moment."""
    now = from_python(as_of)
    if name == TODAY:
        return date_part(now)
    moment = now if isinstance(now, DateTime) else DateTime(now.components)
    return moment if name == NOW else time_part(moment)

"""Arithmetic on arrays of numbers, with NaN for null: `arithmetic` for a whole frame."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backrec_cli.expression.compiler.lowering import EXACT, STEPS

Numbers = NDArray[np.float64]


def calculated(operation: str, operands: Sequence[Numbers | float]) -> Numbers:
    """Return the result of one operation of `terms`; a division by zero is null."""
    first: Numbers = np.asarray(operands[0], dtype=np.float64)
    if operation == "absolute":
        return np.abs(first)
    if operation == "cut":
        return _cut(first)
    second: Numbers = np.asarray(operands[1], dtype=np.float64)
    found: Numbers
    match operation:
        case "add":
            found = first + second
        case "subtract":
            found = first - second
        case "multiply":
            found = first * second
        case _:
            by: Numbers = np.where(second == 0, np.nan, second)
            found = first / by
    return np.floor(found) if operation == "floor_divide" else found


def _cut(numbers: Numbers) -> Numbers:
    """Round to eight decimals, a half going away from zero; a number too large for them stays."""
    size = np.abs(numbers)
    rounded = np.copysign(np.floor(size * STEPS + 0.5) / STEPS, numbers)
    return np.where(size < EXACT, rounded, numbers)

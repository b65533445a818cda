"""Checked expressions -> columns of a table: the evaluator's answers for many patients at once."""

from backrec_cli.expression.compiler.blocking import blocking, gathered, unknown_facts
from backrec_cli.expression.compiler.compiled import (
    Asked,
    Compiled,
    FactColumns,
    Facts,
    NotColumnarError,
)
from backrec_cli.expression.compiler.compiling import compile_columns
from backrec_cli.expression.compiler.lowering import Plan, plan_of

__all__ = [
    "Asked",
    "Compiled",
    "FactColumns",
    "Facts",
    "NotColumnarError",
    "Plan",
    "blocking",
    "compile_columns",
    "gathered",
    "plan_of",
    "unknown_facts",
]

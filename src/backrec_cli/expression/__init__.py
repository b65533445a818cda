"""The expression language: a subset of HL7 CQL 1.5 with three-valued logic and UCUM quantities."""

from backrec_cli.expression.bounds import span
from backrec_cli.expression.compilation import check_text, compile_expression
from backrec_cli.expression.environment import Environment, Facts
from backrec_cli.expression.evaluator import evaluate, evaluate_alone, look_into
from backrec_cli.expression.evidence import Comparison, comparisons, deciding
from backrec_cli.expression.parser import parse
from backrec_cli.expression.printing import to_cql
from backrec_cli.expression.scope import Expression, ExpressionError, ParameterValue, Scope
from backrec_cli.expression.trace import (
    Trace,
    Traced,
    blocking,
    facts_read,
    to_obtain,
    truth,
    unknown_facts,
)
from backrec_cli.expression.unparser import unparse
from backrec_cli.expression.values import Value

__all__ = [
    "Comparison",
    "Environment",
    "Expression",
    "ExpressionError",
    "Facts",
    "ParameterValue",
    "Scope",
    "Trace",
    "Traced",
    "Value",
    "blocking",
    "check_text",
    "comparisons",
    "compile_expression",
    "deciding",
    "evaluate",
    "evaluate_alone",
    "facts_read",
    "look_into",
    "parse",
    "span",
    "to_cql",
    "to_obtain",
    "truth",
    "unknown_facts",
    "unparse",
]

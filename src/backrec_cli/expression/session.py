"""One line of text to one line of answer: the pure part of `backrec rules eval`."""

from backrec_cli.expression.arithmetic import OutOfRangeError
from backrec_cli.expression.compilation import check_text
from backrec_cli.expression.evaluator import Environment, evaluate
from backrec_cli.expression.printing import to_cql
from backrec_cli.expression.scope import Scope


def evaluate_line(text: str, scope: Scope, environment: Environment) -> str:
    """Return the value of an expression as a CQL literal, or `error: …`; always one line."""
    expression, problems = check_text(text, scope)
    if expression is None:
        return _error("; ".join(problem.message for problem in problems))
    try:
        return to_cql(evaluate(expression, environment, strict=True).value)
    except OutOfRangeError as problem:
        return _error(str(problem))


def _error(message: str) -> str:
    """Return an error in one line, with nothing in it that a terminal would act upon."""
    shown = "".join(each if each.isprintable() else f"U+{ord(each):04X}" for each in message)
    return f"error: {shown}"

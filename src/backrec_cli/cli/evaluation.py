"""Expressions -> values, against the names of the pack and, if given, one patient's facts."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from backrec_cli.cli.inputs import find_documents
from backrec_cli.cli.session import Session
from backrec_cli.errors import DiagnosticsError, UsageError
from backrec_cli.expression import Environment, Scope, check_text
from backrec_cli.expression.session import evaluate_line
from backrec_cli.facts.reading import FactReading
from backrec_cli.profile import settle
from backrec_cli.source import SourceText

_LONGEST_LINE = 1_000_000
_REFUSED = "error: "


@dataclass(frozen=True, slots=True)
class Nobody:
    """The environment without a patient: every fact is unknown."""

    as_of: date | datetime

    def fact(self, path: str) -> FactReading:
        """Return a fact that is not recorded."""
        return FactReading(path)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the names in expressions mean, and the facts they read."""

    scope: Scope
    environment: Environment

    @classmethod
    def opened(
        cls,
        patient: str | None,
        as_of: str | None,
        surgery: str | None,
        rules: Sequence[str] = (),
    ) -> "Evaluation":
        """Load the pack and the patient; raises BackrecError for what is wrong with either."""
        session = Session.opened(as_of, surgery, rules=rules)
        pack = session.pack
        values = {name: parameter.value for name, parameter in pack.parameters.items()}
        scope = Scope(pack.dictionary, values, pack.definitions)
        if patient is None:
            return cls(scope, Nobody(session.as_of))
        profile = session.read_one(find_documents([patient]))
        facts = settle(
            profile,
            pack.knowledge,
            session.as_of,
            review_days=pack.review_days,
            surgery=session.surgery,
        )
        return cls(scope, facts)

    def value_of(self, text: str) -> str:
        """Return the value of one expression; raises BackrecError with all that is wrong in it."""
        expression, problems = check_text(text, self.scope)
        if expression is None:
            source = SourceText("<expression>", text)
            raise DiagnosticsError(problem.at(source) for problem in problems)
        answer = evaluate_line(text, self.scope, self.environment)
        if answer.startswith(_REFUSED):
            raise UsageError(answer.removeprefix(_REFUSED))
        return answer

    def answers(self) -> Iterator[str]:
        """Yield one answer for each line of standard input, whatever stands in it."""
        if sys.stdin is None:
            msg = "standard input is closed"
            raise UsageError(msg)
        for line in _lines(sys.stdin.buffer):
            yield self._answer(line)

    def _answer(self, line: bytes) -> str:
        """Answer one line, even one that brings out a bug."""
        if len(line) > _LONGEST_LINE:
            return f"{_REFUSED}longer than {_LONGEST_LINE} bytes"
        try:
            return evaluate_line(line.decode(), self.scope, self.environment)
        except UnicodeDecodeError:
            return f"{_REFUSED}not UTF-8"
        except Exception as error:  # noqa: BLE001 - the lines after this one are still answered.
            return f"{_REFUSED}internal error ({type(error).__name__})"


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield lines without their ends; of one that is far too long, no more than shows that."""
    while line := stream.readline(_LONGEST_LINE + 2):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(_LONGEST_LINE)
        yield line.rstrip(b"\r\n")

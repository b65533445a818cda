"""A diagnostic and the exceptions that carry diagnostics up to the command line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from backrec_cli.source import SourceText, Span


class Severity(StrEnum):
    """How bad a diagnostic is; only an error stops the job."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong: code, message, where (span in source) and what to do about it."""

    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR
    source: SourceText | None = None

    def at(self, source: SourceText, offset: int = 0) -> "Diagnostic":
        """Place the diagnostic in an enclosing document, its span moved by `offset`."""
        span = self.span.shifted(offset) if self.span else None
        return replace(self, source=source, span=span)

    @property
    def place(self) -> str:
        """`file:line:column`, as much of it as is known."""
        if self.source is None:
            return ""
        if self.span is None:
            return self.source.name
        line, column = self.source.position(self.span.start)
        return f"{self.source.name}:{line}:{column}"


class BackrecError(Exception):
    """Anything the user can mend; the command line turns it into exit code 2."""


class UsageError(BackrecError):
    """The job cannot be done as asked: a missing file, an unknown rule, an unknown format."""


class DiagnosticsError(BackrecError):
    """A document with errors: all of them, in the order of their places."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the diagnostics sorted by source and place."""
        self.diagnostics: Sequence[Diagnostic] = sorted(
            diagnostics,
            key=lambda d: (d.source.name if d.source else "", d.span.start if d.span else -1),
        )
        super().__init__("; ".join(f"{d.code}: {d.message}" for d in self.diagnostics))

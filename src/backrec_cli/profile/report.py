"""Where the reading of one document notes what is wrong with it, up to a bound."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from backrec_cli.errors import Diagnostic
from backrec_cli.errors import profile as errors
from backrec_cli.errors.suggest import closest
from backrec_cli.source import SourceText, Span

_MOST_SHOWN = 200
_MOST_SUGGESTIONS = 40


@dataclass(slots=True)
class Report:
    """The diagnostics of one document.

    Finding a line in a large text and a name in a large dictionary takes time; the bounds keep a
    hostile document of a hundred thousand errors from taking minutes.
    """

    source: SourceText
    shown: list[Diagnostic] = field(default_factory=list)
    hidden: int = 0
    suggestions: int = 0

    def add(self, diagnostic: Diagnostic) -> None:
        """Note one error, in the document's order."""
        if len(self.shown) < _MOST_SHOWN:
            self.shown.append(diagnostic.at(self.source))
        else:
            self.hidden += 1

    def closest(self, name: str, candidates: Iterable[str]) -> str | None:
        """Return the name that was probably meant, for the first few dozen mistakes."""
        self.suggestions += 1
        return closest(name, candidates) if self.suggestions <= _MOST_SUGGESTIONS else None

    def diagnostics(self) -> list[Diagnostic]:
        """Return what was noted, and how much more there was."""
        if not self.hidden:
            return self.shown
        end = len(self.source.text)
        more = errors.more_errors(self.hidden, Span(end, end)).at(self.source)
        return [*self.shown, more]

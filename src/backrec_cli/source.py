"""Text with a name, and places in it: offsets become `file:line:column`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of character offsets in one text."""

    start: int
    end: int

    def shifted(self, offset: int) -> "Span":
        """Return the same range, `offset` characters further on."""
        return Span(self.start + offset, self.end + offset)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document's text under the name shown to its author."""

    name: str
    text: str

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset, both counted from 1."""
        start = self.text.rfind("\n", 0, offset) + 1
        return self.text.count("\n", 0, offset) + 1, offset - start + 1

    def line_at(self, offset: int) -> str:
        """Return the whole line that holds an offset, without its line end."""
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        return self.text[start : len(self.text) if end < 0 else end].rstrip("\r")

"""The files of a pack folder: bytes -> `Document`, parsed TOML that knows its places."""

import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import tomli

from backrec_cli.errors import Diagnostic
from backrec_cli.errors import pack as say
from backrec_cli.facts.table import Path as KeyPath
from backrec_cli.source import SourceText, Span

if TYPE_CHECKING:
    from backrec_cli.rulepack.locator import Place

LARGEST_FILE = 2_000_000
LONGEST_LINE = 4_000
LARGEST_EXPONENT = 30


@dataclass(frozen=True, slots=True)
class Document:
    """One TOML file: its name, text and content (floats read as `Decimal`)."""

    source: SourceText
    content: Mapping[str, object]
    _places: dict[KeyPath, "Place"] = field(default_factory=dict, repr=False, compare=False)

    @property
    def file(self) -> str:
        """The file's name without its folder, which decides what the file may hold."""
        return re.split(r"[\\/]", self.source.name)[-1]

    def locate(self, path: KeyPath) -> Span:
        """Return the span of a value, of a table's header, or of the nearest owner with a place."""
        place = self._nearest(path)
        return place.value if place else Span(0, 0)

    def locate_key(self, path: KeyPath) -> Span:
        """Return the span of a key, or of the nearest owner with a place."""
        place = self._nearest(path)
        return place.key if place else Span(0, 0)

    def place(self, path: KeyPath) -> str:
        """Return `file:line:column` of a value."""
        line, column = self.source.position(self.locate(path).start)
        return f"{self.source.name}:{line}:{column}"

    def inside(self, diagnostic: Diagnostic, path: KeyPath) -> Diagnostic:
        """Move a diagnostic about the text at `path` to its place in this file."""
        from backrec_cli.rulepack.locator import content_offset  # noqa: PLC0415 - as below.

        whole = self.locate(path)
        start = content_offset(self.source.text[whole.start : whole.end])
        if start is None or diagnostic.span is None:
            return self.at(diagnostic, whole)
        return diagnostic.at(self.source, whole.start + start)

    def at_unknown_key(self, diagnostic: Diagnostic) -> Diagnostic:
        """Move a complaint of an unknown key, placed at the key's value, to the key itself."""
        if diagnostic.code != say.UNKNOWN_KEY:
            return diagnostic
        keys = {place.value: place.key for place in self._located().values()}
        return self.at(diagnostic, keys.get(diagnostic.span or Span(0, 0), Span(0, 0)))

    def at(self, diagnostic: Diagnostic, span: Span) -> Diagnostic:
        """Place a diagnostic at a span of this file."""
        return Diagnostic(
            diagnostic.code,
            diagnostic.message,
            span,
            diagnostic.hint,
            diagnostic.severity,
            self.source,
        )

    def _nearest(self, path: KeyPath) -> "Place | None":
        places = self._located()
        while path and path not in places:
            path = path[:-1]
        return places.get(path)

    def _located(self) -> Mapping[KeyPath, "Place"]:
        """Return every place, found when the first is asked for."""
        # A pack without an error never needs the locator, so it is imported for the first one.
        from backrec_cli.rulepack.locator import locate  # noqa: PLC0415

        if not self._places:
            self._places.update(locate(self.source.text))
        return self._places


def read_folder(folder: Path) -> tuple[list[tuple[str, bytes]], list[Diagnostic]]:
    """Return name and bytes of every TOML file directly in a folder, in the order of names.

    Links, devices, folders and files above `LARGEST_FILE` are refused, never followed.
    """
    files: list[tuple[str, bytes]] = []
    diagnostics: list[Diagnostic] = []
    for path in sorted(folder.glob("*.toml")):
        name = path.as_posix()
        why = _refusal(path)
        if why:
            diagnostics.append(say.unreadable_file(why).at(SourceText(name, "")))
            continue
        try:
            files.append((name, path.read_bytes()))
        except OSError as error:
            why = (error.strerror or "unreadable").lower()
            diagnostics.append(say.unreadable_file(why).at(SourceText(name, "")))
    return files, diagnostics


def parse_document(name: str, data: bytes) -> Document | Diagnostic:
    """Parse the bytes of one TOML file, or say what is wrong with them and where."""
    data = data.removeprefix(BOM_UTF8)
    try:
        source = SourceText(name, data.decode("utf-8").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        before = len(data[: error.start].decode("utf-8"))
        source = SourceText(name, data.decode("utf-8", errors="replace"))
        return say.not_utf8(Span(before, before + 1)).at(source)
    too_long = _long_line(source.text)
    if too_long is not None:
        return say.line_too_long(LONGEST_LINE, too_long).at(source)
    return _parse(source)


def _parse(source: SourceText) -> Document | Diagnostic:
    """Let tomli read a text that is safe to give to it."""
    try:
        return Document(source, tomli.loads(source.text, parse_float=_decimal))
    except tomli.TOMLDecodeError as error:
        return _syntax_error(error, source)
    except _NumberError as error:
        start = source.text.find(error.text)
        span = Span(start, start + len(error.text))
        return say.number_out_of_range(error.text, span).at(source)
    except RecursionError:
        return say.not_toml("brackets or dotted keys nested too deeply", Span(0, 0)).at(source)


class _NumberError(Exception):
    """A number that no fact or threshold can have."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def _decimal(text: str) -> Decimal:
    """Read a float exactly; `nan`, `inf` and exponents that would exhaust memory are refused."""
    try:
        value = Decimal(text)
    except ArithmeticError as error:
        raise _NumberError(text) from error
    if not value.is_finite() or abs(value.adjusted()) > LARGEST_EXPONENT:
        raise _NumberError(text)
    return value


def _refusal(path: Path) -> str | None:
    """Return why a path is not read, or None where it is a plain file of a fair size."""
    if path.is_symlink():
        return "it is a link"
    if not path.is_file():
        return "it is not a plain file"
    if path.stat().st_size > LARGEST_FILE:
        return f"it is larger than {LARGEST_FILE // 1_000_000} MB"
    return None


def _long_line(text: str) -> Span | None:
    """Find a line that tomli would take very long over (a dotted key of thousands of parts)."""
    if max(map(len, text.split("\n"))) <= LONGEST_LINE:
        return None
    start = next(m.start() for m in re.finditer(rf"[^\n]{{{LONGEST_LINE + 1}}}", text))
    return Span(start, start + 1)


def _syntax_error(error: tomli.TOMLDecodeError, source: SourceText) -> Diagnostic:
    """Turn tomli's sentence and offset into a diagnostic."""
    why = (error.msg[:1].lower() + error.msg[1:]).replace("invalid", "unreadable")
    return say.not_toml(why, Span(error.pos, error.pos + 1)).at(source)

"""The files of a pack folder: bytes -> `Document`, parsed TOML that knows its places."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
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
    from backrec_cli.rulepack.recovery import Slip

LARGEST_FILE = 2_000_000
LONGEST_LINE = 4_000
LARGEST_EXPONENT = 30


@dataclass(frozen=True, slots=True)
class Document:
    """One TOML file: its name, text and content (floats read as `Decimal`).

    Of a file that breaks TOML's grammar, `content` is what could still be read, `problems` what is
    wrong, and `lost` the text of the tables that are left out. `layer` is 0 for a file of the pack
    itself, and counts the overlays on top of it.
    """

    source: SourceText
    content: Mapping[str, object]
    problems: tuple[Diagnostic, ...] = ()
    lost: str = ""
    layer: int = 0
    _readable: str | None = field(default=None, repr=False, compare=False)
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
        return self.at(diagnostic, self.locate_inside(diagnostic.span, path))

    def locate_inside(self, span: Span | None, path: KeyPath) -> Span:
        """Return where a span of the text at `path` stands, or the whole text with escapes."""
        from backrec_cli.rulepack.locator import content_offset  # noqa: PLC0415 - as below.

        whole = self.locate(path)
        start = content_offset(self.source.text[whole.start : whole.end])
        return whole if start is None or span is None else span.shifted(whole.start + start)

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
            self._places.update(locate(self._readable or self.source.text))
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


def read_documents(folder: Path) -> tuple[list[Document], list[Diagnostic]]:
    """Return every TOML file directly in a folder, parsed, and what is wrong with the others."""
    files, problems = read_folder(folder)
    documents, unread = parse_documents(files)
    return documents, [*problems, *unread]


def parse_documents(
    files: Iterable[tuple[str, bytes]], layer: int = 0
) -> tuple[list[Document], list[Diagnostic]]:
    """Parse files by name and bytes; what cannot be parsed, or not wholly, becomes a problem."""
    documents: list[Document] = []
    problems: list[Diagnostic] = []
    for name, data in files:
        document = parse_document(name, data)
        if isinstance(document, Document):
            documents.append(replace(document, layer=layer) if layer else document)
            problems += document.problems
        else:
            problems.append(document)
    return documents, problems


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
    """Read a text; of one that is not TOML, what is wrong and whatever can still be read."""
    found = _content(source, source.text)
    if isinstance(found, Mapping):
        return Document(source, found)
    # Only a broken file pays for what looks into it.
    from backrec_cli.rulepack.recovery import salvage  # noqa: PLC0415

    rest = salvage(source, lambda text: _content(source, text))
    if isinstance(rest, Diagnostic):
        return rest
    return Document(source, rest.content, rest.problems, rest.lost, _readable=rest.text)


def _content(source: SourceText, text: str) -> "Mapping[str, object] | Slip":
    """Let tomli read a text that is safe to give to it; `source` is what problems point into."""
    try:
        return tomli.loads(text, parse_float=_decimal)
    except (tomli.TOMLDecodeError, NumberError, RecursionError) as error:
        from backrec_cli.rulepack import slips  # noqa: PLC0415 - as above.

        return slips.slip(error, text, source)


class NumberError(Exception):
    """A number that no fact or threshold can have."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def _decimal(text: str) -> Decimal:
    """Read a float exactly; `nan`, `inf` and exponents that would exhaust memory are refused."""
    try:
        value = Decimal(text)
    except ArithmeticError as error:
        raise NumberError(text) from error
    if not value.is_finite() or abs(value.adjusted()) > LARGEST_EXPONENT:
        raise NumberError(text)
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

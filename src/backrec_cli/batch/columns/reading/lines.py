"""Lines of JSON -> for each fact a column of what the records say of it.

Everything goes block by block, so that what was decoded is still in the processor's cache when it
is turned from records into columns. What no record of a block mentions costs nothing further.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from operator import attrgetter

import msgspec
from msgspec.structs import astuple

from backrec_cli.batch.columns.reading.blocks import Dated
from backrec_cli.batch.columns.reading.gathering import Gathered, colons_in, gathered
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.record_lines import RecordLines
from backrec_cli.batch.columns.reading.shapes import DocumentShape, SectionShape

_BLOCK = 200
_REFUSED = (msgspec.MsgspecError, ValueError, RecursionError)


@dataclass(slots=True)
class Decoded:
    """What some lines hold.

    facts     by path, of the facts that any of the lines mentions.
    dates     by section, its own date as it is written; `reviewed`: arrays or objects of reviews.
    refused   the lines that only the reference may judge; they say nothing here.
    written   how many keys the rest was written with, and how many colons stand in its texts.
    """

    count: int
    facts: dict[str, Gathered] = field(default_factory=dict)
    dates: dict[str, Dated] = field(default_factory=dict)
    reviewed: list[object] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    written: int = 0


class LineDecoder:
    """Decodes lines by the types of a dictionary."""

    def __init__(self, shape: DocumentShape, lookup: Lookup) -> None:
        self._shape = shape
        self._lookup = lookup
        decoder = msgspec.json.Decoder(shape.document)
        self._decode, self._decode_lines = decoder.decode, decoder.decode_lines
        self._encode = msgspec.json.Encoder().encode
        self._blank = shape.document()
        self._overrides = attrgetter(shape.document.__struct_fields__[-2])

    def read(self, lines: RecordLines) -> Decoded:
        """Return what the lines hold, by columns."""
        found = Decoded(len(lines))
        with _collector_off():
            for start in range(0, len(lines), _BLOCK):
                documents = self._documents(lines, start, found)
                self._take(documents, start, found)
        return found

    def repeats_a_key(self, line: bytes) -> bool:
        """Whether a line that can be decoded has more keys than were decoded, or may have.

        A key that stands twice is decoded once. So is every colon that follows a key; in a text it
        stands as it is, unless it is written as an escape.
        """
        written = self._encode(self._decode(line))
        return line.count(b":") != written.count(b":") or b"\\u003" in line

    def _documents(self, lines: RecordLines, start: int, found: Decoded) -> list[msgspec.Struct]:
        """Return one document for each line of a block, a blank one for a line that is refused."""
        stop = min(start + _BLOCK, len(lines))
        documents: list[msgspec.Struct] = []
        # Where one line was refused others will be, and a block with one is decoded twice.
        if lines.are_objects and not found.refused:
            with suppress(*_REFUSED):
                documents = self._decode_lines(lines.together(start, stop))
        if len(documents) != stop - start:
            documents = self._one_by_one(lines, start, stop, found)
        overridden = list(map(self._overrides, documents))
        if overridden.count(None) != len(overridden):
            for place, overrides in enumerate(overridden):
                if overrides is not None:
                    documents[place] = self._blank
                    found.refused.append(start + place)
        return documents

    def _one_by_one(
        self, lines: RecordLines, start: int, stop: int, found: Decoded
    ) -> list[msgspec.Struct]:
        """Return the documents of lines some of which are refused, or hold more than one."""
        documents: list[msgspec.Struct] = []
        decoded = map(self._decode, map(lines.__getitem__, range(start, stop)))
        while len(documents) < stop - start:
            try:
                documents.extend(decoded)
            except _REFUSED:
                # What was decoded before is in the list; the lines behind are still to come.
                found.refused.append(start + len(documents))
                documents.append(self._blank)
        return documents

    def _take(self, documents: list[msgspec.Struct], start: int, found: Decoded) -> None:
        """Turn documents into columns, and add them to those of the lines before."""
        *sections, reviewed, _, schemas = zip(*map(self._shape.top, documents), strict=True)
        found.reviewed.extend(reviewed)
        found.written += len(schemas) - schemas.count(None) + colons_in(schemas)
        for shape, parts in zip(self._shape.sections, sections, strict=True):
            mentioned = len(parts) - parts.count(shape.blank)
            if mentioned:
                found.written += mentioned
                self._take_section(shape, parts, start, found)

    def _take_section(
        self, shape: SectionShape, parts: Iterable[msgspec.Struct], start: int, found: Decoded
    ) -> None:
        """Add the facts of one section that any of the documents mentions."""
        *facts, own = zip(*map(astuple, parts), strict=True)
        if not _silent(own):
            found.dates.setdefault(shape.name, Dated(self._lookup.dates)).take(start, own)
        for definition, blank, cells in zip(shape.facts, shape.blanks, facts, strict=True):
            if not _silent(cells, blank):
                fact = found.facts.get(definition.path)
                if fact is None:
                    fact = found.facts[definition.path] = gathered(definition, self._lookup)
                fact.take(start, cells)


@contextmanager
def _collector_off() -> Iterator[None]:
    """Make many objects, no circles among them, without looking for circles over and over."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _silent(cells: tuple[object, ...], blank: object = None) -> bool:
    """Whether no record says anything."""
    return cells[0] is blank and cells[-1] is blank and cells.count(blank) == len(cells)

"""Bytes to a Profile: decode, parse, check against the dictionary; all errors at once."""

import codecs
from collections.abc import Mapping
from datetime import date

from backrec_cli.errors import DiagnosticsError
from backrec_cli.errors import profile as errors
from backrec_cli.facts.definition import FactDefinition
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile.digest import digest_of
from backrec_cli.profile.json_text import Member, Node, parse_json
from backrec_cli.profile.model import Override, Profile, RecordedFact, Review
from backrec_cli.profile.notes import read_overrides, read_reviews
from backrec_cli.profile.parts import expect, read_date, take_apart
from backrec_cli.profile.report import Report
from backrec_cli.profile.text import shortened
from backrec_cli.profile.values import ValueReader
from backrec_cli.source import SourceText, Span

LARGEST = 1024 * 1024

_REVIEWED = "reviewed"
_OVERRIDES = "overrides"
_SCHEMA = "$schema"
_SECTION_DATE = "measured_on"
_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_profile(data: bytes, name: str, dictionary: FactDictionary) -> Profile:
    """Return the profile that a JSON document holds.

    Raises DiagnosticsError with every error of a malformed document. Values that are well-formed
    but cannot be used (unit, range, choice) are kept, rejected, with their reason.
    """
    source = decode(data, name)
    root, refused = parse_json(source)
    report = Report(source)
    for diagnostic in refused:
        report.add(diagnostic)
    return _read(root, report, dictionary)


def read_nodes(
    root: Node,
    source: SourceText,
    dictionary: FactDictionary,
    results_on: date | None = None,
) -> Profile:
    """Return the profile in a document that was not written as JSON, its nodes placed in `source`.

    results_on  the date of every result that can go stale and is given none.

    Raises DiagnosticsError as `read_profile` does.
    """
    return _read(root, Report(source), dictionary, results_on)


def _read(
    root: Node, report: Report, dictionary: FactDictionary, results_on: date | None = None
) -> Profile:
    """Walk a document; raise all that its report holds in the end."""
    reader = _ProfileReader(dictionary, report, results_on)
    reader.document(root)
    found = report.diagnostics()
    if found:
        raise DiagnosticsError(found)
    return Profile(
        report.source, reader.recorded, reader.reviewed, reader.overrides, digest_of(root)
    )


def decode(data: bytes, name: str) -> SourceText:
    """Return the text of a file; a byte order mark of UTF-8 is skipped."""
    if len(data) > LARGEST:
        raise DiagnosticsError([errors.too_large(LARGEST).at(SourceText(name, ""))])
    try:
        return SourceText(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        start = len(before.removeprefix("\ufeff"))
        text = data.decode("utf-8-sig", errors="replace")
        found = next((known for mark, known in _ENCODINGS if data.startswith(mark)), None)
        problem = errors.not_utf8(Span(start, start + 1), found)
        raise DiagnosticsError([problem.at(SourceText(name, text))]) from None


class _ProfileReader:
    """Walks one document, section by section."""

    def __init__(self, dictionary: FactDictionary, report: Report, results_on: date | None) -> None:
        self.dictionary = dictionary
        self.report = report
        self.sections = dictionary.by_section
        self.values = ValueReader(dictionary, report, results_on=results_on)
        self.recorded: dict[str, RecordedFact] = {}
        self.reviewed: Mapping[str, Review] = {}
        self.overrides: tuple[Override, ...] = ()

    def document(self, root: Node) -> None:
        """Document = {section: facts, "reviewed", "overrides", "$schema"}."""
        if not isinstance(root.value, dict):
            hint = 'write {"patient": {...}, "procedure": {...}}'
            expect(root, "the document", "an object", hint, self.report)
            return
        for member in root.value.values():
            self._top_level(member)

    def _top_level(self, member: Member) -> None:
        """Read one key of the document."""
        key, node = member.key, member.node
        if key in self.sections:
            self._section(member, self.sections[key])
        elif key == _REVIEWED:
            self.reviewed = read_reviews(node, tuple(self.sections), self.report)
        elif key == _OVERRIDES:
            self.overrides = read_overrides(node, self.report)
        elif key != _SCHEMA:
            self._unknown_section(member)
        elif not isinstance(node.value, str):
            expect(node, _SCHEMA, "text", "write the address in quotes", self.report)

    def _unknown_section(self, member: Member) -> None:
        """Refuse a key that is no section: mistyped, or a fact outside its section."""
        known = (*self.sections, _REVIEWED, _OVERRIDES)
        near = self.report.closest(member.key, known)
        if near is None or member.key in self.dictionary.definitions:
            near = self.report.closest(member.key, self.dictionary.paths) or near
        key = shortened(member.key)
        self.report.add(errors.unknown_section(key, near, known, member.span))

    def _section(self, member: Member, facts: Mapping[str, FactDefinition]) -> None:
        """Section = {fact: value, "measured_on": date of every result without one}."""
        content = member.node.value
        if not isinstance(content, dict):
            hint = 'write {"fact": value, ...}'
            expect(member.node, member.key, "an object", hint, self.report)
            return
        self.values.section_date = None
        dated = content.get(_SECTION_DATE)
        if dated is not None:
            owner = f"{member.key}.{_SECTION_DATE}"
            self.values.section_date = read_date(dated.node, owner, self.report)
        for entry in content.values():
            if entry is not dated:
                self._fact(entry, member.key, facts)

    def _fact(self, entry: Member, section: str, facts: Mapping[str, FactDefinition]) -> None:
        """Read one fact of a section."""
        definition = facts.get(entry.key)
        if definition is None:
            path = f"{section}.{entry.key}"
            near = self.report.closest(path, self.dictionary.paths)
            self.report.add(errors.unknown_fact(shortened(path), near, entry.span))
            return
        parts = take_apart(entry.node, definition, self.report)
        reading = None if parts is None else self.values.reading(parts)
        if reading is not None:
            self.recorded[definition.path] = RecordedFact(reading, entry.span)

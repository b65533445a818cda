"""Diagnostics -> what an author, a program or a code review shows of them."""

import json
from collections.abc import Callable, Mapping, Sequence

from backrec_cli.errors import Diagnostic
from backrec_cli.errors.show import harmless, show_diagnostic

Renderer = Callable[[Sequence[Diagnostic]], str]

_PROPERTY = str.maketrans({":": "%3A", ",": "%2C"})


def as_text(diagnostics: Sequence[Diagnostic]) -> str:
    """Return each with its source line, a caret and the hint."""
    return "".join(f"{show_diagnostic(each)}\n" for each in diagnostics)


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a list of objects; places are null where a file as a whole is meant."""
    return json.dumps(list(map(_object, diagnostics)), indent=2) + "\n"


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Return workflow commands, which a code review shows beside the line."""
    return "".join(f"{_command(each)}\n" for each in diagnostics)


RENDERERS: Mapping[str, Renderer] = {"text": as_text, "json": as_json, "github": as_github}


def summary(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """Return the count of each severity and of the files looked at, in one line."""
    errors = sum(each.severity == "error" for each in diagnostics)
    counts = (_count(errors, "error"), _count(len(diagnostics) - errors, "warning"))
    return f"{', '.join(counts)} in {_count(files, 'file')}"


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _object(diagnostic: Diagnostic) -> dict[str, str | int | None]:
    place = _place(diagnostic)
    return {
        "file": diagnostic.source.name if diagnostic.source else None,
        "line": place.get("line"),
        "column": place.get("col"),
        "end_line": place.get("endLine"),
        "end_column": place.get("endColumn"),
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def _place(diagnostic: Diagnostic) -> dict[str, int]:
    """Return first and last line and column, under the names of workflow commands."""
    source, span = diagnostic.source, diagnostic.span
    if source is None or span is None:
        return {}
    line, column = source.position(span.start)
    end_line, end_column = source.position(max(span.end, span.start))
    return {"line": line, "endLine": end_line, "col": column, "endColumn": end_column}


def _command(diagnostic: Diagnostic) -> str:
    """Return `::error file=...,line=...,title=...::message`, escaped as GitHub asks."""
    file: dict[str, str | int] = {"file": diagnostic.source.name} if diagnostic.source else {}
    place = _place(diagnostic)
    if place and place["line"] != place["endLine"]:
        # Columns of a range of lines are refused.
        del place["col"], place["endColumn"]
    properties: dict[str, str | int] = {**file, **place, "title": diagnostic.code}
    written = ",".join(
        f"{key}={_escaped(value).translate(_PROPERTY)}" for key, value in properties.items()
    )
    hint = f"\nhint: {diagnostic.hint}" if diagnostic.hint else ""
    return f"::{diagnostic.severity} {written}::{_escaped(diagnostic.message + hint)}"


def _escaped(value: str | int) -> str:
    """Return a text in which no character ends the command or acts on a terminal."""
    lines = str(value).replace("%", "%25").split("\n")
    return "%0A".join(map(harmless, lines))

"""The options about looks -> a format and a style, with what the terminal can show."""

import os
import shutil
import sys
from pathlib import Path

from backrec_cli.cli.streams import lacks_glyphs
from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless
from backrec_cli.errors.suggest import closest
from backrec_cli.render.formats import FORMATS, Format, Style, format_of_suffix

_COLOURS = ("auto", "always", "never")
_PIPE_WIDTH = 100
_WIDEST = 120


def choose_format(name: str | None, output: str | None) -> Format:
    """Return the format asked for, else the one of the output's suffix, else text."""
    if name is not None:
        if name not in FORMATS:
            raise UsageError(_unknown("format", name, tuple(FORMATS)))
        return FORMATS[name]
    suffix = "" if output in (None, "-") else Path(output or "").suffix
    found = format_of_suffix(suffix) if suffix else FORMATS["text"]
    if found is None:
        suffixes = ", ".join(s for f in FORMATS.values() for s in f.suffixes)
        msg = f"no format has the suffix '{harmless(suffix)}'; use one of {suffixes}, or --format"
        raise UsageError(msg)
    return found


def choose_style(colour: str, *, to_file: bool, verbose: bool, brief: bool, many: bool) -> Style:
    """Return the style for where the report goes."""
    if colour not in _COLOURS:
        raise UsageError(_unknown("--color", colour, _COLOURS))
    terminal = not to_file and sys.stdout is not None and sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, _WIDEST) if terminal else _PIPE_WIDTH
    return Style(
        width=width,
        verbose=verbose,
        brief=brief,
        ascii_only=not to_file and lacks_glyphs(sys.stdout),
        colour=colour == "always" or (colour == "auto" and terminal and _likes_colour()),
        many=many,
    )


def _likes_colour() -> bool:
    """Whether the environment leaves colour on (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _unknown(what: str, given: str, known: tuple[str, ...]) -> str:
    """Say which value is unknown, and which was probably meant."""
    guess = closest(given, known)
    hint = f"did you mean '{guess}'?" if guess else f"use one of {', '.join(known)}"
    return f"unknown {what} '{harmless(given)}'; {hint}"

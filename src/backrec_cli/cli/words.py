"""A word on the command line -> one that is known, or an error that names the nearest."""

from collections.abc import Iterable
from typing import overload

from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless
from backrec_cli.errors.suggest import closest


@overload
def known_word(kind: str, word: str, known: Iterable[str]) -> str: ...
@overload
def known_word(kind: str, word: None, known: Iterable[str]) -> None: ...
@overload
def known_word(kind: str, word: str | None, known: Iterable[str]) -> str | None: ...
def known_word(kind: str, word: str | None, known: Iterable[str]) -> str | None:
    """Return the word where it is known, None where there is none; raises UsageError otherwise."""
    known = tuple(known)
    if word is None or word in known:
        return word
    near = closest(word, known)
    hint = f"; did you mean '{near}'?" if near else ""
    msg = f"unknown {kind} '{harmless(word)}'{hint}"
    raise UsageError(msg)

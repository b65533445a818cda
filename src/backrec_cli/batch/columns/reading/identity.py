"""The patient's identifier as a column: harmless to show, as the reference shows it."""

from collections.abc import Sequence

import polars as pl

from backrec_cli.batch.columns.reading.recorded import ID
from backrec_cli.facts.definition import FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile.parts import UNKNOWN
from backrec_cli.profile.text import harmless

IDENTIFIER = "patient.id"


def is_shown_as_text(dictionary: FactDictionary) -> bool:
    """Whether the identifier is free text, or no fact at all."""
    definition = dictionary.get(IDENTIFIER)
    return definition is None or definition.type is FactType.TEXT


def identifiers(texts: Sequence[str | None]) -> pl.Series:
    """Return the identifiers that are written; null where there is none, or none that is known."""
    plain = "".join(filter(None, texts))
    if plain.isascii() and plain.isprintable() and " " not in plain:
        shown = pl.Series(ID, texts, dtype=pl.String)
        return shown.set(shown.is_in(["", UNKNOWN]), None)
    return pl.Series(ID, [_shown(text) for text in texts], dtype=pl.String)


def _shown(text: str | None) -> str | None:
    """Return an identifier as it is shown."""
    if text is None or text == UNKNOWN:
        return None
    return harmless(text.strip()) or None

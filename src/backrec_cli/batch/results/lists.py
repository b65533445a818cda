"""How the lists of the table stand in it as text, so that a format writes them as they are."""

from dataclasses import dataclass

import polars as pl

from backrec_cli.batch.row import LISTS, SEPARATOR

# What JSON does not allow in a text, the signs that some readers take for line ends, and the one
# that divides the entries of a list while it is plain.
_ESCAPED = [
    *(chr(code) for code in (*range(0x20), 0x7F, 0x85, 0x2028, 0x2029, ord('"'), ord("\\"))),
    SEPARATOR,
]
_ESCAPES = [f"\\u{ord(sign):04x}" for sign in _ESCAPED]
_ANY_ESCAPED = r'[\x00-\x1f\x7f\x{85}\x{2028}\x{2029}"\\;]'


@dataclass(frozen=True, slots=True)
class ListShape:
    """What stands around each entry, and what between two; for no entries there is nothing."""

    quote: str
    between: str

    def entry(self, word: str) -> str:
        """Return an id as an entry; no id holds what would have to be escaped."""
        return f"{self.quote}{word}{self.quote}"

    def of(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return a table whose lists are `PLAIN` with those that it has in this shape."""
        if self == PLAIN:
            return frame
        return frame.with_columns(self._of(name) for name in LISTS if name in frame.columns)

    def _of(self, name: str) -> pl.Expr:
        entries = pl.col(name)
        if name == "errors" and self == QUOTED:
            entries = entries.str.replace_many(_ESCAPED[:-1], _ESCAPES[:-1])
        between = f"{self.quote}{self.between}{self.quote}"
        divided = entries.str.replace_all(SEPARATOR, between, literal=True)
        quoted = pl.concat_str(pl.lit(self.quote), divided, pl.lit(self.quote))
        return pl.when(pl.col(name) == "").then(pl.col(name)).otherwise(quoted).alias(name)


PLAIN = ListShape(quote="", between=SEPARATOR)
"""Ids with the separator between them, as rows become a table."""

QUOTED = ListShape(quote='"', between=",")
"""What stands between the brackets of a list in JSON."""


def json_text(text: pl.Series) -> pl.Series:
    """Return texts with what JSON does not allow in them, and the separator, as escapes."""
    odd = text.str.contains(_ANY_ESCAPED).any()
    return text.str.replace_many(_ESCAPED, _ESCAPES) if odd else text

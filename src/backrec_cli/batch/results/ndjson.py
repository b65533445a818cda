"""A table of results -> NDJSON: one object a line, put together column by column."""

from io import BytesIO

import polars as pl

from backrec_cli.batch.row import LISTS, SEPARATOR

# What JSON does not allow in a text, the signs that some readers take for line ends, and the one
# that divides the entries of a list until the line is whole.
_ESCAPED = [
    *(chr(code) for code in (*range(0x20), 0x7F, 0x85, 0x2028, 0x2029, ord('"'), ord("\\"))),
    SEPARATOR,
]
_ESCAPES = [f"\\u{ord(sign):04x}" for sign in _ESCAPED]
_ANY_ESCAPED = r'[\x00-\x1f\x7f\x{85}\x{2028}\x{2029}"\\;]'


def encode_ndjson(frame: pl.DataFrame) -> bytes:
    """Return one line for each row, each with its line end."""
    buffer = BytesIO()
    # Text in the shape of JSON is written several times faster than lists by a writer of JSON.
    frame.select(_line()).write_csv(buffer, include_header=False, quote_style="never")
    return buffer.getvalue()


def _line() -> pl.Expr:
    """Return a row as one JSON object.

    The lists are divided, and the empty ones emptied, in the whole line at once: no text in it
    holds a bare separator or quotation mark.
    """
    parts = [pl.lit('{"id":'), _text_or_null(_escaped("id")), pl.lit(',"verdict":"')]
    parts += [pl.col("verdict"), pl.lit('"')]
    for name in LISTS:
        entries = _entries_escaped(name) if name == "errors" else pl.col(name)
        parts += [pl.lit(f',"{name}":["'), entries, pl.lit('"]')]
    parts += [pl.lit(',"pack_digest":"'), pl.col("pack_digest"), pl.lit('","as_of":')]
    parts += [_text_or_null(pl.col("as_of").cast(pl.String())), pl.lit("}")]
    line = pl.concat_str(parts)
    divided = line.str.replace_all(SEPARATOR, '","', literal=True)
    return divided.str.replace_all('[""]', "[]", literal=True)


def _text_or_null(text: pl.Expr) -> pl.Expr:
    """Return texts in quotation marks, null where there is none."""
    return pl.concat_str([pl.lit('"'), text, pl.lit('"')]).fill_null("null")


def _escaped(name: str) -> pl.Expr:
    """Return a column with what JSON does not allow in a text, and the separator, as escapes."""
    escaped = pl.col(name).str.replace_many(_ESCAPED, _ESCAPES)
    return pl.when(pl.col(name).str.contains(_ANY_ESCAPED)).then(escaped).otherwise(pl.col(name))


def _entries_escaped(name: str) -> pl.Expr:
    """Return a column of entries with each of them escaped, and the separators between them."""
    return pl.col(name).str.replace_many(_ESCAPED[:-1], _ESCAPES[:-1])

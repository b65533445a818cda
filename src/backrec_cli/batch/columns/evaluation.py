"""Recorded facts of many patients -> verdicts and lists of ids, by bit planes."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from backrec_cli.batch.columns.program import VERDICT, Judgement
from backrec_cli.batch.columns.reading.arrays import Column
from backrec_cli.batch.columns.reading.recorded import NOT_RECORDED
from backrec_cli.batch.columns.recorded import WHY
from backrec_cli.batch.row import SEPARATOR
from backrec_cli.expression.compiler.lowering import in_order
from backrec_cli.expression.compiler.planes import NOTHING, Program, Rows, Values
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reading import Absence

_REASONS = np.array([*map(float, range(len(Absence))), NOTHING])
"""The places in Absence as numbers; behind the last stands what NONE is."""

_TOGETHER = 8
"""How many ids of a list are looked up together: their bits are one byte, a place in 256 texts."""


class PlaneEvaluation:
    """Evaluates one judgement over many frames; a column that one lacks was never mentioned."""

    def __init__(self, judgement: Judgement, dictionary: FactDictionary) -> None:
        """Compile the judgement; raises NotColumnarError for what planes cannot hold."""
        self.judgement = judgement
        self.texts = _texts(judgement, dictionary)
        self.program = Program(judgement.terms, self.texts)
        # Each word's place among all texts; behind the last stands what NONE is.
        self._places = {
            path: np.array([*(self.program.texts[word] for word in fact.choices), NOTHING])
            for path, fact in dictionary.definitions.items()
        }

    def run(self, columns: Mapping[str, Column], count: int) -> pl.DataFrame:
        """Return the verdict and the lists of every row of some columns."""
        rows = Rows(count)
        found = self.program.run(self._values(columns, rows), rows)
        verdict = found[self.judgement.verdict]
        codes = np.broadcast_to(np.asarray(verdict, dtype=np.float64), count)
        lists = [
            _joined(name, [(word, found[term]) for word, term in parts], rows)
            for name, parts in self.judgement.lists.items()
        ]
        texts = pl.Series(VERDICT, self.texts, dtype=pl.String)
        return pl.DataFrame([texts.gather(codes.astype(np.uint32)), *lists])

    def _values(self, columns: Mapping[str, Column], rows: Rows) -> dict[str, Values]:
        """Return columns as planes and numbers; one that is not there was never mentioned."""
        values: dict[str, Values] = {}
        for name in self.program.columns:
            column = columns.get(name)
            if column is None:
                values[name] = float(NOT_RECORDED) if name.endswith(WHY) else NOTHING
            elif column.dtype == np.int16:
                values[name] = self._places[name][column]
            elif column.dtype == np.float64:
                values[name] = column.astype(np.float64, copy=False)
            elif name.endswith(WHY):
                values[name] = _REASONS[column]
            else:
                values[name] = rows.bits(column == 1), rows.bits(column == 0)
        return values


def _texts(judgement: Judgement, dictionary: FactDictionary) -> list[str]:
    """Return every text that a column or a constant can hold, once."""
    order = in_order(judgement.terms)
    constants = (each.value for each in order if each.operation == "constant")
    choices = (word for fact in dictionary.definitions.values() for word in fact.choices)
    return list(dict.fromkeys([*(text for text in constants if isinstance(text, str)), *choices]))


def _joined(name: str, parts: Sequence[tuple[str, Values]], rows: Rows) -> pl.Series:
    """Return the ids that hold in each row as one text."""
    present = [(word, value[0]) for word, value in parts if isinstance(value, tuple) and value[0]]
    if not present:
        return pl.Series(name, [""], dtype=pl.String).new_from_index(0, rows.count)
    texts = [_looked_up(group, rows) for group in _batched(present)]
    frame = pl.DataFrame([text.alias(str(place)) for place, text in enumerate(texts)])
    joined = frame.select(pl.concat_str(pl.all()).str.strip_suffix(SEPARATOR).alias(name))
    return joined[name]


def _batched(parts: Sequence[tuple[str, int]]) -> Iterator[Sequence[tuple[str, int]]]:
    for start in range(0, len(parts), _TOGETHER):
        yield parts[start : start + _TOGETHER]


def _looked_up(group: Sequence[tuple[str, int]], rows: Rows) -> pl.Series:
    """Return the ids of a few planes, each with the separator after it."""
    places = np.zeros(rows.count, dtype=np.uint32)
    texts = [""]
    for bit, (word, plane) in enumerate(group):
        places |= rows.flags(plane).astype(np.uint32) << np.uint32(bit)
        texts += [f"{text}{word}{SEPARATOR}" for text in texts]
    return pl.Series("", texts, dtype=pl.String).gather(places)

"""A frame of recorded facts -> verdicts and lists of ids, by bit planes."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from backrec_cli.batch.columns.answers import Asking
from backrec_cli.batch.columns.program import VERDICT, Judgement
from backrec_cli.batch.columns.recorded import truth_columns
from backrec_cli.batch.row import SEPARATOR
from backrec_cli.expression.compiler.lowering import in_order
from backrec_cli.expression.compiler.planes import Program
from backrec_cli.expression.compiler.rows import Rows
from backrec_cli.expression.compiler.terms import Term, compared, constant
from backrec_cli.facts.dictionary import FactDictionary

_TOGETHER = 8
"""How many ids of a list are looked up together: their bits are one byte, a place in 256 texts."""


class PlaneEvaluation:
    """Evaluates one judgement over many frames; a column that one lacks was never mentioned."""

    def __init__(self, judgement: Judgement, dictionary: FactDictionary) -> None:
        """Compile the judgement; raises NotColumnarError for what planes cannot hold."""
        verdict = judgement.verdict
        self._parts: Mapping[str, Sequence[tuple[str, Term]]] = {
            VERDICT: [
                (word, compared("eq", verdict, constant(word)))
                for word in dict.fromkeys(_words(verdict))
            ],
            **judgement.lists,
        }
        texts = _texts(judgement, dictionary)
        wanted = [term for parts in self._parts.values() for _, term in parts]
        self._program = Program(wanted, frozenset(truth_columns(dictionary)), texts)
        self._asking = Asking(self._program, texts)

    def run(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the verdict and the lists of every row."""
        rows = Rows(frame.height)
        found = self._program.run(*self._asking.planes_and_numbers(frame, rows), rows)
        return pl.DataFrame(
            _joined(name, [(word, found[term]) for word, term in parts], rows)
            for name, parts in self._parts.items()
        )


def _texts(judgement: Judgement, dictionary: FactDictionary) -> list[str]:
    """Return every text that a column or a constant can hold, once."""
    order = in_order(judgement.terms)
    constants = (each.value for each in order if each.operation == "constant")
    choices = (word for fact in dictionary.definitions.values() for word in fact.choices)
    return list(dict.fromkeys([*(text for text in constants if isinstance(text, str)), *choices]))


def _words(verdict: Term) -> Sequence[str]:
    """Return the texts that a choice between texts can come to."""
    if verdict.operation != "chosen":
        return [str(verdict.value)]
    return list(dict.fromkeys(word for side in verdict.arguments[1:] for word in _words(side)))


def _joined(name: str, parts: Sequence[tuple[str, int]], rows: Rows) -> pl.Series:
    """Return the ids that hold in each row as one text."""
    present = [(word, plane) for word, plane in parts if plane]
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

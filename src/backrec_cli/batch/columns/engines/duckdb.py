"""Recorded facts of many patients -> verdicts and lists of ids, by DuckDB."""

from collections.abc import Iterator, Mapping, Sequence

import duckdb
import narwhals as nw
import polars as pl

from backrec_cli.batch.columns.engines.schema import in_fixed_kinds
from backrec_cli.batch.columns.engines.stages import ROW, stages_of
from backrec_cli.batch.columns.found import Found
from backrec_cli.batch.columns.program import Judgement
from backrec_cli.batch.columns.reading.arrays import Column
from backrec_cli.batch.columns.reading.frame import frame_of
from backrec_cli.batch.results.lists import PLAIN, ListShape
from backrec_cli.batch.tally import Tally
from backrec_cli.facts.dictionary import FactDictionary

_DEPTH = 4
"""Of a stage: lower, and more is passed on; higher, and more is written for each stage."""


class DuckEvaluation:
    """Evaluates one judgement over many frames, in a database that is held in memory."""

    def __init__(
        self, judgement: Judgement, dictionary: FactDictionary, lists: ListShape = PLAIN
    ) -> None:
        """Cut the judgement into stages; the first frame has them written as SQL."""
        self._lists = lists
        self._dictionary = dictionary
        self._stages = stages_of(judgement, _DEPTH)
        # One process judges beside others, and each is given one core.
        self._database = duckdb.connect(":memory:", config={"threads": 1})
        self._queries: list[str] = []

    def judge(self, columns: Mapping[str, Column], count: int, apart: Sequence[int]) -> Found:
        """Return the verdict and the lists of every row, those apart not counted."""
        found = self._run(frame_of(columns, self._dictionary))
        if found.height != count:
            msg = f"{count} records gave {found.height} rows"
            raise RuntimeError(msg)
        counted = found.filter(~pl.int_range(pl.len()).is_in(apart))
        return Found(self._lists.of(found), Tally.of(counted))

    def _run(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the verdict and the lists of every row as plain text, in the frame's order."""
        read = in_fixed_kinds(frame, self._stages.columns, self._dictionary)
        self._database.register(_table(0), read.to_arrow())
        for number, query in enumerate(self._written()):
            self._database.execute(f"CREATE TEMP TABLE {_table(number + 1)} AS {query}")
            if number:
                self._database.execute(f"DROP TABLE {_table(number)}")
        self._database.unregister(_table(0))
        last = _table(len(self._stages.plans))
        found = self._database.table(last).order(ROW).to_arrow_table()
        self._database.execute(f"DROP TABLE {last}")
        return pl.DataFrame(found).drop(ROW)

    def _written(self) -> Iterator[str]:
        """Yield the query of each stage once the table it reads is there.

        Writing them takes far longer than running them, so they are kept.
        """
        for number, plan in enumerate(self._stages.plans):
            if number == len(self._queries):
                table = nw.from_native(self._database.table(_table(number)))
                self._queries.append(plan.run(table).to_native().sql_query())
            yield self._queries[number]


def _table(number: int) -> str:
    """Return the name of the table that a stage reads."""
    return f"stage{number}"

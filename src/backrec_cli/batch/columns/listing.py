"""Planes of ids -> the lists of each row as text, looked up eight ids at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from backrec_cli.batch.results.lists import ListShape
from backrec_cli.expression.compiler.rows import BYTE, Rows

_LATER = 1 << BYTE
"""Behind the texts that begin a list stand as many that go on with one."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the table: the ids that can stand in it, in their order, and how it is written."""

    words: Sequence[str]
    shape: ListShape

    def texts(self, group: Sequence[int]) -> list[str]:
        """Return what a few of the ids come to, for every combination of them.

        First as the beginning of a list, and then as what follows on others.
        """
        later = [""]
        for place in group:
            entry = self.shape.between + self.shape.entry(self.words[place])
            later += [text + entry for text in later]
        first = [text.removeprefix(self.shape.between) for text in later]
        return [*first, *[""] * (_LATER - len(first)), *later, *[""] * (_LATER - len(later))]


class Listings:
    """The lists of a table, for frame after frame.

    Only ids that held somewhere are looked up; which these are is much the same in every frame.
    """

    def __init__(self, lists: Mapping[str, Listed]) -> None:
        """Keep the lists in their order."""
        self._lists = lists
        self._seen: dict[str, frozenset[int]] = dict.fromkeys(lists, frozenset())
        self._groups: list[tuple[str, Sequence[int]]] = []
        self._texts = pl.Series(dtype=pl.String)

    def frame(self, planes: Mapping[str, Sequence[int]], rows: Rows) -> pl.DataFrame:
        """Return the lists as text; `planes` says for each id of each list where it stands."""
        self._see(planes)
        texts = self._texts.gather(self._places(planes, rows).ravel())
        parts: dict[str, list[str]] = {name: [] for name in self._lists}
        columns = []
        for number, (name, _) in enumerate(self._groups):
            columns.append(texts.slice(number * rows.count, rows.count).alias(str(number)))
            parts[name].append(str(number))
        nothing = pl.repeat("", rows.count, dtype=pl.String)
        return pl.DataFrame(columns).select(
            (pl.concat_str(own) if own else nothing).alias(name) for name, own in parts.items()
        )

    def _see(self, planes: Mapping[str, Sequence[int]]) -> None:
        """Make texts for ids that hold for the first time."""
        held = {
            name: frozenset(place for place, plane in enumerate(of_list) if plane)
            for name, of_list in planes.items()
        }
        if all(held[name] <= self._seen[name] for name in self._lists):
            return
        self._seen = {name: self._seen[name] | held[name] for name in self._lists}
        self._groups = [
            (name, group) for name, seen in self._seen.items() for group in _batched(sorted(seen))
        ]
        texts = [text for name, group in self._groups for text in self._lists[name].texts(group)]
        self._texts = pl.Series(texts, dtype=pl.String)

    def _places(self, planes: Mapping[str, Sequence[int]], rows: Rows) -> NDArray[np.uint32]:
        """Return for each group the place of each row's text among all texts."""
        laid: list[int] = []
        before: list[int] = []
        begun = dict.fromkeys(self._lists, 0)
        for name, group in self._groups:
            held = [planes[name][place] for place in group]
            laid += [*held, *[0] * (BYTE - len(held))]
            before.append(begun[name])
            for plane in held:
                begun[name] |= plane
        places = rows.octets(laid) + rows.table(before) * np.uint32(_LATER)
        starts = np.arange(len(self._groups), dtype=np.uint32) * np.uint32(2 * _LATER)
        whole: NDArray[np.uint32] = places + starts[:, np.newaxis]
        return whole


def _batched(places: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(places), BYTE):
        yield places[start : start + BYTE]

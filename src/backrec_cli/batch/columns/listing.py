"""Planes of ids -> the list of each row as text, looked up eight ids at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from backrec_cli.batch.results.lists import ListShape
from backrec_cli.expression.compiler.rows import BYTE, Rows

_LATER = 1 << BYTE
"""Behind the texts that begin a list stand those that go on with one."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A few ids: where their planes are, and the texts of all that can hold of them together."""

    places: tuple[int, ...]
    texts: pl.Series


class Listing:
    """One list of the table, for frame after frame.

    Only ids that held somewhere are looked up; which ones, is much the same in every frame.
    """

    def __init__(self, name: str, words: Sequence[str], shape: ListShape) -> None:
        """Keep the ids in their order."""
        self.name = name
        self.words = words
        self._entries = [shape.entry(word) for word in words]
        self._between = shape.between
        self._seen: frozenset[int] = frozenset()
        self._groups: Sequence[_Group] = ()

    def texts(self, planes: Sequence[int], rows: Rows) -> pl.Series:
        """Return the ids that hold in each row as one text; `planes` says where each holds."""
        held = {place for place, plane in enumerate(planes) if plane}
        if not held:
            return pl.Series(self.name, [""], dtype=pl.String).new_from_index(0, rows.count)
        if not held <= self._seen:
            self._seen |= held
            self._groups = self._grouped()
        parts = [
            group.texts.gather(places).alias(str(number))
            for number, (group, places) in enumerate(
                zip(self._groups, self._places(planes, rows), strict=True)
            )
        ]
        return pl.DataFrame(parts).select(pl.concat_str(pl.all()).alias(self.name)).to_series()

    def _grouped(self) -> Sequence[_Group]:
        """Return the ids that were seen in groups, with their texts."""
        seen = sorted(self._seen)
        batches = [tuple(seen[start : start + BYTE]) for start in range(0, len(seen), BYTE)]
        return [
            _Group(batch, _combined([self._entries[place] for place in batch], self._between))
            for batch in batches
        ]

    def _places(self, planes: Sequence[int], rows: Rows) -> NDArray[np.uint32]:
        """Return for each group the place of each row's text."""
        laid: list[int] = []
        before: list[int] = []
        begun = 0
        for group in self._groups:
            held = [planes[place] for place in group.places]
            laid += [*held, *[0] * (BYTE - len(held))]
            before.append(begun)
            for plane in held:
                begun |= plane
        return rows.octets(laid) + rows.table(before) * np.uint32(_LATER)


def _combined(entries: Sequence[str], between: str) -> pl.Series:
    """Return the texts of every combination of a few entries, first without anything before it."""
    later = [""]
    for entry in entries:
        later += [f"{text}{between}{entry}" for text in later]
    first = [text.removeprefix(between) for text in later]
    unused = [""] * (_LATER - len(first))
    return pl.Series([*first, *unused, *later], dtype=pl.String)

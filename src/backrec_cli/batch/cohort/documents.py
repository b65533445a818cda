"""Records that were read one by one, each a document of its own: of an array, or of a folder."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backrec_cli.batch.record import Record

MOST = 20_000
"""How many such records make a chunk at the most."""


@dataclass(frozen=True, slots=True)
class Documents:
    """Some records, carried along; there is at least one."""

    name: str
    held: tuple[Record, ...]
    extent: int

    @property
    def first(self) -> int:
        """The number of the first record."""
        return self.held[0].number

    @property
    def count(self) -> int:
        """How many records they are."""
        return len(self.held)

    def records(self) -> Iterator[Record]:
        """Yield the records."""
        return iter(self.held)


def gathered(records: Iterable[Record], size: int) -> Iterator[tuple[Record, ...]]:
    """Yield records in groups of about `size` bytes, in their order."""
    group: list[Record] = []
    have = 0
    for record in records:
        group.append(record)
        have += len(record.raw)
        if have >= size or len(group) >= MOST:
            yield tuple(group)
            group, have = [], 0
    if group:
        yield tuple(group)

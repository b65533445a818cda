"""A stretch of a cohort that one process judges, and the answer it gives."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from backrec_cli.batch.record import Record, Reject
from backrec_cli.batch.tally import Tally

if TYPE_CHECKING:
    import polars as pl


class Chunk(Protocol):
    """Some records of a cohort in their order; small enough to be held in memory, and picklable."""

    @property
    def first(self) -> int:
        """The number of its first record, from 1."""
        ...

    @property
    def extent(self) -> int:
        """How much of the cohort it stands for, in the unit of `Cohort.size`."""
        ...

    def records(self) -> Iterator[Record]:
        """Yield every record, also those that give no document; never raises for one of them."""
        ...


class Cohort(Protocol):
    """A whole input, read chunk by chunk in one pass."""

    @property
    def name(self) -> str:
        """The input, as it is shown."""
        ...

    @property
    def size(self) -> int | None:
        """How long the input is (bytes of the file as it lies there, or records); None: unknown."""
        ...

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks in order; raises UsageError where the input itself cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What one chunk came to.

    frame    one row for each record, in order, with the columns of `Row` (lists as text, in the
             shape that the assessor was made for; `as_of` as a Date).
    tally    what its rows come to.
    rejects  the records that could not be assessed.
    remark   what the user should know of how it was judged; said once for a run.
    """

    frame: "pl.DataFrame"
    tally: Tally
    rejects: tuple[Reject, ...]
    remark: str = ""


class Assessor(Protocol):
    """Judges chunks; made once in each process."""

    def assess(self, chunk: Chunk) -> Answer:
        """Return one row for each record of the chunk, whatever is wrong with it."""
        ...

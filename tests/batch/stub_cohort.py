"""Cohorts that are made up: chunks that live in memory, some of which do harm."""

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.record import Record
from backrec_cli.errors import UsageError
from tests.batch.patients import patient


class Harm(Enum):
    """What happens when the records of a chunk are asked for."""

    NONE = auto()
    KILLED = auto()
    MENDABLE = auto()
    VANISHED = auto()
    BUG = auto()


@dataclass(frozen=True)
class StubChunk:
    """Records of one kind; `lost` of them never come."""

    first: int
    records_held: int
    kind: str = "clean"
    harm: Harm = Harm.NONE
    lost: int = 0

    @property
    def extent(self) -> int:
        """One for each record."""
        return self.records_held

    @property
    def count(self) -> int:
        """How many records it should give."""
        return self.records_held

    def records(self) -> Iterator[Record]:
        """Yield the records, or do harm."""
        match self.harm:
            case Harm.KILLED:
                os.kill(os.getpid(), signal.SIGKILL)
            case Harm.MENDABLE:
                msg = "the cohort became shorter"
                raise UsageError(msg)
            case Harm.VANISHED:
                raise FileNotFoundError(2, "No such file or directory", "c.ndjson")
            case Harm.BUG:
                msg = "patient data"
                raise ValueError(msg)
            case Harm.NONE:
                pass
        for number in range(self.first, self.first + self.records_held - self.lost):
            raw = patient(self.kind, f"P{number}").encode()
            yield Record(number, f"stub:{number}", raw, raw)


@dataclass(frozen=True)
class StubCohort:
    """Chunks in an order."""

    held: Sequence[StubChunk]
    name: str = "stub"

    @property
    def size(self) -> int:
        """How many records there are."""
        return sum(chunk.extent for chunk in self.held)

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks."""
        yield from self.held


def stub_cohort(sizes: Sequence[int], *, kind: str = "clean", harm: Harm = Harm.NONE) -> StubCohort:
    """Return a cohort of chunks of these sizes, the second of which does harm."""
    chunks, first = [], 1
    for place, size in enumerate(sizes):
        chunks.append(StubChunk(first, size, kind, harm if place == 1 else Harm.NONE))
        first += size
    return StubCohort(chunks)

"""Chunks -> pieces in the chunks' order, judged by several processes.

Each process has a pipe of its own to this one and to nobody else. So whichever end dies, the other
finds its pipe closed: a worker that was killed ends the run, and no worker outlives a run.
"""

import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from traceback import format_exception
from typing import TypeVar

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.piece import Job, Judge, Piece
from backrec_cli.batch.standby import Standby, get_ready
from backrec_cli.errors import BackrecError, UsageError
from backrec_cli.errors.show import harmless

Made = TypeVar("Made")

# One chunk that a worker judges and one that it finds waiting.
_AHEAD = 2
# Chunks that are in the workers, or judged and waiting for their turn, for each worker.
_WINDOW = 3


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a worker could not judge a chunk: what the user can mend, or a bug."""

    text: str
    mendable: bool

    def error(self) -> Exception:
        """Return the error that the run ends with."""
        return UsageError(self.text) if self.mendable else RuntimeError(self.text)


@dataclass(slots=True)
class Worker:
    """A process that knows its job, seen from the one that started it."""

    standby: Standby
    given: deque[int] = field(default_factory=deque)

    @property
    def pipe(self) -> Connection:
        """What chunks are sent through, and pieces received."""
        return self.standby.pipe

    def begin(self, job: Job) -> None:
        """Say what the job is."""
        try:
            self.pipe.send(job)
        except OSError as error:
            raise self._gone() from error

    def give(self, number: int, chunk: Chunk) -> None:
        """Send a chunk."""
        try:
            self.pipe.send(chunk)
        except OSError as error:
            raise self._gone() from error
        self.given.append(number)

    def take(self) -> tuple[int, Piece]:
        """Receive the piece of the chunk given longest ago, with its number."""
        try:
            answer = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise self._gone() from error
        if isinstance(answer, Trouble):
            raise answer.error()
        return self.given.popleft(), answer

    def _gone(self) -> UsageError:
        """Say how a process ended that should still be there."""
        code = self.standby.exit_code()
        how = f"with code {code}"
        if code is not None and code < 0:
            how = f"by {signal.Signals(-code).name}"
        return UsageError(
            f"a worker process was ended {how}\n"
            "  hint: if memory ran out, a lower number of --jobs needs less"
        )


def judged_by_workers(
    chunks: Iterator[Chunk], job: Job, jobs: int, ready: Sequence[Standby] = ()
) -> Iterator[Piece]:
    """Yield the piece of each chunk, in the chunks' order; raises BackrecError for trouble.

    ready  processes that were started before; where they are too few, more are.
    """
    standing = [*ready[:jobs]]
    try:
        standing.extend(get_ready() for _ in range(jobs - len(standing)))
        workers = [Worker(each) for each in standing]
        for worker in workers:
            worker.begin(job)
        yield from _in_order(chunks, workers)
    finally:
        for each in standing:
            each.stop()


def _in_order(chunks: Iterator[Chunk], workers: list[Worker]) -> Iterator[Piece]:
    """Yield pieces by their numbers, with a bounded number of chunks on the way."""
    judged: dict[int, Piece] = {}
    given = yielded = 0
    more = True
    while True:
        while more and given - yielded < _WINDOW * len(workers):
            freest = min(workers, key=lambda worker: len(worker.given))
            if len(freest.given) >= _AHEAD:
                break
            chunk = next(chunks, None)
            if chunk is None:
                more = False
                break
            freest.give(given, chunk)
            given += 1
        if not more and given == yielded:
            return
        pipes = {worker.pipe: worker for worker in workers if worker.given}
        for pipe in wait(list(pipes)):
            number, piece = next(w for p, w in pipes.items() if p is pipe).take()
            judged[number] = piece
        while yielded in judged:
            yield judged.pop(yielded)
            yielded += 1


def work(pipe: Connection) -> None:
    """Judge chunks from a pipe until it is closed; the job comes first."""
    try:
        job: Job = pipe.recv()
    except (EOFError, OSError):
        # There was nothing to do after all.
        return
    chunks: SimpleQueue[Chunk | None] = SimpleQueue()
    Thread(target=_fetch, args=(pipe, chunks), daemon=True).start()
    judge = or_trouble(lambda: Judge(job))
    while (chunk := chunks.get()) is not None:
        answer = judge if isinstance(judge, Trouble) else or_trouble(partial(judge.piece, chunk))
        try:
            pipe.send(answer)
        except OSError:
            # Nobody waits for it any more.
            return


def or_trouble(attempt: Callable[[], Made]) -> Made | Trouble:
    """Return what an attempt makes, or why it cannot be made."""
    try:
        return attempt()
    except BackrecError as error:
        return Trouble(str(error), mendable=True)
    except OSError as error:
        return Trouble(f"'{harmless(str(error.filename))}': {error.strerror}", mendable=True)
    except Exception as error:  # noqa: BLE001 - the process that prints errors is another one.
        return Trouble("".join(format_exception(error)), mendable=False)


def _fetch(pipe: Connection, chunks: "SimpleQueue[Chunk | None]") -> None:
    """Take chunks out of the pipe while others are judged, so that its other end never waits."""
    with suppress(EOFError, OSError):
        while True:
            chunks.put(pipe.recv())
    chunks.put(None)

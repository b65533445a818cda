"""Chunks -> pieces in the chunks' order, judged by several processes.

Each process has a pipe of its own to this one and to nobody else. So whichever end dies, the other
finds its pipe closed: a worker that was killed ends the run, and no worker outlives a run.
"""

import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from queue import SimpleQueue
from threading import Thread
from traceback import format_exception
from typing import TypeVar

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.piece import Job, Judge, Piece
from backrec_cli.errors import BackrecError, UsageError
from backrec_cli.errors.show import harmless

Made = TypeVar("Made")

# One chunk that a worker judges and one that it finds waiting.
_AHEAD = 2
# Chunks that are in the workers, or judged and waiting for their turn, for each worker.
_WINDOW = 3
_PATIENCE = 5.0


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
    """One process, seen from the one that started it."""

    process: SpawnProcess
    pipe: Connection
    given: deque[int] = field(default_factory=deque)

    @classmethod
    def started(cls, context: SpawnContext, job: Job) -> "Worker":
        """Start a process that waits for chunks."""
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, job), daemon=True)
        with _signals_held_back():
            process.start()
        theirs.close()
        return cls(process, ours)

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

    def stop(self) -> None:
        """End the process, whatever it is at."""
        self.pipe.close()
        self.process.terminate()
        self.process.join(_PATIENCE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        self.process.close()

    def _gone(self) -> UsageError:
        """Say how a process ended that should still be there."""
        self.process.join(_PATIENCE)
        code = self.process.exitcode
        how = f"with code {code}"
        if code is not None and code < 0:
            how = f"by {signal.Signals(-code).name}"
        return UsageError(
            f"a worker process was ended {how}\n"
            "  hint: if memory ran out, a lower number of --jobs needs less"
        )


def judged_by_workers(chunks: Iterator[Chunk], job: Job, jobs: int) -> Iterator[Piece]:
    """Yield the piece of each chunk, in the chunks' order; raises BackrecError for trouble."""
    # It starts a process of its own, and while that lets signals through.
    resource_tracker.ensure_running()
    context = get_context("spawn")
    workers: list[Worker] = []
    try:
        workers.extend(Worker.started(context, job) for _ in range(jobs))
        yield from _in_order(chunks, workers)
    finally:
        for worker in workers:
            worker.stop()


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


def work(pipe: Connection, job: Job) -> None:
    """Judge chunks from a pipe until it is closed; the body of a worker process."""
    # Ctrl-C reaches every process of a terminal; what to do about it is decided in one of them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _let_through()
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


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Keep Ctrl-C from a process until it has said what it does about it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _let_through() -> None:
    """Undo in a new process what was held back while it was started."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})

"""Processes that get ready to judge while it is still found out what: started, imported, waiting.

Getting ready takes most of a second, as long as loading the rules does. This module imports nothing
that takes time, so that both can begin at once.
"""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

_PATIENCE = 5.0


@dataclass(slots=True)
class Standby:
    """One process that waits for its job, seen from the one that started it."""

    process: SpawnProcess
    pipe: Connection
    stopped: bool = False

    def stop(self) -> None:
        """End the process, whatever it is at; once is enough."""
        if self.stopped:
            return
        self.stopped = True
        self.pipe.close()
        self.process.terminate()
        self.process.join(_PATIENCE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        self.process.close()

    def exit_code(self) -> int | None:
        """Wait for a process that is about to end, and return its code."""
        self.process.join(_PATIENCE)
        return self.process.exitcode


def get_ready() -> Standby:
    """Start a process that gets ready."""
    # It starts a process of its own, and while that lets signals through.
    resource_tracker.ensure_running()
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_stand_by, args=(theirs,), daemon=True)
    with _signals_held_back():
        process.start()
    theirs.close()
    return Standby(process, ours)


@contextmanager
def standing_by(count: int) -> Iterator[Sequence[Standby]]:
    """Have some processes get ready, and end them when all is done."""
    ready: list[Standby] = []
    try:
        ready.extend(get_ready() for _ in range(count))
        yield ready
    finally:
        for each in ready:
            each.stop()


def _stand_by(pipe: Connection) -> None:
    """Get ready, and judge what comes; the body of the process."""
    # Ctrl-C reaches every process of a terminal; what to do about it is decided in one of them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    try:
        from backrec_cli.batch.workers import work  # noqa: PLC0415 - this is what takes its time.
    except ModuleNotFoundError:
        # Whoever waits for this process misses it too, and says so.
        return
    work(pipe)


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

"""How far a run is: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from backrec_cli.batch.chunk import Cohort

_EVERY_SECONDS = 10.0


class Progress(Protocol):
    """Something that is told how far a run is."""

    def advance(self, rows: int, extent: int) -> None:
        """Count more rows, and how much of the cohort they were."""
        ...


class Silence:
    """Says nothing."""

    def advance(self, rows: int, extent: int) -> None:
        """Let it pass."""


class Lines:
    """Says on stderr how far the run is, at most once in ten seconds."""

    def __init__(self, size: int | None) -> None:
        self._size = size
        self._rows = self._extent = 0
        self._started = self._said = time.monotonic()

    def advance(self, rows: int, extent: int) -> None:
        """Count, and say so where it is time."""
        self._rows += rows
        self._extent += extent
        now = time.monotonic()
        if now - self._said < _EVERY_SECONDS:
            return
        self._said = now
        rate = self._rows / (now - self._started)
        sys.stderr.write(f"{self._rows:,} records, {rate:,.0f} a second{self._share()}\n")

    def _share(self) -> str:
        """Say how much of the cohort that is, where its length is known."""
        return f", {min(self._extent / self._size, 1):.0%} of the input" if self._size else ""


@contextmanager
def progress_for(cohort: Cohort, *, quiet: bool) -> Iterator[Progress]:
    """Open what shows how far a run over a cohort is."""
    if quiet or sys.stderr is None:
        yield Silence()
    elif not sys.stderr.isatty():
        yield Lines(cohort.size)
    else:
        yield from _bar(cohort.size)


def _bar(size: int | None) -> Iterator[Progress]:
    """Open a bar with rate and time left."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.fields[rows]:,} records"),
        BarColumn(),
        TextColumn("{task.fields[rate]:,.0f}/s"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    started = time.monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=size, rows=0, rate=0)

        class Bar:
            rows = 0

            def advance(self, rows: int, extent: int) -> None:
                self.rows += rows
                rate = self.rows / max(time.monotonic() - started, 0.001)
                shown.update(task, advance=extent, rows=self.rows, rate=rate)

        yield Bar()

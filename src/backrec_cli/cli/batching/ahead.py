"""What a run is told -> how many processes it needs, those worth starting before all is loaded."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backrec_cli.batch.environment import BESIDE_OTHERS
from backrec_cli.cli.batching.request import BatchRequest

_LARGE = 16 * 1024 * 1024
"""A file of more bytes than this is more than one chunk, whatever it holds."""


def processes_for(request: BatchRequest) -> int:
    """Return how many processes judge: as many as asked for, else one for each core."""
    return request.jobs or _cores()


def processes_ahead(request: BatchRequest) -> int:
    """Return how many of them are worth starting at once; none where one may do."""
    processes = processes_for(request)
    if processes == 1 or request.engine == "pyspark":
        return 0
    return processes if _size(request.source) > _LARGE else 0


@contextmanager
def beside_others(processes: int) -> Iterator[None]:
    """Start each process as one among several, unless the environment says otherwise."""
    given: dict[str, str] = {}
    if processes > 1:
        given = {name: each for name, each in BESIDE_OTHERS.items() if name not in os.environ}
    os.environ.update(given)
    try:
        yield
    finally:
        for name in given:
            del os.environ[name]


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(source: str) -> int:
    """Return the size of a file; nothing of what is none, or is not there."""
    try:
        found = Path(source).stat()
    except (OSError, ValueError):
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0

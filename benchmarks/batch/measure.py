"""One command as a whole process on given cores -> wall time, processor time, peak of memory.

Memory is that of the process and all its children together, looked at twenty times a second, so
a shorter peak may be missed. Pages that processes share count in each of them (`peak`) or, where
asked, once (`proportional`, which costs some of the time that is measured). Linux only.
"""

import os
import resource
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.05
PROC = Path("/proc")
PAGE = os.sysconf("SC_PAGE_SIZE")
VERDICTS = (0, 1, 2, 3)
"""Exit codes of a program that did its job; 2 with broken records among them. Rows are counted."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one run took; memory in MB."""

    seconds: float
    processor: float
    peak: float
    proportional: float | None = None


def measure(
    command: list[str], cores: int, log: Path, *, environment: dict[str, str], share: bool = False
) -> Measurement:
    """Run a command on the first cores of the machine; raise SystemExit where it fails.

    share  also add up memory with shared pages counted once.
    """
    pinned = ["taskset", "-c", ",".join(map(str, range(cores))), *command]
    own = os.environ | {"POLARS_MAX_THREADS": str(cores)} | environment
    computed = _processor()
    peak = proportional = 0
    with log.open("wb") as errors:
        started = time.perf_counter()
        process = subprocess.Popen(pinned, stdout=subprocess.DEVNULL, stderr=errors, env=own)
        while True:
            try:
                process.wait(INTERVAL)
                break
            except subprocess.TimeoutExpired:
                family = _family(process.pid)
                peak = max(peak, sum(map(_resident, family)))
                if share:
                    proportional = max(proportional, sum(map(_proportional, family)))
        seconds = time.perf_counter() - started
    if process.returncode not in VERDICTS:
        said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        message = f"{' '.join(command)}\nended with {process.returncode}:\n{said}"
        raise SystemExit(message)
    shared = proportional / 1e6 if share else None
    return Measurement(seconds, _processor() - computed, peak / 1e6, shared)


def _processor() -> float:
    """Return the seconds that all finished children have computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(number: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [number]
    for each in found:
        for tasks in PROC.glob(f"{each}/task/*/children"):
            found += map(int, _read(tasks).split())
    return found


def _resident(number: int) -> int:
    """Return the bytes of a process that lie in memory; none where it is gone."""
    fields = _read(PROC / str(number) / "statm").split()
    return int(fields[1]) * PAGE if fields else 0


def _proportional(number: int) -> int:
    """Return the bytes of a process in memory, its part of the shared ones only."""
    for line in _read(PROC / str(number) / "smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: Path) -> str:
    """Return a file of the kernel; nothing where its process is gone."""
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""

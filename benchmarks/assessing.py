"""How many patients a second are read, settled and assessed with the shipped pack.

All three are measured in one run, round after round, on the patients of the examples, so that a
busy machine slows all alike; the fastest round of each says most, because noise only ever adds.
What is measured is processor time. `--profile` prints where the time of one of them goes.

    python benchmarks/assessing.py [--rounds 15] [--as-of 2026-03-16] [--profile assess]
"""

import argparse
import cProfile
import pstats
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from backrec_cli.engine import assess
from backrec_cli.engine.assess import situation_of
from backrec_cli.profile import read_profile
from backrec_cli.rulepack import load_pack, shipped_pack_folder

ROOT = Path(__file__).resolve().parent.parent
ROWS = 30


def main() -> int:
    """Measure, and exit 1 where assessing takes longer than the limit, in milliseconds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 3, 16))
    parser.add_argument("--profile", choices=("read", "settle", "assess"))
    parser.add_argument("--limit", type=float, default=10)
    options = parser.parse_args()
    works, patients = _works(options.as_of)
    if options.profile is not None:
        _print_profile(works[options.profile], options.rounds)
        return 0
    seconds = _measure(works, options.rounds)
    print(f"{'':8} {'a patient':>12} {'patients a second':>20}   ({patients} patients)")
    for name, fastest in seconds.items():
        print(f"{name:8} {fastest / patients * 1000:9.2f} ms {patients / fastest:20.0f}")
    return int(seconds["assess"] / patients * 1000 > options.limit)


def _works(as_of: date) -> tuple[dict[str, Callable[[], object]], int]:
    """Return what is done to all patients, by name, and how many patients there are."""
    pack = load_pack(shipped_pack_folder())
    files = [path.read_bytes() for path in sorted(ROOT.glob("examples/*/patient.json"))]
    profiles = [read_profile(data, "patient", pack.dictionary) for data in files]
    works: dict[str, Callable[[], object]] = {
        "read": lambda: [read_profile(data, "patient", pack.dictionary) for data in files],
        "settle": lambda: [situation_of(profile, pack, as_of, None) for profile in profiles],
        "assess": lambda: [assess(profile, pack, as_of) for profile in profiles],
    }
    return works, len(files)


def _measure(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Do everything once to warm up, and then in turn; return the fastest round of each."""
    for work in works.values():
        work()
    fastest = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            started = time.process_time()
            work()
            fastest[name] = min(fastest[name], time.process_time() - started)
    return fastest


def _print_profile(work: Callable[[], object], rounds: int) -> None:
    """Print the functions that take the most time of their own."""
    work()
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(rounds):
        work()
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(ROWS)


if __name__ == "__main__":
    sys.exit(main())

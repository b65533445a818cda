"""What loading the shipped pack costs on top of the interpreter's own start, and what `check` does.

Whole processes, in turn; bytecode is kept, as it is for an installed program. What is measured is
processor time, which waiting for a busy machine does not count in, and the fastest run says most:
noise only ever adds. `--against` measures another checkout in the same run (POSIX only).

    python benchmarks/loading.py [--runs 25] [--against FOLDER] [--limit 80]
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENT = ROOT / "examples" / "clean-elective" / "patient.json"
WARM_UPS = 2
IMPORT = "import backrec_cli.rulepack.loader, backrec_cli.rulepack.shipped"
LOAD = "from backrec_cli import rulepack as r; r.load_pack(r.shipped_pack_folder())"
CHECK = ("-m", "backrec_cli", "check", str(PATIENT), "--as-of", "2026-03-16")
PROGRAMS = {"import": ("-c", IMPORT), "import and load": ("-c", LOAD), "check": CHECK}


def main() -> int:
    """Measure; exit 1 where importing and loading take more than the limit, in milliseconds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=25)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--limit", type=float, default=80)
    options = parser.parse_args()
    checkouts = {"": ROOT} | ({"other: ": options.against} if options.against else {})
    with tempfile.TemporaryDirectory() as bytecode:
        seconds = _measure(checkouts, options.runs, bytecode)
    bare = min(seconds["bare interpreter"])
    over = {name: (min(times) - bare) * 1000 for name, times in seconds.items()}
    print(f"{'':24} fastest  median   over the bare interpreter")
    for name, times in seconds.items():
        middle = statistics.median(times) * 1000
        ratio = min(times) / bare
        print(
            f"{name:24} {min(times) * 1000:4.0f} ms {middle:4.0f} ms  {over[name]:4.0f} ms", end=""
        )
        print(f"  ({ratio:.1f} times)")
    return int(over["import and load"] > options.limit)


def _measure(checkouts: dict[str, Path], runs: int, bytecode: str) -> dict[str, list[float]]:
    """Run all programs in turn, after a few runs that only fill the caches."""
    seconds: dict[str, list[float]] = {}
    for number in range(runs + WARM_UPS):
        turns: list[tuple[str, tuple[str, ...], Path]] = [
            ("bare interpreter", ("-c", "pass"), ROOT)
        ]
        turns += [
            (f"{checkout}{name}", arguments, folder)
            for name, arguments in PROGRAMS.items()
            for checkout, folder in checkouts.items()
        ]
        for name, arguments, folder in turns:
            environment = _environment(folder, bytecode)
            started = _processor_time()
            subprocess.run(
                [sys.executable, *arguments], check=True, capture_output=True, env=environment
            )
            if number >= WARM_UPS:
                seconds.setdefault(name, []).append(_processor_time() - started)
    return seconds


def _processor_time() -> float:
    """Return the seconds that all finished programs have computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _environment(checkout: Path, bytecode: str) -> dict[str, str]:
    """Return the environment that runs the program of a checkout, with its bytecode kept."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(checkout / "src"), "PYTHONPYCACHEPREFIX": bytecode}


if __name__ == "__main__":
    sys.exit(main())

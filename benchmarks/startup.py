"""How long `backrec check` takes beside a bare typer program with two commands.

All are started in turn as whole processes, from the same interpreter, so that a busy machine slows
all alike. Prints the median and the fastest of each, and the ratios of the medians. A plain
`check PATH --as-of DATE` is read without typer (`cli/quick.py`), so backrec is measured a second
time with an option that typer has to read.

    python benchmarks/startup.py [--runs 15] [--limit 2.0]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "clean-elective" / "patient.json"
WARM_UPS = 2
BARE = """\
import typer

app = typer.Typer()


@app.command()
def check(path: str):
    print(path)


@app.command()
def other():
    pass


app()
"""


def main() -> int:
    """Measure both programs; exit 1 where the ratio is above the limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--limit", type=float, default=2.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        check = ["check", str(EXAMPLE), "--as-of", "2026-03-16"]
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        commands = {
            "bare typer": [sys.executable, str(bare), "check", str(EXAMPLE)],
            "backrec check": [*_backrec(), *check],
            "read by typer": [*_backrec(), *check, "--format", "text"],
        }
        seconds = _measure(commands, options.runs, _environment(folder))
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    for name, times in seconds.items():
        print(f"{name:14} median {medians[name] * 1000:6.0f} ms   best {min(times) * 1000:6.0f} ms")
    ratios = {name: median / medians["bare typer"] for name, median in medians.items()}
    print(
        f"backrec check takes {ratios['backrec check']:.2f} times as long (limit {options.limit})"
    )
    print(f"with an option that only typer reads, {ratios['read by typer']:.2f} times")
    return int(ratios["backrec check"] > options.limit)


def _backrec() -> list[str]:
    """Return how the program is started: its script, or its module where it is not installed."""
    script = Path(sys.executable).with_name("backrec")
    return [str(script)] if script.exists() else [sys.executable, "-m", "backrec_cli"]


def _environment(folder: str) -> dict[str, str]:
    """Return an environment in which bytecode is kept, as it is for an installed program."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": folder}


def _measure(
    commands: dict[str, list[str]], runs: int, environment: dict[str, str]
) -> dict[str, list[float]]:
    """Run all commands in turn, after a few runs that only fill the caches."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(runs + WARM_UPS):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=environment)
            if number >= WARM_UPS:
                seconds[name].append(time.perf_counter() - started)
    return seconds


if __name__ == "__main__":
    sys.exit(main())

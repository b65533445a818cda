"""`backrec batch` beside decoders, hand-written SQL and a rule engine: whole processes, one run.

    python benchmarks/batch/compare.py --yardstick FOLDER --folder DATA --json results.json
        [--backrec "backrec"] [-n 1000000] [--modes ndjson,csv] [--repeats 3]

All contenders of a mode take turns, pinned to the first one or two cores; the fastest turn counts,
because noise only ever adds. json-logic-engine takes part where `npm install` was run in the
yardstick's folder `node`. Patients and packs are made in DATA, patients only where they are not
there yet. Every file of results is counted: one with a row too few or too many ends the run. That
the rows say the same is shown by `verdicts.py --against`.

The modes are those of modes.py; scaling goes from a tenth of N to twice N. Exits 1 where a promise
is not kept.
"""

import argparse
import json
import platform
import sys
from dataclasses import asdict
from pathlib import Path

import polars as pl
from contenders import Bench, Contender
from measure import Measurement, measure
from modes import MODES, Promise, Result

Turns = dict[str, list[Measurement]]


def main() -> int:
    """Measure the modes asked for, print a table of each, and write all turns as JSON."""
    options = _options()
    options.folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(options.backrec, options.yardstick.resolve(), options.folder.resolve())
    modes: dict[str, object] = {}
    report = {"python": platform.python_version(), "modes": modes}
    kept = True
    for name in options.modes.split(","):
        contenders_of, promises_of = MODES[name]
        found = contenders_of(bench, options.number)
        contenders = {label: each for label, each in found.items() if each is not None}
        for label in found.keys() - contenders.keys():
            print(f"{label}: not installed, left out")
        turns = _take_turns(contenders, options.repeats, bench.folder, share=name == "memory")
        results = {
            label: Result(
                contenders[label].number,
                min(runs, key=lambda run: run.seconds),
                max(run.peak for run in runs),
            )
            for label, runs in turns.items()
        }
        promises = promises_of(results)
        _print_mode(name, results, turns, promises)
        kept = kept and all(promise.kept for promise in promises)
        modes[name] = _as_json(results, turns, promises)
        if options.json is not None:
            options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return int(not kept)


def _options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--yardstick", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--backrec", default="backrec")
    parser.add_argument("-n", "--number", type=lambda text: int(float(text)), default=1_000_000)
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if unknown := set(options.modes.split(",")) - MODES.keys():
        parser.error(f"no mode {', '.join(sorted(unknown))}; there are {', '.join(MODES)}")
    return options


def _take_turns(
    contenders: dict[str, Contender], repeats: int, folder: Path, *, share: bool
) -> Turns:
    """Run all contenders in turn, so that a busy machine slows all alike."""
    turns: Turns = {label: [] for label in contenders}
    for _ in range(repeats):
        for label, each in contenders.items():
            if each.output is not None:
                each.output.unlink(missing_ok=True)
            run = measure(
                each.command,
                each.cores,
                folder / "said.txt",
                environment=each.environment,
                share=share,
            )
            _count(label, each)
            turns[label].append(run)
    return turns


def _count(label: str, contender: Contender) -> None:
    """Refuse a fast answer that is not whole."""
    if contender.output is None:
        return
    if contender.output.suffix == ".parquet":
        rows = pl.scan_parquet(contender.output).select(pl.len()).collect().item()
    else:
        with contender.output.open("rb") as lines:
            rows = sum(1 for _ in lines)
    if rows != contender.number:
        message = f"{label}: {rows} rows for {contender.number} records"
        raise SystemExit(message)


def _print_mode(
    name: str, results: dict[str, Result], turns: Turns, promises: list[Promise]
) -> None:
    """Print the table of one mode, and what is promised of it."""
    print(f"\n## {name}\n\n| what | N | seconds | slowest | records/s | processor s | peak MB |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for label, result in results.items():
        run, slowest = result.run, max(turn.seconds for turn in turns[label])
        memory = f"{result.peak:.0f}"
        if run.proportional is not None:
            memory += f" ({run.proportional:.0f} with shared pages once)"
        print(f"| {label} | {result.number:,} | {run.seconds:.2f} | {slowest:.2f} ", end="")
        print(f"| {result.speed:,.0f} | {run.processor:.2f} | {memory} |")
    print()
    for promise in promises:
        limits = f"at least {promise.lowest:g}" if promise.lowest else ""
        limits += " and " if promise.lowest and promise.highest < float("inf") else ""
        limits += f"at most {promise.highest:g}" if promise.highest < float("inf") else ""
        word = "kept" if promise.kept else "MISSED"
        print(f"- {promise.value:,.2f} {promise.text} (promised: {limits}): {word}", flush=True)


def _as_json(
    results: dict[str, Result], turns: Turns, promises: list[Promise]
) -> dict[str, object]:
    """Return a mode with every turn."""
    return {
        "turns": {
            label: {"number": results[label].number, "runs": [asdict(run) for run in runs]}
            for label, runs in turns.items()
        },
        "promises": [
            {"text": each.text, "value": each.value, "kept": each.kept} for each in promises
        ],
    }


if __name__ == "__main__":
    sys.exit(main())

"""How long a printed sheet takes: one PDF, a ward list of 200 patients, and where the time goes.

Whole processes first, wall time, one and many in turn with the bare interpreter. Then the same ward
list inside this process, split into loading the pack, assessing, composing and typesetting. The
ratios are of one run on one machine; seconds of two runs are not to be compared.

    python benchmarks/printing.py [--runs 3] [--patients 200] [--one 1.2] [--many 8]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from backrec_cli.cli.inputs import find_documents
from backrec_cli.cli.session import Session
from backrec_cli.render.checklist.compose import Audience, compose_sheet
from backrec_cli.render.checklist.pdf import render_pdf

ROOT = Path(__file__).resolve().parent.parent
PATIENT = ROOT / "examples" / "complex-three-weeks-ahead" / "patient.json"
DAY = "2026-03-24"
MINE = ("compose", "typeset")


def main() -> int:
    """Measure; exit 1 where a target in seconds is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--patients", type=int, default=200)
    parser.add_argument("--one", type=float, default=1.2)
    parser.add_argument("--many", type=float, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ward = _ward(Path(folder), options.patients)
        whole = _whole_processes(ward, Path(folder), options.runs)
        parts = _parts(ward)
    one, many = whole["one sheet"], whole["a ward list"]
    bare = min(whole["bare interpreter"])
    print(f"whole process, {options.runs} runs, ward list of {options.patients} patients")
    for name, seconds in whole.items():
        print(
            f"{name:18} fastest {min(seconds):6.2f} s   median {statistics.median(seconds):6.2f} s"
            f"   {min(seconds) / bare:6.0f} times the bare interpreter"
        )
    print(f"a ward list takes {min(many) / min(one):.1f} times as long as one sheet")
    total = sum(parts.values())
    print(f"the ward list inside one process: {total:.2f} s")
    for name, part in parts.items():
        each = part / options.patients * 1000
        print(f"{name:18} {part:6.2f} s   {part / total:4.0%}   {each:6.1f} ms a patient")
    print(f"composing and typesetting: {sum(parts[name] for name in MINE) / total:.0%}")
    print(f"targets: {options.one} s for one sheet, {options.many} s for the ward list")
    return int(min(one) > options.one or min(many) > options.many)


def _ward(folder: Path, patients: int) -> Path:
    """Write a folder of one patient many times over, each under a name of its own."""
    ward = folder / "ward"
    ward.mkdir()
    text = PATIENT.read_text(encoding="utf-8")
    for number in range(patients):
        named = text.replace('"EXAMPLE, Complex"', f'"EXAMPLE, Complex {number}"')
        (ward / f"{number:03d}.json").write_text(named, encoding="utf-8")
    return ward


def _whole_processes(ward: Path, folder: Path, runs: int) -> dict[str, list[float]]:
    """Run each program in turn, after one round that only fills the caches."""
    checklist = ("-m", "backrec_cli", "checklist", "--as-of", DAY, "-o", str(folder / "sheet.pdf"))
    programs = {
        "bare interpreter": ("-c", "pass"),
        "one sheet": (*checklist, str(PATIENT)),
        "a ward list": (*checklist, str(ward)),
    }
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(runs + 1):
        for name, arguments in programs.items():
            if number == 0 and name == "a ward list":
                continue
            started = time.perf_counter()
            subprocess.run(
                [sys.executable, *arguments], check=True, capture_output=True, env=environment
            )
            if number > 0:
                seconds[name].append(time.perf_counter() - started)
    return seconds


def _parts(ward: Path) -> dict[str, float]:
    """Print the ward list once inside this process; return the seconds of each part."""
    marks = [time.perf_counter()]
    session = Session.opened(DAY, None)
    marks.append(time.perf_counter())
    results, _ = session.assess_all(find_documents([str(ward)]))
    marks.append(time.perf_counter())
    sheets = [compose_sheet(each.assessment, session.pack, Audience()) for each in results]
    marks.append(time.perf_counter())
    render_pdf(sheets, "a4", date.fromisoformat(DAY))
    marks.append(time.perf_counter())
    names = ("load", "assess", *MINE)
    return {name: marks[place + 1] - marks[place] for place, name in enumerate(names)}


if __name__ == "__main__":
    sys.exit(main())

"""Who is measured: each contender's command for a cohort, and the files it needs."""

import json
import shlex
import sys
from dataclasses import dataclass, field
from pathlib import Path

from patients import write_patients
from shipped_patients import write_shipped
from yardstick import load_specification
from yardstick_pack import write_pack

HERE = Path(__file__).resolve().parent
SEED = 7
DAYS = {"patients": "2026-06-30", "shipped": "2026-03-16"}
NODE_RULES = 80


@dataclass(frozen=True, slots=True)
class Bench:
    """Where everything lies.

    backrec    the command under test, so that any build can be measured.
    yardstick  the yardstick's folder.
    folder     our packs, patients and results.
    """

    backrec: str
    yardstick: Path
    folder: Path

    def cohort(self, number: int, suffix: str, cohort: str = "patients") -> Path:
        """Return a file of patients, made where it is not there yet."""
        path = self.folder / f"{cohort}_{number}.{suffix}"
        if not path.exists() and cohort == "shipped":
            write_shipped(self.folder, number, SEED)
        elif not path.exists():
            write_patients(self.folder, load_specification(self.yardstick), number, SEED)
        return path

    def pack(self, rules: int) -> Path:
        """Return the folder of the yardstick's pack with so many rules, made anew."""
        folder = self.folder / f"pack{rules}"
        write_pack(folder, load_specification(self.yardstick), rules)
        return folder


@dataclass(frozen=True, slots=True)
class Contender:
    """A command for a number of records on a number of cores.

    output  the file of results, to be counted; None for one that only reads.
    """

    command: list[str]
    cores: int
    number: int
    output: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)


def backrec(
    bench: Bench, number: int, way: str, cores: int, *, rules: int = 80, cohort: str = "patients"
) -> Contender:
    """Return `backrec batch` from one format to another (`way`, "csv parquet")."""
    source, target = way.split()
    output = bench.folder / f"backrec.{target}"
    command = [*shlex.split(bench.backrec), "batch", str(bench.cohort(number, source, cohort))]
    command += ["-o", str(output), "--as-of", DAYS[cohort], "-j", str(cores), "-q", "--exit-zero"]
    if cohort == "patients":
        command += ["--rules", str(bench.pack(rules))]
    return Contender(command, cores, number, output)


def decode_only(bench: Bench, number: int, suffix: str, cores: int) -> Contender:
    """Return what only reads the yardstick's patients."""
    way = "typed" if suffix == "ndjson" else "scan"
    file = bench.cohort(number, suffix)
    command = _script("decode_only.py", way, str(file), "--yardstick", str(bench.yardstick))
    return Contender(command, cores, number)


def decode_generic(bench: Bench, number: int) -> Contender:
    """Return what only decodes the shipped pack's patients, into plain dictionaries."""
    file = bench.cohort(number, "ndjson", "shipped")
    command = _script("decode_only.py", "generic", str(file))
    return Contender(command, 1, number)


def duckdb(bench: Bench, number: int, way: str, cores: int, *, rules: int = 80) -> Contender:
    """Return the hand-written SQL for the same rules."""
    source, target = way.split()
    output = bench.folder / f"duckdb.{target}"
    files = (str(bench.cohort(number, source)), str(output))
    options = ("--yardstick", str(bench.yardstick), "--rules", str(rules), "--threads", str(cores))
    return Contender(_script("duckdb_sql.py", *files, *options), cores, number, output)


def json_logic(bench: Bench, number: int) -> Contender | None:
    """Return the fastest rule engine of the yardstick; None where it is not installed there.

    It reads our patients, but judges by the yardstick's own rules, null tests included, and its
    rows have no id, which it looks for elsewhere.
    """
    node = bench.yardstick / "node"
    specification = node / "spec.json"
    if not (node / "node_modules" / "json-logic-engine").is_dir() or not specification.exists():
        return None
    if len(json.loads(specification.read_bytes())["rules"]) != NODE_RULES:
        message = (
            f"{specification} does not hold {NODE_RULES} rules: run the yardstick's dump_node.py"
        )
        raise SystemExit(message)
    bench.cohort(number, "ndjson")
    command = ["node", str(node / "row.js"), "json-logic-engine", str(number), "0", "0", "1"]
    places = {"BENCH_DATA": str(bench.folder), "BENCH_OUT": str(bench.folder)}
    output = bench.folder / "node0.ndjson"
    return Contender(command, 1, number, output, places)


def _script(name: str, *arguments: str) -> list[str]:
    """Return the command of one of the scripts beside this one."""
    return [sys.executable, str(HERE / name), *arguments]

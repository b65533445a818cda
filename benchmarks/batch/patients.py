"""Made-up patients in the formats of a cohort: N of them, the same ones for the same N and seed.

    python benchmarks/batch/patients.py N OUT_DIR --yardstick FOLDER   -> ndjson, csv, parquet
    python benchmarks/batch/patients.py N OUT_DIR --pack shipped       -> ndjson

For the yardstick's pack the facts are spread as the yardstick spreads them, and a quarter is
missing; a missing fact is left out, because a profile may not hold null. A longer file starts with
the shorter one.
"""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import msgspec
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from shipped_patients import write_shipped
from yardstick import load_specification

AS_OF = date(2026, 6, 30)
MISSING = 0.25
CHUNK = 50_000
POOL = 40_000
"""So many values of each fact are drawn by its distribution; patients draw from these."""

DAYS_AHEAD = 14
TYPES = {
    "bool": pl.Boolean,
    "dec": pl.Float64,
    "int": pl.Int64,
    "choice": pl.String,
    "date": pl.Date,
}
CASE = {"patient.id": pl.String, "procedure.date": pl.Date, "procedure.urgency": pl.String}


def main() -> None:
    """Write the patients."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("number", type=lambda text: int(float(text)))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pack", choices=("yardstick", "shipped"), default="yardstick")
    parser.add_argument("--yardstick", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.pack == "shipped":
        written = [write_shipped(options.folder, options.number, options.seed)]
    elif options.yardstick is None:
        parser.error("--yardstick FOLDER is needed for the yardstick's patients")
    else:
        specification = load_specification(options.yardstick)
        written = write_patients(options.folder, specification, options.number, options.seed)
    for path in written:
        print(f"{path}  {path.stat().st_size / 1e6:.1f} MB")


def write_patients(folder: Path, specification: ModuleType, number: int, seed: int) -> list[Path]:
    """Write the same patients as NDJSON (nested), CSV (flat text) and Parquet (flat, typed)."""
    lines, table, typed = (
        folder / f"patients_{number}.{suffix}" for suffix in ("ndjson", "csv", "parquet")
    )
    with ExitStack() as stack:
        as_lines = stack.enter_context(lines.open("wb"))
        as_table = stack.enter_context(table.open("wb"))
        as_typed: pq.ParquetWriter | None = None
        for turn, frame in enumerate(_frames(specification, number, seed)):
            as_lines.write(_documents(frame))
            frame.write_csv(as_table, include_header=turn == 0)
            arrow: pa.Table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
            if as_typed is None:
                as_typed = stack.enter_context(
                    pq.ParquetWriter(typed, arrow.schema, compression="zstd")
                )
            as_typed.write_table(arrow)
    return [lines, table, typed]


def _frames(specification: ModuleType, number: int, seed: int) -> Iterator[pl.DataFrame]:
    """Yield the patients chunk by chunk; each chunk has a seed of its own."""
    pools = _pools(specification, seed)
    schema = CASE | {name: TYPES[kind] for name, (kind, *_) in specification.FACTS.items()}
    for first in range(0, number, CHUNK):
        chance = Random(f"{seed} {first}")  # noqa: S311 - made-up patients are no secret.
        columns: dict[str, list[Any]] = {
            "patient.id": [f"P{place:08d}" for place in range(first, first + CHUNK)]
        }
        columns |= {name: chance.choices(pool, k=CHUNK) for name, pool in pools.items()}
        frame = pl.DataFrame(columns, schema=schema)
        yield frame.head(number - first)


def _pools(specification: ModuleType, seed: int) -> dict[str, list[Any]]:
    """Return the values that patients draw from, None among them as often as a fact is missing."""
    chance = Random(seed)  # noqa: S311 - as above.
    pools: dict[str, list[Any]] = {
        "procedure.date": [AS_OF + timedelta(days=days) for days in range(DAYS_AHEAD)],
        "procedure.urgency": ["elective"],
    }
    for name, (kind, *details) in specification.FACTS.items():
        pools[name] = [
            None if chance.random() < MISSING else _value(kind, details, chance)
            for _ in range(POOL)
        ]
    return pools


def _value(kind: str, details: list[Any], chance: Random) -> Any:  # noqa: ANN401 - a JSON value.
    """Draw one value of a fact as the yardstick does: the middle of a range is the likeliest."""
    match kind:
        case "bool":
            return chance.random() < details[0]
        case "dec":
            low, high, decimals = details
            return round(low + (high - low) * chance.betavariate(4, 5), decimals) + 0.0
        case "int":
            low, high = details
            return round(low + (high - low) * chance.betavariate(4, 4))
        case "choice":
            return chance.choice(details[0])
        case _:
            return AS_OF - timedelta(days=chance.randrange(details[0]))


def _documents(frame: pl.DataFrame) -> bytes:
    """Return the lines of a chunk: the facts nested by section, the missing ones left out."""
    encode = msgspec.json.Encoder().encode
    places = [tuple(name.split(".")) for name in frame.columns]
    lines = []
    for row in frame.iter_rows():
        document: dict[str, dict[str, Any]] = {}
        for (section, name), value in zip(places, row, strict=True):
            if value is not None:
                document.setdefault(section, {})[name] = value
        lines.append(encode(document))
    return b"\n".join(lines) + b"\n"


if __name__ == "__main__":
    main()

"""The floor to compare with: reading the patients of the yardstick's pack, and nothing else.

    python benchmarks/batch/decode_only.py typed|generic|scan FILE --yardstick FOLDER

typed     NDJSON by msgspec into structs made for these very facts, line by line
generic   NDJSON by msgspec into plain dictionaries (any pack's patients; needs no yardstick)
scan      CSV or Parquet by polars into typed columns (POLARS_MAX_THREADS sets the cores)
"""

import argparse
from contextlib import suppress
from pathlib import Path

from yardstick import load_specification

KINDS = {"bool": bool, "dec": float, "int": int, "choice": str, "date": str}
CASE = {"patient.id": "choice", "procedure.date": "date", "procedure.urgency": "choice"}


def main() -> None:
    """Read the file and print how many records it has."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("way", choices=("typed", "generic", "scan"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--yardstick", type=Path)
    options = parser.parse_args()
    if options.way == "generic":
        print(count_decoded(options.file, dict))
        return
    specification = load_specification(options.yardstick)
    kinds = CASE | {name: kind for name, (kind, *_) in specification.FACTS.items()}
    typed = options.way == "typed"
    print(
        count_decoded(options.file, struct_of(kinds))
        if typed
        else count_scanned(options.file, kinds)
    )


def count_decoded(file: Path, kind: type) -> int:
    """Decode every line of an NDJSON file; one that is broken counts and costs as much."""
    import msgspec  # noqa: PLC0415 - what is not measured is not imported.

    decode = msgspec.json.Decoder(kind).decode
    count = 0
    with file.open("rb") as lines:
        for line in lines:
            with suppress(msgspec.MsgspecError):
                decode(line)
            count += 1
    return count


def struct_of(kinds: dict[str, str]) -> type:
    """Return a struct with a struct for each section; every fact may be absent."""
    import msgspec  # noqa: PLC0415 - as above.

    sections: dict[str, list[tuple[str, object, None]]] = {}
    for path, kind in kinds.items():
        section, _, name = path.partition(".")
        sections.setdefault(section, []).append((name, KINDS[kind] | None, None))
    structs = [
        (name, msgspec.defstruct(name, fields, gc=False) | None, None)
        for name, fields in sections.items()
    ]
    return msgspec.defstruct("Patient", structs, gc=False)


def count_scanned(file: Path, kinds: dict[str, str]) -> int:
    """Read every column of a flat file."""
    import polars as pl  # noqa: PLC0415 - as above.

    types = {"bool": pl.Boolean, "dec": pl.Float64, "int": pl.Int64, "choice": pl.String}
    schema = {name: types.get(kind, pl.Date) for name, kind in kinds.items()}
    scan = pl.scan_parquet(file) if file.suffix == ".parquet" else pl.scan_csv(file, schema=schema)
    return scan.collect(engine="streaming").height


if __name__ == "__main__":
    main()

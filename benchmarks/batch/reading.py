"""How fast the chunks of a cohort become columns of what they record, and what is left over.

    python benchmarks/batch/reading.py COHORT [--rules FOLDER] [--passes 3] [--profile]

One process on whatever cores it is given (`taskset -c 0`, and POLARS_MAX_THREADS=1, for one). The
time is processor time of `ColumnReader.read`, reading the file included, judging nothing. The first
pass also learns what values say; the later ones have all of that in memory. For NDJSON each chunk
is also only decoded, into the same types, right after it was read: on a busy machine, how many
times as long reading takes says more than the seconds.
"""

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.cohort import open_cohort
from backrec_cli.batch.cohort.json_lines import JsonLines
from backrec_cli.batch.columns.reading.reader import ColumnReader
from backrec_cli.batch.columns.reading.shapes import document_shape
from backrec_cli.rulepack import load_pack, shipped_pack_folder


def main() -> None:
    """Read the cohort several times over."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("cohort", type=Path)
    parser.add_argument("--rules", type=Path)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--profile", action="store_true", help="say where the last pass goes")
    options = parser.parse_args()
    dictionary = load_pack(options.rules or shipped_pack_folder()).dictionary
    chunks = list(open_cohort(str(options.cohort), dictionary=dictionary).chunks())
    reader = ColumnReader(dictionary)
    shape = document_shape(dictionary)
    decode = None if shape is None else msgspec.json.Decoder(shape.document).decode
    for number in range(options.passes):
        profiler = cProfile.Profile()
        if options.profile and number == options.passes - 1:
            profiler.enable()
        records = left = width = 0
        seconds = decoding = 0.0
        for chunk in chunks:
            started = time.process_time()
            found = reader.read(chunk)
            seconds += time.process_time() - started
            if found is None:
                parser.error("this kind of cohort is not read by columns")
            records += found.count
            left += len(found.reference)
            width = max(width, len(found.columns))
            decoding += _decoding(chunk, decode)
        profiler.disable()
        times = f"{seconds / decoding:.1f} times decoding alone; " if decoding else ""
        print(
            f"pass {number + 1}: {records / seconds:9,.0f} records/s, "
            f"{seconds / records * 1e6:6.1f} us each; {times}"
            f"{left} of {records} left to the reference, {width} columns"
        )
    if options.profile:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def _decoding(chunk: Chunk, decode: Callable[[bytes], object] | None) -> float:
    """Return the seconds it takes to decode a chunk and do nothing with it."""
    if decode is None or not isinstance(chunk, JsonLines):
        return 0
    lines = chunk.lines().split(b"\n")
    started = time.process_time()
    for line in lines:
        with suppress(ValueError, msgspec.MsgspecError):
            decode(line)
    return time.process_time() - started


if __name__ == "__main__":
    main()

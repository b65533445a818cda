"""How fast the chunks of a cohort become columns of what they record, and what is left over.

    python benchmarks/batch/reading.py COHORT [--rules FOLDER] [--passes 3] [--profile]

One process on whatever cores it is given (`taskset -c 0`, and POLARS_MAX_THREADS=1, for one). The
time is processor time of `ColumnReader.read`, reading the file included, judging nothing. The first
pass also learns what values say; the later ones have all of that in memory.
"""

import argparse
import cProfile
import pstats
import time
from pathlib import Path

from backrec_cli.batch.cohort import open_cohort
from backrec_cli.batch.columns.reading.reader import ColumnReader
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
    for number in range(options.passes):
        profiler = cProfile.Profile()
        if options.profile and number == options.passes - 1:
            profiler.enable()
        records = left = width = 0
        started = time.process_time()
        for chunk in chunks:
            found = reader.read(chunk)
            if found is None:
                parser.error("this kind of cohort is not read by columns")
            records += len(found.frame)
            left += len(found.reference)
            width = max(width, found.frame.width)
        seconds = time.process_time() - started
        profiler.disable()
        print(
            f"pass {number + 1}: {records / seconds:9,.0f} records/s, "
            f"{seconds / records * 1e6:6.1f} us each; {left} of {records} left to the reference, "
            f"{width} columns"
        )
    if options.profile:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()

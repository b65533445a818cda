"""The program with chunks of a few records, so that a small cohort is cut into many."""

import sys
from functools import partial

from backrec_cli.batch.cohort import open_cohort
from backrec_cli.cli.app import run as run_program
from backrec_cli.cli.batching import run as batching

CHUNK_SIZE = 9_000

if __name__ == "__main__":
    setattr(batching, "open_cohort", partial(open_cohort, chunk_size=CHUNK_SIZE))  # noqa: B010 - mypy wants no assignment.
    sys.exit(run_program(sys.argv[1:]))

"""The program with chunks of a few records, which waits at a moment that a test has chosen.

`python -m tests.batch.small_chunks TELL GO CHUNK batch ...` writes one byte to the file descriptor
TELL once the rows of so many chunks were handed over, and goes on when GO is closed.
"""

import os
import sys
from functools import partial

from backrec_cli.batch.cohort import open_cohort
from backrec_cli.batch.piece import Piece
from backrec_cli.cli.app import run as run_program
from backrec_cli.cli.batching import run as batching
from backrec_cli.cli.batching.outputs import Outputs

CHUNK_SIZE = 4_500


def wait_at(chunk: int, tell: int, go: int) -> None:
    """Let the program wait once the rows of so many chunks were handed over."""
    take, taken = Outputs.take, []

    def take_and_wait(outputs: Outputs, piece: Piece) -> None:
        take(outputs, piece)
        taken.append(piece.first)
        if len(taken) == chunk:
            os.write(tell, b".")
            os.read(go, 1)

    setattr(Outputs, "take", take_and_wait)  # noqa: B010 - mypy wants no assignment.


if __name__ == "__main__":
    told, going, at = map(int, sys.argv[1:4])
    wait_at(at, told, going)
    small = partial(open_cohort, chunk_size=CHUNK_SIZE)
    setattr(batching, "open_cohort", small)  # noqa: B010 - As above.
    sys.exit(run_program(sys.argv[4:]))

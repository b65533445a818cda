"""What an engine finds for the rows of a frame."""

from dataclasses import dataclass

import polars as pl

from backrec_cli.batch.tally import Tally


@dataclass(frozen=True, slots=True)
class Found:
    """The verdict and the lists of every row, and what they come to.

    frame  in the order of the rows, its lists in the shape that was asked for.
    tally  of the rows that were not left apart.
    """

    frame: pl.DataFrame
    tally: Tally

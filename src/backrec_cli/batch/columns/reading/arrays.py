"""The arrays that columns are held in, and what stands for nothing in them."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""Numbers, and days counted from 1970-01-01; NaN where there is none."""

Codes = NDArray[np.int8]
"""Truths, or why a value is unknown (a place in Absence); NONE where there is none."""

Words = NDArray[np.int16]
"""Places among a fact's choices; NONE where there is none."""

Places = NDArray[np.uint32]
"""Places in a table of values as they are written."""

Flags = NDArray[np.bool_]

Column = Floats | Codes | Words

NONE: Final = -1
NAN: Final = float("nan")

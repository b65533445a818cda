"""How much one record may hold, and the record that stands for one that holds more."""

from backrec_cli.batch.record import Record
from backrec_cli.profile.reader import LARGEST

__all__ = ["HEAD", "LARGEST", "too_large"]

HEAD = 64 * 1024
"""How many bytes of a record that is too large are kept for the file of rejects."""

_MIB = 1024 * 1024


def too_large(
    number: int, place: str, raw: bytes, advice: str = "look for a missing line end"
) -> Record:
    """Return the record for one that is larger than a profile can be: only its head is kept."""
    problem = f"larger than {LARGEST // _MIB} MiB, which no patient's record is; {advice}"
    return Record(number, place, raw[:HEAD], problem=problem)

"""All that a chunk says, taken from its records and not yet understood."""

from dataclasses import dataclass, field

from backrec_cli.batch.columns.reading.arrays import Places
from backrec_cli.batch.columns.reading.facts import Coded, Plain, Spread
from backrec_cli.batch.columns.reading.reviews import Reviewed


@dataclass(slots=True)
class Written:
    """What the records of a chunk say, fact by fact.

    dates    by section, the places of its own dates.
    reviews  by section: whether it was reviewed, and the places of the reviews' dates.
    """

    count: int
    facts: list[Spread | Plain | Coded] = field(default_factory=list)
    dates: dict[str, Places] = field(default_factory=dict)
    reviews: dict[str, Reviewed] = field(default_factory=dict)

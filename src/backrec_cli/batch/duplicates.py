"""The patient ids of a cohort, as they pass -> which of them stand for more than one record.

Nothing but a 64-bit fingerprint of each id is kept, eight bytes a record; the chance that two
different ids among a million share one is 3 in 100 million.
"""

from dataclasses import dataclass, field

import polars as pl

FIRST_FEW = 5
# As many ids are looked up at once, since each look-up passes over all fingerprints.
_AT_ONCE = 100_000


@dataclass(slots=True)
class Duplicates:
    """The ids seen so far.

    again      how many records carry an id that an earlier record has.
    first_few  the first of these ids, in their order.
    """

    again: int = 0
    first_few: list[str] = field(default_factory=list)
    _seen: list[pl.Series] = field(default_factory=list)
    _waiting: list[pl.Series] = field(default_factory=list)
    _count: int = 0

    def add(self, ids: pl.Series) -> None:
        """See the ids of more records; a record without one is like no other."""
        self._waiting.append(ids.drop_nulls())
        self._count += len(ids)
        if self._count >= _AT_ONCE:
            self.settle()

    def settle(self) -> None:
        """Look up the ids that are waiting."""
        ids = pl.concat([pl.Series("id", [], pl.String()), *self._waiting])
        prints = ids.hash().alias("print")
        earlier = pl.concat([pl.Series("print", [], pl.UInt64()), *self._seen]).to_frame()
        known = earlier.join(prints.to_frame(), on="print", how="semi")["print"]
        repeated = ids.filter(prints.is_in(known.implode()) | ~prints.is_first_distinct())
        self.again += len(repeated)
        if len(self.first_few) < FIRST_FEW:
            unseen = dict.fromkeys([*self.first_few, *repeated.unique(maintain_order=True)])
            self.first_few = list(unseen)[:FIRST_FEW]
        self._seen = [pl.concat([*self._seen, prints])]
        self._waiting.clear()
        self._count = 0

"""Did-you-mean: the known name that a mistyped one most likely stands for."""

from collections.abc import Iterable
from functools import lru_cache

_CUTOFF = 0.6
_LONGEST = 80
_SHORTLIST = 12


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate nearest to `name`, or None where nothing is near.

    A candidate whose last part after a dot is exactly the one written wins, so `hba1c` finds
    `labs.hba1c`. Names longer than 80 characters get no suggestion, which bounds the work.
    """
    if not name or len(name) > _LONGEST:
        return None
    known: dict[str, str] = {}
    for candidate in sorted(candidates):
        known.setdefault(candidate.lower(), candidate)
    wanted = name.lower()
    if wanted in known:
        return known[wanted]
    tail = wanted.rpartition(".")[2]
    same_tail = [folded for folded in known if folded.rpartition(".")[2] == tail]
    if len(same_tail) == 1:
        return known[same_tail[0]]
    return known.get(_nearest(wanted, same_tail or list(known)))


def _nearest(wanted: str, known: list[str]) -> str:
    """Return the best match above the cut-off, or an empty text."""
    # The import waits for the first error: a run without one does not pay for it.
    from difflib import get_close_matches  # noqa: PLC0415

    matches = get_close_matches(wanted, _shortlist(wanted, known), n=1, cutoff=_CUTOFF)
    if matches:
        return matches[0]
    tails = {folded.rpartition(".")[2]: folded for folded in reversed(known)}
    near = get_close_matches(wanted, _shortlist(wanted, list(tails)), n=1, cutoff=_CUTOFF)
    return tails[near[0]] if near else ""


def _shortlist(wanted: str, known: list[str]) -> list[str]:
    """Keep the names sharing most letter pairs: difflib over a whole dictionary is slow."""
    if len(known) <= _SHORTLIST:
        return known
    pairs = _pairs(wanted)
    ranked = sorted(known, key=lambda other: len(pairs & _pairs(other)), reverse=True)
    return ranked[:_SHORTLIST]


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    """Return the neighbouring letter pairs of a text, its first and last letter standing alone."""
    return frozenset(first + second for first, second in zip(f" {text}", f"{text} ", strict=True))

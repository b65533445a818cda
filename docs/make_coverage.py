"""Write which characters the fonts of the printed sheet have, as ranges of code points.

python docs/make_coverage.py
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent.parent / "src" / "backrec_cli" / "render" / "checklist" / "fonts"
COVERAGE = FONTS / "coverage.txt"


def shared_code_points() -> set[int]:
    """Return the code points that every font has: a name may stand in bold or not."""
    covered = [set(TTFont(path).getBestCmap()) for path in sorted(FONTS.glob("*.ttf"))]
    return set.intersection(*covered)


def ranges(code_points: Iterable[int]) -> Iterator[str]:
    """Yield ranges of neighbouring code points, in hexadecimal: `20-7E`."""
    first = last = None
    for point in sorted(code_points):
        if last is not None and point == last + 1:
            last = point
            continue
        if first is not None:
            yield f"{first:X}-{last:X}"
        first = last = point
    if first is not None:
        yield f"{first:X}-{last:X}"


def coverage_text() -> str:
    """Return the file: one range a line."""
    return "".join(f"{each}\n" for each in ranges(shared_code_points()))


if __name__ == "__main__":
    COVERAGE.write_text(coverage_text(), encoding="ascii")

"""JSON text of an array -> where its elements end, without building what they hold.

Brackets and strings are followed, nothing else, so that a broken element still ends where it
should: a closing bracket closes all that it can close, a string ends with its line at the latest,
and no object begins where an object waits for a key.
"""

import re
from dataclasses import dataclass, field

_OPENING = {ord("{"): ord("}"), ord("["): ord("]")}
_QUOTE, _COMMA, _BRACE, _BRACKET, _BACKSLASH = b'",}]\\'
_DEEPEST = 1000
LOOK_BACK = 4096
"""How many bytes before a bracket are looked at, to see whether it can stand there."""

_SPACE = b" \t\r\n"
_STRING = rb'[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+'
_IN_STRING = re.compile(_STRING)
_INSIDE = re.compile(rb'[^"{}\[\]]*+(?:"' + _STRING + rb'"[^"{}\[\]]*+)*+')
_BETWEEN = re.compile(rb'[^"{}\[\],]*+(?:"' + _STRING + rb'"[^"{}\[\],]*+)*+')


def _nested(depth: int) -> bytes:
    """Return the pattern of an object without a slip in its brackets, up to so deep.

    In an object brackets open behind a colon only, and a colon stands behind a string.
    """
    text, space = rb'"' + _STRING + rb'"', rb"[ \t\r\n]*+"
    inner = array = rb"(?!)"
    for _ in range(depth):
        plain, value = rb'[^"{}\[\]:]*+', rb"(?:" + inner + rb"|" + array + rb")?+"
        pair = text + space + rb"(?::" + space + value + rb")?+"
        between, entry = rb'[^"{}\[\]]*+', rb"(?:" + text + rb"|" + inner + rb"|" + array + rb")"
        inner, array = (
            rb"\{" + plain + rb"(?:" + pair + plain + rb")*+\}",
            rb"\[" + between + rb"(?:" + entry + between + rb")*+\]",
        )
    return inner


WHOLE = re.compile(rb"(" + _nested(5) + rb")[ \t\r\n]*+([,\]])")
"""An element that is an object without a slip in its brackets, and what ends it: nearly every one.

Where this matches, following its brackets one by one would find the same end.
"""


@dataclass(slots=True)
class Brackets:
    """Follows one text from the inside of an array on.

    open    what closes each bracket that is open, the innermost last.
    deeper  how many more are open than any document may have.
    broken  a string ended with its line, and nothing stands behind it yet.
    """

    open: bytearray = field(default_factory=bytearray)
    deeper: int = 0
    in_string: bool = False
    broken: bool = False

    def next_end(self, text: bytes, start: int, at: int) -> tuple[int, int]:
        """Follow the element that starts at `start` from `at` on; return where it ends.

        The second number is how long that is which ends it: 1 for a comma, for the bracket of the
        array, and for the line end of a broken string; 0 where the text ends before the element,
        which goes on from there with more text.
        """
        while at < len(text):
            if self.in_string:
                at, ended = self._string(text, at)
                if not ended:
                    return at, 0
                continue
            match = (_INSIDE if self.open else _BETWEEN).match(text, at)
            end = at if match is None else match.end()
            if end == len(text):
                return end, 0
            place = self._end(text, start, end)
            if place is not None:
                self.open.clear()
                self.deeper = 0
                return place, 1
            at = end + 1
        return at, 0

    def _string(self, text: bytes, at: int) -> tuple[int, bool]:
        """Follow a string; return where it was followed to, and whether it ends there."""
        match = _IN_STRING.match(text, at)
        at = at if match is None else match.end()
        if at == len(text) or (text[at] == _BACKSLASH and at + 1 == len(text)):
            return at, False
        self.in_string = False
        self.broken = text[at] != _QUOTE
        return at + 1, True

    def _end(self, text: bytes, start: int, at: int) -> int | None:
        """Take what stands at `at`; return where the element ends, if this shows that it does."""
        found, broken = text[at], self.broken
        self.broken = False
        if found == _QUOTE:
            self.in_string = True
        elif found == _COMMA:
            return at
        elif found in _OPENING:
            place = None
            if self._waits_for_key():
                place = _end_behind(text, start, at, broken=broken)
            if place is not None:
                return place
            self._opened(_OPENING[found])
        elif self.deeper:
            self.deeper -= 1
        elif self._closes_array(found):
            return at
        return None

    def _waits_for_key(self) -> bool:
        """Whether only objects are open: what follows a comma there is a key."""
        return bool(self.open) and not self.deeper and _BRACKET not in self.open

    def _opened(self, closing: int) -> None:
        """Note an open bracket; far beyond what a document may have they are only counted."""
        if len(self.open) < _DEEPEST:
            self.open.append(closing)
        else:
            self.deeper += 1

    def _closes_array(self, found: int) -> bool:
        """Close the innermost bracket that this one closes; return whether that is the array."""
        place = self.open.rfind(found)
        if place >= 0:
            del self.open[place:]
            return False
        return found == _BRACKET


def _end_behind(text: bytes, start: int, at: int, *, broken: bool) -> int | None:
    """Return what ended the element before a bracket that cannot belong to it.

    That is a comma, or the line end that a broken string stopped at, with only space behind.
    """
    first = max(start, at - LOOK_BACK)
    before = text[first:at].rstrip(_SPACE)
    if before.endswith(b","):
        return first + len(before) - 1
    if broken:
        place = text.find(b"\n", first + len(before), at)
        return None if place < 0 else place
    return None

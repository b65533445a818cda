"""Text that a profile's author wrote, made safe to show: it never acts on terminal or paper."""

from backrec_cli.errors.show import harmless

__all__ = ["harmless", "shortened"]

_LONGEST = 80
_CUT = "..."


def shortened(text: str, longest: int = _LONGEST) -> str:
    """Return a harmless text of bounded length, for messages that quote a document."""
    return harmless(text if len(text) <= longest else text[:longest] + _CUT)

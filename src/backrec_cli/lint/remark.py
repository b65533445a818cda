"""A warning with the name it is about, by which a pack may make an exception of it."""

from dataclasses import dataclass

from backrec_cli.errors import Diagnostic


@dataclass(frozen=True, slots=True)
class Remark:
    """subject is the path of a fact, the name of a parameter or source, or the id of an entry."""

    subject: str
    diagnostic: Diagnostic

"""What an assessment says of the overlays in force: which, and what each of them loosened."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from backrec_cli.source import SourceText, Span


class Loosened(StrEnum):
    """What of an entry or a parameter can be loosened."""

    PARAMETER = "parameter"
    LEVEL = "level"
    GATE = "gate"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Loosening:
    """One thing that an overlay made less strict, and who answers for it until when.

    `name` is a parameter's or an entry's id, `grade` the grade of the entry where it has several,
    `at` the entries in which it shows. `was` and `now` are for people ("64 mmol/mol"); a disabled
    entry is "off" now.
    """

    kind: Loosened
    name: str
    was: str
    now: str
    at: tuple[str, ...]
    reason: str
    approved_by: str
    expires: date
    grade: str | None = None
    source: SourceText | None = field(default=None, compare=False, repr=False)
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Overlay:
    """One overlay in force."""

    id: str
    version: str
    title: str
    loosened: tuple[Loosening, ...] = ()

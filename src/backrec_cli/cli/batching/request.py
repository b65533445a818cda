"""The arguments of `backrec batch`, as they were written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """Where the outputs go, and in which format the rows."""

    output: str | None = None
    format_name: str | None = None
    rejects: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What every record is asked: on which day, by which rules."""

    as_of: str | None = None
    surgery_date: str | None = None
    rules: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """All that one run is told."""

    source: str
    input_format: str | None
    places: Places
    question: Question
    engine: str
    jobs: int | None = None
    exit_zero: bool = False
    quiet: bool = False

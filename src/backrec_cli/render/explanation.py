"""Explanation -> text: every operand of a rule with its value, and where each value came from."""

from collections.abc import Iterator

from backrec_cli.assessment.explanation import Explanation, TracedPart, TraceLine
from backrec_cli.render.words import day_text, reason_text

_INDENT = "  "
_WIDEST = 72


def render_explanation(explanation: Explanation) -> str:
    """Return an explanation as aligned plain text that ends in a line end."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(explanation))


def _lines(explanation: Explanation) -> Iterator[str]:
    """Yield the lines: what the entry is, each condition traced, and its sources."""
    yield f"{explanation.entry}: {explanation.title}"
    day = explanation.procedure_date
    surgery = "no date of surgery" if day is None else f"surgery {day_text(day)}"
    outcome = explanation.outcome.replace("_", " ")
    yield f"{outcome} as of {day_text(explanation.as_of)}, {surgery}"
    finding = explanation.finding
    if finding is not None:
        level = finding.level.value.replace("_", " ")
        effective = finding.effective_level.value
        yield f"level {level}, counts as {effective}"
        if finding.action:
            yield f"action: {finding.action}"
    for part in explanation.parts:
        yield ""
        yield from part_lines(part)
    yield ""
    for source in explanation.sources:
        yield f"source: {source}"
    yield f"mark: {explanation.mark}"
    if explanation.note:
        yield f"note: {explanation.note}"


def part_lines(part: TracedPart) -> Iterator[str]:
    """Yield one condition, the values aligned in a column."""
    yield f"{part.title}:"
    shown = [f"{_INDENT * (line.depth + 1)}{line.expression}" for line in part.lines]
    column = min(max((len(text) for text in shown), default=0), _WIDEST)
    for text, line in zip(shown, part.lines, strict=True):
        yield f"{text.ljust(column)}  = {line.value}{_origin(line)}"


def _origin(line: TraceLine) -> str:
    """Say where the value of a fact came from, or why there is none."""
    if line.fact is None:
        return ""
    parts = []
    if line.absence is not None:
        parts.append(reason_text(line.absence))
    if line.by_review:
        parts.append("its section was reviewed and does not mention it")
    if line.reported is not None:
        parts.append(f"reported {line.reported}")
    if line.on is not None:
        parts.append(day_text(line.on))
    if line.hint:
        parts.append(line.hint)
    return f"   ({'; '.join(parts)})" if parts else ""

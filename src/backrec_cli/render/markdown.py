"""Assessment -> Markdown: the same parts as the plain report, with every text escaped."""

import re
from collections.abc import Iterator

from backrec_cli.assessment.model import Assessment
from backrec_cli.render.parts import NO_BREAK, Item, Report
from backrec_cli.render.report import compose

# Every sign that CommonMark or a common extension could act upon.
_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+\-.!|~@:$=^\"'])")
# Between letters and digits these mean nothing, and escaping them would only hurt the reader.
_INNOCENT = re.compile(r"(?<=\w)\\([-.:'])(?=\w)|\\([:'.])(?=\s|$)")
# Except where they would number a list, or make a link of a host.
_NUMBER_OR_HOST = re.compile(r"^(\d+)\.(?=\s|$)|\b(www)\.", re.IGNORECASE)
_TAGS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def render_markdown(assessment: Assessment, *, verbose: bool = False) -> str:
    """Return the report as Markdown that ends in a line end."""
    return "\n".join(_lines(compose(assessment, verbose=verbose))) + "\n"


def escape(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    line = " ".join(text.replace(NO_BREAK, " ").split()).translate(_TAGS)
    escaped = _ACTIVE.sub(r"\\\1", line)
    readable = _INNOCENT.sub(lambda found: found[1] or found[2], escaped)
    return _NUMBER_OR_HOST.sub(lambda found: f"{found[1] or found[2]}\\.", readable)


def _lines(report: Report) -> Iterator[str]:
    """Yield the lines of a report."""
    yield f"# {escape(report.headline)}"
    yield ""
    if report.qualifiers:
        yield f"**{escape(' · '.join(report.qualifiers))}**"
        yield ""
    for identity in report.identity:
        yield f"- {escape(identity)}"
    for section in report.sections:
        note = f" {escape(section.note)}" if section.note else ""
        yield ""
        yield f"## {escape(section.title.capitalize())}{note}"
        yield ""
        for item in section.items:
            yield from _item(item)
    yield ""
    for item in report.closing:
        yield f"{escape(item.text)}"
        yield ""


def _item(item: Item) -> Iterator[str]:
    """Yield one item as a list entry, its details as entries below it."""
    label = f"**{escape(item.label)}:** " if item.label else ""
    yield f"- {label}{escape(item.text)}"
    for detail in item.details:
        yield f"  - {escape(detail)}"

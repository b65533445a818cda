"""A sheet -> Markdown, every text escaped; boxes are task lists."""

from collections.abc import Iterator

from backrec_cli.render.checklist.model import Sheet
from backrec_cli.render.checklist.parts import head_of, parts_of
from backrec_cli.render.markdown import escape


def render_markdown(sheet: Sheet) -> str:
    """Return the sheet as Markdown that ends in a line end."""
    return "".join(f"{line}\n" for line in _lines(sheet))


def _lines(sheet: Sheet) -> Iterator[str]:
    """Yield the lines of a sheet."""
    yield f"# {escape(sheet.title)}"
    yield ""
    yield escape(sheet.reader)
    yield ""
    for text in head_of(sheet):
        yield f"- {escape(text)}"
    for part in parts_of(sheet):
        yield from ("", f"## {escape(part.title)}", "")
        for line in part.lines:
            yield f"- {'[ ] ' if line.box else ''}{escape(line.text)}"
            yield from (f"  - {escape(detail)}" for detail in line.details)
    yield from ("", escape(f"{sheet.as_of} · {sheet.basis}"), "", escape(sheet.disclaimer))

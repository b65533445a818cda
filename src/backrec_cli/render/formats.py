"""The formats of a report: name, suffixes, and the renderer for one or several patients."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from backrec_cli.assessment.model import Assessment


@dataclass(frozen=True, slots=True)
class Titled:
    """An assessment and the name of the document it came from."""

    title: str
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Style:
    """How a report is to look: `many` makes one document of several patients."""

    width: int = 100
    verbose: bool = False
    brief: bool = False
    ascii_only: bool = False
    colour: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """One format; its renderer is imported when it is used."""

    name: str
    suffixes: tuple[str, ...]
    render: Callable[[Sequence[Titled], Style], str]


def format_of_suffix(suffix: str) -> Format | None:
    """Return the format that a file's suffix (with its dot) stands for."""
    return next((f for f in FORMATS.values() if suffix.lower() in f.suffixes), None)


def _as_text(results: Sequence[Titled], style: Style) -> str:
    """Render plain or coloured text, each of several patients under its document's name."""
    if style.brief:
        return "".join(_brief_line(result, style) for result in results)
    texts = [_one_text(result.assessment, style) for result in results]
    if not style.many:
        return "".join(texts)
    heads = (f"==> {result.title} <==\n" for result in results)
    return "\n".join(head + text for head, text in zip(heads, texts, strict=True))


def _one_text(assessment: Assessment, style: Style) -> str:
    """Render one report, with rich only where there is colour."""
    # The renderers are imported here so that a run pays only for the one it uses.
    if style.colour:
        from backrec_cli.render.terminal import render_terminal as render
    else:
        from backrec_cli.render.text import render_text as render
    return render(assessment, verbose=style.verbose, width=style.width, ascii_only=style.ascii_only)


def _brief_line(result: Titled, style: Style) -> str:
    """Render the answer alone, behind the document's name where there are several."""
    from backrec_cli.render.text import render_brief

    line = render_brief(result.assessment)
    return f"{result.title}: {line}" if style.many else line


def _as_json(results: Sequence[Titled], style: Style) -> str:
    """Render one JSON object, or an array of them where several patients were asked for."""
    from backrec_cli.render.json_document import document_of
    from backrec_cli.render.json_text import write_json

    documents = [document_of(result.assessment) for result in results]
    return write_json(documents if style.many else documents[0]) + "\n"


def _as_markdown(results: Sequence[Titled], style: Style) -> str:
    """Render Markdown, with a rule between several patients."""
    from backrec_cli.render.markdown import render_markdown

    texts = (render_markdown(r.assessment, verbose=style.verbose) for r in results)
    return "\n---\n\n".join(texts)


FORMATS: Mapping[str, Format] = {
    entry.name: entry
    for entry in (
        Format("text", (".txt", ".text"), _as_text),
        Format("json", (".json",), _as_json),
        Format("markdown", (".md", ".markdown"), _as_markdown),
    )
}

"""Assessment -> the same report with colour, for a terminal; the words are those of `text`."""

from io import StringIO

from rich.console import Console
from rich.text import Text

from backrec_cli.assessment.model import Assessment
from backrec_cli.render.layout import Line, lay_out
from backrec_cli.render.parts import Tone
from backrec_cli.render.report import compose

# Meaning never hangs on colour alone: every sign and word is there without it.
_STYLES = {
    Tone.PLAIN: "",
    Tone.STOP: "bold red",
    Tone.CAUTION: "yellow",
    Tone.OPEN: "bold cyan",
    Tone.GOOD: "bold green",
    Tone.QUIET: "dim",
}


def render_terminal(assessment: Assessment, *, verbose: bool, width: int, ascii_only: bool) -> str:
    """Return the report with ANSI colours."""
    stream = StringIO()
    console = Console(
        file=stream, force_terminal=True, color_system="standard", width=width, highlight=False
    )
    print_report(console, assessment, verbose=verbose, width=width, ascii_only=ascii_only)
    return stream.getvalue()


def print_report(
    console: Console, assessment: Assessment, *, verbose: bool, width: int, ascii_only: bool
) -> None:
    """Print the report on a console; no text is read as markup, and no line is broken again."""
    report = compose(assessment, verbose=verbose)
    for line in lay_out(report, width, ascii_only=ascii_only):
        console.print(_painted(line), soft_wrap=True, markup=False, emoji=False)


def _painted(line: Line) -> Text:
    """Return a line with its front part in the colour of its meaning."""
    whole = str(line)
    text = Text(whole)
    style = _STYLES[line.tone] or ("bold" if line.heading else "")
    front = min(len(line.lead), len(whole))
    if style and front:
        text.stylize(style, 0, front)
    return text

"""Assessment -> the plain report: aligned words, no colour, no box art, nothing cut off."""

from backrec_cli.assessment.model import Assessment
from backrec_cli.render.layout import lay_out
from backrec_cli.render.report import compose


def render_text(assessment: Assessment, *, verbose: bool, width: int, ascii_only: bool) -> str:
    """Return the report as text that ends in a line end.

    Long lines are broken at `width` with a hanging indent; a single longer word stays whole.
    """
    report = compose(assessment, verbose=verbose)
    return "".join(f"{line}\n" for line in lay_out(report, width, ascii_only=ascii_only))


def render_brief(assessment: Assessment) -> str:
    """Return the answer alone, on one line: headline and what belongs to it."""
    parts = (assessment.headline, *assessment.qualifiers)
    return " | ".join(parts) + "\n"

"""Make the picture and the printed reports of the README from the program itself.

    python docs/make_picture.py

Writes docs/report.svg, and fills every block of README.md that follows a comment of the form
`<!-- output of: backrec ... -->` with what that command prints.
"""

import io
import re
import shlex
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from backrec_cli.cli.inputs import find_documents
from backrec_cli.cli.session import Session
from backrec_cli.render.terminal import print_report

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "report.svg"
EXAMPLE = "examples/complex-three-weeks-ahead/patient.json"
AS_OF = "2026-03-24"
WIDTH = 100

BLOCK = re.compile(
    r"(?P<head><!-- output of: (?P<command>backrec [^\n]*?) -->\n+```text\n)(?P<body>.*?)(?=```)",
    re.DOTALL,
)

# rich's own picture loads its font from a web site; this one uses what the reader has.
SVG = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
    <style>
    .{unique_id}-matrix {{
        font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
        font-size: {char_height}px;
        line-height: {line_height}px;
        font-variant-east-asian: full-width;
    }}
    .{unique_id}-title {{
        font-size: 18px;
        font-weight: bold;
        font-family: system-ui, sans-serif;
    }}
    {styles}
    </style>
    <defs>
    <clipPath id="{unique_id}-clip-terminal">
      <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
    </clipPath>
    {lines}
    </defs>
    {chrome}
    <g transform="translate({terminal_x}, {terminal_y})"
       clip-path="url(#{unique_id}-clip-terminal)">
    {backgrounds}
    <g class="{unique_id}-matrix">
    {matrix}
    </g>
    </g>
</svg>
"""


def make_picture() -> str:
    """Return the picture of the example's report."""
    session = Session.opened(AS_OF, None)
    (result,), _ = session.assess_all(find_documents([str(ROOT / EXAMPLE)]))
    console = Console(
        record=True,
        width=WIDTH,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
    )
    print_report(console, result.assessment, verbose=False, width=WIDTH, ascii_only=False)
    title = f"backrec check {EXAMPLE} --as-of {AS_OF}"
    return console.export_svg(title=title, code_format=SVG, unique_id="backrec")


def fill(text: str) -> str:
    """Return a document with every output block renewed."""
    return BLOCK.sub(lambda found: found["head"] + output_of(found["command"]), text)


def output_of(command: str) -> str:
    """Return what a command prints, whatever its verdict."""
    words = shlex.split(command)[1:]
    result = subprocess.run(
        [sys.executable, "-m", "backrec_cli", *words],
        capture_output=True,
        check=False,
        cwd=ROOT,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80"},
    )
    return result.stdout


if __name__ == "__main__":
    PICTURE.write_text(make_picture(), encoding="utf-8")
    readme = ROOT / "README.md"
    readme.write_text(fill(readme.read_text(encoding="utf-8")), encoding="utf-8")
    print("docs/report.svg and README.md renewed")

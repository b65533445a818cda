"""Write what the program says of every example: `python -m tests.golden.regenerate`.

Read the difference before committing it: these files are what a surgeon and a script would get.
"""

from pathlib import Path

from backrec_cli.assessment.verdict import exit_code
from backrec_cli.engine import assess
from backrec_cli.profile import read_profile
from backrec_cli.render.checklist.calendar import render_calendar
from backrec_cli.render.checklist.compose import Audience, compose_sheet
from backrec_cli.render.checklist.html import render_html
from backrec_cli.render.checklist.text import render_text as render_sheet_text
from backrec_cli.render.json_document import render_json
from backrec_cli.render.text import render_text
from backrec_cli.rulepack import open_pack
from backrec_cli.rulepack.model import RulePack
from tests.shipped import Example, examples, pack

WIDTH = 100
WITH_OVERLAY = "with-overlay"
# The printed sheet: a patient with much to do, one of the day, one who cannot wait.
SHEETS = ("clean-elective", "complex-three-weeks-ahead", "emergency-cauda-equina")


def outputs(example: Example) -> dict[str, str]:
    """Return the files that stand beside an example's patient, by name."""
    files = _said(example, pack(), "expected")
    if example.overlay is not None:
        files |= _said(example, open_pack([example.overlay], example.as_of), WITH_OVERLAY)
    return files | (_sheets(example, pack()) if example.name in SHEETS else {})


def _sheets(example: Example, rules: RulePack) -> dict[str, str]:
    """Return the preparation sheet of an example, as text, as a calendar and as a page."""
    profile = read_profile(Path(example.path).read_bytes(), example.name, rules.dictionary)
    sheet = compose_sheet(assess(profile, rules, example.as_of), rules, Audience())
    return {
        "sheet.txt": render_sheet_text(sheet, WIDTH),
        "sheet.ics": render_calendar([sheet], example.as_of),
        "sheet.html": render_html([sheet], "a4"),
    }


def _said(example: Example, rules: RulePack, stem: str) -> dict[str, str]:
    """Return what the program says of an example's patient by some rules."""
    profile = read_profile(Path(example.path).read_bytes(), example.name, rules.dictionary)
    result = assess(profile, rules, example.as_of)
    text = render_text(result, verbose=False, width=WIDTH, ascii_only=False)
    return {
        f"{stem}.txt": text.rstrip("\n") + "\n",
        f"{stem}.json": render_json(result).rstrip("\n") + "\n",
        f"{stem}.code": f"{int(exit_code(result.verdict))}\n",
    }


if __name__ == "__main__":
    for one in examples():
        for name, content in outputs(one).items():
            (Path(one.path).parent / name).write_text(content, encoding="utf-8", newline="")

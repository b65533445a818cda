"""`backrec rules validate`: folders of rules -> every error and warning, each at its place."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options


def validate(
    folders: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DIR", help="Folders of rules, or overlays; the shipped rules without."
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("-f", "--format", metavar="text|json|github", help="Format of the list.")
    ] = "text",
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 2 also where there are only warnings.")
    ] = False,
    _debug: options.Debug = False,
) -> int:
    """List every error in folders of rules or, where there is none, what is likely wrong.

    Exit 0 without an error, 2 with one; the count goes to standard error.
    """
    from backrec_cli.cli.moments import as_of_or_today
    from backrec_cli.cli.streams import write_out
    from backrec_cli.lint.review import review
    from backrec_cli.render.diagnostics import RENDERERS, summary

    if form not in RENDERERS:
        raise _unknown_format(form, list(RENDERERS))
    today = as_of_or_today(None)
    reviews = [review(folder, today) for folder in map(Path, folders or [_shipped()])]
    found = [diagnostic for each in reviews for diagnostic in each.diagnostics]
    write_out(RENDERERS[form](found))
    sys.stderr.write(f"{summary(found, sum(each.files for each in reviews))}\n")
    wrong = found if strict else [each for each in found if each.severity == "error"]
    return ExitCode.COULD_NOT if wrong else ExitCode.ELIGIBLE


def _shipped() -> str:
    """Return the folder of the shipped rules, as short as it can be said from here."""
    from backrec_cli.rulepack import shipped_pack_folder

    folder = shipped_pack_folder()
    here = Path.cwd()
    return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)


def _unknown_format(name: str, known: list[str]) -> Exception:
    from backrec_cli.errors import UsageError
    from backrec_cli.errors.show import harmless
    from backrec_cli.errors.suggest import closest

    near = closest(name, known)
    hint = f"did you mean '{near}'?" if near else f"use one of {', '.join(known)}"
    return UsageError(f"unknown format '{harmless(name)}'\n  hint: {hint}")

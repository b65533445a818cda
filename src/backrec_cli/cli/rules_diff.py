"""`backrec rules diff`: two packs -> what changed, and for which patients the answer changes."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from backrec_cli.packdiff import Change, PatientChange
    from backrec_cli.rulepack.model import RulePack


SHIPPED = "shipped"


class DiffFormat(StrEnum):
    """How the comparison is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


_FOLDER = "Folder of a pack or overlay, or 'shipped'."


def diff_packs(
    old: Annotated[str, typer.Argument(metavar="OLD", help=_FOLDER)],
    new: Annotated[str, typer.Argument(metavar="NEW", help=_FOLDER)],
    patients: Annotated[
        list[str] | None,
        typer.Option("--on", metavar="PATH", help="Profiles or folders to assess with both."),
    ] = None,
    as_of: options.AsOf = None,
    diff_format: Annotated[
        DiffFormat, typer.Option("-f", "--format", help="Markdown has lines to sign.")
    ] = DiffFormat.TEXT,
    output: options.Output = None,
    _debug: options.Debug = False,
) -> int:
    """Say what changed between two packs, and which patients get another verdict, and why.

    Compares rules, thresholds, levels, texts, facts and sources. Exits 0 whatever it finds, 2 where
    a pack or a profile could not be read.
    """
    from backrec_cli.cli.moments import as_of_or_today
    from backrec_cli.cli.reporting import write_text
    from backrec_cli.packdiff import compare_packs
    from backrec_cli.render.pack_diff import RENDERERS, PackComparison

    day = as_of_or_today(as_of)
    packs = (_pack(old, day), _pack(new, day))
    changes = compare_packs(*packs)
    compared: list[PatientChange] | None = None
    unread = 0
    if patients:
        compared, unread = _compare_patients(patients, packs, changes, day)
    comparison = PackComparison(*packs, changes, compared, unread)
    write_text(RENDERERS[diff_format](comparison), output)
    return ExitCode.COULD_NOT if unread else ExitCode.ELIGIBLE


def _pack(name: str, as_of: "date") -> "RulePack":
    """Load the pack or overlay in a folder, or the pack that comes with the program."""
    from backrec_cli.cli.rules_in_force import folder_of_rules
    from backrec_cli.rulepack import open_pack

    return open_pack([] if name == SHIPPED else [folder_of_rules(name)], as_of)


def _compare_patients(
    paths: "Sequence[str]",
    packs: "tuple[RulePack, RulePack]",
    changes: "Sequence[Change]",
    as_of: "date",
) -> "tuple[list[PatientChange], int]":
    """Compare every patient; one that cannot be read with both packs is reported and counted."""
    import sys

    from backrec_cli.cli.failures import describe
    from backrec_cli.cli.inputs import find_documents
    from backrec_cli.errors import BackrecError, UsageError
    from backrec_cli.packdiff import compare_patient, read_for_both

    compared: list[PatientChange] = []
    unread = 0
    for document in find_documents(paths):
        try:
            if isinstance(document, UsageError):
                raise document
            data = document.read()
            profiles = read_for_both(data, document.name, packs)
            compared.append(compare_patient(document.name, profiles, packs, changes, as_of))
        except BackrecError as error:
            sys.stderr.write(f"{describe(error)}\n")
            unread += 1
    return compared, unread

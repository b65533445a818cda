"""`backrec checklist`: profiles -> the printed preparation sheet, one file or one for each."""

from enum import StrEnum
from typing import Annotated

import typer

from backrec_cli.cli import options


class Reader(StrEnum):
    """Whom a sheet is for."""

    NURSE = "nurse"
    SURGEON = "surgeon"
    ANAESTHETIST = "anaesthetist"
    PATIENT = "patient"


class Paper(StrEnum):
    """The size of the paper."""

    A4 = "a4"
    LETTER = "letter"


FormatName = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--format",
        metavar="pdf|html|markdown|text|ics|json",
        help="Format of the sheet; text unless the suffix of --output says otherwise.",
    ),
]
OutputDir = Annotated[
    str | None,
    typer.Option("--output-dir", metavar="DIR", help="Write one file a patient into DIR."),
]
Role = Annotated[
    Reader | None, typer.Option("--role", help="Print what concerns this reader only.")
]
Phases = Annotated[
    list[str] | None,
    typer.Option("--phase", metavar="NAME,...", help="Print only these parts of the time line."),
]
Deidentify = Annotated[bool, typer.Option("--deidentify", help="Leave identity to the label box.")]
PaperSize = Annotated[Paper, typer.Option("--paper", help="Paper size.")]


def checklist(
    paths: options.Paths,
    format_name: FormatName = None,
    output: options.Output = None,
    output_dir: OutputDir = None,
    role: Role = None,
    phase: Phases = None,
    deidentify: Deidentify = False,
    paper: PaperSize = Paper.A4,
    as_of: options.AsOf = None,
    surgery_date: options.SurgeryDate = None,
    rules: options.Rules = None,
    _debug: options.Debug = False,
) -> int:
    """Print the preparation checklist: what to do, by which date, by whom, with boxes to tick.

    Several patients give one document, each from an odd page on, or one file each with
    --output-dir; a file is named by number and digest, never by a patient. Exit 0 when everything
    was printed, 2 when not; the verdict is the business of `backrec check`.
    """
    from backrec_cli.cli.printing import PrintRequest, print_sheets

    request = PrintRequest(
        paths=tuple(paths),
        format_name=format_name,
        output=output,
        output_dir=output_dir,
        role=None if role is None else role.value,
        phases=options.split_names(phase),
        deidentify=deidentify,
        paper=paper.value,
        as_of=as_of,
        surgery_date=surgery_date,
        rules=tuple(rules or ()),
    )
    return print_sheets(request)

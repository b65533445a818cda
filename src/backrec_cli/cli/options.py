"""The options that several commands share, each said once."""

from typing import Annotated

import typer

from backrec_cli.render.formats import FORMATS

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Profiles (JSON): files, folders (every *.json in them), or - for standard input.",
        show_default=False,
    ),
]
Profile = Annotated[
    str,
    typer.Argument(metavar="PATH", help="The profile, or - for standard input."),
]
FormatName = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--format",
        metavar="|".join(FORMATS),
        help="Format of the report; text unless the suffix of --output says otherwise.",
    ),
]
Output = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all."),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Assess as of this day (or 2026-03-16T08:30); today."
    ),
]
SurgeryDate = Annotated[
    str | None,
    typer.Option(
        "--surgery-date", metavar="DATE", help="Day of surgery, in place of the profile's."
    ),
]
Rules = Annotated[
    list[str] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="A pack in place of the shipped one, or an overlay on top; may be repeated.",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="ID,...", help="Judge only these rules or topics."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="ID,...", help="Leave out these rules or topics."),
]
ExitZero = Annotated[
    bool,
    typer.Option("--exit-zero", help="Exit 0 also for the verdicts that exit 1 or 3."),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print the headline only.")]
Verbose = Annotated[
    bool, typer.Option("-v", "--verbose", help="Add every rule, its evidence and sources.")
]
Colour = Annotated[
    str,
    typer.Option("--color", metavar="auto|always|never", help="Colour the report."),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback after an error.")]


def split_names(values: list[str] | None) -> tuple[str, ...]:
    """Read a repeatable, comma-separated option."""
    names = (name.strip() for value in values or () for name in value.split(","))
    return tuple(name for name in names if name)

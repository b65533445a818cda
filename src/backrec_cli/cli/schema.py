"""`backrec schema`: the JSON Schema of what goes in and of what comes out."""

from enum import StrEnum
from typing import Annotated

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options


class Subject(StrEnum):
    """The documents that have a schema."""

    PROFILE = "profile"
    ASSESSMENT = "assessment"
    PACK = "pack"


def schema(
    subject: Annotated[Subject, typer.Argument(help="Which document's schema to print.")],
    rules: options.Rules = None,
    _debug: options.Debug = False,
) -> int:
    """Print the JSON Schema of a profile, of an assessment, or of the files of a rule pack."""
    import json

    from backrec_cli.cli.streams import write_out

    if subject is Subject.PROFILE:
        from backrec_cli.cli.moments import as_of_or_today
        from backrec_cli.cli.rules_in_force import pack_in_force
        from backrec_cli.facts.schema import profile_schema

        document = profile_schema(pack_in_force(rules or (), as_of_or_today(None)).dictionary)
    elif subject is Subject.PACK:
        from backrec_cli.rulepack.schema import pack_schema

        document = pack_schema()
    else:
        from backrec_cli.assessment.schema import assessment_schema

        document = assessment_schema()
    write_out(json.dumps(document, indent=2) + "\n")
    return ExitCode.ELIGIBLE

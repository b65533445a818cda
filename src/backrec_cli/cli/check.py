"""`backrec check`: profiles -> reports and the worst verdict's exit code."""

from backrec_cli.cli import options
from backrec_cli.cli.checking import CheckRequest, check_patients


def check(
    paths: options.Paths,
    format_name: options.FormatName = None,
    output: options.Output = None,
    as_of: options.AsOf = None,
    surgery_date: options.SurgeryDate = None,
    rules: options.Rules = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    colour: options.Colour = "auto",
    _debug: options.Debug = False,
) -> int:
    """Check patients and print a flagged checklist for each.

    Several patients give one report each (with --format json: one array), and the worst exit code
    in the order 2, 1, 3, 0. A document that cannot be read is reported on standard error and does
    not stop the others.
    """
    request = CheckRequest(
        paths=tuple(paths),
        format_name=format_name,
        output=output,
        as_of=as_of,
        surgery_date=surgery_date,
        rules=tuple(rules or ()),
        select=options.split_names(select),
        ignore=options.split_names(ignore),
        exit_zero=exit_zero,
        quiet=quiet,
        verbose=verbose,
        colour=colour,
    )
    return check_patients(request)

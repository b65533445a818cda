"""The program: arguments -> the command they name -> its exit code, whatever goes wrong."""

import sys
from collections.abc import Sequence

from backrec_cli.cli.checking import check_patients
from backrec_cli.cli.failures import code_of_failure
from backrec_cli.cli.quick import quick_request
from backrec_cli.cli.streams import finish_output, prepare_streams


def main() -> None:
    """Run the program on the process's arguments and exit with its code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; nothing but a verdict ever returns 1."""
    prepare_streams()
    try:
        code = _run_command(arguments)
    except BaseException as error:  # noqa: BLE001 - the last resort: every error gets its code.
        code = code_of_failure(error, debug="--debug" in arguments)
    return finish_output(code)


def _run_command(arguments: Sequence[str]) -> int:
    """Run a plain check at once; every other command line is read by typer."""
    request = quick_request(arguments)
    if request is not None:
        return check_patients(request)
    # typer takes as long to import as a whole check takes to run.
    from backrec_cli.cli.commands import invoke

    return invoke(arguments)

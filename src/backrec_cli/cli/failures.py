"""An error -> what is said on stderr and which exit code ends the process."""

import sys
import traceback
from pathlib import Path

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.errors import BackrecError, DiagnosticsError
from backrec_cli.errors.show import harmless, show_diagnostics


def code_of_failure(error: BaseException, *, debug: bool) -> ExitCode:
    """Say what went wrong on stderr and return the exit code for it."""
    if isinstance(error, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    if debug:
        sys.stderr.write("".join(traceback.format_exception(error)))
    if isinstance(error, BackrecError | OSError):
        sys.stderr.write(f"{describe(error)}\n")
        return ExitCode.COULD_NOT
    sys.stderr.write(f"{_bug(error)}\n")
    return ExitCode.BUG


def describe(error: Exception) -> str:
    """Return what the user can mend, as plain lines."""
    if isinstance(error, DiagnosticsError):
        return show_diagnostics(error.diagnostics)
    if isinstance(error, OSError):
        return f"error: {_system_error(error)}"
    return f"error: {error}"


def _system_error(error: OSError) -> str:
    """Say what the system refused, and for which file."""
    reason = error.strerror or type(error).__name__
    return f"'{harmless(str(error.filename))}': {reason}" if error.filename else reason


def _bug(error: BaseException) -> str:
    """Name the kind and place of a bug; its message may hold patient data and stays unsaid."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return (
        f"error: internal error ({type(error).__name__}{place}); this is a bug in backrec\n"
        "  hint: run it again with --debug to see where"
    )

"""Standard output and files: written whole or not at all, never a traceback over a closed pipe."""

import os
import sys
from pathlib import Path
from typing import TextIO

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless

_GLYPHS = "✗·"
_OWNER_ONLY = 0o600


def prepare_streams() -> None:
    """Let no character that the output's encoding lacks end the program."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")


def lacks_glyphs(stream: TextIO | None) -> bool:
    """Whether the stream's encoding lacks the signs of a report."""
    try:
        _GLYPHS.encode((stream.encoding if stream else None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def write_out(text: str) -> None:
    """Write to standard output; a reader who has gone away is no error."""
    if sys.stdout is None:
        msg = "standard output is closed"
        raise UsageError(msg)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        silence_output()


def finish_output(code: int) -> int:
    """Flush what is left to print; return the exit code, changed if the output was lost."""
    if sys.stdout is None:
        return code
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        silence_output()
    except OSError as error:
        sys.stderr.write(f"error: cannot write to standard output: {error.strerror}\n")
        silence_output()
        return ExitCode.COULD_NOT
    return code


def write_bytes_out(data: bytes) -> None:
    """Write bytes to standard output; a reader who has gone away is no error."""
    if sys.stdout is None:
        msg = "standard output is closed"
        raise UsageError(msg)
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        silence_output()


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file that only its owner may read: aside first, then renamed over the old one."""
    target = path.resolve()
    data = content.encode() if isinstance(content, str) else content
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        msg = f"cannot write '{harmless(str(path))}': {error.strerror}"
        raise UsageError(msg) from error


def _replace(target: Path, data: bytes) -> None:
    """Write a new file beside the target and put it in its place."""
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def silence_output() -> None:
    """Send whatever is still to be flushed nowhere, so that the interpreter ends quietly."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())

"""Files that appear under their names all at once, whole, and for their owner only.

Each is written aside in its own folder and renamed at the end of the run. What ends before that
removes what lies aside; only a killed process leaves it, under a hidden name that no run reads.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from itertools import count
from pathlib import Path
from typing import BinaryIO, Self

from backrec_cli.cli.streams import silence_output
from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless

_OWNER_ONLY = 0o600
_PARTIAL = ".partial"


class OutputStream:
    """An open output; whatever keeps it from being written is said with its name."""

    def __init__(self, name: str, raw: BinaryIO) -> None:
        self.name = name
        self.raw = raw

    def write(self, data: bytes, /) -> None:
        """Write all of the bytes; raises UsageError where the system refuses."""
        left = memoryview(data)
        try:
            while left:
                left = left[self.raw.write(left) or 0 :]
            self.raw.flush()
        except BrokenPipeError as error:
            msg = f"whoever read {self.name} has stopped reading; the rest was not written"
            raise UsageError(msg) from error
        except OSError as error:
            raise unwritable(self.name, error) from error


class StandardOutput(OutputStream):
    """Standard output, of which nothing is left to flush once it cannot be written."""

    def write(self, data: bytes, /) -> None:
        """Write all of the bytes; raises UsageError where the system refuses."""
        try:
            super().write(data)
        except UsageError:
            silence_output()
            raise


class WholeFiles:
    """The files of one run."""

    def __init__(self) -> None:
        self._plain: list[OutputStream] = []
        self._aside: dict[Path, tuple[Path, OutputStream]] = {}

    def __enter__(self) -> Self:
        """Open nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove whatever was not published."""
        for aside, stream in self._aside.values():
            with suppress(OSError):
                stream.raw.close()
            aside.unlink(missing_ok=True)
        for stream in self._plain:
            with suppress(OSError):
                stream.raw.close()

    def open(self, path: str) -> OutputStream:
        """Return a stream whose bytes appear under a name once all is published."""
        name = f"'{harmless(path)}'"
        try:
            target = Path(path).resolve()
            if target.is_dir():
                msg = f"cannot write {name}: it is a folder"
                raise UsageError(msg)
            if target.exists() and not target.is_file():
                # A pipe or a device is written to, not replaced.
                stream = OutputStream(name, FileIO(target, "wb"))
                self._plain.append(stream)
                return stream
            aside, raw = _opened_aside(target)
        except OSError as error:
            raise unwritable(name, error) from error
        except ValueError as error:
            msg = f"cannot write {name}: no such name can exist"
            raise UsageError(msg) from error
        stream = OutputStream(name, raw)
        self._aside[target] = aside, stream
        return stream

    def publish(self) -> None:
        """Let all files appear: each safely on the disk before the first takes its name."""
        for _, stream in self._aside.values():
            _settle(stream)
        for target, (aside, stream) in list(self._aside.items()):
            try:
                aside.replace(target)
            except OSError as error:
                raise unwritable(stream.name, error) from error
            del self._aside[target]

    def keep_partial(self, kept: OutputStream) -> Path | None:
        """Let one unfinished file appear under a name that says so; None where it is no file."""
        for target, (aside, stream) in list(self._aside.items()):
            if stream is kept:
                partial = target.with_name(target.name + _PARTIAL)
                _settle(stream)
                aside.replace(partial)
                del self._aside[target]
                return partial
        return None


def _opened_aside(target: Path) -> tuple[Path, FileIO]:
    """Create a file beside the target; what a killed run left under that name stays."""
    for name in _names_aside(target):
        aside = target.with_name(name)
        with suppress(FileExistsError):
            descriptor = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
            return aside, FileIO(descriptor, "r+b")
    raise FileExistsError


def _names_aside(target: Path) -> Iterator[str]:
    """Yield hidden names for what will be the target."""
    for number in count():
        again = f"-{number}" if number else ""
        yield f".{target.name}.{os.getpid()}{again}.part"


def _settle(stream: OutputStream) -> None:
    """Make sure that all of a file is on the disk, and close it."""
    try:
        os.fsync(stream.raw.fileno())
        stream.raw.close()
    except OSError as error:
        raise unwritable(stream.name, error) from error


def unwritable(name: str, error: OSError) -> UsageError:
    """Say why an output cannot be written."""
    return UsageError(f"cannot write {name}: {error.strerror or type(error).__name__}")

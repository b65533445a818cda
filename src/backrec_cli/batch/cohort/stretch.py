"""The bytes of a chunk: carried along, or a range of a file that whoever needs them reads."""

from dataclasses import dataclass
from pathlib import Path

from backrec_cli.batch.cohort.source import open_file, unreadable
from backrec_cli.errors import UsageError


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes that travel with their chunk."""

    data: bytes

    def read(self) -> bytes:
        """Return the bytes."""
        return self.data


@dataclass(frozen=True, slots=True)
class Range:
    """Bytes that still lie in a file, from `start` up to `stop`."""

    path: Path
    name: str
    start: int
    stop: int

    def read(self) -> bytes:
        """Return the bytes; raises UsageError where the file no longer has them."""
        with open_file(self.path, self.name) as stream:
            try:
                stream.seek(self.start)
                data = stream.read(self.stop - self.start)
            except OSError as error:
                raise unreadable(self.name, error) from error
        if len(data) != self.stop - self.start:
            msg = f"'{self.name}' became shorter while it was read; start again"
            raise UsageError(msg)
        return data


Stretch = Held | Range

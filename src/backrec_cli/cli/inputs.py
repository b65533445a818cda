"""The PATHs of a command line -> documents: files, all `*.json` of a folder, or standard input."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless

STDIN = "-"

_LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """A document still to be read: its name as shown, and where it is (None: standard input)."""

    name: str
    path: Path | None

    def read(self) -> bytes:
        """Return the bytes; raises UsageError where there are none, or far too many."""
        try:
            if self.path is not None:
                with self.path.open("rb") as stream:
                    return self._bounded(stream)
            if sys.stdin is None:
                msg = "standard input is closed"
                raise UsageError(msg)
            return self._bounded(sys.stdin.buffer)
        except (OSError, ValueError) as error:
            raise _unreadable(self.name, error) from error

    def _bounded(self, stream: BinaryIO) -> bytes:
        """Read a stream, but never without end."""
        data = stream.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            msg = f"cannot read '{self.name}': larger than {_LARGEST // 1024 // 1024} MB"
            raise UsageError(msg)
        return data


def find_documents(paths: Sequence[str]) -> list[Document | UsageError]:
    """Return the documents in the order given, folders sorted by name; errors in their place."""
    found: list[Document | UsageError] = []
    for path in paths:
        try:
            found += _documents(path)
        except UsageError as error:
            found.append(error)
        except (OSError, ValueError) as error:
            found.append(_unreadable(harmless(path), error))
    return found


def names_many(paths: Sequence[str]) -> bool:
    """Whether a command line asks for several patients, so that results come as a list."""
    return len(paths) > 1 or any(map(_is_folder, paths))


def _is_folder(path: str) -> bool:
    """Whether a PATH names a folder; one that cannot even be looked up does not."""
    try:
        return path != STDIN and Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _unreadable(name: str, error: Exception) -> UsageError:
    """Say why a document cannot be read; Python itself refuses a name with a null character."""
    reason = error.strerror if isinstance(error, OSError) else "no such name can exist"
    return UsageError(f"cannot read '{name}': {reason}")


def _documents(path: str) -> Iterator[Document]:
    """Yield the documents of one PATH."""
    if path == STDIN:
        yield Document("<stdin>", None)
        return
    place = Path(path)
    if not place.is_dir():
        yield Document(harmless(path), place)
        return
    files = sorted(p for p in place.iterdir() if _is_profile(p))
    if not files:
        msg = f"no *.json file in folder '{harmless(path)}'"
        raise UsageError(msg)
    yield from (Document(harmless(str(file)), file) for file in files)


def _is_profile(path: Path) -> bool:
    """Whether a file of a folder is taken for a profile."""
    return path.suffix == ".json" and not path.name.startswith(".") and path.is_file()

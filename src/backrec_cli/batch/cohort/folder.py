"""A folder of profiles -> one record for each of its `*.json` files, sorted by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.cohort.bounds import HEAD, LARGEST, too_large
from backrec_cli.batch.cohort.cutting import SIZE
from backrec_cli.batch.cohort.documents import Documents, gathered
from backrec_cli.batch.cohort.source import open_file, unreadable
from backrec_cli.batch.record import Record
from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless

_ADVICE = "give one patient a file"


@dataclass(frozen=True, slots=True)
class FolderCohort:
    """A folder; `files` are the names of its profiles in their order."""

    folder: Path
    files: tuple[str, ...]
    chunk_size: int = SIZE

    @property
    def name(self) -> str:
        """The folder, as it is shown."""
        return harmless(str(self.folder))

    @property
    def size(self) -> int:
        """How many profiles there are."""
        return len(self.files)

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks; a file that cannot be read is a record with that problem."""
        numbered = enumerate(self.files, 1)
        records = (_record(number, self.folder / file) for number, file in numbered)
        for group in gathered(records, self.chunk_size):
            yield Documents(self.name, group, len(group))


def open_folder(path: Path, chunk_size: int = SIZE) -> FolderCohort:
    """Return the cohort of a folder; raises UsageError where it holds no profile."""
    try:
        files = sorted(entry.name for entry in path.iterdir() if _is_profile(entry))
    except OSError as error:
        raise unreadable(harmless(str(path)), error) from error
    if not files:
        msg = f"no *.json file in folder '{harmless(str(path))}'"
        raise UsageError(msg)
    return FolderCohort(path, tuple(files), chunk_size)


def _is_profile(path: Path) -> bool:
    """Whether a file of a folder is taken for a profile, as `check` takes it."""
    return path.suffix == ".json" and not path.name.startswith(".") and path.is_file()


def _record(number: int, path: Path) -> Record:
    """Return the record of one file."""
    place = harmless(str(path))
    try:
        with open_file(path, place) as stream:
            data = stream.read(LARGEST + 1)
    except (UsageError, OSError) as error:
        reason = str(error) if isinstance(error, UsageError) else str(unreadable(place, error))
        return Record(number, place, b"", problem=reason)
    if len(data) > LARGEST:
        return too_large(number, place, data[:HEAD], _ADVICE)
    return Record(number, place, data, data)

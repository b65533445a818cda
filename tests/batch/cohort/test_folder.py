"""A folder: one record for each of its profiles, sorted by name."""

from pathlib import Path

import pytest

from backrec_cli.batch.cohort.bounds import HEAD, LARGEST
from backrec_cli.batch.record import Record
from backrec_cli.errors import UsageError
from tests.batch.cohort.cohort_bench import chunks, opened_file, records


def test_profiles_of_a_folder_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    """The same files as `check` picks: visible, `*.json`, and files."""
    for name in ("b.json", "a.json", ".c.json", "d.txt", "e.JSON"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "f.json").mkdir()
    for size in (None, 1):
        assert records(opened_file(tmp_path, size)) == [
            Record(1, f"{tmp_path}/a.json", b"a.json", b"a.json"),
            Record(2, f"{tmp_path}/b.json", b"b.json", b"b.json"),
        ]


def test_file_that_cannot_be_used_is_one_refused_record(tmp_path: Path) -> None:
    """Too large, or gone since the folder was listed: the others are read."""
    for name in ("a.json", "b.json", "c.json"):
        (tmp_path / name).write_bytes(b"{}")
    (tmp_path / "b.json").write_bytes(b"x" * (LARGEST + 1))
    cohort = opened_file(tmp_path)
    (tmp_path / "c.json").unlink()
    found = records(cohort)
    assert [(len(r.raw), r.problem) for r in found] == [
        (2, None),
        (HEAD, "larger than 1 MiB, which no patient's record is; give one patient a file"),
        (0, f"cannot read '{tmp_path}/c.json': No such file or directory"),
    ]


def test_folder_is_counted_in_profiles(tmp_path: Path) -> None:
    """Progress of a folder goes by its files."""
    for number in range(7):
        (tmp_path / f"{number}.json").write_bytes(b"{}")
    cohort = opened_file(tmp_path, 5)
    assert cohort.size == 7
    assert [chunk.extent for chunk in chunks(cohort)] == [3, 3, 1]


def test_names_are_harmless_to_show(tmp_path: Path) -> None:
    """A file's name cannot act on a terminal."""
    (tmp_path / "a\x1b[31m.json").write_bytes(b"{}")
    (record,) = records(opened_file(tmp_path))
    assert record.place == f"{tmp_path}/a\\x1b[31m.json"


def test_folder_without_profiles_is_refused(tmp_path: Path) -> None:
    """Nothing to read is a mistake in the call."""
    with pytest.raises(UsageError, match=r"no \*\.json file in folder"):
        opened_file(tmp_path)
    with pytest.raises(UsageError, match="a folder is read as JSON profiles, not as csv"):
        opened_file(tmp_path, format_name="csv")

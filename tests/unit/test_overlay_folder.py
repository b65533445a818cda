"""An overlay is data in a plain folder: links, devices, bombs and strays are refused."""

import os
from pathlib import Path

import pytest

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.rulepack import open_pack
from backrec_cli.rulepack.overlay import folder as limits
from tests.unit.overlay_bench import HEAD, TODAY, opened, write_overlay
from tests.unit.pack_files import write_pack


def _base(folder: Path) -> Path:
    (folder / "base").mkdir()
    return write_pack(folder / "base")


def _refused(*folders: Path) -> list[Diagnostic]:
    with pytest.raises(DiagnosticsError) as raised:
        open_pack(folders, TODAY)
    return list(raised.value.diagnostics)


def test_folder_with_neither_file_is_no_rules(tmp_path: Path) -> None:
    """A folder that holds nothing usable is never passed over."""
    (tmp_path / "empty").mkdir()
    (found,) = _refused(tmp_path / "empty")
    assert (found.code, found.hint) == ("E380", "name the folder of a pack or of an overlay")


def test_pack_comes_first_and_alone(tmp_path: Path) -> None:
    """A second pack, or one after an overlay, would silently undo the first."""
    base = _base(tmp_path)
    overlay = write_overlay(tmp_path / "overlay", {"overlay.toml": HEAD})
    for order in ((base, base), (overlay, base)):
        (found,) = _refused(*order)
        assert found.code == "E381"


def test_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """What an overlay holds must not change behind its name."""
    base = _base(tmp_path)
    overlay = write_overlay(tmp_path / "overlay", {"overlay.toml": HEAD})
    (tmp_path / "link").symlink_to(overlay)
    (found,) = _refused(base, tmp_path / "link")
    assert (found.code, "it is a link" in found.message) == ("E382", True)


def test_folder_of_tests_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """Tests are read by other commands, from this folder and no other."""
    base = _base(tmp_path)
    overlay = write_overlay(tmp_path / "overlay", {"overlay.toml": HEAD})
    (overlay / "tests").symlink_to(tmp_path)
    (found,) = _refused(base, overlay)
    assert (found.code, "'tests' in it is a link" in found.message) == ("E382", True)


@pytest.mark.parametrize("name", ["overlay.toml", "own.toml", ".hidden.toml"])
def test_file_that_is_a_link_is_refused(tmp_path: Path, name: str) -> None:
    """No file of an overlay lies elsewhere."""
    base = _base(tmp_path)
    overlay = write_overlay(tmp_path / "overlay", {"overlay.toml": HEAD})
    (tmp_path / "elsewhere").write_text(HEAD, encoding="utf-8")
    (overlay / name).unlink(missing_ok=True)
    (overlay / name).symlink_to(tmp_path / "elsewhere")
    (found,) = _refused(base, overlay)
    assert (found.code, found.message) == ("E303", "file not read: it is a link")


def test_pipe_in_an_overlay_is_not_waited_for(tmp_path: Path) -> None:
    """A file that would never end is not opened."""
    base = _base(tmp_path)
    overlay = write_overlay(tmp_path / "overlay", {"overlay.toml": HEAD})
    os.mkfifo(overlay / "own.toml")
    (found,) = _refused(base, overlay)
    assert (found.code, found.message) == ("E303", "file not read: it is not a plain file")


def test_folder_named_like_a_file_is_refused(tmp_path: Path) -> None:
    """A folder `x.toml` holds no rules."""
    base = _base(tmp_path)
    overlay = write_overlay(tmp_path / "overlay", {"overlay.toml": HEAD})
    (overlay / "own.toml").mkdir()
    (found,) = _refused(base, overlay)
    assert found.message == "file not read: it is not a plain file"


def test_folder_below_an_overlay_holds_no_rules(tmp_path: Path) -> None:
    """Only files that lie directly in the folder count."""
    overlay = {"overlay.toml": HEAD}
    base = _base(tmp_path)
    folder = write_overlay(tmp_path / "overlay", overlay)
    (folder / "more").mkdir()
    (folder / "more" / "broken.toml").write_text("[[", encoding="utf-8")
    assert [o.id for o in open_pack([base, folder], TODAY).overlays] == ["north"]


def test_overlay_has_a_largest_size_and_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files together are bounded, before any of them is read."""
    base = _base(tmp_path)
    many = write_overlay(tmp_path / "many", {"overlay.toml": HEAD, "a.toml": "", "b.toml": ""})
    monkeypatch.setattr(limits, "MOST_FILES", 2)
    (found,) = _refused(base, many)
    assert (found.code, "more than 2 files of rules" in found.message) == ("E383", True)
    monkeypatch.undo()
    monkeypatch.setattr(limits, "LARGEST", 10)
    (found,) = _refused(base, many)
    assert found.code == "E383"


def test_tests_of_an_overlay_count_for_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are read too, by another command."""
    base = _base(tmp_path)
    overlay = write_overlay(tmp_path / "overlay", {"overlay.toml": HEAD})
    (overlay / "tests").mkdir()
    (overlay / "tests" / "a.toml").write_text("#" * 2000, encoding="utf-8")
    monkeypatch.setattr(limits, "LARGEST", 1000)
    (found,) = _refused(base, overlay)
    assert found.code == "E383"


def test_overlay_that_is_a_pack_too_is_refused(tmp_path: Path) -> None:
    """A folder is one or the other."""
    base = _base(tmp_path)
    both = write_pack(write_overlay(tmp_path / "both", {"overlay.toml": HEAD}))
    (found,) = _refused(base, both)
    assert (found.code, "it holds a 'pack.toml' too" in found.message) == ("E382", True)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe[overlay]", "E304"),
        (b"[overlay", "E305"),
        (b"a = " + b"[" * 3000, "E305"),
        (b"x = 1e999999999\n", "E307"),
        (b"a" * 5000, "E306"),
    ],
)
def test_broken_bytes_are_an_error_with_a_code(tmp_path: Path, data: bytes, code: str) -> None:
    """Whatever the file holds, the answer is a diagnostic."""
    base = _base(tmp_path)
    (tmp_path / "overlay").mkdir()
    (tmp_path / "overlay" / "overlay.toml").write_bytes(data)
    assert code in [found.code for found in _refused(base, tmp_path / "overlay")]


@pytest.mark.parametrize(
    "text",
    [
        "overlay = 1\n",
        "overlay = []\n",
        "[[overlay]]\n",
        "set = 1\n",
        "set = [1]\n",
        "[[set]]\nparameter = 1\nvalue = [1]\n",
        "[[set]]\nparameter = ['a']\nvalue = 2026-01-01\nexpires = 1\nreason = []\n",
        "[[set]]\nparameter = 'hba1c_limit'\nvalue = {}\nunit = 3\n",
        "[[change]]\nentry = {}\nlevel = 1\ngrade = []\n",
        "[[disable]]\nentry = []\n",
        "contacts = 1\n",
        "[contacts]\nsurgeon = 1\n",
        "[[rule]]\nid = []\n",
        "topic = 3\n",
        "define = [1]\n",
        "reviewable = true\n",
    ],
)
@pytest.mark.parametrize("file", ["overlay.toml", "facts.toml", "parameters.toml", "own.toml"])
def test_any_shape_is_refused_without_a_traceback(tmp_path: Path, text: str, file: str) -> None:
    """Tables, lists and numbers where something else belongs."""
    base = _base(tmp_path)
    overlay = write_overlay(tmp_path / "overlay", {"overlay.toml": HEAD})
    (overlay / file).write_text(text, encoding="utf-8")
    found = _refused(base, overlay)
    assert found
    assert all(d.source is not None and "overlay/" in d.source.name for d in found)


def test_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    """Files from a Windows editor begin with one."""
    assert opened(tmp_path, "\ufeff" + HEAD).overlays[0].id == "north"

"""Every key of a pack misspelt, and every value of another type: one error, at the right place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backrec_cli.errors import DiagnosticsError
from backrec_cli.rulepack import load_pack
from backrec_cli.rulepack.locator import KeyPath, locate
from backrec_cli.source import SourceText, Span
from tests.unit.pack_files import FILES, write_pack

# What stands under these is named by its author, so that another name is no slip that shows here.
_NAMED_BY_AUTHOR = {
    *((file, 1) for file in ("parameters.toml", "sources.toml")),
    *(("facts.toml", depth) for depth in (1, 2)),
}
_CONTACTS = ("contacts", "surgeon")
# Of `[levels.elective]` misspelt, the other rows still stand under the right name and lack one.
_ALSO_INCOMPLETE = ("levels",)


def _keys() -> Iterator[tuple[str, KeyPath, Span, Span]]:
    """Yield every key of the small pack with its place and that of its value."""
    for file, text in FILES.items():
        for path, place in locate(text).items():
            own = (file, len(path)) in _NAMED_BY_AUTHOR or path in (_CONTACTS, _ALSO_INCOMPLETE)
            if isinstance(path[-1], str) and not own:
                yield file, path, place.key, place.value


def _errors(folder: Path, file: str, text: str) -> list[tuple[str, str]]:
    """Return code and place of everything that is wrong."""
    with pytest.raises(DiagnosticsError) as raised:
        load_pack(write_pack(folder, {file: text}))
    found = raised.value.diagnostics
    return [(each.code, each.place.removeprefix(f"{folder.as_posix()}/")) for each in found]


def _place(file: str, span: Span) -> str:
    line, column = SourceText(file, FILES[file]).position(span.start)
    return f"{file}:{line}:{column}"


@pytest.mark.parametrize(("file", "path", "key", "_value"), list(_keys()))
def test_misspelt_key_is_one_error_at_the_key(
    tmp_path: Path, file: str, path: KeyPath, key: Span, _value: Span
) -> None:
    """It is never passed over, and nothing that used it is blamed as well."""
    text = FILES[file]
    slip = f"{text[: key.end]}{text[key.end - 1]}{text[key.end :]}"
    if path[-1] == "id":
        slip = text[: key.start] + "idd" + text[key.end :]
    assert _errors(tmp_path, file, slip) == [("E310", _place(file, key))]


_VALUES = [
    (file, value) for file, _, _, value in _keys() if FILES[file][: value.start].endswith("= ")
]


@pytest.mark.parametrize(("file", "value"), _VALUES)
def test_value_that_is_a_date_is_one_error_at_the_value(
    tmp_path: Path, file: str, value: Span
) -> None:
    """No key of a pack takes a date, so each of them must say so, where the date is."""
    text = FILES[file]
    wrong = text[: value.start] + "1979-05-27" + text[value.end :]
    assert _errors(tmp_path, file, wrong) == [("E312", _place(file, value))]

"""The schema that editors read says what the readers do: same keys, same needs, same words."""

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import pytest

from backrec_cli.errors import DiagnosticsError
from backrec_cli.facts import item_reader, reader, unit_reader, validity_reader
from backrec_cli.rulepack import (
    complications,
    evidence,
    last_dose,
    load_pack,
    rules,
    settings,
    steps,
    vocabulary,
)
from backrec_cli.rulepack.locator import KeyPath, locate
from backrec_cli.rulepack.schema import SCHEMA_FILE, pack_schema, unshaped
from tests.unit.lint_rows import CLEAN
from tests.unit.pack_files import FILES, broken, write_pack
from tests.unit.pack_mistakes import MEANING, NAMES, TABLES, TABLES_INSIDE, Mistake

RULES = Path(__file__).parent.parent.parent / "rules"
SHIPPED = sorted(RULES.rglob("*.toml"))
VALIDATOR = jsonschema.Draft202012Validator(pack_schema())
# What is wrong with the shape of a file; names, units and expressions are left to the program.
_OF_SHAPE = ("E310", "E311", "E312", "E313", "E320", "E330", "E331", "E333", "E335", "E337")


def _accepted(text: str) -> bool:
    """Whether the schema finds nothing wrong with a file."""
    return bool(VALIDATOR.is_valid(tomllib.loads(text)))


def test_schema_is_a_schema() -> None:
    """An editor would silently ignore one that is not."""
    jsonschema.Draft202012Validator.check_schema(pack_schema())


def test_shipped_schema_is_up_to_date() -> None:
    """Run `backrec schema pack > rules/pack.schema.json` after changing what a table may hold."""
    written = (RULES / SCHEMA_FILE).read_text(encoding="utf-8")
    assert written == json.dumps(pack_schema(), indent=2) + "\n"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(RULES)))
def test_shipped_file_fits_the_schema_and_names_it(path: Path) -> None:
    """Its first line leads an editor to the schema, and the schema finds nothing wrong."""
    text = path.read_text(encoding="utf-8")
    up = "../" * (len(path.relative_to(RULES).parts) - 1) or "./"
    assert text.startswith(f"#:schema {up}{SCHEMA_FILE}\n")
    assert list(VALIDATOR.iter_errors(tomllib.loads(text))) == []


@pytest.mark.parametrize("file", FILES)
def test_sound_file_is_accepted(file: str) -> None:
    """Both small packs of the tests are packs."""
    assert _accepted(FILES[file])
    assert _accepted(CLEAN[file])


@pytest.mark.parametrize(
    "mistake",
    [row for row in (*TABLES, *TABLES_INSIDE, *NAMES, *MEANING) if row.code in _OF_SHAPE],
    ids=lambda row: f"{row.code}: {row.message}",
)
def test_mistake_in_the_shape_is_refused(mistake: Mistake) -> None:
    """What a reader says of keys, types and words of a fixed list, an editor says while typing."""
    text, _ = broken(mistake.file, mistake.was, mistake.now)
    assert not _accepted(text)


def _without_a_key() -> Iterator[tuple[str, str, str]]:
    """Yield each file of the small pack without one of its `key = value` lines."""
    for file, text in FILES.items():
        for path, place in locate(text).items():
            whole = text[place.key.start : place.value.end]
            if text[: place.key.start].endswith("\n") and _is_line(path, whole):
                yield file, str(path), text[: place.key.start] + text[place.value.end :]


def _is_line(path: KeyPath, whole: str) -> bool:
    return isinstance(path[-1], str) and re.match(r"\w+ = ", whole) is not None


@pytest.mark.parametrize(("file", "path", "text"), list(_without_a_key()))
def test_schema_asks_for_the_keys_that_the_reader_asks_for(
    tmp_path: Path, file: str, path: str, text: str
) -> None:
    """A key that is missing is missed by both or by neither."""
    codes = set()
    try:
        load_pack(write_pack(tmp_path, {file: text}))
    except DiagnosticsError as error:
        codes = {found.code for found in error.diagnostics if found.source}
    assert _accepted(text) is codes.isdisjoint({"E311", "E335"}), path


def test_every_key_is_described() -> None:
    """A key that a reader learns must be told to the schema too: add its shape in `schema`."""
    sources: tuple[dict[str, frozenset[str]], ...] = (
        evidence.TABLE_KEYS,
        rules.TABLE_KEYS,
        steps.TABLE_KEYS,
        complications.TABLE_KEYS,
        last_dose.TABLE_KEYS,
        vocabulary.TABLE_KEYS,
        reader.TABLE_KEYS,
        item_reader.TABLE_KEYS,
        unit_reader.TABLE_KEYS,
        validity_reader.TABLE_KEYS,
        {name: keys for name, keys in settings.TABLE_KEYS.items() if name != "file"},
    )
    keys = [key for source in sources for table in source.values() for key in table]
    assert unshaped(keys) == []


@pytest.mark.parametrize(
    "path", sorted((RULES.parent / "examples" / "overlay-uk").rglob("*.toml")), ids=lambda p: p.name
)
def test_file_of_an_overlay_is_described(path: Path) -> None:
    """A hospital types its overlay with the same help."""
    text = path.read_text(encoding="utf-8")
    assert _accepted(text)
    assert not _accepted(text.replace("entry =", "entri =").replace("title =", "titel ="))


def test_file_of_pack_tests_is_described() -> None:
    """Cases beside the rules are typed with help too."""
    text = """
    [baseline.ordinary]
    title = "Ordinary"
    as_of = "T-14"
    profile = { procedure = { date = "2026-03-16" } }
    [[test]]
    entry = "dm-high"
    cases = [
      { facts = { labs.hba1c = "unknown" }, expect = "undecided" },
      { without = ["labs.hba1c"], expect = "not_assessed", as_of = "T 08:30" },
    ]
    """
    assert _accepted(text)
    assert not _accepted(text.replace("expect", "expected", 1))
    assert not _accepted(text.replace('"T-14"', '"yesterday"'))


def _taplo(path: Path) -> list[str]:
    return ["taplo", "lint", str(path)]


def _tombi(path: Path) -> list[str]:
    return ["tombi", "lint", "--offline", str(path)]


@pytest.mark.parametrize("command", [_taplo, _tombi])
def test_editor_finds_the_schema_and_its_mistakes(
    tmp_path: Path, command: Callable[[Path], list[str]]
) -> None:
    """The tools behind the editors accept a shipped file, and refuse it with one slip in it."""
    name = command(tmp_path)[0]
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    shutil.copy(RULES / SCHEMA_FILE, tmp_path)
    text = (RULES / "weight.toml").read_text(encoding="utf-8")
    assert text.count('level = "information"') == 1
    codes = []
    for number, level in enumerate(("information", "informative")):
        path = tmp_path / f"weight-{number}.toml"
        path.write_text(text.replace('"information"', f'"{level}"'), encoding="utf-8")
        done = subprocess.run(command(path), capture_output=True, check=False, cwd=tmp_path)
        codes.append(done.returncode)
    assert codes == [0, 1]

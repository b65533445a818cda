"""docs/writing-rules.md is true: files, commands, outputs, and the list of all keys."""

import re
from collections.abc import Set as AbstractSet
from pathlib import Path

import pytest

from backrec_cli.cli import moments
from backrec_cli.expression.resolver import ATTRIBUTES
from backrec_cli.facts import item_reader, reader, unit_reader, validity_reader
from backrec_cli.packtest import baselines, cases
from backrec_cli.packtest import reader as tests_reader
from backrec_cli.rulepack import (
    complications,
    evidence,
    last_dose,
    rules,
    settings,
    steps,
    vocabulary,
)
from backrec_cli.rulepack.overlay import changes, header, parameters
from backrec_cli.rulepack.overlay.additions import REVIEWABLE
from backrec_cli.rulepack.schema import pack_schema
from tests.acceptance.program import Program
from tests.pages import ThatDay, blocks, follow

PAGE = (Path(__file__).parent.parent.parent / "docs" / "writing-rules.md").read_text("utf-8")
KEYS: dict[str, AbstractSet[str]] = {
    "`[overlay]`": header.TABLE_KEYS["overlay"],
    "`[[set]]`": parameters.TABLE_KEYS["set"],
    "`[[change]]`": changes.TABLE_KEYS["change"],
    "`[[disable]]`": changes.TABLE_KEYS["disable"],
    "`[[topic]]`": settings.TABLE_KEYS["topic"],
    "`[[rule]]`": rules.TABLE_KEYS["rule"],
    "`[[rule.grade]]`": rules.TABLE_KEYS["grade"],
    "`last_dose = {}`": last_dose.TABLE_KEYS["last_dose"],
    "`[[require]]`": rules.TABLE_KEYS["require"],
    "`[[step]]`": steps.TABLE_KEYS["step"],
    "`window = {}`": steps.TABLE_KEYS["window"],
    "`[[complication]]`": complications.TABLE_KEYS["complication"],
    "`[[complication.driver]]`": complications.TABLE_KEYS["driver"],
    "`[[define]]`": vocabulary.TABLE_KEYS["define"],
    "A parameter": evidence.TABLE_KEYS["parameter"],
    "A source": evidence.TABLE_KEYS["source"],
    "A fact": reader.TABLE_KEYS["fact"] | {REVIEWABLE},
    "`also = [{}]`": unit_reader.TABLE_KEYS["also"],
    "`valid_for = [{}]`": validity_reader.TABLE_KEYS["valid_for"],
    "`codes = [{}]`": reader.TABLE_KEYS["code"],
    "`[[section.name.item]]`": item_reader.TABLE_KEYS["item"],
    "`[[check]]`": reader.TABLE_KEYS["check"],
    "`[baseline.name]`": baselines.TABLE_KEYS["baseline"],
    "`[[test]]`": tests_reader.TABLE_KEYS["test"],
    "`cases = [{}]`": cases.TABLE_KEYS["case"],
    "`waive = [{}]`": tests_reader.TABLE_KEYS["waive"],
}
_OTHER = {"Files", "Types of facts"}


def _sections() -> dict[str, list[list[str]]]:
    """Return the tables of the list of keys: heading, then rows of cells."""
    parts = re.split(r"^### (.*)\n", PAGE, flags=re.MULTILINE)[1:]
    return {
        heading: [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in text.splitlines()
            if line.startswith("|") and not line.startswith("|---")
        ][1:]
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
    }


def test_every_block_of_the_page_is_followed() -> None:
    """No block stands on the page that nobody tries."""
    assert len(blocks(PAGE)) == PAGE.count("```") // 2


def test_page_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backrec: Program
) -> None:
    """Who follows the page from an empty folder gets what it prints, exit codes included."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BACKREC_RULES", raising=False)
    monkeypatch.setattr(moments, "date", ThatDay)

    def call(arguments: list[str]) -> tuple[int, str]:
        result = backrec(*arguments)
        return result.code, result.out + result.err

    for done in follow(PAGE, tmp_path, call):
        block = done.block
        assert (block.what, done.code, done.printed) == (block.what, block.code, block.body)


def test_all_keys_are_listed_and_no_other() -> None:
    """A key that a reader learns or loses shows here."""
    listed = _sections()
    assert listed.keys() - _OTHER == KEYS.keys()
    for heading, keys in KEYS.items():
        found = [cells[0].replace("*", "").strip("`") for cells in listed[heading]]
        assert (heading, sorted(found)) == (heading, sorted(keys))


_RULES, _FACTS = ("rules", "properties"), ("facts", "additionalProperties", "additionalProperties")
_ITEM = "items"
# Where the schema of editors says which keys a table must have.
NEEDED: dict[str, tuple[str, ...]] = {
    "`[overlay]`": ("overlay", "properties", "overlay"),
    "`[[set]]`": ("overlay", "properties", "set", _ITEM),
    "`[[change]]`": ("overlay", "properties", "change", _ITEM),
    "`[[disable]]`": ("overlay", "properties", "disable", _ITEM),
    "`[[topic]]`": ("overlay", "properties", "topic", _ITEM),
    "`[[rule]]`": (*_RULES, "rule", _ITEM),
    "`[[rule.grade]]`": (*_RULES, "rule", _ITEM, "properties", "grade", _ITEM),
    "`last_dose = {}`": (*_RULES, "rule", _ITEM, "properties", "last_dose"),
    "`[[require]]`": (*_RULES, "require", _ITEM),
    "`[[step]]`": (*_RULES, "step", _ITEM),
    "`window = {}`": (*_RULES, "step", _ITEM, "properties", "window"),
    "`[[complication]]`": (*_RULES, "complication", _ITEM),
    "`[[complication.driver]]`": (*_RULES, "complication", _ITEM, "properties", "driver", _ITEM),
    "`[[define]]`": (*_RULES, "define", _ITEM),
    "A parameter": ("parameters", "additionalProperties"),
    "A source": ("sources", "additionalProperties"),
    "A fact": _FACTS,
    "`also = [{}]`": (*_FACTS, "properties", "also", _ITEM),
    "`[[section.name.item]]`": (*_FACTS, "properties", "item", _ITEM),
    "`codes = [{}]`": (*_FACTS, "properties", "codes", _ITEM),
    "`[[check]]`": ("facts", "properties", "check", _ITEM),
    "`[[test]]`": ("tests", "properties", "test", _ITEM),
    "`cases = [{}]`": ("tests", "properties", "test", _ITEM, "properties", "cases", _ITEM),
    "`waive = [{}]`": ("tests", "properties", "test", _ITEM, "properties", "waive", _ITEM),
}


@pytest.mark.parametrize("heading", NEEDED)
def test_bold_keys_are_those_that_must_be_there(heading: str) -> None:
    """The page and the schema of editors ask for the same keys."""
    there: object = pack_schema()["$defs"]
    for step in (*NEEDED[heading], "required"):
        assert isinstance(there, dict)
        there = there[step]
    assert isinstance(there, list)
    bold = [cells[0].strip("*`") for cells in _sections()[heading] if cells[0].startswith("**")]
    assert sorted(bold) == sorted(there)


def test_types_of_facts_are_listed_with_their_keys() -> None:
    """Each type with the keys that are its own, and the attributes that expressions may use."""
    rows = {cells[0].strip("`"): cells for cells in _sections()["Types of facts"]}
    assert rows.keys() == {kind.value for kind in reader.KEYS_OF_TYPE}
    for kind, own in reader.KEYS_OF_TYPE.items():
        cells = rows[kind.value]
        assert set(re.findall(r"`(\w+)`", cells[2])) == own
        assert tuple(re.findall(r"`\.(\w+)`", cells[3])) == ATTRIBUTES[kind]
    every = set(re.findall(r"`(\w+)`", PAGE.partition("Every type takes")[2].partition("\n")[0]))
    assert every == reader.KEYS_OF_ANY_TYPE

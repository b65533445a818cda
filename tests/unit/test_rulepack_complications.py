"""[[complication]] tables: what is read from them, and what is said of each mistake."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from backrec_cli.errors import DiagnosticsError
from backrec_cli.rulepack import load_pack
from tests.unit.pack_files import MARK, write_pack

FILE = "complications.toml"
INFECTION = """
[[complication]]
id = "infection"
title = "Infection"
applies = "patient.age >= older_age"
prevent = ["dm-high", "dm-missing", "dm-meter"]
sources = ["ada"]
mark = "V"
note = "As read."
[[complication.driver]]
title = "HbA1c raised"
when = "labs.hba1c >= hba1c_limit"
optional = ["labs.hba1c"]
[[complication.driver]]
title = "Diabetes"
when = "conditions.diabetes"
"""


class Slip(NamedTuple):
    """A piece of the complication and what it is replaced by; § marks the place."""

    was: str
    now: str
    code: str
    message: str
    hint: str


SLIPS = (
    Slip('"dm-missing"', '§"dm-mising"', "E344", "unknown entry 'dm-mising'",
         "did you mean 'dm-missing'?"),
    Slip('"dm-missing"', '§"infection"', "E344", "unknown entry 'infection'",
         "name a rule, requirement or step of this pack"),
    Slip('"dm-missing"', '§"dm-high"', "E345", "'dm-high' is twice in 'prevent'",
         "take one of them out"),
    Slip('["dm-high", "dm-missing", "dm-meter"]', "§[]", "E313", "'prevent' is empty",
         "fill in 'prevent' or take it out"),
    Slip('["dm-high", "dm-missing", "dm-meter"]', '§"dm-high"', "E312",
         "'prevent' must be a list of texts, not a text",
         "put texts in square brackets, each in double quotes"),
    Slip("prevent =", "§prevents =", "E310", "unknown key 'prevents' in complication 'infection'",
         "did you mean 'prevent'?"),
    Slip('title = "Diabetes"', '§titel = "Diabetes"', "E310",
         "unknown key 'titel' in 'driver' of complication 'infection'", "did you mean 'title'?"),
    Slip('[[complication.driver]]\ntitle = "Diabetes"\nwhen = "conditions.diabetes"\n',
         '§[[complication.driver]]\ntitle = "Diabetes"\n', "E311",
         "'driver' of complication 'infection' has no 'when'", "add 'when = ...'"),
    Slip('optional = ["labs.hba1c"]', 'optional = [§"labs.hba1"]', "E323",
         "unknown fact 'labs.hba1'", "did you mean 'labs.hba1c'?"),
    Slip('"conditions.diabetes"', '"§conditions.diabets"', "E201",
         "unknown fact 'conditions.diabets'", "did you mean 'conditions.diabetes'?"),
    Slip('id = "infection"', 'id = §"dm-meter"', "E316", "id 'dm-meter' is there twice",
         "the first is at glucose.toml:47:6; rename one"),
    Slip('mark = "V"', 'mark = §"W"', "E320", "unknown mark 'W'",
         "use one of 'V', 'V2', 'GK', 'LP'"),
    Slip('sources = ["ada"]\nmark = "V"', 'mark = §"V"', "E336",
         "complication 'infection' is marked 'V' and names no source",
         "add 'sources', or mark it 'GK' or 'LP'"),
)  # fmt: skip


def _write(folder: Path, text: str) -> Path:
    return write_pack(folder, {FILE: text})


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.code}: {slip.message}")
def test_slip_is_said_once_at_its_place(tmp_path: Path, slip: Slip) -> None:
    """Code, message, line, column and hint; and nothing else is blamed for it."""
    assert INFECTION.count(slip.was) == 1
    before, _, after = INFECTION.replace(slip.was, slip.now).partition(MARK)
    with pytest.raises(DiagnosticsError) as raised:
        load_pack(_write(tmp_path, before + after))
    (found,) = raised.value.diagnostics
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    place = f"{tmp_path.as_posix()}/{FILE}:{line}:{column}"
    hint = (found.hint or "").replace(f"{tmp_path.as_posix()}/", "")
    expected = (slip.code, slip.message, place, slip.hint)
    assert (found.code, found.message, found.place, hint) == expected


@pytest.mark.parametrize(
    ("drivers", "code"), [("", "E311"), ("driver = []\n", "E313"), ("driver = 1\n", "E312")]
)
def test_complication_without_a_driver_is_refused(tmp_path: Path, drivers: str, code: str) -> None:
    """It could never show, so it is a slip."""
    head, _, _ = INFECTION.partition("[[complication.driver]]")
    with pytest.raises(DiagnosticsError) as raised:
        load_pack(_write(tmp_path, head + drivers))
    assert [found.code for found in raised.value.diagnostics] == [code]


def test_complication_is_read_whole(tmp_path: Path) -> None:
    """Every key arrives; requirements and steps may prevent as well as rules."""
    (found,) = load_pack(_write(tmp_path, INFECTION)).complications
    assert (found.id, found.title, found.mark.value, found.note) == (
        "infection",
        "Infection",
        "V",
        "As read.",
    )
    assert found.prevent == ("dm-high", "dm-missing", "dm-meter")
    assert found.sources == ("ada",)
    assert found.applies is not None
    assert found.applies.text == "patient.age >= older_age"
    assert [(d.title, d.when.text, d.optional) for d in found.drivers] == [
        ("HbA1c raised", "labs.hba1c >= hba1c_limit", frozenset({"labs.hba1c"})),
        ("Diabetes", "conditions.diabetes", frozenset()),
    ]


def test_complication_is_no_entry(tmp_path: Path) -> None:
    """It cannot be selected, overridden or held against the patient."""
    assert "infection" not in load_pack(_write(tmp_path, INFECTION)).entries


def _moved(text: str) -> str:
    return "# a comment\n" + text


def _other_driver(text: str) -> str:
    return text.replace('"conditions.diabetes"', '"not conditions.diabetes"')


def _other_prevention(text: str) -> str:
    return text.replace(', "dm-meter"', "")


@pytest.mark.parametrize(
    ("change", "same"), [(_moved, True), (_other_driver, False), (_other_prevention, False)]
)
def test_digest_tells_complications_apart(
    tmp_path: Path, change: Callable[[str], str], *, same: bool
) -> None:
    """Another driver or another prevention is another pack; another line is not."""
    before = load_pack(_write(tmp_path, INFECTION)).digest
    after = load_pack(_write(tmp_path, change(INFECTION))).digest
    assert (before == after) is same

"""Every mistake in an overlay is found at its place in the overlay, and said once."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.unit.overlay_bench import APPROVED, HEAD, marked, opened, refused
from tests.unit.pack_files import FILES


class Slip(NamedTuple):
    """An overlay.toml below its head with § where the error is expected, and what is said."""

    text: str
    code: str
    message: str
    hint: str


_SET = '[[set]]\nparameter = "hba1c_limit"\n'
_ENTRY = '[[change]]\nentry = "dm-high"\n'
_GRADES = '[[change]]\nentry = "dm-grades"\n'

SLIPS = (
    Slip(
        '[[set]]\nparameter = §"hba1c_limt"\nvalue = 60\nunit = "mmol/mol"\n',
        "E385", "no parameter 'hba1c_limt' to set", "did you mean 'hba1c_limit'?",
    ),
    Slip(
        '[[set]]\nparameter = §"xyz"\nvalue = 60\n',
        "E385", "no parameter 'xyz' to set",
        "add a new one to 'parameters.toml' of the overlay",
    ),
    Slip(
        '[[disable]]\nentry = §"dm-hihg"\n' + APPROVED,
        "E386", "no rule, requirement or step 'dm-hihg'", "did you mean 'dm-high'?",
    ),
    Slip(
        f'{_SET}value = 60\nunit = "mmol/mol"\n§[[set]]\nparameter = "hba1c_limit"\nvalue = 61\n'
        'unit = "mmol/mol"\n',
        "E388", "[[set]] of 'hba1c_limit' is there twice", "the first is at HEAD:6:1; keep one",
    ),
    Slip(
        f'[[disable]]\nentry = "dm-high"\n{APPROVED}§{_ENTRY}level = "absolute"\n',
        "E388", "'dm-high' is there twice", "the first is at HEAD:6:1; keep one",
    ),
    Slip(
        f'§{_SET}value = 70\nunit = "mmol/mol"\n',
        "E389", "'hba1c_limit' 64 mmol/mol -> 70 mmol/mol loosens: rule 'dm-high' flags less",
        "add 'reason', 'approved_by', 'expires', or take it out",
    ),
    Slip(
        f'§{_SET}value = 70\nunit = "mmol/mol"\nreason = "r"\nexpires = 2027-03-31\n',
        "E389", "'hba1c_limit' 64 mmol/mol -> 70 mmol/mol loosens: rule 'dm-high' flags less",
        "add 'approved_by', or take it out",
    ),
    Slip(
        f'§{_ENTRY}level = "caution"\n',
        "E389", "'dm-high' relative -> caution loosens: 'caution' counts less than 'relative'",
        "add 'reason', 'approved_by', 'expires', or take it out",
    ),
    Slip(
        '§[[disable]]\nentry = "dm-missing"\n',
        "E389", "disabling 'dm-missing' loosens: 'dm-missing' is no longer checked",
        "add 'reason', 'approved_by', 'expires', or take it out",
    ),
    Slip(
        '§[[change]]\nentry = "dm-meter"\ngate = "none"\n',
        "E389",
        "'dm-meter' caution -> none loosens: step 'dm-meter' no longer holds anything back",
        "add 'reason', 'approved_by', 'expires', or take it out",
    ),
    Slip(
        f'{_SET}value = 70\nunit = "mmol/mol"\nreason = "r"\napproved_by = "a"\n'
        'expires = §"2026-03-15"\n',
        "E390", "[[set]] of 'hba1c_limit' expired on 2026-03-15, before 2026-03-16",
        "have it approved again, or take it out",
    ),
    Slip(
        f'{_SET}value = §64\nunit = "mmol/mol"\n{APPROVED}',
        "E391", "setting 'hba1c_limit' to 64 mmol/mol changes nothing", "take it out",
    ),
    Slip(
        f'§{_ENTRY}level = "relative"\n{APPROVED}',
        "E391", "this change of 'dm-high' changes nothing", "take it out",
    ),
    Slip(
        f'{_SET}value = §"70"\nunit = "mmol/mol"\n',
        "E392", "parameter 'hba1c_limit' is a number, not a text", "write a number",
    ),
    Slip(
        '[[set]]\nparameter = "older_age"\nvalue = §64.5\n',
        "E392", "parameter 'older_age' is a whole number, not a decimal number",
        "write a whole number",
    ),
    Slip(
        f'{_SET}value = 7.5\nunit = §"%"\n',
        "E393", "unit '%' does not fit parameter 'hba1c_limit'", "write the value in 'mmol/mol'",
    ),
    Slip(
        f"{_SET}value = §60\n",
        "E393", "parameter 'hba1c_limit' has no unit here", "write the value in 'mmol/mol'",
    ),
    Slip(
        '[[set]]\nparameter = "older_age"\nvalue = §2147483648\n',
        "E307", "'2.147e+9' is not a usable number", "write a plain number",
    ),
    Slip(
        '[[set]]\nparameter = "older_age"\nvalue = 60\nunit = §"a"\n',
        "E393", "parameter 'older_age' has no unit", "take 'unit' out",
    ),
    Slip(
        f'{_GRADES}level = §"caution"\n{APPROVED}',
        "E395", "'dm-grades' has several grades", "write 'grade', one of 'relative', 'caution'",
    ),
    Slip(
        f'{_GRADES}grade = §"absolute"\nlevel = "caution"\n{APPROVED}',
        "E395", "'dm-grades' has no 'absolute'", "write 'grade', one of 'relative', 'caution'",
    ),
    Slip(
        f'[[change]]\nentry = "dm-meter"\n§level = "absolute"\n{APPROVED}',
        "E396", "'dm-meter' is a step and has no 'level' to change", "change its 'gate'",
    ),
    Slip(
        f'{_ENTRY}§gate = "absolute"\n',
        "E396", "'dm-high' is a rule and has no 'gate' to change", "change its 'level'",
    ),
    Slip(
        f'{_SET}value = 70\nunit = "mmol/mol"\nreason = "r"\napproved_by = "a"\n'
        'expires = §"next year"\n',
        "E399", "'expires' is 'next year', not a date", "write '2027-03-31'",
    ),
    Slip(
        f'{_ENTRY}level = §"relativ"\n',
        "E320", "unknown level 'relativ'", "did you mean 'relative'?",
    ),
    Slip(
        f'{_GRADES}grade = "caution"\nlevel = §"absolute"\naction_urgent = "Now."\n',
        "E334", "grade 'absolute' is worse than 'relative' above it", "put the worst grade first",
    ),
    Slip(
        f'{_GRADES}grade = "caution"\nlevel = §"relative"\n',
        "E335", "[[change]] of 'dm-grades' 'caution' is 'relative' and has no 'action_urgent'",
        "add 'action_urgent', the action when it cannot wait",
    ),
    Slip(
        f'{_SET}value = 60\nunit = "mmol/mol"\n§resaon = "r"\n',
        "E310", "unknown key 'resaon' in [[set]] of 'hba1c_limit'", "did you mean 'reason'?",
    ),
    Slip(
        '[[§sett]]\nparameter = "hba1c_limit"\n',
        "E310", "unknown key 'sett' in 'overlay.toml'", "did you mean 'set'?",
    ),
    Slip(
        '[[rule]]\nid = §"dm-high"\n',
        "E387", "rule 'dm-high' is in the base already",
        "change it with '[[change]]', or choose another id",
    ),
    Slip(
        '[[define]]\nname = §"hba1c_limit"\nvalue = "true"\n',
        "E387", "definition or parameter 'hba1c_limit' is in the base already",
        "choose another name",
    ),
    Slip(
        '[[define]]\nname = "circle"\nvalue = §"circle and treated"\n',
        "E338", "definition in terms of itself: 'circle' -> 'circle'",
        "take one of the references out",
    ),
)  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.code}: {slip.message}")
def test_mistake_is_said_at_its_place_in_the_overlay(tmp_path: Path, slip: Slip) -> None:
    """Code, message, line, column and hint."""
    text, place = marked(slip.text)
    found = refused(tmp_path, text)
    head = (tmp_path / "overlay0" / "overlay.toml").as_posix()
    said = [
        (d.code, d.message, d.place.removeprefix(f"{head}:"), (d.hint or "").replace(head, "HEAD"))
        for d in found
    ]
    assert (slip.code, slip.message, place, slip.hint) in said
    assert all(d.source is not None and d.source.name == head for d in found)
    assert len(found) == 1 or slip.code == "E387"


_FACTS = '[labs.hba1c]\ntype = "boolean"\nlabel = "again"\n'
_CHECK = (
    '[labs.crp]\ntype = "boolean"\nlabel = "CRP"\n'
    '[[check]]\nid = "x"\nfacts = ["labs.crp", "labs.hba1c"]\nholds = "labs.crp"\nmessage = "m"\n'
)
_RULE = (
    '[[rule]]\nid = "own"\ntopic = "glucose"\ntitle = "Own"\nwhen = "labs.hba1 >= hba1c_limit"\n'
    'level = "caution"\naction = "Look."\nrole = ["nurse"]\nmark = "LP"\n'
)


@pytest.mark.parametrize(
    ("file", "text", "code", "place"),
    [
        ("facts.toml", _FACTS, "E387", "1:1"),
        ("facts.toml", _CHECK, "E397", "6:22"),
        (
            "facts.toml",
            '[labs.crp]\ntype = "boolean"\nlabel = "x"\nreviewable = 1\n',
            "E312",
            "4:14",
        ),
        (
            "facts.toml",
            '[labs.crp]\ntype = "boolean"\nlabel = "x"\nreviewable = true\nprotective = true\n',
            "E333",
            "4:1",
        ),
        ("parameters.toml", "[hba1c_limit]\nvalue = 1\n", "E387", "1:1"),
        ("sources.toml", '[ada]\ncitation = "x"\nmark = "LP"\n', "E387", "1:1"),
        ("own.toml", _RULE, "E201", "5:9"),
        ("own.toml", "[[rule]\n", "E305", "1:7"),
        ("frailty.toml", "[[sett]]\nparameter = 1\n", "E310", "1:3"),
        ("parameter.toml", "[own_limit]\nvalue = 1\n", "E309", "1:1"),
    ],
)
def test_mistake_in_another_file_of_the_overlay_is_placed_there(
    tmp_path: Path, file: str, text: str, code: str, place: str
) -> None:
    """What an overlay adds is checked like a pack, and never shadows the base."""
    found = refused(tmp_path, {"overlay.toml": HEAD, file: text})
    name = (tmp_path / "overlay0" / file).as_posix()
    assert (code, f"{name}:{place}") in [(d.code, d.place) for d in found]
    assert all(d.source is not None and d.source.name == name for d in found)


def test_limit_that_no_value_can_pass_is_blamed_on_the_setting(tmp_path: Path) -> None:
    """The limit is held against what the fact can be, at the overlay's own line."""
    base = tmp_path / "base"
    base.mkdir()
    facts = FILES["facts.toml"].replace("valid_for", "plausible = [10, 200]\nvalid_for")
    for name, text in {**FILES, "facts.toml": facts}.items():
        (base / name).write_text(text, encoding="utf-8")
    (found,) = refused(tmp_path, f'{_SET}value = 640\nunit = "mmol/mol"\n{APPROVED}')
    assert found.code == "E394"
    assert found.message == (
        "parameter 'hba1c_limit' at 640 mmol/mol decides nothing: "
        "'labs.hba1c' is 10 to 200 mmol/mol"
    )
    assert found.place.endswith("overlay0/overlay.toml:8:9")


def test_overlay_for_another_base_is_refused(tmp_path: Path) -> None:
    """An overlay says which pack it was reviewed for."""
    (found,) = refused(tmp_path, HEAD.replace('"small"', '"large"'))
    assert (found.code, found.message) == (
        "E384",
        "the overlay is for the pack 'large', not for 'small'",
    )


def test_all_errors_of_an_overlay_come_at_once(tmp_path: Path) -> None:
    """One run is enough to mend an overlay."""
    found = refused(
        tmp_path,
        {
            "overlay.toml": f'{HEAD}{_SET}value = 70\nunit = "kg"\n[[disable]]\nentry = "x"\n',
            "own.toml": _RULE,
            "bad.toml": "a = \n",
        },
    )
    assert sorted({d.code for d in found}) == ["E201", "E305", "E386", "E393"]


def test_error_that_comes_of_the_combination_points_into_the_overlay(tmp_path: Path) -> None:
    """A change that breaks a file of the base is placed where the change was asked for."""
    found = refused(tmp_path, '[contacts]\nsurgeon = ""\n')
    assert {d.code for d in found} == {"E313"}
    assert all("overlay0" in d.place for d in found)


def test_overlay_without_changes_is_sound(tmp_path: Path) -> None:
    """An overlay may do nothing yet."""
    assert [overlay.id for overlay in opened(tmp_path, HEAD).overlays] == ["north"]

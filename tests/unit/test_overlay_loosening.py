"""What loosens is worked out: tightening is free, and every loosening is listed."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from backrec_cli.rulepack.model import Level, Rule
from backrec_cli.rulepack.overlay.judgement import loosened_by_fall, loosened_by_rise
from backrec_cli.rulepack.overlay.loading import expiring
from backrec_cli.units import Quantity
from tests.shipped import pack
from tests.unit.overlay_bench import APPROVED, HEAD, opened, refused
from tests.unit.pack_files import FILES, write_pack

_SET = '[[set]]\nparameter = "hba1c_limit"\nunit = "mmol/mol"\n'

# parameter of the shipped pack, entries that a rise loosens, entries that a fall loosens
SHIPPED = [
    ("hba1c_limit", {"dm-hba1c-high"}, set()),
    ("hba1c_fusion_limit", {"dm-hba1c-fusion"}, set()),
    ("glucose_low", set(), {"dm-glucose-dayof"}),
    ("glucose_high", {"dm-glucose-dayof"}, set()),
    ("glucose_hypo", set(), {"dm-hypo"}),
    ("bmi_obese_2", {"ob-2"}, set()),
    ("bmi_obese_3", {"ob-3"}, set()),
    ("bmi_under", set(), {"ob-under"}),
    ("warfarin_gap_days", set(), {"med-warfarin"}),
    ("ticagrelor_gap_days", set(), {"med-ticagrelor"}),
    ("stroke_wait_days", set(), {"cpr-stroke-90d"}),
]


@pytest.mark.parametrize(("name", "rise", "fall"), SHIPPED)
def test_direction_follows_from_the_rules_that_read_a_parameter(
    name: str, rise: set[str], fall: set[str]
) -> None:
    """Bands covered by a worse rule lose nobody; a bound in `done` or `applies` counts too."""
    assert {effect.entry for effect in loosened_by_rise(pack(), name)} == rise
    assert {effect.entry for effect in loosened_by_fall(pack(), name)} == fall


def _with_rule(folder: Path, rule: str, define: str = "") -> None:
    """Write the small pack as a base, with one more rule that reads `older_age`."""
    (folder / "base").mkdir()
    text = (
        f'{define}\n[[rule]]\nid = "age"\ntopic = "glucose"\ntitle = "Age"\n{rule}\n'
        'level = "caution"\naction = "Look."\nrole = ["nurse"]\nmark = "LP"\n'
    )
    write_pack(folder / "base", {"age.toml": text})


_RISING = '[[set]]\nparameter = "older_age"\nvalue = 70\n'
_FALLING = '[[set]]\nparameter = "older_age"\nvalue = 60\n'


@pytest.mark.parametrize(
    ("rule", "free"),
    [
        ('when = "patient.age >= older_age"', _FALLING),
        ('when = "older_age <= patient.age"', _FALLING),
        ('when = "patient.age < older_age"', _RISING),
        ('when = "not (patient.age < older_age)"', _FALLING),
        ('when = "conditions.diabetes implies patient.age > older_age"', _FALLING),
        ('when = "patient.age >= older_age implies conditions.diabetes"', _RISING),
        ('when = "conditions.diabetes and patient.age + 5 >= older_age - 1"', _FALLING),
        ('when = "patient.age between older_age and 90"', _FALLING),
        ('when = "patient.age between 10 and older_age"', _RISING),
        ('applies = "patient.age > older_age"\nwhen = "conditions.diabetes"', _FALLING),
        ('when = "if conditions.diabetes then patient.age > older_age else false"', _FALLING),
    ],
)
def test_parameter_is_free_one_way_and_needs_approval_the_other(
    tmp_path: Path, rule: str, free: str
) -> None:
    """The same rule, read once with the parameter raised and once with it lowered."""
    _with_rule(tmp_path, rule)
    other = _RISING if free == _FALLING else _FALLING
    (overlay,) = opened(tmp_path, free).overlays
    assert overlay.loosened == ()
    (folder := tmp_path / "again").mkdir()
    _with_rule(folder, rule)
    (found,) = refused(folder, other)
    assert found.code == "E389"
    assert "rule 'age' flags less" in found.message


@pytest.mark.parametrize(
    "rule",
    [
        'when = "patient.age = older_age"',
        'when = "patient.age * older_age > 100"',
        'when = "patient.age > older_age xor conditions.diabetes"',
        'when = "patient.age in { 3, older_age }"',
    ],
)
@pytest.mark.parametrize("change", [_RISING, _FALLING])
def test_what_cannot_be_shown_to_tighten_counts_as_loosening(
    tmp_path: Path, rule: str, change: str
) -> None:
    """Whichever way the parameter goes."""
    _with_rule(tmp_path, rule)
    (found,) = refused(tmp_path, change)
    assert (found.code, "rule 'age' may flag less" in found.message) == ("E389", True)


def test_requirement_and_gate_have_a_direction_too(tmp_path: Path) -> None:
    """Asking fewer patients loosens; so does a gate that counts as done sooner, but no reminder."""
    (tmp_path / "base").mkdir()
    entry = 'topic = "glucose"\ntitle = "T"\nrole = ["nurse"]\nmark = "LP"\n'
    done = 'done = "patient.age < older_age"\nwindow = { from = "-1 d", to = "0 d" }\n'
    text = (
        f'[[require]]\nid = "ask"\nlevel = "caution"\nfacts = ["labs.hba1c"]\n{entry}'
        'applies = "patient.age >= older_age"\n'
        f'[[step]]\nid = "gate"\ngate = "caution"\n{entry}{done}'
        f'[[step]]\nid = "reminder"\n{entry}{done}'
    )
    write_pack(tmp_path / "base", {"age.toml": text})
    (found,) = refused(tmp_path, _RISING)
    assert found.message.endswith(
        "requirement 'ask' asks of fewer patients; step 'gate' counts as done sooner"
    )
    (folder := tmp_path / "again").mkdir()
    (folder / "base").mkdir()
    write_pack(folder / "base", {"age.toml": text})
    assert opened(folder, _FALLING).overlays[0].loosened == ()


def test_definition_passes_the_direction_on(tmp_path: Path) -> None:
    """A definition used under `not` turns it round."""
    define = '[[define]]\nname = "young"\nvalue = "patient.age < older_age"'
    _with_rule(tmp_path, 'when = "not young"', define)
    assert opened(tmp_path, _FALLING).overlays[0].loosened == ()


_BAND = """
[[rule]]
id = "low"
topic = "glucose"
title = "Low"
applies = "patient.age < older_age"
when = "patient.age >= 40"
level = "caution"
action = "Look."
role = ["nurse"]
mark = "LP"
[[rule]]
id = "high"
topic = "glucose"
title = "High"
when = "patient.age >= older_age"
level = "LEVEL"
action = "Look."
action_urgent = "Look."
role = ["nurse"]
mark = "LP"
"""


@pytest.mark.parametrize(
    ("level", "extra", "free"),
    [
        ("caution", "", True),
        ("relative", "", True),
        ("information", "", False),
        ("relative", 'from = "0 d"\n', False),
        ("relative", 'applies = "conditions.diabetes"\n', False),
        ("relative", 'optional = ["patient.age"]\n', False),
    ],
)
def test_narrower_band_is_free_only_where_a_rule_as_bad_takes_over(
    tmp_path: Path, level: str, extra: str, *, free: bool
) -> None:
    """As bad at every urgency, no later, for no fewer patients, never silent instead of open."""
    band = _BAND.replace("LEVEL", level).replace('title = "High"\n', f'title = "High"\n{extra}')
    (tmp_path / "base").mkdir()
    write_pack(tmp_path / "base", {"band.toml": band})
    if free:
        assert opened(tmp_path, _FALLING).overlays[0].loosened == ()
    else:
        (found,) = refused(tmp_path, _FALLING)
        assert "rule 'low' flags less" in found.message


def test_loosening_is_listed_with_what_was_and_who_answers(tmp_path: Path) -> None:
    """Old, new, where it shows, reason, name and last day."""
    small = opened(tmp_path, f"{_SET}value = 70\n{APPROVED}")
    (loosening,) = small.overlays[0].loosened
    assert (loosening.kind, loosening.name, loosening.was, loosening.now, loosening.at) == (
        "parameter",
        "hba1c_limit",
        "64 mmol/mol",
        "70 mmol/mol",
        ("dm-high",),
    )
    assert (loosening.reason, loosening.approved_by, loosening.expires) == (
        "r",
        "a",
        date(2027, 3, 31),
    )
    parameter = small.parameters["hba1c_limit"]
    assert parameter.value == Quantity(Decimal(70), "mmol/mol")
    assert (parameter.mark, parameter.sources) == ("LP", ())


def test_level_raised_is_free_and_level_lowered_is_listed(tmp_path: Path) -> None:
    """One grade of several is named by its level."""
    text = (
        '[[change]]\nentry = "dm-high"\nlevel = "absolute"\ntitle = "Much too high"\n'
        '[[change]]\nentry = "dm-grades"\ngrade = "relative"\nlevel = "caution"\n' + APPROVED
    )
    small = opened(tmp_path, text)
    high, grades = small.entries["dm-high"], small.entries["dm-grades"]
    assert isinstance(high, Rule)
    assert isinstance(grades, Rule)
    assert (high.level, high.title) == (Level.ABSOLUTE, "Much too high")
    assert [grade.level for grade in grades.grades] == [Level.CAUTION, Level.CAUTION]
    (loosening,) = small.overlays[0].loosened
    assert (loosening.name, loosening.grade, loosening.was, loosening.now) == (
        "dm-grades",
        "relative",
        "relative",
        "caution",
    )


def test_disabled_entry_is_gone_and_nobody_waits_for_it(tmp_path: Path) -> None:
    """A step that was held back by a disabled rule is held back by it no more."""
    small = opened(tmp_path, f'[[disable]]\nentry = "dm-high"\n{APPROVED}')
    assert "dm-high" not in small.entries
    assert small.steps[0].hold_if == ()
    assert [each.kind for each in small.overlays[0].loosened] == ["disabled"]


def test_expiry_counts_on_the_day_of_assessment(tmp_path: Path) -> None:
    """The last day still counts, and a month before it there is a warning."""
    text = f"{_SET}value = 70\n{APPROVED}"
    last = date(2027, 3, 31)
    small = opened(tmp_path, text, today=last)
    (warning,) = expiring(small, date(2027, 3, 1))
    assert (warning.code, warning.severity) == ("E398", "warning")
    assert warning.message == "'hba1c_limit' 64 mmol/mol -> 70 mmol/mol expires on 2027-03-31"
    assert list(expiring(small, date(2027, 2, 28))) == []
    (folder := tmp_path / "later").mkdir()
    (found,) = refused(folder, text, today=date(2027, 4, 1))
    assert found.code == "E390"


def test_later_overlay_wins_and_both_are_listed(tmp_path: Path) -> None:
    """Each is judged against the pack below it."""
    first = f"{_SET}value = 70\n{APPROVED}"
    second = HEAD.replace("north", "south") + f"{_SET}value = 66\n"
    small = opened(tmp_path, first, second)
    assert [(o.id, len(o.loosened)) for o in small.overlays] == [("north", 1), ("south", 0)]
    assert small.parameters["hba1c_limit"].value == Quantity(Decimal(66), "mmol/mol")


def test_digest_counts_overlays_and_their_expiry_but_no_comment(tmp_path: Path) -> None:
    """Two results with one digest were made by the same rules."""
    texts = [
        HEAD,
        f"{HEAD}# a comment\n",
        f"{HEAD}{_SET}value = 70\n{APPROVED}",
        f"{HEAD}{_SET}value = 70\n{APPROVED}".replace("2027-03-31", "2027-04-30"),
    ]
    digests = []
    for number, text in enumerate(texts):
        (folder := tmp_path / str(number)).mkdir()
        digests.append(opened(folder, text).digest)
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


_FACT = '[conditions.frailty]\ntype = "boolean"\nlabel = "frailty"\n'


@pytest.mark.parametrize(("more", "denied"), [("", False), ("reviewable = true\n", True)])
def test_review_answers_a_new_fact_only_where_the_overlay_says_so(
    tmp_path: Path, more: str, *, denied: bool
) -> None:
    """Nobody was asked about a fact that the hospital has just thought of."""
    small = opened(tmp_path, {"overlay.toml": HEAD, "facts.toml": _FACT + more})
    named = {definition.path for definition in small.knowledge.deniable("conditions")}
    assert ("conditions.frailty" in named) is denied
    assert "conditions.diabetes" in named


def test_unit_of_a_setting_is_converted_as_the_fact_is(tmp_path: Path) -> None:
    """8.5 % is 69 mmol/mol, as a laboratory result of 8.5 % would be."""
    (tmp_path / "base").mkdir()
    facts = FILES["facts.toml"].replace(
        'unit = "mmol/mol"',
        'unit = "mmol/mol"\nalso = [{ unit = "%", scale = "10.93", offset = "-23.5" }]\n'
        "precision = 0",
    )
    write_pack(tmp_path / "base", {"facts.toml": facts})
    text = f'[[set]]\nparameter = "hba1c_limit"\nvalue = 8.5\nunit = "%"\n{APPROVED}'
    small = opened(tmp_path, text)
    assert small.parameters["hba1c_limit"].value == Quantity(Decimal(69), "mmol/mol")

"""`--rules`, `BACKREC_RULES` and `backrec.toml`: which rules are in force."""

import json
from pathlib import Path

import jsonschema
import pytest

from backrec_cli.assessment.schema import assessment_schema
from tests.acceptance.program import CLEAN, DAY, DIABETIC, Program, clean_profile, write_profile
from tests.unit.overlay_bench import APPROVED, HEAD, write_overlay
from tests.unit.pack_files import write_pack

_HEAD = HEAD.replace('"small"', '"back-reconstruction"')
_LOOSE = f'{_HEAD}[[set]]\nparameter = "hba1c_limit"\nvalue = 69\nunit = "mmol/mol"\n{APPROVED}'


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """Return an overlay that loosens the limit of HbA1c."""
    return write_overlay(tmp_path / "north", {"overlay.toml": _LOOSE})


def test_overlay_changes_the_verdict_and_is_listed(backrec: Program, overlay: Path) -> None:
    """The report says what was loosened, on whose word and until when."""
    assert backrec("check", DIABETIC, *DAY).code == 1
    done = backrec("check", DIABETIC, *DAY, "--rules", overlay)
    assert done.code == 0
    assert (
        "Overlay north 1: loosened hba1c_limit 64 -> 69 mmol/mol (r; a; until 31-Mar-2027)."
        in done.out
    )
    assert "Pack back-reconstruction 1.0.0 with north 1 (sha256 " in done.out
    markdown = backrec("check", DIABETIC, *DAY, "--rules", overlay, "-f", "markdown").out
    assert "hba1c" in markdown
    assert "until 31-Mar-2027" in markdown


def test_json_lists_overlays_and_keeps_to_its_schema(backrec: Program, overlay: Path) -> None:
    """A program finds every loosening with old, new, reason, name and last day."""
    done = backrec("check", DIABETIC, *DAY, "-f", "json", "--rules", overlay)
    document = json.loads(done.out)
    jsonschema.validate(document, assessment_schema())
    assert document["pack"]["overlays"] == [
        {
            "id": "north",
            "version": "1",
            "title": "Northern hospital",
            "loosened": [
                {
                    "kind": "parameter",
                    "name": "hba1c_limit",
                    "grade": None,
                    "was": "64 mmol/mol",
                    "now": "69 mmol/mol",
                    "at": ["dm-hba1c-high"],
                    "reason": "r",
                    "approved_by": "a",
                    "expires": "2027-03-31",
                }
            ],
        }
    ]
    plain = json.loads(backrec("check", DIABETIC, *DAY, "-f", "json").out)
    assert plain["pack"]["overlays"] == []
    assert plain["pack"]["digest"] != document["pack"]["digest"]


def test_each_way_to_name_rules_replaces_the_lower_one(
    backrec: Program, overlay: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The flag over the variable, the variable over the file; none of them adds up."""
    east = write_overlay(tmp_path / "east", {"overlay.toml": _HEAD.replace("north", "east")})
    west = write_overlay(tmp_path / "west", {"overlay.toml": _HEAD.replace("north", "west")})
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BACKREC_RULES", raising=False)
    (tmp_path / "backrec.toml").write_text('rules = ["north"]\n', encoding="utf-8")

    def named(*arguments: str | Path) -> list[str]:
        document = json.loads(backrec("check", CLEAN, *DAY, "-f", "json", *arguments).out)
        return [each["id"] for each in document["pack"]["overlays"]]

    assert named() == [overlay.name]
    monkeypatch.setenv("BACKREC_RULES", f"{east}:{west}")
    assert named() == ["east", "west"]
    assert named("--rules", west) == ["west"]
    monkeypatch.setenv("BACKREC_RULES", "")
    assert named() == ["north"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rule = []\n", "unknown key 'rule' in 'backrec.toml'"),
        ("rules = 'x'\n", "'rules' must be a list of texts, not a text"),
        ("rules = ['nowhere']\n", "no folder 'nowhere' to take rules from"),
        ('rules = ["a\\u0000b"]\n', "no folder 'a\\x00b' to take rules from"),
        ("rules = [\n", "error[E305]"),
        ("[other]\nx = \n", "error[E305]"),
        ("#" * 100_001, "it is larger than 100 kB"),
    ],
)
def test_broken_settings_stop_the_run(
    backrec: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    said: str,
) -> None:
    """A run that would use other rules than it was told to use does not start."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BACKREC_RULES", raising=False)
    (tmp_path / "backrec.toml").write_text(text, encoding="utf-8")
    done = backrec("check", CLEAN, *DAY)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_expiry_is_held_against_the_day_of_assessment(backrec: Program, overlay: Path) -> None:
    """An approval that has run out stops the run, with its place."""
    done = backrec("check", DIABETIC, "--as-of", "2027-04-01", "--rules", overlay)
    assert (done.code, done.out) == (2, "")
    assert f"{overlay.as_posix()}/overlay.toml:12:11: error[E390]" in done.err
    assert '  12 | expires = "2027-03-31"' in done.err


_FACT = '[conditions.frailty_clinic]\ntype = "boolean"\nlabel = "seen in the frailty clinic"\n'
_RULE = (
    '[[rule]]\nid = "north-frailty"\ntopic = "general"\ntitle = "Frailty clinic"\n'
    'when = "conditions.frailty_clinic"\nlevel = "caution"\naction = "Read its letter."\n'
    'role = ["surgeon"]\nmark = "LP"\n'
)


def test_new_fact_is_asked_read_and_never_answered_by_a_review(
    backrec: Program, tmp_path: Path
) -> None:
    """A profile may say it at once; where it is silent the rule stays undecided."""
    folder = write_overlay(
        tmp_path / "o", {"overlay.toml": _HEAD, "facts.toml": _FACT, "own.toml": _RULE}
    )
    document = clean_profile()
    silent = backrec("check", CLEAN, *DAY, "-f", "json", "--rules", folder)
    assert json.loads(silent.out)["undecided"] == ["north-frailty"]
    document["conditions"]["frailty_clinic"] = True
    path = write_profile(tmp_path / "p.json", document)
    said = backrec("check", path, *DAY, "-f", "json", "--rules", folder)
    assert json.loads(said.out)["verdict"] == "eligible_with_precautions"
    assert backrec("check", path, *DAY).code == 2
    evaluated = backrec(
        "rules", "eval", "conditions.frailty_clinic", "--patient", path, *DAY, "--rules", folder
    )
    assert evaluated.out == "true\n"
    explained = backrec("explain", "north-frailty", path, *DAY, "--rules", folder)
    assert "conditions.frailty_clinic" in explained.out
    schema = backrec("schema", "profile", "--rules", folder)
    assert "frailty_clinic" in schema.out
    assert "north-frailty" in backrec("rules", "list", "--rules", folder).out


def test_pack_in_place_of_the_shipped_one_is_used(backrec: Program, tmp_path: Path) -> None:
    """A folder with a pack.toml replaces the shipped pack."""
    (tmp_path / "small").mkdir()
    write_pack(tmp_path / "small")
    listed = backrec("rules", "list", "--rules", tmp_path / "small").out
    assert "dm-grades" in listed
    assert "dm-hba1c-high" not in listed


def test_profile_may_override_what_the_overlay_disabled(backrec: Program, tmp_path: Path) -> None:
    """The override is without effect, and is said to be; a slip in its name is still refused."""
    text = f'{_HEAD}[[disable]]\nentry = "ob-3"\n{APPROVED}'
    folder = write_overlay(tmp_path / "o", {"overlay.toml": text})
    override = {"rule": "ob-3", "by": "Dr X", "on": "2026-03-15", "reason": "panel"}
    document: dict[str, object] = {**clean_profile(), "overrides": [override]}
    path = write_profile(tmp_path / "p.json", document)
    done = backrec("check", path, *DAY, "--rules", folder)
    assert done.code == 0
    assert "Note: override of ob-3: not flagged" in done.out
    document["overrides"] = [{**override, "rule": "ob-33"}]
    assert backrec("check", write_profile(path, document), *DAY, "--rules", folder).code == 2

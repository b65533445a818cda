"""Every mistake in a pack is found at its place, in one run, and said once."""

from pathlib import Path

import pytest

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.errors.show import show_diagnostic
from backrec_cli.rulepack import load_pack
from tests.unit.pack_files import FILES, broken, write_pack
from tests.unit.pack_mistakes import (
    MEANING,
    NAMES,
    SCORES,
    SYNTAX,
    TABLES,
    TABLES_INSIDE,
    Mistake,
)
from tests.unit.pack_slips import FILES as WHOLE_FILES


def _found(folder: Path, changed: dict[str, str | None]) -> list[Diagnostic]:
    """Load a broken pack and return what is said of it."""
    with pytest.raises(DiagnosticsError) as raised:
        load_pack(write_pack(folder, changed))
    return list(raised.value.diagnostics)


def _place(diagnostic: Diagnostic, folder: Path) -> str:
    """Return `file:line:column` without the folder."""
    return diagnostic.place.removeprefix(f"{folder.as_posix()}/")


@pytest.mark.parametrize(
    "mistake",
    [*TABLES, *TABLES_INSIDE, *NAMES, *MEANING, *SCORES, *SYNTAX, *WHOLE_FILES],
    ids=lambda mistake: f"{mistake.code}: {mistake.message}",
)
def test_mistake_is_said_once_at_its_place(tmp_path: Path, mistake: Mistake) -> None:
    """Code, message, line, column and hint; and nothing else is blamed for it."""
    text, place = broken(mistake.file, mistake.was, mistake.now)
    (found,) = _found(tmp_path, {mistake.file: text})
    hint = (found.hint or "").replace(f"{tmp_path.as_posix()}/", "")
    assert (found.code, found.message, _place(found, tmp_path), hint) == (
        mistake.code,
        mistake.message,
        place,
        mistake.hint,
    )


def test_text_shared_by_grades_is_complained_of_once(tmp_path: Path) -> None:
    """Both grades fall back to the rule's action."""
    text, place = broken("glucose.toml", 'action = "Look."', 'action = §" "')
    found = _found(tmp_path, {"glucose.toml": text})
    assert [(d.code, _place(d, tmp_path)) for d in found if d.code == "E313"] == [("E313", place)]


_EXPRESSIONS = (
    ("glucose.toml", '"labs.hba1c >= hba1c_limit"', '"§labs.hba1 >= hba1c_limit"'),
    ("glucose.toml", '"labs.hba1c >= hba1c_limit"', '"labs.hba1c >= §hba1c_limitt"'),
    ("glucose.toml", '"labs.hba1c >= hba1c_limit"', "'labs.hba1c >= §hba1c_limitt'"),
    (
        "glucose.toml",
        '"labs.hba1c >= hba1c_limit"',
        '"""\nconditions.diabetes\n  and §labs.hba1 >= hba1c_limit\n"""',
    ),
    (
        "glucose.toml",
        '"labs.hba1c >= hba1c_limit"',
        '"""conditions.diabetes\n  and §labs.hba1 >= hba1c_limit"""',
    ),
    ("glucose.toml", '"labs.hba1c >= hba1c_limit"', '§"labs.hba1 >= \\"x\\""'),
    ("glucose.toml", '"labs.hba1c >= hba1c_limit"', '"labs.hba1c §>= "'),
    ("glucose.toml", '"medications.insulin"', '"§medications.insulinn"'),
    ("glucose.toml", 'done = "conditions.diabetes"', 'done = "§conditions.diabets"'),
    ("pack.toml", '"patient.age >= 18"', '"patient.age >= §x18"'),
    ("facts.toml", 'label = "age"', 'label = "age"\nderive = "1 + §labs.hba1"'),
    (
        "facts.toml",
        '"90 d"',
        '[{ when = "§medications.x", valid_for = "1 d" }, { valid_for = "90 d" }]',
    ),
)


@pytest.mark.parametrize(("file", "was", "now"), _EXPRESSIONS)
def test_expression_error_points_into_the_toml_file(
    tmp_path: Path, file: str, was: str, now: str
) -> None:
    """A column in the expression is a column in the file; with escapes, the start of the text."""
    text, place = broken(file, was, now)
    (found,) = _found(tmp_path, {file: text})
    assert found.code.startswith(("E1", "E2"))
    assert _place(found, tmp_path) == place


def test_errors_of_all_files_are_reported_together_in_order(tmp_path: Path) -> None:
    """One run shows everything, sorted by file and place."""
    glucose, rule_place = broken("glucose.toml", '"dm-high"]', '§"dm-hi"]')
    glucose = glucose.replace('conditions.diabetes"\nwhen', 'conditions.diabets"\nwhen')
    sources, source_place = broken("sources.toml", "note =", "§nota =")
    found = _found(
        tmp_path,
        {"glucose.toml": glucose, "sources.toml": sources, "broken.toml": "a = [\n"},
    )
    assert [(_place(d, tmp_path), d.code[:2]) for d in found] == [
        ("broken.toml:2:1", "E3"),
        ("glucose.toml:10:12", "E2"),
        (rule_place, "E3"),
        (source_place, "E3"),
    ]


def test_error_is_shown_with_its_line_and_caret(tmp_path: Path) -> None:
    """The picture an author sees."""
    text, _ = broken("glucose.toml", 'level = "caution"\n', 'level = §"cautoin"\n')
    (found,) = _found(tmp_path, {"glucose.toml": text})
    assert show_diagnostic(found).splitlines()[1:] == [
        '  32 | level = "cautoin"',
        "     |         ^^^^^^^^^",
        "  hint: did you mean 'caution'?",
    ]


@pytest.mark.parametrize("file", ["pack.toml", "facts.toml"])
def test_folder_without_its_head_is_no_pack(tmp_path: Path, file: str) -> None:
    """The first thing said is which file is missing."""
    (found,) = _found(tmp_path, {file: None})
    assert (found.code, found.message) == ("E301", f"no '{file}' in '{tmp_path.as_posix()}'")


def test_folder_that_is_not_there_is_no_pack(tmp_path: Path) -> None:
    """A mistyped folder is an error like any other."""
    with pytest.raises(DiagnosticsError) as raised:
        load_pack(tmp_path / "nowhere")
    assert [found.code for found in raised.value.diagnostics] == ["E301"]


def test_pack_without_rules_is_an_error(tmp_path: Path) -> None:
    """It would find nothing in anyone, and say so with a straight face."""
    (found,) = _found(tmp_path, {"glucose.toml": None})
    assert (found.code, found.message) == ("E302", "the pack has no rule")


@pytest.mark.parametrize("file", ["facts.toml", "parameters.toml", "sources.toml"])
def test_misnamed_file_is_one_error(tmp_path: Path, file: str) -> None:
    """`parameter.toml` is a slip in one name, not forty unknown keys and names."""
    slip = file.replace("s.toml", ".toml")
    (found,) = _found(tmp_path, {file: None, slip: FILES[file]})
    assert (found.code, _place(found, tmp_path), found.hint) == (
        "E309",
        f"{slip}:1:1",
        f"rename it '{file}'",
    )


def test_both_missing_files_are_named(tmp_path: Path) -> None:
    """Rules alone are no pack, and the author learns of both files at once."""
    found = _found(tmp_path, {"pack.toml": None, "facts.toml": None})
    assert [_place(d, tmp_path) for d in found] == ["facts.toml", "pack.toml"]


_SLIPS = (
    # A quote, a bracket of a list, a bracket of a header, a list open at the end of its table.
    ('action = "Refer."', 'action = "Refer.§\n', "illegal character"),
    ('role = ["surgeon", "patient"]\n', 'role = ["surgeon", "patient§"\n', "unclosed array"),
    ("[[require]]", "[[require]§", "array declaration"),
    ('mark = "LP"\n\n[[step]]', 'mark = ["LP§"\n\n[[step]]', "unclosed array"),
    ('action = "Refer."', "action = §Refer.", "unreadable value"),
)


@pytest.mark.parametrize(("was", "now", "why"), _SLIPS)
def test_slip_in_one_table_does_not_hide_a_mistake_in_another(
    tmp_path: Path, was: str, now: str, why: str
) -> None:
    """A file that is not TOML is still read as far as it can be, and nothing is blamed for it."""
    text, place = broken("glucose.toml", was, now)
    text = text.replace('title = "Raised"', 'titel = "Raised"')
    text = text.replace('gate = "caution"', 'gate = "cautoin"')
    found = _found(tmp_path, {"glucose.toml": text})
    assert [d.code for d in found if d.code != "E305"] == ["E310", "E320"]
    (slip,) = [d for d in found if d.code == "E305"]
    assert why in slip.message
    assert _place(slip, tmp_path).split(":")[1] == place.split(":")[1]


def test_two_slips_and_a_number_in_one_file_are_three_errors(tmp_path: Path) -> None:
    """Each table that cannot be read is left out; what is left is checked."""
    text = FILES["parameters.toml"].replace('mark = "LP"', 'mark = "LP')
    text = text.replace('unit = "mmol/mol"', "unit = mmol") + "[third]\nvalue = nan\n[fourth]\n"
    found = _found(tmp_path, {"parameters.toml": text})
    assert [(d.code, _place(d, tmp_path)) for d in found] == [
        ("E305", "parameters.toml:5:8"),
        ("E305", "parameters.toml:12:11"),
        ("E307", "parameters.toml:14:9"),
        ("E311", "parameters.toml:15:1"),
        ("E311", "parameters.toml:15:1"),
        ("E311", "parameters.toml:15:1"),
    ]


@pytest.mark.parametrize("file", ["facts.toml", "pack.toml", "sources.toml", "parameters.toml"])
def test_slip_in_the_first_table_is_not_blamed_on_its_users(tmp_path: Path, file: str) -> None:
    """What stands in a table that cannot be read counts as known."""
    header = FILES[file].lstrip().splitlines()[0]
    text = FILES[file].replace(header, header + '\nx = "', 1)
    (found,) = _found(tmp_path, {file: text})
    assert found.code == "E305"


@pytest.mark.parametrize("file", FILES)
def test_unreadable_file_is_not_blamed_on_the_others(tmp_path: Path, file: str) -> None:
    """One broken quote in a file everything refers to is one error."""
    last_line = FILES[file].count("\n") + 1
    (found,) = _found(tmp_path, {file: FILES[file] + 'a = "'})
    assert (_place(found, tmp_path), found.code) == (f"{file}:{last_line}:6", "E305")


def test_broken_definition_parameter_source_and_fact_are_not_blamed_on_their_users(
    tmp_path: Path,
) -> None:
    """What is wrong with a thing is said where the thing is made."""
    changed: dict[str, str | None] = {}
    for file, was, now in (
        ("glucose.toml", '"medications.insulin"', '"medications.x"'),
        ("parameters.toml", 'unit = "mmol/mol"', "unit = 5"),
        ("sources.toml", 'mark = "V"', 'mark = "W"'),
        ("facts.toml", 'type = "quantity"', 'type = "quantty"'),
    ):
        assert FILES[file].count(was) == 1
        changed[file] = FILES[file].replace(was, now)
    found = _found(tmp_path, changed)
    assert [_place(d, tmp_path) for d in found] == [
        "facts.toml:15:8",
        "glucose.toml:4:10",
        "parameters.toml:5:8",
        "sources.toml:5:8",
    ]


def test_circle_of_definitions_is_found_and_said_once(tmp_path: Path) -> None:
    """Each definition of the circle waits for the next."""
    text = "".join(
        f'[[define]]\nname = "{name}"\nvalue = "{value}"\n'
        for name, value in (("one", "two"), ("two", "not three"), ("three", "one and treated"))
    )
    (found,) = _found(tmp_path, {"circle.toml": text})
    assert found.message == "definition in terms of itself: 'one' -> 'two' -> 'three' -> 'one'"


def test_bytes_that_are_no_text_are_placed(tmp_path: Path) -> None:
    """A file saved in another encoding."""
    write_pack(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b"# ok\nx = \xe4\n")
    with pytest.raises(DiagnosticsError) as raised:
        load_pack(tmp_path)
    (found,) = raised.value.diagnostics
    assert (found.code, _place(found, tmp_path)) == ("E304", "latin.toml:2:5")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = " + "[" * 100_000, "E306"),
        ("a = [" + "\n[" * 100_000, "E305"),
        ("a." * 100_000 + "b = 1", "E306"),
        ("[" + "a." * 1_900 + "b]\n", "E305"),
        ("a = " + "9" * 3_900, "E310"),
        ("\x00", "E305"),
        ("\x1b[2J = 1", "E305"),
    ],
)
def test_hostile_file_ends_in_a_diagnostic(tmp_path: Path, text: str, code: str) -> None:
    """Depth, length and control characters neither hang nor crash the loader."""
    (found,) = _found(tmp_path, {"hostile.toml": text})
    assert found.code == code
    assert "\x1b" not in show_diagnostic(found)

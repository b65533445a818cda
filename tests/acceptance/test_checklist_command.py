"""`backrec checklist` as it is typed: formats, files, several patients, and what is refused."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from tests.acceptance.program import CHILD, CLEAN, HALF, ROOT, Program, process, write_profile

COMPLEX = ROOT / "examples" / "complex-three-weeks-ahead" / "patient.json"
DAY = ("--as-of", "2026-03-24")
PLAIN = ("text", "markdown", "json", "ics", "html")
IDENTITY = ("EXAMPLE", "Complex", "RH-2041-7", "02-Feb-1961", "1961-02-02", "(65 y)")


def events(text: str) -> list[Event]:
    """Read a calendar with a parser that is not ours; return its events."""
    calendar = Calendar.from_ical(text)
    assert isinstance(calendar, Calendar)
    return calendar.events


@pytest.mark.parametrize("name", PLAIN)
def test_a_sheet_is_printed_in_every_format_whatever_the_verdict(
    backrec: Program, name: str
) -> None:
    """Exit 0 says that the sheet is printed; the verdict is the business of `check`."""
    result = backrec("checklist", COMPLEX, *DAY, "--format", name)
    assert (result.code, result.err) == (0, "")
    assert "Empagliflozin" in result.out


@pytest.mark.parametrize("name", PLAIN)
def test_the_same_day_prints_the_same_bytes(backrec: Program, name: str) -> None:
    """Two runs with one profile, pack and day differ in nothing."""
    first, second = (backrec("checklist", COMPLEX, *DAY, "-f", name) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("role", ["nurse", "patient"])
def test_a_sheet_without_identity_has_none_anywhere(backrec: Program, name: str, role: str) -> None:
    """The label box stands for name, number and birth date, in whatever format."""
    result = backrec("checklist", COMPLEX, *DAY, "-f", name, "--deidentify", "--role", role)
    assert result.code == 0
    assert [word for word in IDENTITY if word in result.out] == []


def test_text_and_markdown_have_the_rows_of_the_json_in_its_order(backrec: Program) -> None:
    """One composition: each row of the JSON stands in the other formats, in the same order."""
    document = json.loads(backrec("checklist", COMPLEX, *DAY, "-f", "json").out)
    texts = [row["text"] for group in document["groups"] for row in group["rows"]]
    assert len(texts) > 20
    for name in ("text", "markdown"):
        out = " ".join(backrec("checklist", COMPLEX, *DAY, "-f", name).out.split())
        at = 0
        for text in texts:
            at = out.replace("\\", "").index(text.replace("\\", ""), at) + 1


def test_every_box_is_empty(backrec: Program) -> None:
    """Nothing on paper is ticked before a nurse ticks it."""
    for name in ("text", "markdown"):
        out = backrec("checklist", CLEAN, "--as-of", "2026-03-16", "-f", name).out
        assert "[ ]" in out
        assert [tick for tick in ("[x]", "[X]", "☑", "☒", "✓") if tick in out] == []


def test_the_calendar_reads_with_another_parser(backrec: Program) -> None:
    """All-day events on the last day of each row, each once, by a stamp of the day asked for."""
    found = events(backrec("checklist", COMPLEX, *DAY, "-f", "ics").out)
    (dose,) = (e for e in found if str(e["SUMMARY"]).startswith("SGLT2 inhibitor"))
    assert dose.start == date(2026, 4, 11)
    assert dose.end == date(2026, 4, 12)
    assert datetime(2026, 3, 24, tzinfo=UTC) == dose.DTSTAMP
    assert str(dose["SUMMARY"]).endswith("(EXAMPLE, Complex)")
    assert "the calendar date of the last dose; restart" in str(dose["DESCRIPTION"])
    assert len({str(e["UID"]) for e in found}) == len(found) > 5


def test_a_calendar_line_is_at_most_75_octets_and_ends_as_the_standard_asks(
    tmp_path: Path,
) -> None:
    """Long names of many octets are folded between characters, and read back whole."""
    name = "Ωμέγα, 李小龍; " * 20
    document = json.loads(CLEAN.read_text(encoding="utf-8"))
    document["patient"]["name"] = name.strip()
    path = write_profile(tmp_path / "p.json", document)
    data = process("checklist", path, "--as-of", "2026-03-02", "-f", "ics").stdout
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert [line.decode() for line in lines]
    assert all("李小龍; Ωμέγα" in str(e["SUMMARY"]) for e in events(data.decode()))


def test_a_calendar_printed_again_moves_its_reminders(backrec: Program) -> None:
    """A new day of surgery keeps the ids, so that a calendar holds each reminder once."""
    arguments = ("checklist", COMPLEX, *DAY, "-f", "ics")
    first = {str(e["UID"]) for e in events(backrec(*arguments).out)}
    moved = {str(e["UID"]) for e in events(backrec(*arguments, "--surgery-date", "2026-04-15").out)}
    assert len(first & moved) > 5


def test_one_file_for_each_patient_is_named_by_number_and_digest(
    backrec: Program, tmp_path: Path
) -> None:
    """No file name says who the patient is, even where the profile's own name does."""
    source = write_profile(tmp_path / "John-Doe.json", json.loads(CLEAN.read_text("utf-8")))
    folder = tmp_path / "sheets"
    folder.mkdir()
    result = backrec("checklist", source, HALF, *DAY, "--output-dir", folder, "-f", "text")
    names = sorted(path.name for path in folder.iterdir())
    assert (result.code, result.err) == (0, "2 sheets written\n")
    assert [name[:4] + name[16:] for name in names] == ["001-.txt", "002-.txt"]
    assert all(int(name[4:16], 16) >= 0 for name in names)


def test_json_sheets_are_not_written_among_the_profiles(backrec: Program, tmp_path: Path) -> None:
    """The next run over that folder would take each sheet for a patient; nothing is written."""
    source = write_profile(tmp_path / "one.json", json.loads(CLEAN.read_text("utf-8")))
    arguments = ("checklist", source, *DAY, "-f", "json", "--output-dir")
    refused = backrec(*arguments, tmp_path)
    assert (refused.code, "a folder of its own" in refused.err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["one.json"]
    apart = tmp_path / "sheets"
    apart.mkdir()
    result = backrec(*arguments, apart)
    assert (result.code, result.err, len(list(apart.iterdir()))) == (0, "1 sheet written\n", 1)


def test_a_broken_profile_among_good_ones_is_reported_and_the_others_printed(
    backrec: Program, tmp_path: Path
) -> None:
    """What can be printed is; the exit code says that something was not."""
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    result = backrec("checklist", CLEAN, broken, HALF, *DAY, "-f", "json")
    assert result.code == 2
    assert "broken.json" in result.err
    assert len(json.loads(result.out)) == 2


def test_nothing_readable_prints_nothing(backrec: Program, tmp_path: Path) -> None:
    """A missing file is exit 2, and no empty sheet."""
    result = backrec("checklist", tmp_path / "none.json", *DAY)
    assert (result.code, result.out) == (2, "")


def test_a_profile_comes_from_standard_input() -> None:
    """`-` reads one profile, as in `check`."""
    done = process("checklist", "-", *DAY, stdin=CLEAN.read_bytes())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"PRE-OPERATIVE PREPARATION CHECKLIST (for the team)")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--phase", "evening"), "unknown phase 'evening'"),
        (("--phase", "evening_befor"), "did you mean 'evening_before'?"),
        (("--format", "txt"), "did you mean 'text'?"),
        (("--role", "porter"), "porter"),
        (("--output-dir", "nowhere/at/all"), "no folder 'nowhere/at/all' to write into"),
        (("-o", "x.txt", "--output-dir", "."), "give one of them"),
        (("-o", "x.docx"), "no format has the suffix '.docx'"),
    ],
)
def test_a_wrong_word_is_refused_with_one_thing_to_do(
    backrec: Program, arguments: tuple[str, ...], said: str
) -> None:
    """Exit 2, nothing printed, and the nearest word that is known."""
    result = backrec("checklist", CLEAN, *DAY, *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_a_sheet_is_never_written_over_the_profile(backrec: Program, tmp_path: Path) -> None:
    """The profile is what the next sheet is made from."""
    path = write_profile(tmp_path / "p.json", json.loads(CLEAN.read_text("utf-8")))
    before = path.read_bytes()
    result = backrec("checklist", path, *DAY, "-o", path)
    assert (result.code, result.out, path.read_bytes()) == (2, "", before)


def test_a_part_of_the_time_line_is_printed_alone(backrec: Program) -> None:
    """The evening's sheet for the ward: who, allergies, the answer, and the evening."""
    out = backrec("checklist", CLEAN, "--as-of", "2026-03-15", "--phase", "evening_before").out
    headings = [line for line in out.splitlines()[1:] if line and line == line.upper()]
    assert "No known allergies" in out
    assert [h for h in headings if not h.startswith(("DUE NOW", "THE EVENING", "DONE"))] == []
    assert "Shower or bath" in out


def test_a_child_gets_no_rows(backrec: Program) -> None:
    """Out of scope: the sheet says so and leaves nothing to tick."""
    result = backrec("checklist", CHILD, "--as-of", "2026-03-10")
    assert result.code == 0
    assert "Out of scope" in result.out
    assert "[ ]" not in result.out


def test_a_patients_sheet_names_no_rule_and_no_verdict(backrec: Program) -> None:
    """Plain words, whom to call, and nothing to initial."""
    out = backrec("checklist", COMPLEX, *DAY, "--role", "patient").out
    assert "Call: pre-assessment clinic" in out
    assert [w for w in ("initials", "MUST", "Not yet", "BLOCKS", "told:") if w in out] == []


def test_an_overlay_is_printed_with_its_own_pack(backrec: Program) -> None:
    """--rules lays a hospital's overlay on the shipped pack, as in `check`."""
    folder = ROOT / "examples" / "overlay-uk"
    shipped = backrec("checklist", folder / "patient.json", *DAY)
    ours = backrec("checklist", folder / "patient.json", *DAY, "--rules", folder)
    assert (shipped.code, ours.code) == (0, 0)
    assert shipped.out != ours.out

"""The printed PDF, read back: tags, fonts, bytes, every text of the JSON, pages, hostile names."""

import copy
import io
import json
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from backrec_cli.render.checklist.compose import Audience
from backrec_cli.render.checklist.model import Sheet
from backrec_cli.render.checklist.pdf import render_pdf
from backrec_cli.rulepack.model import Role
from tests.acceptance.program import CLEAN, DAY, clean_profile, process, write_profile
from tests.acceptance.sheet_texts import (
    first_missing,
    rows_of,
    sheet_document,
    sheet_of,
    sheet_texts,
    squeezed,
)
from tests.shipped import Example, examples

AUDIENCES = {
    "team": (Audience(), "a4"),
    "patient": (Audience(Role.PATIENT), "a4"),
    "nurse-deidentified-letter": (Audience(Role.NURSE, deidentified=True), "letter"),
}
EXAMPLES = {example.name: example for example in examples()}
SIZES = {"a4": (595, 842), "letter": (612, 792)}
LONG = "A" * 300
# What is printed of a name; a font that lacks a letter never prints an empty box for it.
NAMES = {
    "markup": ("*bold* #sys.version $x$ <b>", "*bold* #sys.version $x$ <b>"),
    "quotes": ('O\'Neill "Bo" \\ @page', 'O\'Neill "Bo" \\ @page'),
    "cyrillic": ("Ольга Šťastná-Łęcka", "Ольга Šťastná-Łęcka"),
    "long": (LONG, LONG),
    "cjk": ("山田太郎", "Name: see the label (letters that this print lacks)"),
    "emoji": ("Rose 🌹", "Name: see the label (letters that this print lacks)"),
    "hieroglyph": ("\U00013080", "Name: see the label (letters that this print lacks)"),
}


def _by_name(example: Example) -> str:
    return example.name


def _read(data: bytes) -> pypdf.PdfReader:
    """Open a PDF."""
    return pypdf.PdfReader(io.BytesIO(data))


def _pages(data: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in _read(data).pages]


def _inner(page: str, sheet: Sheet) -> str:
    """Return what stands between the running head and the running foot, without white space."""
    text = squeezed(page)
    head, foot = squeezed(sheet.identity.surgery), squeezed(sheet.void) + "Page"
    assert head in text
    assert foot in text
    return text[text.index(head) + len(head) : text.rindex(foot)]


def _resolved(value: object) -> DictionaryObject:
    """Return the dictionary that a value is or stands for."""
    found = value.get_object() if isinstance(value, IndirectObject) else value
    assert isinstance(found, DictionaryObject)
    return found


def _named(name: str, folder: Path) -> Path:
    """Write the healthy patient under another name."""
    document = copy.deepcopy(clean_profile())
    document["patient"]["name"] = name
    return write_profile(folder / "patient.json", document)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("example", examples(), ids=_by_name)
def test_pdf_carries_every_text_of_the_json_in_its_order(example: Example, audience: str) -> None:
    """No row stands in the JSON that is not on paper, and none changes its place."""
    reader, paper = AUDIENCES[audience]
    sheet = sheet_of(example, reader)
    document = sheet_document(sheet)
    pages = _pages(render_pdf([sheet], paper, example.as_of))
    inner = (_inner(page, sheet) for page in pages)
    assert first_missing(sheet_texts(document), "\n".join(inner)) is None
    whole = [squeezed(page) for page in pages]
    split = [row for row in rows_of(document) if not any(row in page for page in whole)]
    assert split == [], "a row that no page has whole"


@pytest.mark.parametrize("example", examples(), ids=_by_name)
def test_pdf_has_identity_page_numbers_and_basis_on_every_page(
    example: Example,
) -> None:
    """A page that falls out of the folder says whose it is and what it rests on."""
    sheet = sheet_of(example)
    document, identity = sheet_document(sheet), sheet.identity
    pages = _pages(render_pdf([sheet], "a4", example.as_of))
    for number, page in enumerate(map(squeezed, pages), start=1):
        for text in (identity.born, identity.identifier, identity.surgery):
            assert squeezed(str(text)) in page
        for told in (document["void"], document["basis"], document["disclaimer"]):
            assert squeezed(str(told)) in page
        assert f"Page{number}of{len(pages)}" in page


def test_deidentified_pdf_names_nobody_on_any_page_or_in_its_properties() -> None:
    """Identity is left to the label."""
    example = EXAMPLES["clean-elective"]
    identity = sheet_of(example).identity
    sheet = sheet_of(example, Audience(deidentified=True))
    data = render_pdf([sheet], "a4", example.as_of)
    text = squeezed(" ".join(_pages(data)) + str(_read(data).metadata))
    for told in (identity.name, identity.born, identity.identifier):
        assert squeezed(str(told)) not in text
    assert text.count("Patientlabelonpage1") == len(_read(data).pages)


@pytest.mark.parametrize("paper", SIZES)
def test_pdf_is_tagged_titled_and_carries_its_fonts(paper: str) -> None:
    """What PDF/UA-1 asks for is there, on the paper that was asked for."""
    example = EXAMPLES["complex-three-weeks-ahead"]
    reader = _read(render_pdf([sheet_of(example)], paper, example.as_of))
    root = _resolved(reader.trailer["/Root"])
    assert bool(_resolved(root["/MarkInfo"])["/Marked"]) is True
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]) == "en-GB"
    assert str(_resolved(root["/ViewerPreferences"])["/DisplayDocTitle"]) == "True"
    assert reader.metadata is not None
    assert reader.metadata.title == "Pre-operative preparation checklist"
    for page in reader.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == SIZES[paper]
        for font in _resolved(_resolved(page["/Resources"])["/Font"]).values():
            descendants = _resolved(font)["/DescendantFonts"]
            assert isinstance(descendants, ArrayObject)
            (descendant,) = descendants
            described = _resolved(_resolved(descendant)["/FontDescriptor"])
            assert {"/FontFile2", "/FontFile3"} & set(described)
            assert "DejaVuSans" in str(described["/FontName"])


def test_smallest_letter_on_paper_has_nine_points() -> None:
    """Read at arm's length, by an older nurse, at night."""
    sizes: set[float] = set()

    def note_size(text: str, *rest: object) -> None:
        scaled = rest[1]
        assert isinstance(scaled, list)
        size = rest[3]
        assert isinstance(size, int | float)
        if text.strip():
            sizes.add(round(abs(size * scaled[3]), 1))

    example = EXAMPLES["complex-three-weeks-ahead"]
    for page in _read(render_pdf([sheet_of(example)], "a4", example.as_of)).pages:
        page.extract_text(visitor_text=note_size)
    assert min(sizes) >= 9


def test_same_patient_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    """A copy can be compared with what was filed."""
    files = [tmp_path / "first.pdf", tmp_path / "second.pdf"]
    for file in files:
        assert process("checklist", CLEAN, *DAY, "-o", file).returncode == 0
    first, second = (file.read_bytes() for file in files)
    assert first == second


def test_every_patient_of_a_ward_list_starts_on_an_odd_page(tmp_path: Path) -> None:
    """Printed on both sides, no sheet of paper carries two patients."""
    ward = tmp_path / "ward"
    ward.mkdir()
    for number in range(8):
        document = copy.deepcopy(clean_profile())
        document["patient"]["name"] = f"Ward Patient{number}"
        if number % 2:
            document["labs"] = {}
        write_profile(ward / f"{number}.json", document)
    target = tmp_path / "ward.pdf"
    done = process("checklist", ward, *DAY, "-o", target)
    assert (done.returncode, done.stderr) == (0, b"")
    pages = [squeezed(page) for page in _pages(target.read_bytes())]
    for number in range(8):
        own = [place for place, page in enumerate(pages) if f"Patient{number}" in page]
        assert own[0] % 2 == 0
        assert own == list(range(own[0], own[0] + len(own)))
        for count, place in enumerate(own, start=1):
            assert f"Page{count}of{len(own)}" in pages[place]


@pytest.mark.parametrize("kind", NAMES)
def test_hostile_name_is_printed_as_it_is_or_left_to_the_label(kind: str, tmp_path: Path) -> None:
    """Markup stays text, and a letter that no font has never becomes an empty box."""
    name, shown = NAMES[kind]
    target = tmp_path / "sheet.pdf"
    done = process("checklist", _named(name, tmp_path), *DAY, "-o", target)
    assert (done.returncode, done.stderr) == (0, b"")
    pages = _pages(target.read_bytes())
    assert squeezed(shown) in squeezed(pages[0])
    assert all("�" not in page and "\x00" not in page for page in pages)


def test_bidi_controls_in_a_name_do_not_reach_the_paper(tmp_path: Path) -> None:
    """U+202E would turn the rest of the line round, identifier included."""
    target = tmp_path / "sheet.pdf"
    process("checklist", _named("Eve\u202ereversed", tmp_path), *DAY, "-o", target)
    assert not target.exists() or "\u202e" not in "".join(_pages(target.read_bytes()))


def test_long_name_stays_left_of_the_label() -> None:
    """A name without a break is broken anywhere, and never written over the label box."""
    example = EXAMPLES["clean-elective"]
    sheet = sheet_of(example)
    named = replace(sheet, identity=replace(sheet.identity, name=LONG))
    lines = _pages(render_pdf([named], "a4", example.as_of))[0].splitlines()
    runs = [line.strip() for line in lines if set(line.strip()) == {"A"}]
    assert "".join(runs) == LONG
    assert max(map(len, runs)) <= 32, "32 bold capitals of 12 pt fill 106 mm"


def test_missing_typst_says_how_to_install_it(tmp_path: Path) -> None:
    """Without the extra there is exit 2 and one thing to do, and no half-written file."""
    (tmp_path / "typst.py").write_text(
        "raise ModuleNotFoundError('No module', name='typst')", encoding="utf-8"
    )
    target = tmp_path / "sheet.pdf"
    source = Path(__file__).parents[2] / "src"
    done = process("checklist", CLEAN, *DAY, "-o", target, PYTHONPATH=f"{tmp_path}:{source}")
    said = done.stderr.decode()
    assert done.returncode == 2
    assert "needs the package 'typst'" in said
    assert "pip install 'backrec[pdf]'" in said
    assert "Traceback" not in said
    assert not target.exists()
    assert json.loads(process("checklist", CLEAN, *DAY, "-f", "json").stdout)["groups"]


def test_picture_of_the_first_page_is_small_and_has_the_shape_of_a4() -> None:
    """The README shows docs/sheet.png, made by docs/make_sheet_picture.py."""
    data = (Path(__file__).parents[2] / "docs" / "sheet.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) <= 150_000
    width, height = (int.from_bytes(data[place : place + 4], "big") for place in (16, 20))
    assert height / width == pytest.approx(297 / 210, abs=0.01)

"""JSON, Markdown, colour and the table of formats: the same findings in every form."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator

from backrec_cli.assessment.model import Acceptance, Assessment, Status
from backrec_cli.assessment.schema import assessment_schema
from backrec_cli.render.formats import FORMATS, Style, Titled, format_of_suffix
from backrec_cli.render.json_document import render_json
from backrec_cli.render.json_text import JsonValue, write_json
from backrec_cli.render.markdown import escape, render_markdown
from backrec_cli.render.terminal import render_terminal
from backrec_cli.render.text import render_text
from tests.assessment_builder import (
    FULL,
    HBA1C,
    HBA1C_HIGH,
    OBESITY,
    PATIENT,
    QUIET,
    SURGERY,
)

ANSI = re.compile(r"\x1b\[[0-9;]*m")
KEYS = [
    "schema",
    "patient",
    "as_of",
    "procedure_date",
    "urgency",
    "verdict",
    "headline",
    "qualifiers",
    "counts",
    "pack",
    "flagged",
    "undecided",
    "findings",
    "steps",
    "missing",
    "rejected",
    "pending",
    "complications",
    "denied",
    "good_until",
    "banners",
    "contacts",
    "partial",
    "warnings",
    "basis",
]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "true"),
        (12, "12"),
        (Decimal("7.10"), "7.10"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.1000000000000000055511"), "0.1000000000000000055511"),
        ('Mü"\n\u202e', '"M\\u00fc\\"\\n\\u202e"'),
        ([], "[]"),
        ({}, "{}"),
        (("a", 1), '["a", 1]'),
        ([{"a": 1}], '[\n  {\n    "a": 1\n  }\n]'),
        ({"a": [], "b": {"c": None}}, '{\n  "a": [],\n  "b": {\n    "c": null\n  }\n}'),
    ],
)
def test_json_writer_writes_every_kind_of_value(value: JsonValue, expected: str) -> None:
    """Numbers keep their digits, texts are plain ASCII, nesting is indented."""
    assert write_json(value) == expected


def test_json_writer_breaks_a_list_that_is_too_long_for_a_line() -> None:
    """A long list of ids stands one below the other."""
    ids = [f"rule-number-{n}" for n in range(9)]
    text = write_json(ids)
    assert text.count("\n") == 10
    assert json.loads(text) == ids


def test_json_has_the_promised_keys_in_a_fixed_order() -> None:
    """A program may rely on names and order."""
    assert list(json.loads(render_json(FULL))) == KEYS


def test_json_gives_a_score_that_is_not_exactly_known_a_range_and_no_value() -> None:
    """A program must not read "2 to 4" out of words."""
    score = replace(
        HBA1C, fact="scores.rcri", value=None, unit=None, reported="2 to 4", range=(2, 4)
    )
    finding = replace(HBA1C_HIGH, evidence=(score,))
    document = json.loads(render_json(replace(FULL, findings=(finding,))))
    shown = document["findings"][0]["evidence"][0]
    assert (shown["value"], shown["range"]) == (None, {"low": 2, "high": 4})
    assert shown["reported"] == "2 to 4"


def test_json_shows_values_as_canonical_and_as_reported() -> None:
    """The number is the number that was used; the words are those that were written."""
    finding = replace(
        HBA1C_HIGH, evidence=(replace(HBA1C, value=Decimal("70.5"), reported="8.6 %"),)
    )
    document = json.loads(render_json(replace(FULL, findings=(finding,))), parse_float=Decimal)
    assert document["findings"][0]["evidence"] == [
        {
            "fact": "labs.hba1c",
            "value": Decimal("70.5"),
            "range": None,
            "unit": "mmol/mol",
            "reported": "8.6 %",
            "measured_on": "2026-03-02",
            "age_days": 43,
            "comparison": ">=",
            "limit": "64 mmol/mol",
            "source": "profile",
            "inputs": [],
        }
    ]


def test_json_tells_how_a_fact_became_known() -> None:
    """A fact from the profile, one denied by a review and one derived are told apart."""
    evidence = (HBA1C, replace(HBA1C, by_review=True), replace(HBA1C, inputs=("a.b",)))
    result = replace(FULL, findings=(replace(HBA1C_HIGH, evidence=evidence),))
    shown = json.loads(render_json(result))["findings"][0]["evidence"]
    assert [entry["source"] for entry in shown] == ["profile", "review", "derived"]


def test_json_lists_what_the_text_lists() -> None:
    """Missing, rejected, pending, steps and the override are there with their reasons."""
    document = json.loads(render_json(FULL))
    assert document["missing"] == [
        {
            "fact": "labs.platelets",
            "reason": "stale",
            "settles": ["coag-platelets"],
            "could_change_verdict": False,
            "could_add_stop": True,
        }
    ]
    assert document["rejected"] == [
        {
            "fact": "labs.glucose",
            "value": "7.1",
            "reason": "no_unit",
            "hint": "write mmol/L or mg/dL",
        }
    ]
    assert document["pending"] == [
        {"rule": "gen-hp", "from": "2026-04-13", "what": "History and physical"}
    ]
    assert document["good_until"] == {"day": "2026-04-12", "facts": ["labs.haemoglobin"]}
    assert document["counts"] == {
        "flagged": 5,
        "undecided": 1,
        "pending": 1,
        "not_assessed": 1,
        "clear": 1,
        "not_applicable": 1,
    }
    override = next(f["override"] for f in document["findings"] if f["rule"] == "ob-3")
    assert override == {
        "by": "A. Consultant",
        "on": "2026-03-21",
        "reason": "panel of 19 March",
        "void": None,
    }
    assert document["steps"][0] == {
        "step": "con-topics",
        "topic": "consent",
        "title": "Six topics explained",
        "status": "due",
        "from": "2026-03-17",
        "to": "2026-04-13",
        "phase": "days_7_to_1",
        "role": ["surgeon"],
        "gate": "absolute",
        "action": "Explain the six topics.",
        "missing": [{"fact": "consent.risks_explained", "reason": "not_recorded"}],
        "last_dose_by": None,
        "last_dose_drugs": [],
        "held_by": [],
    }


EVENING = datetime(2026, 3, 16, 20, 30, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    "result",
    [
        FULL,
        replace(FULL, findings=(), steps=(), missing=(), rejected=()),
        replace(FULL, procedure_date=None, urgency=None, good_until=None),
        replace(FULL, as_of=EVENING, procedure_date=EVENING),
        replace(FULL, patient=replace(PATIENT, id=None)),
        replace(
            FULL, findings=(replace(HBA1C_HIGH, evidence=(replace(HBA1C, value=True, unit=None),)),)
        ),
        replace(
            FULL, findings=(replace(HBA1C_HIGH, evidence=(replace(HBA1C, value=("a", "b")),)),)
        ),
        replace(FULL, findings=(replace(HBA1C_HIGH, evidence=(replace(HBA1C, value=SURGERY),)),)),
        replace(
            FULL, findings=(replace(OBESITY, override=Acceptance("x", SURGERY, "y", void="z")),)
        ),
    ],
)
def test_json_keeps_to_its_schema(result: Assessment) -> None:
    """What `backrec schema assessment` promises holds for every shape of result."""
    validator = Draft202012Validator(assessment_schema())
    assert list(validator.iter_errors(json.loads(render_json(result)))) == []


@pytest.mark.parametrize(
    "break_it",
    [
        lambda document: document.pop("verdict"),
        lambda document: document.update(extra=1),
        lambda document: document.update(verdict="fine"),
        lambda document: document["findings"][0].update(status="unheard"),
        lambda document: document["steps"][0].pop("from"),
    ],
)
def test_schema_refuses_another_document(break_it: object) -> None:
    """The schema is strict enough to find a missing key, a new one, and an unknown word."""
    document = json.loads(render_json(FULL))
    assert callable(break_it)
    break_it(document)
    validator = Draft202012Validator(assessment_schema())
    assert list(validator.iter_errors(document)) != []


def test_schema_itself_is_valid() -> None:
    """The printed schema is a schema."""
    Draft202012Validator.check_schema(assessment_schema())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words, 7.1 mmol/L", "plain words, 7.1 mmol/L"),
        ("dm-hba1c-high", "dm-hba1c-high"),
        ("<b>x</b> &amp;", "&lt;b&gt;x&lt;/b&gt; &amp;amp;"),
        ("[x](y)", "\\[x\\]\\(y\\)"),
        ("# heading", "\\# heading"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("a\n# b", "a \\# b"),
        ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
        ("http://x.example www.x.example", "http\\://x.example www\\.x.example"),
        ("one 1. two", "one 1. two"),
        ("| a |", "\\| a \\|"),
        ("![x](y)", "\\!\\[x\\]\\(y\\)"),
    ],
)
def test_markdown_escapes_what_would_act(text: str, expected: str) -> None:
    """Patient text stays text, and ordinary words stay readable."""
    assert escape(text) == expected


def test_markdown_shows_hostile_patient_text_as_text() -> None:
    """A name cannot open a tag, a link, a heading or a table."""
    name = "<img src=x onerror=alert(1)> [a](b)\n# c"
    text = render_markdown(replace(QUIET, patient=replace(PATIENT, name=name)))
    assert "<img" not in text
    assert "[a](" not in text
    assert "\n# c" not in text


def test_markdown_and_colour_say_what_the_text_says() -> None:
    """Every word of the plain report is in the other two, in the same order."""
    result = FULL
    plain = render_text(result, verbose=True, width=100, ascii_only=False)
    coloured = render_terminal(result, verbose=True, width=100, ascii_only=False)
    assert ANSI.sub("", coloured) == plain
    assert "\x1b[" in coloured
    markdown = re.sub(r"\\(.)", r"\1", render_markdown(result, verbose=True))
    for finding in result.findings:
        assert f"[{finding.rule}]" in markdown
    for line in plain.splitlines():
        last = line.split()[-1:]
        assert not last or last[0].lower() in markdown.lower()
    assert "cpr-lvef" in markdown


def test_colour_never_reads_patient_text_as_markup() -> None:
    """Brackets, emoji codes and links are shown as they are."""
    name = "[red]Bobby[/red] :warning: [link=x]y[/link] [/]"
    coloured = render_terminal(
        replace(QUIET, patient=replace(PATIENT, name=name)),
        verbose=False,
        width=200,
        ascii_only=False,
    )
    assert name in coloured


@pytest.mark.parametrize(
    ("suffix", "name"),
    [(".json", "json"), (".JSON", "json"), (".md", "markdown"), (".txt", "text")],
)
def test_format_is_known_by_its_suffix(suffix: str, name: str) -> None:
    """The suffix of a file decides its format, in any case."""
    found = format_of_suffix(suffix)
    assert found is not None
    assert found.name == name


def test_unknown_suffix_has_no_format() -> None:
    """There is no silent default for a suffix nobody knows."""
    assert format_of_suffix(".xlsx") is None


def test_several_patients_make_one_document() -> None:
    """Text under each document's name, one JSON array, Markdown with a rule between."""
    results = [Titled("a.json", FULL), Titled("b.json", QUIET)]
    text = FORMATS["text"].render(results, Style(many=True))
    assert text.startswith("==> a.json <==\nEXAMPLE")
    assert "\n\n==> b.json <==\n" in text
    assert len(json.loads(FORMATS["json"].render(results, Style(many=True)))) == 2
    markdown = FORMATS["markdown"].render(results, Style())
    assert [line for line in markdown.splitlines() if line.startswith("# ")] == [
        "# Stop",
        "# Nothing flagged in the facts given",
    ]
    brief = FORMATS["text"].render(results, Style(many=True, brief=True))
    assert [line.partition(":")[0] for line in brief.splitlines()] == ["a.json", "b.json"]


def test_one_patient_of_many_asked_for_is_still_an_array() -> None:
    """A script that asks for a folder always reads an array."""
    text = FORMATS["json"].render([Titled("a.json", QUIET)], Style(many=True))
    assert len(json.loads(text)) == 1


@pytest.mark.parametrize("status", [Status.FLAGGED, Status.UNDECIDED, Status.PENDING])
def test_every_format_names_every_finding(status: Status) -> None:
    """A finding in one format is never absent from another."""
    result = FULL
    for entry in FORMATS.values():
        text = entry.render([Titled("a.json", result)], Style())
        for finding in result.with_status(status):
            assert finding.rule in text

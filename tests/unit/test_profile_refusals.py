"""A malformed profile is refused whole: every error at once, each with its place and a hint."""

import pytest

from tests.unit.profile_bench import read, refusals


@pytest.mark.parametrize(
    ("document", "code", "place", "message", "hint"),
    [
        ("[]", "E424", "1:1", "'the document' must be an object, not an array", 'write {"patient'),
        ("null", "E423", "1:1", "'the document' is null", "leave it out"),
        ('{"labz": {}}', "E420", "1:2", "unknown section 'labz'", "did you mean 'labs'?"),
        ('{"hba1c": 7}', "E420", "1:2", "unknown section 'hba1c'", "did you mean 'labs.hba1c'?"),
        ('{"labs.hba1c": 7}', "E420", "1:2", "unknown section 'labs.hba1c'", "'labs.hba1c'?"),
        ('{"zzzzzz": 7}', "E420", "1:2", "unknown section 'zzzzzz'", "use one of 'patient'"),
        ('{"labs": 7}', "E424", "1:10", "'labs' must be an object, not a number", "write {"),
        ('{"labs": null}', "E423", "1:10", "'labs' is null", "leave it out"),
        ('{"labs": {"hba1": 7}}', "E421", "1:11", "unknown fact 'labs.hba1'", "'labs.hba1c'?"),
        ('{"labs": {"bmi": 7}}', "E421", "1:11", "unknown fact 'labs.bmi'", "'vitals.bmi'?"),
        ('{"labs": {"xyzzy": 7}}', "E421", "1:11", "unknown fact 'labs.xyzzy'", "remove it"),
        ('{"labs": {"hba1c": null}}', "E423", "1:20", "'labs.hba1c' is null", '"unknown"'),
        (
            '{"labs": {"hba1c": {"value": null, "unit": "%"}}}',
            "E423",
            "1:30",
            "'labs.hba1c.value' is null",
            '"unknown"',
        ),
        (
            '{"labs": {"hba1c": {"value": 7, "unit": null}}}',
            "E423",
            "1:41",
            "'labs.hba1c.unit' is null",
            '"unknown"',
        ),
        (
            '{"labs": {"hba1c": {"value": 7, "unit": "%", "mesured_on": "2026-03-01"}}}',
            "E422",
            "1:46",
            "unknown attribute 'mesured_on' of 'labs.hba1c'",
            "did you mean 'measured_on'?",
        ),
        (
            '{"labs": {"hba1c": {"unit": "%", "measured_on": "2026-03-01"}}}',
            "E426",
            "1:20",
            "'labs.hba1c' has no 'value'",
            "write the value too",
        ),
        ('{"labs": {"hba1c": {}}}', "E426", "1:20", "'labs.hba1c' has no 'value'", "value, unit"),
        (
            '{"labs": {"hba1c": "64"}}',
            "E424",
            "1:20",
            "'labs.hba1c' must be a number with its unit, not text",
            '"unit": "mmol/mol"',
        ),
        (
            '{"labs": {"hba1c": {"value": "64", "unit": "mmol/mol"}}}',
            "E424",
            "1:30",
            "'labs.hba1c' must be a number with its unit, not text",
            "unit",
        ),
        (
            '{"labs": {"hba1c": {"value": 64, "unit": 5}}}',
            "E424",
            "1:42",
            "'labs.hba1c.unit' must be text, not a number",
            "in quotes",
        ),
        ('{"labs": {"hba1c": true}}', "E424", "1:20", "not true or false", "unit"),
        ('{"labs": {"hba1c": [64]}}', "E424", "1:20", "not an array", "unit"),
        ('{"labs": {"inr": "1.0"}}', "E424", "1:18", "'labs.inr' must be a number, not text", ""),
        (
            '{"labs": {"inr": {"value": 1, "unit": "1"}}}',
            "E422",
            "1:31",
            "unknown attribute 'unit' of 'labs.inr'",
            "use one of 'value', 'measured_on'",
        ),
        ('{"patient": {"age": 3.5}}', "E424", "1:21", "'patient.age' must be a whole number", ""),
        ('{"patient": {"age": "38"}}', "E424", "1:21", "not text", "without quotes"),
        ('{"patient": {"age": true}}', "E424", "1:21", "not true or false", ""),
        ('{"patient": {"age": {"value": {}}}}', "E424", "1:31", "not an object", ""),
        ('{"patient": {"name": 12}}', "E424", "1:22", "'patient.name' must be text", "in quotes"),
        ('{"patient": {"name": {"value": "x"}}}', "E424", "1:22", "not an object", "text itself"),
        (
            '{"conditions": {"diabetes": false}}',
            "E424",
            "1:29",
            "'conditions.diabetes' must be a choice in quotes, not true or false",
            "one of 'none', 'type1', 'type2'",
        ),
        ('{"conditions": {"epilepsy": "no"}}', "E424", "1:29", "must be true or false", "write"),
        ('{"conditions": {"epilepsy": 0}}', "E424", "1:29", "not a number", "write"),
        (
            '{"conditions": {"mi": 2020}}',
            "E424",
            "1:23",
            "'conditions.mi' must be true or false",
            "",
        ),
        ('{"conditions": {"mi": "2026-02-30"}}', "E425", "1:23", "'2026-02-30'", "write 2026"),
        ('{"conditions": {"mi": "last year"}}', "E425", "1:23", "'last year'", "write 2026"),
        (
            '{"conditions": {"mi": {"value": true, "onn": "2026-03-01"}}}',
            "E422",
            "1:39",
            "unknown attribute 'onn' of 'conditions.mi'",
            "did you mean 'on'?",
        ),
        ('{"conditions": {"mi": {}}}', "E426", "1:23", "'conditions.mi' has no 'value'", "on"),
        (
            '{"conditions": {"mi": {"value": false, "on": "2026-03-01"}}}',
            "E427",
            "1:23",
            "'conditions.mi' is false and has a date",
            "write the date alone",
        ),
        (
            '{"medications": {"apixaban": {"value": false, "last_dose_on": "2026-03-13"}}}',
            "E427",
            "1:30",
            "'medications.apixaban' is false and has a date",
            "rules count the days from it",
        ),
        (
            '{"medications": {"apixaban": "2026-03-13"}}',
            "E424",
            "1:30",
            "'medications.apixaban' must be true or false, not text",
            "last_dose_on",
        ),
        ('{"procedure": {"technique": "skin_graft"}}', "E424", "1:29", "an array of choices", ""),
        ('{"procedure": {"technique": [1]}}', "E424", "1:30", "an array of texts", "'skin_graft'"),
        (
            '{"procedure": {"technique": [null]}}',
            "E423",
            "1:30",
            "'procedure.technique' is null",
            "",
        ),
        ('{"procedure": {"date": "16.03.2026"}}', "E425", "1:24", "'16.03.2026'", "2026-03-16"),
        ('{"procedure": {"date": "20260316"}}', "E425", "1:24", "'20260316'", "2026-03-16"),
        ('{"procedure": {"date": "2026-W12-1"}}', "E425", "1:24", "'2026-W12-1'", ""),
        ('{"procedure": {"date": "0026-03-16"}}', "E425", "1:24", "'0026-03-16'", ""),
        ('{"procedure": {"date": "2026-03-16T24:00"}}', "E425", "1:24", "T24:00", ""),
        ('{"procedure": {"date": "2026-03-16 08:00"}}', "E425", "1:24", "08:00", ""),
        ('{"procedure": {"date": "2026-03-16T08:00:60"}}', "E425", "1:24", ":60", ""),
        ('{"procedure": {"date": "2026-03-16T08:00+25:00"}}', "E425", "1:24", "+25:00", ""),
        ('{"procedure": {"date": "２０２６-03-16"}}', "E425", "1:24", "-03-16", ""),
        ('{"procedure": {"date": 20260316}}', "E424", "1:24", "a date in quotes", "2026-03-16"),
        ('{"labs": {"measured_on": null}}', "E423", "1:26", "'labs.measured_on' is null", ""),
        ('{"labs": {"measured_on": "soon"}}', "E425", "1:26", "'labs.measured_on'", ""),
        ('{"labs": {"measured_on": 3}}', "E424", "1:26", "'labs.measured_on' must be a date", ""),
        ('{"$schema": 3}', "E424", "1:13", "'$schema' must be text", "in quotes"),
        ('{"reviewed": true}', "E424", "1:14", "'reviewed' must be an array or an object", "write"),
        ('{"reviewed": ["medication"]}', "E420", "1:15", "'medication'", "'medications'?"),
        ('{"reviewed": [3]}', "E424", "1:15", "an array of section names", "write"),
        ('{"reviewed": {"labz": {}}}', "E420", "1:15", "unknown section 'labz'", "'labs'?"),
        ('{"reviewed": {"labs": true}}', "E424", "1:23", "'reviewed.labs' must be an object", ""),
        ('{"reviewed": {"labs": {"date": "x"}}}', "E422", "1:24", "'date' of 'reviewed.labs'", ""),
        ('{"reviewed": {"labs": {"on": "x"}}}', "E425", "1:30", "'reviewed.labs.on'", ""),
        ('{"reviewed": {"labs": {"on": null}}}', "E423", "1:30", "'reviewed.labs.on' is null", ""),
        (
            '{"reviewed": {"labs": {"by": 3}}}',
            "E424",
            "1:30",
            "'reviewed.labs.by' must be text",
            "",
        ),
        (
            '{"reviewed": {"labs": {"by": " "}}}',
            "E428",
            "1:30",
            "'reviewed.labs.by' is empty",
            "who",
        ),
        ('{"overrides": {}}', "E424", "1:15", "'overrides' must be an array", "rule, by, on"),
        ('{"overrides": ["x"]}', "E424", "1:16", "an array of objects", "rule, by, on"),
    ],
)
def test_malformed_profile_is_refused_with_place_and_hint(
    document: str, code: str, place: str, message: str, hint: str
) -> None:
    """One mistake gives one error, at the line and column of what must be changed."""
    [problem] = refusals(document)
    assert (problem.code, problem.place) == (code, f"p.json:{place}")
    assert message in problem.message
    assert hint in (problem.hint or "")


def test_every_error_is_reported_in_the_documents_order() -> None:
    """A document is mended in one pass, not in one pass for each mistake."""
    document = """{
  "labs": {"hba1": 7, "inr": "1.0", "inr": 2, "hba1c": null},
  "procedure": {"date": "2026-13-01"},
  "reviewed": ["labz"],
  "overrides": [{"rule": "x", "by": "", "on": "unknown"}],
  "vitals": {"weight": {"value": 1e999, "unit": "kg"}}
}"""
    assert [(d.code, d.place) for d in refusals(document)] == [
        ("E421", "p.json:2:12"),
        ("E424", "p.json:2:30"),
        ("E414", "p.json:2:37"),
        ("E423", "p.json:2:56"),
        ("E425", "p.json:3:25"),
        ("E420", "p.json:4:16"),
        ("E426", "p.json:5:17"),
        ("E428", "p.json:5:37"),
        ("E425", "p.json:5:47"),
        ("E413", "p.json:6:34"),
    ]


@pytest.mark.parametrize("missing", ["rule", "by", "on", "reason"])
def test_override_without_one_of_its_parts_is_refused(missing: str) -> None:
    """Who accepted what, when and why must all be said."""
    whole = {"rule": "dm-hba1c-high", "by": "Dr A", "on": "2026-03-10", "reason": "agreed"}
    part = {name: text for name, text in whole.items() if name != missing}
    [problem] = refusals({"overrides": [part]})
    assert (problem.code, problem.message) == ("E426", f"'overrides' has no '{missing}'")


@pytest.mark.parametrize("name", ["rule", "by", "reason"])
def test_override_with_an_empty_part_is_refused(name: str) -> None:
    """Spaces name no one."""
    whole = {"rule": "dm-hba1c-high", "by": "Dr A", "on": "2026-03-10", "reason": "agreed"}
    [problem] = refusals({"overrides": [{**whole, name: "  "}]})
    assert (problem.code, problem.message) == ("E428", f"'overrides.{name}' is empty")


def test_errors_beyond_the_first_hundreds_are_counted() -> None:
    """A hostile document gets a bounded answer, in bounded time."""
    document = {"labs": {f"fact{number}": 1 for number in range(5000)}}
    problems = refusals(document)
    assert len(problems) == 201
    assert problems[-1].message == "and 4800 more errors"


def test_long_names_are_cut_in_messages() -> None:
    """A message stays readable when a name is not."""
    [problem] = refusals({"labs": {"x" * 100_000: 1}})
    assert len(problem.message) < 120


def test_names_that_would_act_on_a_terminal_are_shown_as_escapes() -> None:
    """An escape sequence in a key reaches no terminal."""
    [problem] = refusals('{"labs": {"\\u001b[31m\\u202e": 1}}')
    assert problem.message == "unknown fact 'labs.\\x1b[31m\\u202e'"


def test_empty_profile_is_well_formed() -> None:
    """A profile that says nothing is a profile of which nothing is known."""
    assert dict(read("{}").recorded) == {}


def test_schema_address_is_accepted() -> None:
    """Editors want it; it says nothing about the patient."""
    assert dict(read({"$schema": "profile.schema.json"}).recorded) == {}

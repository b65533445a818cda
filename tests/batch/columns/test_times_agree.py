"""Records full of date-times, judged by columns and one by one: the same rows, few left over."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from backrec_cli.batch.cohort.documents import Documents
from backrec_cli.batch.columns.assessor import ColumnAssessor, by_reference
from backrec_cli.batch.columns.reading.reader import ColumnReader
from backrec_cli.batch.columns.times import times_of
from backrec_cli.batch.record import Record
from backrec_cli.batch.reference import Terms
from backrec_cli.rulepack.model import RulePack
from tests.batch.columns.changes import SURGERY, Changes, Document, Edges
from tests.batch.columns.test_times import BY_DAY, BY_DAY_IN_CHECKS, opened, rule
from tests.shipped import examples, pack

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A smaller seed is not a simpler cohort."""

CLOCKS = ("00:00", "08:15", "08:15", "23:59:59", "07:05:01.250", "10:00Z", "22:30-05:00")
TO_THE_HOUR = (
    *("consent.signed", "consent.understanding_confirmed", "consent.risks_explained"),
    *("medications.enoxaparin", "medications.heparin", "medications.apixaban"),
    *("prep.antibiotic_started_at", "prep.incision_at", "habits.cannabis_last_use"),
)
FEWEST = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(rb'"(?:[^"=]*=)?\d{4}-\d{2}-\d{2}T')


def with_times(content: object, random: Random, share: float) -> object:
    """Put times of day behind dates, wherever they stand."""
    match content:
        case dict():
            return {key: with_times(each, random, share) for key, each in content.items()}
        case str() if _DAY.fullmatch(content) and random.random() < share:
            return f"{content}T{random.choice(CLOCKS)}"
        case _:
            return content


def timed(document: Document, random: Random, share: float = 0.6) -> bytes:
    """Return a document with times, of which the day of surgery seldom has one."""
    found = with_times(document, random, share)
    assert isinstance(found, dict)
    planned = document.get("procedure")
    if isinstance(planned, dict) and "date" in planned and random.random() < 0.95:
        found["procedure"]["date"] = planned["date"]
    return json.dumps(found).encode()


def chunk_of(documents: Sequence[bytes]) -> Documents:
    """Return a chunk of documents."""
    held = tuple(
        Record(number, f"{number}.json", document, document)
        for number, document in enumerate(documents, 1)
    )
    return Documents("cohort", held, len(held))


def hold(assessor: ColumnAssessor, terms: Terms, documents: Sequence[bytes]) -> None:
    """Hold every row against the reference, on one day."""
    chunk = chunk_of(documents)
    assessor.terms = terms
    found = assessor.assess(chunk).frame.to_dicts()
    wanted = by_reference(chunk.records(), terms).frame.to_dicts()
    assert len(found) == len(documents)
    differ = [pair for pair in zip(documents, found, wanted, strict=True) if pair[1] != pair[2]]
    assert not differ, f"{len(differ)} differ, first {differ[0]}"


def left(rulepack: RulePack, documents: Sequence[bytes]) -> list[bytes]:
    """Return the documents that are left to the reference."""
    found = ColumnReader(rulepack.dictionary, times_of(rulepack)).read(chunk_of(documents))
    assert found is not None
    return [documents[row] for row in found.reference]


@cache
def assessor() -> ColumnAssessor:
    """Return an assessor of the shipped pack whose columns are compiled already."""
    made = ColumnAssessor(Terms(pack(), SURGERY))
    made.assess(chunk_of([json.dumps(each).encode() for each in plain()] * FEWEST))
    return made


def plain() -> list[Document]:
    """Return the complete patient of the examples."""
    (clean,) = (each.document for each in examples() if each.name == "clean-elective")
    return [clean]


@cache
def changes() -> Changes:
    """Return what changes documents at random where the shipped rules turn."""
    return Changes(Edges(pack()), 0)


def crowded(document: Document, random: Random) -> Document:
    """Return a document in which all that is read to the hour happened around one night."""
    found: dict[str, Document] = json.loads(json.dumps(document))
    for path in TO_THE_HOUR:
        if random.random() < 0.8:
            section, _, name = path.partition(".")
            day = (SURGERY - timedelta(days=random.randrange(2))).isoformat()
            attribute = "last_dose_on" if section == "medications" else "on"
            found.setdefault(section, {})[name] = day if section == "prep" else {attribute: day}
    found["procedure"]["date"] = SURGERY.isoformat()
    return dict(found)


@settings(max_examples=2, deadline=None, phases=WITHOUT_SHRINKING)
@given(st.integers(0, 2**32))
def test_patients_of_the_shipped_pack_have_their_rows(seed: int) -> None:
    """Examples with random changes and times, on days on which something begins or ends."""
    random = Random(seed)  # noqa: S311 - patients for tests.
    changes().random.seed(seed)
    some = [random.choice(examples()).document for _ in range(20)]
    documents = [
        *(timed(changes().changed(document), random, random.random()) for document in some[:14]),
        *(timed(crowded(document, random), random) for document in some[14:]),
    ]
    terms = Terms(pack(), SURGERY)
    for as_of in (SURGERY, SURGERY - timedelta(days=random.randrange(1, 120)), None):
        hold(assessor(), replace(terms, as_of=as_of), documents)
    hold(assessor(), replace(terms, surgery=SURGERY + timedelta(days=1)), documents)


def test_records_are_only_left_over_for_times_that_may_count() -> None:
    """Everything else has a time in every example, and is read by columns."""
    random = Random(3)  # noqa: S311 - patients for tests.
    kept = []
    sound = [each.document for each in examples() if "overrides" not in each.document]
    counts = pack().dictionary.definitions.keys() - times_of(pack()).timeless
    for document in sound:
        found = with_times(document, random, 1)
        assert isinstance(found, dict)
        for path in counts:
            section, _, name = path.partition(".")
            found.get(section, {}).pop(name, None)
        kept.append(json.dumps(found).encode())
    assert sum(bool(_MOMENT.search(document)) for document in kept) > len(kept) / 2
    assert left(pack(), kept) == []


@cache
def _places() -> Mapping[str, Sequence[str]]:
    """Return what a record of the small facts may hold, place by place."""
    days = [(SURGERY + timedelta(days=by)).isoformat() for by in (-70, -61, -60, -59, -1, 0, 1)]
    results = [f'{{"value": {value}, "measured_on": "{day}"}}' for value in (2, 4) for day in days]
    dated = [*(f'"{day}"' for day in days), *(f'{{"on": "{day}"}}' for day in days)]
    events = ["true", "false", *dated]
    return {
        "patient": ['"birth_date": "1930-03-16", "age": 96', '"birth_date": "1950-03-16"'],
        "labs": [
            *(f'"wbc": {one}, "share": {two}' for one in results for two in results),
            *(f'"wbc": 2, "share": {one}, "measured_on": "{on}"' for one in results for on in days),
            *(f'"glucose": 3, "wbc": 2, "share": 2, "measured_on": "{on}"' for on in days * 9),
        ],
        "conditions": [f'"mi": {one}, "clot": {other}' for one in events for other in events],
        "plan": [f'"until": "{day}"' for day in days],
    }


def small(random: Random) -> Document:
    """Return a random record of the small facts."""
    sections = [
        f'"{section}": {{{random.choice(found)}}}'
        for section, found in _places().items()
        if random.random() < 0.9
    ]
    sections.append(f'"procedure": {{"date": "{SURGERY}", "urgency": "elective"}}')
    found: Document = json.loads(f"{{{', '.join(sections)}}}")
    return found


@pytest.fixture(params=["by day", "of one sample"])
def small_pack(request: pytest.FixtureRequest, tmp_path: Path) -> RulePack:
    """Return a pack that uses dates by their days, or compares two results by theirs."""
    if request.param == "of one sample":
        return opened(tmp_path, "labs.wbc.measured_on = labs.share.measured_on")
    checks = "".join(
        f'[[check]]\nid = "c{number}"\nfacts = ["patient.age"]\nmessage = "m"\nholds = "{holds}"\n'
        for number, holds in enumerate(BY_DAY_IN_CHECKS)
    )
    more = "".join(f'{rule(f"q{n}")}"""{when}"""\n' for n, when in enumerate(BY_DAY))
    return opened(tmp_path, BY_DAY[0], facts=checks, more=more)


@settings(max_examples=4, deadline=None, phases=WITHOUT_SHRINKING)
@given(seed=st.integers(0, 2**32))
def _rows_agree(small_assessor: ColumnAssessor, day: date, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - patients for tests.
    documents = [timed(small(random), random) for _ in range(300)]
    hold(small_assessor, Terms(small_assessor.terms.pack, day), documents)


@pytest.mark.parametrize("day", [SURGERY, SURGERY - timedelta(days=1)])
def test_rows_of_small_facts_are_the_same(small_pack: RulePack, day: date) -> None:
    """Whatever uses a date by its day gives the same with and without its time."""
    random = Random(1)  # noqa: S311 - patients for tests.
    documents = [timed(small(random), random) for _ in range(400)]
    beyond = len(left(small_pack, documents))
    assert beyond < len(documents) - FEWEST, "too few to be judged by columns at all"
    small_assessor = ColumnAssessor(Terms(small_pack, day))
    hold(small_assessor, small_assessor.terms, documents)
    _rows_agree(small_assessor, day)

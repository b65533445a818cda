"""Laws that hold for every example and every fact in it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backrec_cli.assessment.model import Assessment, Status
from backrec_cli.assessment.verdict import Verdict
from backrec_cli.engine import assess
from backrec_cli.facts.definition import FactType
from backrec_cli.profile import read_profile
from tests.shipped import EXAMPLES, Example, examples, pack

PERMITS = {Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_PRECAUTIONS}
# Facts without which the situation itself is another one; each has tests of its own.
SITUATION = {"procedure.date", "procedure.urgency"}


def run(document: dict[str, object], example: Example) -> Assessment:
    """Assess a changed document on the example's own day."""
    data = json.dumps(document).encode()
    return assess(read_profile(data, example.name, pack().dictionary), pack(), example.as_of)


def with_unknown(document: dict[str, object], path: str) -> dict[str, object]:
    """Return the document with one fact replaced by "unknown"."""
    section, name = path.split(".")
    changed = dict(document)
    changed[section] = {**dict(document[section]), name: "unknown"}  # type: ignore[call-overload]
    return changed


def mentioned(document: dict[str, object]) -> Iterator[str]:
    """Yield every fact the document mentions that is not mere identity."""
    for section, content in document.items():
        if not isinstance(content, dict) or section == "reviewed":
            continue
        for name in content:
            definition = pack().dictionary.get(f"{section}.{name}")
            if definition is not None and definition.type is not FactType.TEXT:
                yield definition.path


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.name)
def test_replacing_a_fact_by_unknown_never_clears_a_rule_nor_permits(example: Example) -> None:
    """Not knowing a fact never gives a new clear, and never turns a stop into a go."""
    before = run(example.document, example)
    clear = {f.rule for f in before.with_status(Status.CLEAR)}
    for path in mentioned(example.document):
        if path in SITUATION:
            continue
        after = run(with_unknown(example.document, path), example)
        new = {f.rule for f in after.with_status(Status.CLEAR)} - clear
        assert not new, f"{path} unknown cleared {sorted(new)}"
        if before.verdict not in PERMITS:
            assert after.verdict not in PERMITS, f"{path} unknown gave {after.verdict}"


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.name)
def test_leaving_a_fact_out_never_clears_a_rule(example: Example) -> None:
    """A fact that is simply not mentioned clears nothing, unless a review answered it with no."""
    before = run(example.document, example)
    clear = {f.rule for f in before.with_status(Status.CLEAR)}
    document = {k: v for k, v in example.document.items() if k != "reviewed"}
    unreviewed = {f.rule for f in run(document, example).with_status(Status.CLEAR)}
    assert unreviewed <= clear
    for path in mentioned(document):
        if path in SITUATION:
            continue
        section, name = path.split(".")
        content = {k: v for k, v in dict(document[section]).items() if k != name}  # type: ignore[call-overload]
        after = run({**document, section: content}, example)
        new = {f.rule for f in after.with_status(Status.CLEAR)} - clear
        assert not new, f"without {path}: {sorted(new)}"


@given(seed=st.randoms(use_true_random=False), example=st.sampled_from(EXAMPLES))
@settings(max_examples=15, deadline=None)
def test_order_of_rules_and_of_keys_changes_nothing(seed: object, example: str) -> None:
    """The verdict and every status are independent of rule order and of key order."""
    chosen = next(e for e in examples() if e.name == example)
    before = run(chosen.document, chosen)
    shuffled_rules = list(pack().rules)
    shuffled_keys = list(chosen.document)
    seed.shuffle(shuffled_rules)  # type: ignore[attr-defined]
    seed.shuffle(shuffled_keys)  # type: ignore[attr-defined]
    document = {key: chosen.document[key] for key in shuffled_keys}
    other = replace(pack(), rules=tuple(shuffled_rules))
    data = json.dumps(document).encode()
    after = assess(read_profile(data, example, other.dictionary), other, chosen.as_of)
    assert after.verdict is before.verdict
    assert {f.rule: f.status for f in after.findings} == {f.rule: f.status for f in before.findings}


def test_examples_are_found() -> None:
    """The laws are tried on real examples, at least six of them."""
    assert len(examples()) >= 6
    assert all(isinstance(e.as_of, date) for e in examples())
    assert all(Path(e.path).is_file() for e in examples())

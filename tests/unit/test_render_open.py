"""What is open in the plain report: missing, rejected and pending facts, and preparation steps."""

from dataclasses import replace
from datetime import date

import pytest

from backrec_cli.assessment.model import Assessment, MissingFact, StepStatus
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.render.text import render_text
from backrec_cli.rulepack.model import Level, Phase
from tests.assessment_builder import (
    AS_OF,
    EXAMINATION,
    FULL,
    MISSED,
    MISSING_PLATELETS,
    SHOWER,
    TOPICS,
)


def _text(result: Assessment) -> str:
    return render_text(result, verbose=False, width=100, ascii_only=False)


def _missing(number: int) -> MissingFact:
    return replace(
        MISSING_PLATELETS,
        fact=f"conditions.c{number}",
        label=f"condition {number}",
        reason=Absence.NOT_RECORDED,
        settles=(f"rule-{number}",),
    )


def test_missing_facts_that_settle_the_same_are_asked_for_together() -> None:
    """Two results for one question are one line."""
    facts = tuple(replace(_missing(n), settles=("r1", "r2", "r3", "r4")) for n in range(2))
    text = _text(replace(FULL, missing=facts))
    assert (
        "? condition 0, condition 1: not recorded; settles r1, r2, r3 and 1 more: could add a stop"
        in text
    )


def test_many_missing_facts_are_merged_and_none_is_lost() -> None:
    """The most decisive stand alone, the others in one entry by section."""
    facts = tuple(_missing(n) for n in range(30))
    text = _text(replace(FULL, missing=facts))
    assert "and 23 more: conditions: c7, c8, c9," in text
    assert text.count("settles") == 7
    assert len(text.splitlines()) == len(_text(FULL).splitlines()) + 9
    assert "c29" in text


@pytest.mark.parametrize("absence", list(Absence))
def test_every_reason_has_words(absence: Absence) -> None:
    """No reason for not knowing is printed as its id."""
    text = _text(replace(FULL, missing=(replace(_missing(1), reason=absence, on=None),)))
    assert "condition 1: " in text
    assert "_" not in text


def test_rejected_value_is_printed_with_value_reason_and_hint() -> None:
    """What was discarded is always said, with what was probably meant."""
    reading = FactReading(
        path="labs.hba1c",
        absence=Absence.IMPLAUSIBLE,
        reported="64 %",
        on=date(2026, 3, 2),
        hint="64 mmol/mol?",
    )
    text = _text(replace(FULL, rejected=(reading,)))
    assert "? labs.hba1c 64 % (02-Mar-2026): outside what is possible; 64 mmol/mol?" in text


def test_pending_checks_are_merged_by_day_and_named_by_id_when_many() -> None:
    """Five checks of one day are one line."""
    checks = tuple(replace(EXAMINATION, rule=f"day-{n}") for n in range(5))
    later = replace(EXAMINATION, rule="later", pending_from=date(2026, 4, 1), title="Sooner")
    text = _text(replace(FULL, findings=(*checks, later)))
    assert "from 01-Apr-2026  Sooner [later]" in text
    assert "from 13-Apr-2026  5 checks: day-0, day-1, day-2, day-3, day-4" in text
    assert text.index("01-Apr-2026") < text.index("13-Apr-2026  5 checks")


def test_steps_are_named_by_id_and_day_when_many() -> None:
    """The printed sheet has the titles; the report of one screen has ids, days and counts."""
    soon = replace(SHOWER, step="sooner", opens=date(2026, 4, 1))
    today = replace(TOPICS, step="now", closes=AS_OF)
    steps = (*(replace(SHOWER, step=f"s{n}") for n in range(3)), soon, today, TOPICS, MISSED)
    text = _text(replace(FULL, steps=steps))
    assert "· later   sooner from 01-Apr-2026 · s0, s1, s2 from 13-Apr-2026" in text
    assert "[now] today · Six topics explained [con-topics] by 13-Apr-2026" in text
    assert "PREPARATION  0 of 7 steps done" in text


def test_step_that_may_apply_is_named() -> None:
    """A step whose condition is unknown is not forgotten."""
    perhaps = replace(TOPICS, status=StepStatus.UNDECIDED)
    assert "? may apply  Six topics explained [con-topics]" in _text(
        replace(FULL, steps=(perhaps,))
    )


def test_many_steps_that_may_apply_are_counted() -> None:
    """Nine of them would bury what is due; the facts they hang on are asked for above."""
    perhaps = replace(TOPICS, status=StepStatus.UNDECIDED)
    text = _text(replace(FULL, steps=tuple(replace(perhaps, step=f"p{n}") for n in range(9))))
    assert "? may apply  9 more steps, as the facts to obtain turn out" in text


def test_open_steps_of_theatre_are_counted_and_a_missed_gate_is_named() -> None:
    """Theatre ticks its own rows; a gate that was missed there stands with what is overdue."""
    sign_in = replace(SHOWER, step="sign-in", phase=Phase.BEFORE_INDUCTION)
    time_out = replace(TOPICS, step="time-out", phase=Phase.TIME_OUT)
    missed = replace(
        MISSED, step="drape", phase=Phase.PREP_AND_DRAPE, gate=Level.ABSOLUTE, title="Skin dry"
    )
    text = _text(replace(FULL, steps=(sign_in, time_out, missed)))
    assert "· theatre  2 steps from sign-in to handover" in text
    assert "✗ overdue  Skin dry [drape] since" in text
    assert "sign-in]" not in text

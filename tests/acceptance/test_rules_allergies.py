"""Allergies: what theatre leaves out, and that cefazolin stays unless it is barred."""

import pytest

from tests.acceptance.baseline import outcome, unreviewed

Changes = dict[str, object]
EMERGENCY: Changes = {"procedure.urgency": "emergency"}
IMMEDIATE: Changes = {"allergies.penicillin": "immediate"}
OPEN = unreviewed("allergies")


@pytest.mark.parametrize(
    ("changes", "rule", "expected"),
    [
        ({"allergies.latex": True}, "all-latex", "caution"),
        ({"allergies.latex": True} | EMERGENCY, "all-latex", "caution"),
        ({"conditions.spina_bifida": True}, "all-latex", "caution"),
        ({}, "all-latex", "clear"),
        (OPEN, "all-latex", "undecided caution"),
        ({"allergies.penicillin": "low_risk"}, "all-penicillin", "information"),
        (IMMEDIATE, "all-penicillin", "information"),
        ({"allergies.penicillin": "severe_delayed"}, "all-penicillin", "not_applicable"),
        (IMMEDIATE | {"allergies.cephalosporin": "immediate"}, "all-penicillin", "not_applicable"),
        (IMMEDIATE | {"allergies.cefazolin": True}, "all-penicillin", "not_applicable"),
        (IMMEDIATE | OPEN, "all-penicillin", "undecided information"),
        ({}, "all-penicillin", "clear"),
        ({"allergies.penicillin": "severe_delayed"}, "all-severe-delayed", "caution"),
        (IMMEDIATE, "all-severe-delayed", "clear"),
        ({"allergies.cephalosporin": "severe_delayed"}, "all-severe-delayed", "caution"),
        ({"allergies.cephalosporin": "immediate"}, "all-severe-delayed", "caution"),
        ({"allergies.cephalosporin": "low_risk"}, "all-severe-delayed", "clear"),
        ({"allergies.cefazolin": True}, "all-severe-delayed", "caution"),
        ({"allergies.cefazolin": "unknown"}, "all-severe-delayed", "undecided caution"),
        (OPEN, "all-severe-delayed", "undecided caution"),
        ({"allergies.chlorhexidine": True}, "all-chlorhexidine", "caution"),
        ({}, "all-chlorhexidine", "clear"),
        (OPEN, "all-chlorhexidine", "undecided caution"),
        ({"allergies.metal": True}, "all-metal", "information"),
        ({}, "all-metal", "clear"),
        (OPEN, "all-metal", "not_assessed"),
        (
            {"procedure.instrumented": False, "procedure.technique": ["skin_flap"]},
            "all-metal",
            "not_applicable",
        ),
    ],
)
def test_allergy_counts_as_the_documents_say(changes: Changes, rule: str, expected: str) -> None:
    """Severe delayed reactions and cefazolin's own allergy bar it; penicillin's does not."""
    assert outcome(changes, rule) == expected

"""A fact that counts in two scores, one of them optional, is asked for once, as `check` does."""

from pathlib import Path

import pytest

from backrec_cli.expression.compiler import NotColumnarError
from tests.batch.columns.bench import Columns
from tests.batch.columns.small_pack import small_pack
from tests.batch.columns.test_small_packs import patients

_BOTH = """
[[rule]]
id = "both"
topic = "clinic"
title = "Two scores"
role = ["surgeon"]
mark = "LP"
action = "Treat first."
action_urgent = "Go on, and treat."
optional = ["scores.total"]
"""
_SUM = _BOTH + 'when = "scores.total + scores.risk > 8"\nlevel = "relative"\n'
_GRADES = (
    _BOTH.replace("both", "grades")
    + """
[[rule.grade]]
when = "scores.total >= 4"
level = "absolute"
[[rule.grade]]
when = "scores.risk >= 8 and labs.inr > 1.2"
level = "caution"
"""
)


def test_items_of_two_scores_are_asked_for_once(tmp_path: Path) -> None:
    """What only an optional score lacks, in the order of reading, is not named as missing."""
    pack = small_pack(tmp_path, _SUM + _GRADES)
    Columns(pack).hold(patients(pack, 3, 400))


def test_required_score_is_left_to_the_reference(tmp_path: Path) -> None:
    """Whether it waits for a repeat rests on the dates of its items: no row may guess."""
    need = _SUM.replace("[[rule]]", "[[require]]").replace("both", "need")
    need = need.replace("optional", "facts").replace(
        'when = "scores.total + scores.risk > 8"\n', ""
    )
    pack = small_pack(tmp_path, _SUM + need)
    with pytest.raises(NotColumnarError, match=r"need asks for the score scores\.total"):
        Columns(pack)

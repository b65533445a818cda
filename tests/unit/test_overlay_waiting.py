"""A rule of the pack waits for what the pack asks, never for what an overlay above it asks."""

import json
from datetime import date
from pathlib import Path

from backrec_cli.assessment.model import Status
from backrec_cli.engine import assess
from backrec_cli.profile import read_profile
from backrec_cli.rulepack import open_pack
from tests.unit.overlay_bench import HEAD

_ASK = """
[[require]]
id = "mi-on-the-day"
topic = "cardiopulmonary"
title = "Heart attack asked about on the day"
facts = ["conditions.mi"]
from = "0 d"
level = "relative"
role = ["nurse"]
mark = "LP"
"""


def test_overlay_cannot_put_off_what_the_pack_leaves_open(tmp_path: Path) -> None:
    """Asking for a fact on the day leaves a rule that lacks it undecided before the day."""
    (tmp_path / "o").mkdir()
    head = HEAD.replace('"small"', '"back-reconstruction"')
    (tmp_path / "o" / "overlay.toml").write_text(head + _ASK, encoding="utf-8")
    example = Path(__file__).parents[2] / "examples" / "clean-elective" / "patient.json"
    document = json.loads(example.read_text(encoding="utf-8"))
    document["conditions"]["mi"] = "unknown"
    day = date(2026, 3, 2)
    statuses = []
    for folders in ([], [tmp_path / "o"]):
        pack = open_pack(folders, day)
        profile = read_profile(json.dumps(document).encode(), "x", pack.dictionary)
        result = assess(profile, pack, day)
        statuses.append({f.rule for f in result.findings if f.status is Status.UNDECIDED})
    assert statuses[0]
    assert statuses[0] <= statuses[1]

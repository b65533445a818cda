"""The law of overlays: what is accepted without approval never turns a stop into a go."""

import json
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from backrec_cli.assessment.model import Assessment, Status
from backrec_cli.assessment.verdict import Verdict
from backrec_cli.engine import assess
from backrec_cli.errors import DiagnosticsError
from backrec_cli.profile import read_profile
from backrec_cli.rulepack import open_pack
from backrec_cli.rulepack.model import Level, RulePack
from backrec_cli.units import Quantity
from tests.shipped import EXAMPLES, Example, examples, pack

PERMITS = {Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_PRECAUTIONS}
_HEAD = '[overlay]\nid = "x"\nversion = "1"\ntitle = "X"\nbase = "back-reconstruction"\n'
_NUMBERS = [
    name
    for name, parameter in pack().parameters.items()
    if isinstance(parameter.value, int | Decimal | Quantity)
    and not isinstance(parameter.value, bool)
]
_FACTORS = [Decimal(text) for text in ("0.5", "0.8", "0.9", "1.1", "1.2", "2")]


def _set(name: str, factor: Decimal) -> str:
    """Write a [[set]] of a parameter to a multiple of its value."""
    old = pack().parameters[name].value
    number = old.value if isinstance(old, Quantity) else Decimal(str(old))
    unit = f'unit = "{old.unit}"\n' if isinstance(old, Quantity) else ""
    new = number * factor
    text = f"{int(new)}" if isinstance(old, int) else f"{new:f}"
    return f'[[set]]\nparameter = "{name}"\nvalue = {text}\n{unit}'


_SETTINGS = st.builds(_set, st.sampled_from(_NUMBERS), st.sampled_from(_FACTORS))
_CHANGES = st.builds(
    lambda entry, level: f'[[change]]\nentry = "{entry}"\nlevel = "{level}"\n',
    st.sampled_from([rule.id for rule in pack().rules]),
    st.sampled_from([level.value for level in Level]),
)


def _accepted(text: str) -> RulePack | None:
    """Return the pack with an overlay that gives no reason, or None where it needs one."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "overlay.toml").write_text(_HEAD + text, encoding="utf-8")
        try:
            return open_pack([Path(folder)], date(2026, 1, 1))
        except DiagnosticsError:
            return None


def _run(example: Example, document: dict[str, object], rules: RulePack, ahead: int) -> Assessment:
    data = json.dumps(document).encode()
    profile = read_profile(data, example.name, rules.dictionary)
    return assess(profile, rules, example.as_of - timedelta(days=ahead))


def _varied(document: dict[str, object], scale: dict[str, float]) -> dict[str, object]:
    """Return the document with its measured values made larger or smaller."""
    varied = dict(document)
    for section in ("labs", "vitals", "scores"):
        content = document.get(section)
        if not isinstance(content, dict):
            continue
        varied[section] = {
            name: {**value, "value": round(value["value"] * scale.get(name, 1.0), 1)}
            if isinstance(value, dict) and isinstance(value.get("value"), int | float)
            else value
            for name, value in content.items()
        }
    return varied


@given(amendment=st.one_of(_SETTINGS, _CHANGES), data=st.data())
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
def test_overlay_without_approval_never_turns_a_stop_into_a_go(
    amendment: str, data: st.DataObject
) -> None:
    """For any patient: the worst flag stays as bad, and no verdict that was none becomes a go."""
    rules = _accepted(amendment)
    assume(rules is not None)
    assert rules is not None
    assert rules.overlays[0].loosened == ()
    name = data.draw(st.sampled_from(EXAMPLES))
    example = next(e for e in examples() if e.name == name)
    labs = example.document.get("labs")
    names = sorted({*(labs if isinstance(labs, dict) else ()), "bmi", "weight", "systolic_bp"})
    scale = data.draw(st.dictionaries(st.sampled_from(names), st.floats(0.5, 2.0), max_size=4))
    ahead = data.draw(st.sampled_from([0, 0, 1, 6, 14]))
    document = _varied(example.document, scale)
    before = _run(example, document, pack(), ahead)
    after = _run(example, document, rules, ahead)
    if before.verdict not in PERMITS:
        assert after.verdict not in PERMITS, f"{name}: {before.verdict} became {after.verdict}"
    found = _worst(before)
    assert found is None or _rank(_worst(after)) <= _rank(found), f"{name}: {found} lost"


def _worst(assessment: Assessment) -> Level | None:
    """Return the worst level that is flagged."""
    flagged = [f.effective_level for f in assessment.findings if f.status is Status.FLAGGED]
    return min(flagged, key=_rank, default=None)


def _rank(level: Level | None) -> int:
    """Return the place of a level, the worst first; nothing at all comes last."""
    return len(Level) if level is None else tuple(Level).index(level)

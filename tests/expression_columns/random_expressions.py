"""Random well-typed expressions over the patients' dictionary, mostly of what columns can hold."""

from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from backrec_cli.expression import Expression, ExpressionError
from tests.expression_columns.patients import SCOPE, SMALL
from tests.unit.expression_bench import compiled

Text = st.SearchStrategy[str]

_TRUTHS = (
    "heart_ill",
    "conditions.angina", "wound.infected", "conditions.mi", "consent.signed",
    "medications.apixaban", "medications.warfarin", "true", "false", "null",
)  # fmt: skip
_WHOLES = (
    "heart_gap",
    "patient.age", "habits.audit_q1", "scores.risk", "scores.frailty", "scores.risk", "hold_days",
    "0", "1", "2", "3", "50", "2147483647", "null",
)  # fmt: skip
_NUMBERS = (
    "labs.inr", "labs.hba1c.value", "labs.glucose.value", "vitals.weight.value",
    "vitals.bmi.value", "vitals.height.value", "0.0", "0.1", "1.5", "2.0", "64.0", "100.0",
)  # fmt: skip
_PRESSURES = ("vitals.systolic_bp", "vitals.diastolic_bp", "120 'mm[Hg]'", "80.0 'mm[Hg]'", "null")
_DAYS = (
    "procedure.date", "procedure.date", "patient.birth_date", "conditions.mi.on",
    "consent.signed.on", "medications.apixaban.last_dose_on", "labs.hba1c.measured_on",
    "labs.inr.measured_on", "Today()", "@2026-03-16", "@2026-03-15", "@1964-02-29", "null",
)  # fmt: skip
_WORDS = ("conditions.diabetes", "'none'", "'type1'", "null")
_CHOICES = (
    "techniques contains 'muscle_flap'",
    "exists techniques",
    "techniques is null",
    "conditions.diabetes in { 'type1', 'type2' }",
    "conditions.diabetes in { 'type1', null }",
    "conditions.diabetes = 'type2'",
    "conditions.diabetes != 'none'",
    "patient.sex_at_birth = 'female'",
    "procedure.technique contains 'skin_graft'",
    "'spinal_fusion' in procedure.technique",
    "exists procedure.technique",
    "labs.hba1c >= 8.0 '%'",
    "labs.hba1c >= hba1c_limit",
    "labs.hba1c in Interval[48 'mmol/mol', 8.0 '%')",
    "labs.glucose > 10.0 'mmol/L'",
    "vitals.bmi < 25 'kg/m2'",
)
_ORDER = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
_WHEN = st.sampled_from(
    [
        "before",
        "after",
        "same day as",
        "on or before",
        "on or after",
        "before day of",
        "<",
        ">=",
        "=",
    ]
)
_SPANS = st.sampled_from(
    [
        "difference in days between {} and {}",
        "difference in months between {} and {}",
        "difference in years between {} and {}",
        "days between {} and {}",
        "weeks between {} and {}",
        "months between {} and {}",
        "years between {} and {}",
        "hours between {} and {}",
        "difference in hours between {} and {}",
        "minutes between {} and {}",
    ]
)
_MOVES = st.sampled_from(["+ 3 days", "- 28 days", "+ 2 weeks", "- 36 hours", "- 1 day"])


def _nested(
    leaves: Sequence[str], extend: Callable[[Text], Sequence[Text]], most: int, *further: Text
) -> Text:
    start = st.one_of(st.sampled_from(leaves), st.sampled_from(leaves), *further)
    return st.recursive(start, lambda inner: st.one_of(*extend(inner)), max_leaves=most)


def _of(pattern: str, *parts: Text) -> Text:
    return st.builds(pattern.format, *parts)


def _choice(inner: Text) -> Sequence[Text]:
    """Return what can be built of any type."""
    return (
        _of("(if {} then {} else {})", _conditions(), inner, inner),
        _of("Coalesce({}, {})", inner, inner),
    )


def _conditions() -> Text:
    """Return what stands in the condition of a choice; kept short."""
    return st.one_of(st.sampled_from(_TRUTHS), st.sampled_from(_CHOICES), _simple)


_simple = _of("({} {} {})", st.sampled_from(_WHOLES), _ORDER, st.sampled_from(_WHOLES))

days = _nested(_DAYS, lambda inner: (_of("({} {})", inner, _MOVES), *_choice(inner)), 3)
_distances = st.builds(
    lambda span, left, right: f"({span.format(left, right)})", _SPANS, days, days
)
wholes = _nested(
    _WHOLES,
    lambda inner: (
        _of("({} + {})", inner, inner),
        _of("({} - {})", inner, inner),
        _of("({} * 3)", inner),
        _of("({} * {})", st.sampled_from(("patient.age", "habits.audit_q1", "-2")), inner),
        _of("Abs({})", inner),
        *_choice(inner),
    ),
    4,
    _distances,
)
numbers = _nested(
    _NUMBERS,
    lambda inner: (
        _of("({} + {})", inner, inner),
        _of("({} - {})", inner, inner),
        _of("({} * {})", inner, inner),
        _of("({} / {})", inner, inner),
        _of("Abs({})", inner),
        *_choice(inner),
    ),
    4,
    _of("({} / {})", wholes, wholes),
    _of("({} + {})", wholes, st.sampled_from(_NUMBERS)),
)
pressures = _nested(
    _PRESSURES,
    lambda inner: (
        _of("({} + {})", inner, inner),
        _of("({} - {})", inner, inner),
        _of("({} * 1.5)", inner),
        _of("Abs({})", inner),
        *_choice(inner),
    ),
    3,
)
words = _nested(_WORDS, _choice, 3)
_atoms = st.one_of(
    st.sampled_from(_TRUTHS),
    st.sampled_from(_CHOICES),
    _of("({} {} {})", wholes, _ORDER, wholes),
    _of("({} {} {})", numbers, _ORDER, numbers),
    _of("({} {} {})", wholes, _ORDER, numbers),
    _of("({} {} {})", pressures, _ORDER, pressures),
    _of("({} {} {})", days, _WHEN, days),
    _of("({} = {})", words, words),
    _of("({} in {{ 'none', 'type2', null }})", words),
    _of("({} between {} and {})", wholes, wholes, wholes),
    _of("({} properly between {} and {})", numbers, numbers, numbers),
    _of("({} in {{ 1, 2, 3 }})", wholes),
    _of("({} in {{ 1.0, 1.5 }})", numbers),
    _of("({} in Interval[0, 3))", wholes),
    _of("({} in Interval(1.0, null])", numbers),
    _of("({} in Interval[null, @2026-03-15))", days),
    _of("({} is null)", st.one_of(wholes, numbers, days, words, pressures)),
)
truths = st.recursive(
    _atoms,
    lambda inner: st.one_of(
        _of("({} and {})", inner, inner),
        _of("({} and {} and {})", inner, inner, inner),
        _of("({} or {})", inner, inner),
        _of("({} xor {})", inner, inner),
        _of("({} implies {})", inner, inner),
        _of("({} = {})", inner, inner),
        _of("({} ~ {})", inner, inner),
        _of("(not {})", inner),
        _of("({} is true)", inner),
        _of("({} is not false)", inner),
        _of("({} is null)", inner),
        *_choice(inner),
    ),
    max_leaves=5,
)


def checked(text: str) -> Expression | None:
    """Return an expression, None for one that the checker refuses (it could never hold)."""
    try:
        return compiled(text, SCOPE)
    except ExpressionError:
        return None


expressions = st.one_of(truths, truths, truths, wholes, numbers, pressures, days, words)
ASSUMED = st.sets(st.sampled_from(sorted(SMALL.dictionary.paths)), max_size=8)
"""Facts that are assumed false where they are not recorded."""


def drawn(count: int, number: int) -> list[tuple[Expression, set[str]]]:
    """Return up to so many expressions with what is assumed in each; one number, one list."""
    found: list[tuple[str, set[str]]] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(expressions, ASSUMED)
    def draw(text: str, assumed: set[str]) -> None:
        found.append((text, assumed))

    draw()
    asked = [(checked(text), assumed) for text, assumed in found]
    return [(each, assumed) for each, assumed in asked if each is not None]

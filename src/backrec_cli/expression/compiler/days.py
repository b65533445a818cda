"""Days in columns: distances, order and moving, for dates without a time of day.

Days are whole numbers since 1970. What counts in hours or minutes between two dates is known only
to lie between two numbers, as the evaluator says too.
"""

from datetime import date

from backrec_cli.expression import nodes
from backrec_cli.expression.arithmetic import OutOfRangeError, moved
from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.compiled import Compiled, NotColumnarError
from backrec_cli.expression.compiler.terms import NULL, Term
from backrec_cli.temporal import from_python
from backrec_cli.temporal.values import Date
from backrec_cli.units import Quantity

_PER_DAY = {"hour": 24, "minute": 24 * 60, "second": 24 * 60 * 60}
_SAMPLE = date(2026, 1, 15)
_FIXED = frozenset({"day", "days", "d", "week", "weeks", "wk", "hour", "hours", "h", "minute",
                    "minutes", "min", "second", "seconds", "s"})  # fmt: skip


def distance(node: nodes.Distance, left: Compiled, right: Compiled) -> Compiled:
    """Return the count between two days, exact or with its bounds."""
    gap = terms.computed("subtract", right.value, left.value)
    whole = isinstance(node, nodes.DurationBetween)
    match node.precision:
        case "day":
            return _count(node, left, right, gap)
        case "week" if whole:
            return _count(node, left, right, _towards_zero(gap, 7))
        case "month" | "year" as precision:
            return _count(node, left, right, _months(left, right, precision, whole=whole))
        case "hour" | "minute" | "second" as precision:
            low, high = _finer(gap, _PER_DAY[precision], whole=whole)
            return Compiled(node, NULL, (left, right), low=low, high=high, whole=True, reads=True)
        case _:
            msg = f"{node.precision} between days"
            raise NotColumnarError(msg)


def _count(node: nodes.Node, left: Compiled, right: Compiled, value: Term) -> Compiled:
    return Compiled(node, value, (left, right), whole=True, reads=True)


def _finer(gap: Term, per_day: int, *, whole: bool) -> tuple[Term, Term]:
    """Return the bounds of a count within days: both dates can be any moment of their day."""
    steps = terms.computed("multiply", gap, terms.constant(per_day))
    low = terms.computed("subtract", steps, terms.constant(per_day - 1))
    high = terms.computed("add", steps, terms.constant(per_day - 1))
    if not whole:
        return low, high
    # Whole periods: from one moment short of the later day's start, cut towards zero.
    one = terms.constant(1)
    early = terms.computed("subtract", steps, terms.constant(per_day))
    late = terms.computed("add", steps, terms.constant(per_day))
    forward = terms.compared("lt", terms.constant(0), gap)
    backward = terms.compared("lt", gap, terms.constant(0))
    return (
        terms.chosen(forward, early, low),
        terms.chosen(backward, late, terms.computed("subtract", late, one)),
    )


def _towards_zero(amount: Term, size: int) -> Term:
    """Divide, and drop the fraction."""
    by = terms.constant(size)
    forward = terms.computed("floor_divide", amount, by)
    turned = terms.computed("subtract", terms.constant(0), amount)
    back = terms.computed("subtract", terms.constant(0), terms.computed("floor_divide", turned, by))
    return terms.chosen(terms.compared("le", terms.constant(0), amount), forward, back)


def _months(left: Compiled, right: Compiled, precision: str, *, whole: bool) -> Term:
    """Return the months or years between two days."""
    year, month, day = calendar(left.value)
    other_year, other_month, other_day = calendar(right.value)
    if not whole and precision == "year":
        return terms.computed("subtract", other_year, year)
    twelve = terms.constant(12)
    months = terms.computed(
        "add",
        terms.computed("multiply", terms.computed("subtract", other_year, year), twelve),
        terms.computed("subtract", other_month, month),
    )
    if not whole:
        return months
    zero, one = terms.constant(0), terms.constant(1)
    short = terms.all_of((terms.compared("lt", zero, months), terms.compared("lt", other_day, day)))
    over = terms.all_of((terms.compared("lt", months, zero), terms.compared("lt", day, other_day)))
    full = terms.chosen(
        short,
        terms.computed("subtract", months, one),
        terms.chosen(over, terms.computed("add", months, one), months),
    )
    return _towards_zero(full, 12) if precision == "year" else full


def calendar(days: Term) -> tuple[Term, Term, Term]:
    """Return year, month and day of a day number (proleptic Gregorian calendar).

    Years are counted from March, so that a leap day is the last of its year, and in eras of 400
    years, which all have 146 097 days.
    """

    def of(operation: str, left: Term, right: Term | int) -> Term:
        other = terms.constant(right) if isinstance(right, int) else right
        return terms.computed(operation, left, other)

    shifted = of("add", days, 719468)
    era = of("floor_divide", shifted, 146097)
    day_of_era = of("subtract", shifted, of("multiply", era, 146097))
    corrected = of("subtract", day_of_era, of("floor_divide", day_of_era, 1460))
    corrected = of("add", corrected, of("floor_divide", day_of_era, 36524))
    corrected = of("subtract", corrected, of("floor_divide", day_of_era, 146096))
    year_of_era = of("floor_divide", corrected, 365)
    before = of("multiply", year_of_era, 365)
    before = of("add", before, of("floor_divide", year_of_era, 4))
    before = of("subtract", before, of("floor_divide", year_of_era, 100))
    day_of_year = of("subtract", day_of_era, before)
    from_march = of("floor_divide", of("add", of("multiply", day_of_year, 5), 2), 153)
    start = of("floor_divide", of("add", of("multiply", from_march, 153), 2), 5)
    day = of("add", of("subtract", day_of_year, start), 1)
    this_year = terms.compared("lt", from_march, terms.constant(10))
    month = terms.chosen(this_year, of("add", from_march, 3), of("subtract", from_march, 9))
    year = of("add", year_of_era, of("multiply", era, 400))
    return terms.chosen(this_year, year, of("add", year, 1)), month, day


def moved_by(node: nodes.Node, day: Compiled, by: Compiled) -> Compiled:
    """Return a day moved by a constant duration of days, weeks or hours."""
    amount = by.folded
    if not isinstance(amount, Quantity) or amount.unit not in _FIXED:
        msg = "a date moved by something other than a fixed number of days"
        raise NotColumnarError(msg)
    sign = 1 if isinstance(node, nodes.Add) else -1
    start = from_python(_SAMPLE)
    try:
        end = moved(start, amount, sign)
    except OutOfRangeError:
        end = None
    if not isinstance(end, Date):
        msg = "a date moved too far"
        raise NotColumnarError(msg)
    days = date(*end.components).toordinal() - _SAMPLE.toordinal()
    value = terms.computed("add", day.value, terms.constant(days))
    return Compiled(node, value, (day, by), day=True, reads=day.reads)

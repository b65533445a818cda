"""Terms evaluated over a frame as bit planes: one bit a patient, thousands in one operation.

A truth is two whole numbers: a bit in the first where it holds, one in the second where it fails,
and none in either where it is unknown. Python's `&`, `|` and `^` on whole numbers then do Kleene's
logic on a whole frame at once, at a fraction of what a column operation each costs. Numbers, days
and texts (by their place in a table) are arrays, with NaN for null.

It says what the narwhals expressions of `lowering` say; a property test holds the two equal.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from backrec_cli.expression.compiler.circuit import Question
from backrec_cli.expression.compiler.compiled import NotColumnarError
from backrec_cli.expression.compiler.lowering import in_order
from backrec_cli.expression.compiler.numerals import Numbers
from backrec_cli.expression.compiler.rows import Rows
from backrec_cli.expression.compiler.stretches import arranged
from backrec_cli.expression.compiler.terms import Term
from backrec_cli.expression.compiler.wiring import Wiring


class Program:
    """Truths in the order in which they are evaluated.

    questions, columns  what it has to be told of the columns of a frame.
    """

    def __init__(
        self, wanted: Iterable[Term], truths: Collection[str], texts: Sequence[str]
    ) -> None:
        """Wire the wanted terms and put them in order.

        truths  the columns that hold truths; all others hold numbers, days or texts.
        texts   all the texts that columns and constants can hold.
        Raises NotColumnarError for an order between texts, which planes do not know.
        """
        wanted = tuple(dict.fromkeys(wanted))
        order = in_order(wanted)
        _refuse_ordered_texts(order)
        wiring = Wiring(order, truths, {text: float(at) for at, text in enumerate(texts)})
        self._wanted = wanted
        self._code = arranged(wiring.circuit, [wiring.holds(term) for term in wanted])

    @property
    def questions(self) -> Sequence[Question]:
        """What is asked of columns, to be answered by a plane each."""
        return self._code.questions

    @property
    def columns(self) -> Sequence[str]:
        """The columns whose numbers are read."""
        return self._code.columns

    def run(
        self, planes: Sequence[int], numbers: Sequence[Numbers | float], rows: Rows
    ) -> Mapping[Term, int]:
        """Return where each wanted truth holds, from the answers and the columns in their order."""
        return dict(zip(self._wanted, self._code.run(planes, numbers, rows), strict=True))


def _refuse_ordered_texts(order: Sequence[Term]) -> None:
    """Raise NotColumnarError where texts are put in order."""
    for term in order:
        if term.operation in ("lt", "le") and any(
            isinstance(a.value, str) for a in term.arguments if a.operation == "constant"
        ):
            msg = "an order between texts"
            raise NotColumnarError(msg)

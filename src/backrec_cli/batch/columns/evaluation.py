"""Recorded facts of many patients -> verdicts and lists of ids, by bit planes."""

from collections import Counter
from collections.abc import Mapping, Sequence

from backrec_cli.batch.columns.answers import Asking
from backrec_cli.batch.columns.found import Found
from backrec_cli.batch.columns.listing import Listed, Listings
from backrec_cli.batch.columns.program import VERDICT, Judgement
from backrec_cli.batch.columns.reading.arrays import Column
from backrec_cli.batch.columns.recorded import truth_columns
from backrec_cli.batch.results.lists import PLAIN, ListShape
from backrec_cli.batch.tally import Tally
from backrec_cli.expression.compiler.lowering import in_order
from backrec_cli.expression.compiler.planes import Program
from backrec_cli.expression.compiler.rows import Rows
from backrec_cli.expression.compiler.terms import Term, compared, constant
from backrec_cli.facts.definition import FactType
from backrec_cli.facts.dictionary import FactDictionary

_BARE = ListShape(quote="", between="")


class PlaneEvaluation:
    """Evaluates one judgement, chunk after chunk; a column that one lacks was never mentioned."""

    def __init__(
        self, judgement: Judgement, dictionary: FactDictionary, lists: ListShape = PLAIN
    ) -> None:
        """Compile the judgement; raises NotColumnarError for what planes cannot hold.

        lists  the shape of the lists in what is found.
        """
        verdict = judgement.verdict
        # The verdict is a list as well, of the one word that holds.
        words = {word: compared("eq", verdict, constant(word)) for word in _words(verdict)}
        parts = {VERDICT: list(words.items()), **judgement.lists}
        self._terms = {name: [term for _, term in found] for name, found in parts.items()}
        self._words = {name: [word for word, _ in found] for name, found in parts.items()}
        self._listings = Listings(
            {
                name: Listed(found, _BARE if name == VERDICT else lists)
                for name, found in self._words.items()
            }
        )
        texts = _texts(judgement, dictionary)
        wanted = [term for terms in self._terms.values() for term in terms]
        truths = frozenset(truth_columns(dictionary))
        self._program = Program(wanted, truths, texts)
        choices = {
            path: fact.choices
            for path, fact in dictionary.definitions.items()
            if fact.type is FactType.CHOICE
        }
        self._asking = Asking(self._program, texts, truths, choices)

    def judge(self, columns: Mapping[str, Column], count: int, apart: Sequence[int]) -> Found:
        """Return the verdict and the lists of every row, those apart not counted."""
        rows = Rows(count)
        held = self._program.run(*self._asking.planes_and_numbers(columns, rows), rows)
        planes = {name: [held[term] for term in terms] for name, terms in self._terms.items()}
        counted = rows.every ^ rows.plane(apart)
        tally = Tally(
            *(
                _counts(self._words[name], planes[name], counted)
                for name in (VERDICT, "flagged", "missing")
            )
        )
        return Found(self._listings.frame(planes, rows), tally)


def _counts(words: Sequence[str], planes: Sequence[int], counted: int) -> Counter[str]:
    """Count the rows in which each word holds."""
    found: Counter[str] = Counter()
    for word, plane in zip(words, planes, strict=True):
        if count := (plane & counted).bit_count():
            found[word] += count
    return found


def _texts(judgement: Judgement, dictionary: FactDictionary) -> list[str]:
    """Return every text that a column or a constant can hold, once."""
    order = in_order(judgement.terms)
    constants = (each.value for each in order if each.operation == "constant")
    choices = (word for fact in dictionary.definitions.values() for word in fact.choices)
    return list(dict.fromkeys([*(text for text in constants if isinstance(text, str)), *choices]))


def _words(verdict: Term) -> Sequence[str]:
    """Return the texts that a choice between texts can come to."""
    if verdict.operation != "chosen":
        return [str(verdict.value)]
    return list(dict.fromkeys(word for side in verdict.arguments[1:] for word in _words(side)))

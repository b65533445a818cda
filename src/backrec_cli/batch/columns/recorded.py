"""The columns of a frame as it was read -> what each document says of each fact."""

from collections.abc import Collection, Iterator

from backrec_cli.batch.columns.settled import Settled
from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.terms import FALSE, NULL, TRUE, Term
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reading import REJECTIONS, Absence

AS_OF = "as_of"
SURGERY = "surgery"
"""The day of surgery, as given for the run or as recorded; null without one."""

REVIEWED = "reviewed:"
DATED = "@"
WHY = "!"

_TRUTHS = frozenset({FactType.BOOLEAN, FactType.EVENT, FactType.MEDICATION})
_CODES = {absence: code for code, absence in enumerate(Absence)}
# The reasons of a document's own that come before it leave a value unknown; from it on it is wrong.
_FIRST_REJECTION = min(_CODES[reason] for reason in REJECTIONS)


class RecordedFacts:
    """Reads facts from a frame with some columns; a fact without a column is nowhere mentioned."""

    def __init__(self, columns: Collection[str]) -> None:
        """Keep the names of the frame's columns."""
        self._columns = frozenset(columns)

    @property
    def as_of(self) -> Term:
        """The day of each assessment."""
        return terms.column(AS_OF, nullable=False)

    def column(self, name: str) -> Term:
        """Return a column, null in every row where the frame has none."""
        return terms.column(name) if name in self._columns else NULL

    def mentioned(self, definition: FactDefinition) -> Term:
        """Whether a document mentions a fact, if only to say that it is not known."""
        name = definition.path + WHY
        if name not in self._columns:
            return FALSE
        why = terms.column(name)
        absent = terms.compared("eq", why, terms.constant(_CODES[Absence.NOT_RECORDED]))
        return terms.negated(terms.is_true(absent))

    def fact(self, definition: FactDefinition) -> Settled:
        """Return what the documents say of a fact."""
        mentioned = self.mentioned(definition)
        if mentioned is FALSE:
            words = dict.fromkeys(definition.choices, NULL) if _is_list(definition) else None
            return Settled(NULL, FALSE, TRUE, words)
        why = terms.column(definition.path + WHY)
        rejected = terms.is_true(terms.compared("le", terms.constant(_FIRST_REJECTION), why))
        words = None
        if _is_list(definition):
            names = {word: f"{definition.path}={word}" for word in definition.choices}
            words = {word: self.column(name) for word, name in names.items()}
        return Settled(
            NULL if words is not None else self.column(definition.path),
            known=terms.is_null(why),
            unrecorded=terms.negated(mentioned),
            words=words,
            rejected=rejected,
            discarded=rejected,
            on=self.column(definition.path + DATED),
        )

    def reviewed(self, section: str) -> Term:
        """Whether a section was reviewed."""
        return terms.is_true(self.column(REVIEWED + section))

    def reviewed_on(self, section: str) -> Term:
        """Return the day of a section's review, null where it has none."""
        return self.column(REVIEWED + section + DATED)


def _is_list(definition: FactDefinition) -> bool:
    return definition.type is FactType.CHOICES


def all_columns(dictionary: FactDictionary) -> Iterator[str]:
    """Yield every column that a frame of recorded facts can have."""
    yield from (AS_OF, SURGERY)
    for definition in dictionary.definitions.values():
        path = definition.path
        words = (
            [f"{path}={word}" for word in definition.choices] if _is_list(definition) else [path]
        )
        yield from (path + WHY, path + DATED, *words)
    for section in dictionary.sections:
        yield from (REVIEWED + section, REVIEWED + section + DATED)


def truth_columns(dictionary: FactDictionary) -> Iterator[str]:
    """Yield those of them that hold truths."""
    for definition in dictionary.definitions.values():
        if _is_list(definition):
            yield from (f"{definition.path}={word}" for word in definition.choices)
        elif definition.type in _TRUTHS:
            yield definition.path
    yield from (REVIEWED + section for section in dictionary.sections)

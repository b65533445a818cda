"""Every expression of the shipped pack compiles to columns that say what the evaluator says."""

from collections.abc import Iterator

from backrec_cli.expression import Expression
from backrec_cli.facts.definition import FactType
from backrec_cli.rulepack.model import Rule
from tests.expression_columns.agreement import Trial
from tests.expression_columns.engines import on_polars
from tests.expression_columns.patients import World, patients
from tests.expression_columns.table import frame_of
from tests.shipped import pack

# What is judged patient by patient: nothing of the shipped pack.
NOT_COLUMNAR: dict[str, str] = {}


def written() -> Iterator[tuple[Expression, frozenset[str]]]:
    """Yield every expression, with the optional facts of the entry that it stands in."""
    shipped = pack()
    yield shipped.scope, frozenset()
    for rule in shipped.rules:
        yield from ((grade.when, rule.optional) for grade in rule.grades)
    for entry in shipped.entries.values():
        if entry.applies is not None:
            yield entry.applies, entry.optional if isinstance(entry, Rule) else frozenset()
    for step in shipped.steps:
        yield step.done, frozenset()
    for text in dictionary_texts():
        yield shipped.knowledge.compiled(text), frozenset()


def dictionary_texts() -> Iterator[str]:
    """Yield every expression of the dictionary: derivations, validities, items and checks."""
    dictionary = pack().dictionary
    for definition in dictionary.definitions.values():
        if definition.derive is not None:
            yield definition.derive
        yield from (each.when for each in definition.valid_for if each.when is not None)
        for item in definition.items:
            yield from (each for each in (item.when, item.points) if isinstance(each, str))
    yield from (check.holds for check in dictionary.checks)


def world() -> World:
    """Return the shipped dictionary; each score is settled by the facts of its items."""
    shipped = pack()
    items = {
        score.path: tuple(
            sorted(
                {
                    path
                    for item in score.items
                    for text in (item.when, item.points)
                    if isinstance(text, str)
                    for path in shipped.knowledge.compiled(text).facts
                }
            )
        )
        for score in shipped.knowledge.scores
    }
    calculated = frozenset(
        path
        for path, each in shipped.dictionary.definitions.items()
        if each.derive is not None and each.type in (FactType.DECIMAL, FactType.QUANTITY)
    )
    return World(shipped.dictionary, items, calculated)


def test_every_expression_of_the_shipped_pack_agrees_for_random_patients() -> None:
    """Rules, steps, requirements, scope, validities, checks, derivations and score items."""
    shipped = world()
    records = patients(60, shipped)
    trial = Trial(list(dict.fromkeys(written())), shipped)
    refused = {trial.expressions[n][0].text: why for n, why in trial.refused.items()}
    assert refused == NOT_COLUMNAR
    assert trial.differences(on_polars(frame_of(records, shipped)), records) == []
    assert len(trial.compiled) > 300

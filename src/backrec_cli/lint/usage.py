"""What a pack offers and nothing uses: facts, parameters, sources, definitions and topics.

A name counts as used wherever the pack mentions it outside its prose, so that whatever kind of
table reads a fact tomorrow, this needs no change.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from backrec_cli.errors import lint as say
from backrec_cli.facts.definition import FactType
from backrec_cli.lint.remark import Remark
from backrec_cli.rulepack.document import Document
from backrec_cli.rulepack.files import PACK
from backrec_cli.rulepack.model import RulePack
from backrec_cli.rulepack.places import Places

# Keys whose texts are for people, or name the table they stand in.
_PROSE = frozenset(
    {
        "id", "name", "title", "label", "note", "action", "action_urgent", "patient_action",
        "citation", "message", "population", "intended_use", "limits", "unit", "choices", "mark",
        "level", "role",
    }
)  # fmt: skip
_LINT = "lint"
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
_SOURCE_KEY, _TOPIC_KEY = "sources", "topic"
# The engine itself reads these, whatever the rules say.
_ENGINE_READS = frozenset({"procedure.date", "procedure.urgency"})


def unused(pack: RulePack, places: Places) -> Iterator[Remark]:
    """Yield a warning for everything that is offered and not used."""
    texts = list(_texts(places.documents))
    named = _names(text for key, text in texts if key not in (_SOURCE_KEY, _TOPIC_KEY))
    sources = {text for key, text in texts if key == _SOURCE_KEY}
    topics = {text for key, text in texts if key == _TOPIC_KEY}
    for path, definition in pack.dictionary.definitions.items():
        if path not in named | _ENGINE_READS and definition.type is not FactType.TEXT:
            yield Remark(path, places.fact(path).at(say.unused_fact(path)))
    for name in pack.parameters.keys() - named:
        yield Remark(name, places.parameter(name).at(say.unused_parameter(name)))
    for name in pack.sources.keys() - sources:
        yield Remark(name, places.source(name).at(say.unused_source(name)))
    for name in pack.definitions.keys() - named:
        yield Remark(name, places.definition(name).at(say.unused_definition(name), "name"))
    for name in pack.topics.keys() - topics:
        yield Remark(name, places.topic(name).at(say.unused_topic(name), "id"))


def _texts(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """Yield every text of the pack that is not prose, with the key it stands under."""
    for document in documents:
        for key, value in document.content.items():
            if document.file == PACK and key in (_LINT, _TOPIC_KEY):
                continue
            yield from _below(key, value)


def _below(key: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if key not in _PROSE:
            yield key, value
    elif isinstance(value, Mapping):
        for inner, item in value.items():
            yield from _below(inner, item)
    elif isinstance(value, list):
        for item in value:
            yield from _below(key, item)


def _names(texts: Iterable[str]) -> frozenset[str]:
    """Return the bare names and the facts in expressions and in lists of facts."""
    found: set[str] = set()
    for text in texts:
        for name in _NAME.findall(_QUOTED.sub(" ", text)):
            found.add(name)
            # An attribute is a use of its fact.
            found.add(".".join(name.split(".")[:2]))
    return frozenset(found)

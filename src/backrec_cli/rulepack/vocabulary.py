"""What the rules of a pack may refer to: facts, sources, parameters, definitions and topics."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from backrec_cli.facts.dictionary import FactDictionary, merged
from backrec_cli.facts.reader import parse_dictionary
from backrec_cli.rulepack.evidence import read_parameter, read_source
from backrec_cli.rulepack.expressions import Compiler
from backrec_cli.rulepack.fact_expressions import check_fact_expressions
from backrec_cli.rulepack.files import FACTS, OVERLAY, PACK, PARAMETERS, SOURCES, PackFiles
from backrec_cli.rulepack.model import Parameter, Source, Topic
from backrec_cli.rulepack.names import check_identifiers, check_source_ids, refuse_duplicates
from backrec_cli.rulepack.settings import FILE_KEYS, read_topics
from backrec_cli.rulepack.table import PackTable

_DEFINE_KEYS = frozenset({"name", "value", "note"})
_NOT_FACTS = ("define", "check")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of a pack and what they stand for.

    `source_names`, `topic_names` and `fact_names` hold the broken ones too, which may be named
    without a second complaint. The compiler knows facts and definitions.
    """

    compiler: Compiler
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    topics: Mapping[str, Topic]
    source_names: Collection[str]
    topic_names: Collection[str]
    fact_names: Collection[str]


def read_vocabulary(files: PackFiles) -> Vocabulary:
    """Read everything that rules refer to; complaints are collected by `files`."""
    compiler, fact_names = _read_facts(files)
    source_tables = files.named_tables(SOURCES, "source")
    source_names = files.known(source_tables, SOURCES)
    parameter_tables = files.named_tables(PARAMETERS, "parameter")
    parameters = _read_parameters(parameter_tables, source_names)
    compiler.set_parameters(
        {name: parameter.value for name, parameter in parameters.items()},
        parameter_tables,
    )
    _read_definitions(files, compiler, parameter_tables)
    topics = _read_topics(files)
    return Vocabulary(
        compiler=compiler,
        sources=_read_sources(source_tables),
        parameters=parameters,
        topics=topics,
        source_names=source_names,
        topic_names=files.known(topics, PACK, complete=bool(topics) and files.all_named("topic")),
        fact_names=files.known(fact_names, FACTS),
    )


def _read_facts(files: PackFiles) -> tuple[Compiler, frozenset[str]]:
    """Read facts.toml; without it the compiler knows no dictionary and compiles nothing."""
    tops = files.tops(FACTS)
    sure = files.all_identifiers

    def elsewhere(name: str) -> bool:
        """Whether an unknown fact, or an unknown bare name, may only be out of sight."""
        return files.may_define(name, FACTS) if "." in name else not sure or files.may_define(name)

    if files.top(FACTS) is None:
        return Compiler(None, elsewhere=elsewhere), frozenset()
    parts = [_read_dictionary(top) for top in tops]
    dictionary = merged(parts)
    named = frozenset().union(*map(_named_facts, tops))
    broken = named - dictionary.definitions.keys()
    later = [*files.named_tables(PARAMETERS, "parameter"), *_defined(files)]
    compiler = Compiler(dictionary, broken_facts=broken, elsewhere=elsewhere, later=later)
    for top, part in zip(tops, parts, strict=True):
        check_fact_expressions(top, part, compiler)
    return compiler, frozenset(dictionary.definitions) | broken


def _defined(files: PackFiles) -> Iterator[str]:
    """Yield the names of definitions."""
    for table in files.definitions():
        name = table.content.get("name")
        if isinstance(name, str):
            yield name


def _read_dictionary(top: PackTable) -> FactDictionary:
    """Read one facts.toml, that of the pack or of an overlay."""
    content = {key: value for key, value in top.content.items() if key != "define"}
    source = top.document.source
    dictionary, problems = parse_dictionary(content, source, top.document.locate)
    top.findings.diagnostics += map(top.document.at_unknown_key, problems)
    return dictionary


def _named_facts(top: PackTable) -> frozenset[str]:
    """Return the paths under which one facts.toml says anything at all."""
    return frozenset(
        f"{section}.{name}"
        for section, facts in top.content.items()
        if section not in _NOT_FACTS and isinstance(facts, dict)
        for name in facts
    )


def _read_sources(tables: Mapping[str, PackTable]) -> dict[str, Source]:
    check_source_ids(tables)
    found = (read_source(name, table) for name, table in tables.items())
    return {source.id: source for source in found if source is not None}


def _read_parameters(
    tables: Mapping[str, PackTable], sources: Collection[str]
) -> dict[str, Parameter]:
    found = (read_parameter(name, table, sources) for name, table in tables.items())
    return {parameter.id: parameter for parameter in found if parameter is not None}


def _read_definitions(
    files: PackFiles, compiler: Compiler, parameters: Mapping[str, PackTable]
) -> None:
    """Compile the definitions of all files; a name is that of one parameter or definition."""
    tables = files.definitions()
    for table in tables:
        table.only(_DEFINE_KEYS)
        table.required_text("name")
        table.text("note")
    definitions = refuse_duplicates(tables, "definition", "name")
    check_identifiers(definitions, parameters)
    compiler.define(definitions)


def _read_topics(files: PackFiles) -> dict[str, Topic]:
    for top in files.tops(PACK):
        # One `[[topics]]` must not show as an unknown topic wherever it is spoken of.
        top.only(FILE_KEYS)
    tables = [table for top in files.tops(PACK, OVERLAY) for table in top.entries("topic")]
    refuse_duplicates(tables, "topic")
    return read_topics(tables)


TABLE_KEYS = {"define": _DEFINE_KEYS}
"""What each table may hold, for whoever describes the files."""

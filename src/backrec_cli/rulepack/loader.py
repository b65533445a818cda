"""A folder of TOML files -> a checked `RulePack`, or every error of every file at once.

Three steps: bytes (`read_folder`), documents (`parse_document`), pack (`build_pack`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.errors import pack as say
from backrec_cli.profile.knowledge import Knowledge
from backrec_cli.rulepack.complications import read_complication
from backrec_cli.rulepack.digest import Content
from backrec_cli.rulepack.document import Document, parse_documents, read_folder
from backrec_cli.rulepack.entries import Context
from backrec_cli.rulepack.files import FACTS, PACK, PackFiles
from backrec_cli.rulepack.model import Complication, Requirement, Rule, RulePack, Step
from backrec_cli.rulepack.names import refuse_duplicates
from backrec_cli.rulepack.rules import read_requirement, read_rule
from backrec_cli.rulepack.settings import read_settings
from backrec_cli.rulepack.steps import read_step
from backrec_cli.rulepack.table import PackTable
from backrec_cli.rulepack.vocabulary import Vocabulary, read_vocabulary
from backrec_cli.source import SourceText, Span


def load_pack(folder: Path) -> RulePack:
    """Read, parse and check the pack in a folder (its subfolders hold no rules).

    Raises DiagnosticsError with every error of every file, each at its line and column.
    """
    return build_pack(*read_pack(folder))


def read_pack(folder: Path) -> tuple[list[Document], list[Diagnostic]]:
    """Return the files of a pack's folder as far as they can be read, and what is wrong."""
    files, problems = read_folder(folder)
    present = {Path(name).name for name, _ in files}
    absent = [name for name in (PACK, FACTS) if name not in present]
    # An empty folder, or none, lacks everything: that is said once.
    for name in absent if files else absent[:1]:
        absent_file = SourceText((folder / name).as_posix(), "")
        problems.append(say.missing_file(name, folder.as_posix()).at(absent_file))
    documents, unread = parse_documents(files)
    return documents, [*problems, *unread]


def build_pack(documents: Sequence[Document], unread: Iterable[Diagnostic] = ()) -> RulePack:
    """Check parsed documents against each other; `unread` are the problems of files not parsed.

    Raises DiagnosticsError with everything that is wrong.
    """
    files = PackFiles(documents, tuple(unread))
    files.check_rule_files()
    vocabulary = read_vocabulary(files)
    top = files.top(PACK)
    settings = read_settings(top, vocabulary.compiler) if top else None
    entries = _read_entries(files, vocabulary)
    vocabulary.compiler.misfits.settle()
    dictionary = vocabulary.compiler.dictionary
    problems = files.problems
    if problems or dictionary is None or settings is None:
        raise DiagnosticsError(problems)
    return RulePack(
        id=settings.id,
        version=settings.version,
        title=settings.title,
        population=settings.population,
        intended_use=settings.intended_use,
        limits=settings.limits,
        scope=settings.scope,
        dictionary=dictionary,
        topics=vocabulary.topics,
        sources=vocabulary.sources,
        parameters=vocabulary.parameters,
        rules=entries.rules,
        requirements=entries.requirements,
        steps=entries.steps,
        levels=settings.levels,
        contacts=settings.contacts,
        content=Content(documents),
        review_days=settings.review_days,
        knowledge=Knowledge(dictionary),
        complications=entries.complications,
        definitions=vocabulary.compiler.definitions,
        lint=settings.lint,
    )


def _placed(problem: Diagnostic, top: PackTable | None) -> Diagnostic:
    """Place a problem of the pack as a whole at the top of pack.toml."""
    return problem if top is None else top.document.at(problem, Span(0, 0))


@dataclass(frozen=True, slots=True)
class _Entries:
    """What the rule files hold, in the order of files and places."""

    rules: tuple[Rule, ...]
    requirements: tuple[Requirement, ...]
    steps: tuple[Step, ...]
    complications: tuple[Complication, ...]


def _read_entries(files: PackFiles, vocabulary: Vocabulary) -> _Entries:
    """Read the rule files; an id stands for one thing: rule, requirement, step, complication."""
    rules, requires, steps = (files.entries(kind) for kind in ("rule", "require", "step"))
    if not rules and files.all_read and files.all_named("rule"):
        files.add(_placed(say.no_rules(), files.top(PACK)))
    complications = files.entries("complication")
    refuse_duplicates([*rules, *requires, *steps, *complications], "id")
    context = Context(
        topics=vocabulary.topic_names,
        sources=vocabulary.source_names,
        rules=files.known(_ids(rules), complete=files.all_named("rule")),
        entries=files.known(
            _ids([*rules, *requires, *steps]),
            complete=all(map(files.all_named, ("rule", "require", "step"))),
        ),
        facts=vocabulary.fact_names,
        compiler=vocabulary.compiler,
    )
    return _Entries(
        tuple(filter(None, (read_rule(table, context) for table in rules))),
        tuple(filter(None, (read_requirement(table, context) for table in requires))),
        tuple(filter(None, (read_step(table, context) for table in steps))),
        tuple(filter(None, (read_complication(table, context) for table in complications))),
    )


def _ids(tables: Iterable[PackTable]) -> list[str]:
    """Return the ids of entries as they are written, those of broken entries too."""
    return [str(table.content.get("id")) for table in tables]

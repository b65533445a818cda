"""Expressions inside TOML: compiled, with every complaint moved to its place in the file."""

import re
from collections.abc import Callable, Collection, Mapping

from backrec_cli.errors import Diagnostic
from backrec_cli.errors import pack as say
from backrec_cli.errors.names import UNKNOWN_NAME
from backrec_cli.expression import Expression, ParameterValue, Scope, check_text
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.rulepack.misfits import Misfits
from backrec_cli.rulepack.table import PackTable

# Texts and comments are skipped; a name before or after a dot belongs to a fact, not to us.
_BARE_NAME = re.compile(
    r"'(?:[^'\\]|\\.)*'|//[^\n]*|/\*.*?\*/|(?<![\w.])([A-Za-z_]\w*)(?!\w|\s*\.)", re.DOTALL
)
# A bare name, or a fact with or without its attribute.
_NAME = re.compile(r"(?P<path>[A-Za-z_]\w*(?:\.\w+)?)(?:\.\w+)*")


class Compiler:
    """Compiles the expressions of one pack in one scope.

    What is itself broken (a fact, parameter or definition with an error of its own) is known here
    by name, so that it is reported once and not again wherever it is used. `elsewhere` says whether
    an unknown name may be defined in a file that could not be read.
    """

    def __init__(
        self,
        dictionary: FactDictionary | None,
        *,
        broken_facts: Collection[str] = (),
        elsewhere: Callable[[str], bool],
        later: Collection[str] = (),
    ) -> None:
        """Without a dictionary (facts.toml could not be read) nothing is compiled.

        `later` are the parameters and definitions, which expressions of facts cannot use.
        """
        self.dictionary = dictionary
        self._elsewhere = elsewhere
        self._later = frozenset(later)
        self.misfits = Misfits()
        self.definitions: dict[str, Expression] = {}
        self._parameters: dict[str, ParameterValue] = {}
        self._broken_facts = tuple(broken_facts)
        self._scope = Scope(dictionary, self._parameters, self.definitions)

    def set_parameters(
        self, values: Mapping[str, ParameterValue], tables: Mapping[str, PackTable]
    ) -> None:
        """Make parameters known; a broken one stands for null, which fits everywhere."""
        self._parameters.update(values)
        self.misfits.tables = tables
        broken = tables.keys() - values.keys()
        for name in broken:
            self._stand_in(name)

    def boolean(
        self, table: PackTable, key: str, optional: Collection[str] = ()
    ) -> Expression | None:
        """Compile a condition that must be there; None where it is absent or wrong."""
        return self.compiled(table, key, "boolean", optional) if table.has(key) else None

    def optional_boolean(
        self, table: PackTable, key: str, optional: Collection[str] = ()
    ) -> Expression | None:
        """Compile a condition that may be absent."""
        return self.compiled(table, key, "boolean", optional) if key in table else None

    def compiled(
        self,
        table: PackTable,
        key: str,
        expect: str | None,
        optional: Collection[str] = (),
        *,
        null_tests: bool = False,
    ) -> Expression | None:
        """Compile the expression under a key; a rule never acts on absence, so no `is null`."""
        text = table.content[key]
        if not isinstance(text, str):
            table.wrong(key, "a text with an expression")
            return None
        if not text.strip():
            table.add(say.blank(key, table.place(key)))
            return None
        if self.dictionary is None:
            return None
        expression, found = check_text(
            text, self._scope, expect=expect, null_tests=null_tests, optional=optional
        )
        for problem in found:
            if not self._echoes(problem, text):
                said = self._of_facts(problem, text)
                placed = table.document.inside(said, (*table.path, key))
                if not self.misfits.take(problem, text, table, placed):
                    table.add(placed)
        if not found:
            self.misfits.sound.append(text)
        return None if found else expression

    def define(self, tables: Mapping[str, PackTable]) -> None:
        """Compile definitions, each after those it uses; a circle is an error of each in it."""
        uses = {name: _names_in(table, tables) for name, table in tables.items()}
        finished: set[str] = set()
        for name in tables:
            self._define(name, tables, uses, finished, ())

    def _define(
        self,
        name: str,
        tables: Mapping[str, PackTable],
        uses: Mapping[str, tuple[str, ...]],
        finished: set[str],
        within: tuple[str, ...],
    ) -> None:
        """Compile one definition, depth first; `within` are those that wait for it."""
        if name in within:
            circle = (*within[within.index(name) :], name)
            place = tables[name].place("value")
            tables[name].add(say.definition_cycle(circle, place))
            self._stand_in(name)
            finished.add(name)
        if name in finished:
            return
        for used in uses[name]:
            self._define(used, tables, uses, finished, (*within, name))
        if name in finished:
            return
        finished.add(name)
        compiled = self.compiled(tables[name], "value", None) if tables[name].has("value") else None
        if compiled is None:
            self._stand_in(name)
        else:
            self.definitions[name] = compiled

    def _stand_in(self, name: str) -> None:
        """Let null stand for something broken, so that its users are not blamed."""
        null, _ = check_text("null", Scope(self.dictionary, {}, {}))
        if null is not None:
            self.definitions[name] = null

    def _of_facts(self, problem: Diagnostic, text: str) -> Diagnostic:
        """Reword an unknown name that is known, but not to the expressions of facts."""
        if problem.code != UNKNOWN_NAME or problem.span is None:
            return problem
        name = text[problem.span.start : problem.span.end]
        return say.not_in_facts(name, problem.span) if name in self._later else problem

    def _echoes(self, problem: Diagnostic, text: str) -> bool:
        """Whether a problem only repeats that something it names is broken elsewhere."""
        if problem.span is None:
            return False
        written = text[problem.span.start : problem.span.end]
        name = _NAME.fullmatch(written)
        if name is not None and self._elsewhere(name["path"]):
            return True
        return any(written == path or written.startswith(f"{path}.") for path in self._broken_facts)


def _names_in(table: PackTable, known: Collection[str]) -> tuple[str, ...]:
    """Return the definitions whose names stand in a definition's text."""
    text = table.content.get("value")
    if not isinstance(text, str):
        return ()
    return tuple(name for name in _BARE_NAME.findall(text) if name in known)

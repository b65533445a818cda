"""Parameters that do not fit the facts they are held against -> a complaint at the likely slip.

A limit whose unit was forgotten shows in every rule that reads it. Where no expression can use it
as it is, the parameter is to be mended, and is blamed once; else the rule that took the wrong one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from backrec_cli.errors import Diagnostic
from backrec_cli.errors.names import DECIDES_NOTHING, UNIT_LACKS, UNIT_NOT_ACCEPTED
from backrec_cli.rulepack.table import PackTable

_MENDED_IN = {UNIT_LACKS: "value", DECIDES_NOTHING: "value", UNIT_NOT_ACCEPTED: "unit"}
"""The key of a parameter that each complaint is about."""


@dataclass(slots=True)
class Misfits:
    """What was complained of so far, and the texts of the expressions without an error."""

    tables: Mapping[str, PackTable] = field(default_factory=dict)
    sound: list[str] = field(default_factory=list)
    _found: list[tuple[str, PackTable, Diagnostic, Diagnostic]] = field(default_factory=list)

    def take(self, problem: Diagnostic, text: str, table: PackTable, placed: Diagnostic) -> bool:
        """Take a complaint that is about a parameter; `placed` is it at its place in the rule."""
        if problem.code not in _MENDED_IN or problem.span is None:
            return False
        name = text[problem.span.start : problem.span.end]
        if name not in self.tables:
            return False
        self._found.append((name, table, problem, placed))
        return True

    def settle(self) -> None:
        """Complain of each parameter that nothing can use, and else of the rules."""
        blamed: set[str] = set()
        for name, table, problem, placed in self._found:
            if self._used(name):
                table.add(placed)
            elif name not in blamed:
                blamed.add(name)
                parameter = self.tables[name]
                span = parameter.place(_MENDED_IN[problem.code])
                parameter.add(Diagnostic(problem.code, problem.message, span, problem.hint))

    def _used(self, name: str) -> bool:
        """Whether some expression could use a parameter; looked for only where one is blamed."""
        word = re.compile(rf"(?<![\w.]){re.escape(name)}\b")
        return any(map(word.search, self.sound))

"""The files of a pack's `tests` folder -> a `Suite`, or every error of every file at once."""

from collections.abc import Collection, Mapping, Sequence

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.errors import packtest as say
from backrec_cli.packtest.baselines import read_baselines
from backrec_cli.packtest.cases import read_case
from backrec_cli.packtest.model import Baseline, Case, Demand, Place, Suite, Waiver
from backrec_cli.rulepack.document import Document
from backrec_cli.rulepack.model import Entry, RulePack
from backrec_cli.rulepack.table import DocumentFindings, PackTable

_FILE_KEYS = frozenset({"baseline", "test"})
_TEST_KEYS = frozenset({"entry", "baseline", "cases", "waive"})
_WAIVER_KEYS = frozenset({"demand", "what", "why"})


def read_suite(
    documents: Sequence[Document], pack: RulePack, unread: Sequence[Diagnostic] = ()
) -> Suite:
    """Read the tests of a pack; raises DiagnosticsError with all that is wrong with them."""
    tops = [
        PackTable(document.content, (), f"'{document.file}'", DocumentFindings(document))
        for document in documents
    ]
    baselines, broken = read_baselines(tops, pack.dictionary)
    reader = _SuiteReader(pack, baselines, broken, sure=not unread)
    for top in tops:
        reader.file(top)
    problems = [*unread, *(problem for top in tops for problem in top.findings.diagnostics)]
    if problems:
        raise DiagnosticsError(dict.fromkeys(problems))
    return Suite(tuple(reader.cases), tuple(reader.waivers))


class _SuiteReader:
    """Reads the [[test]] tables of all files; complaints are collected by the tables."""

    def __init__(
        self,
        pack: RulePack,
        baselines: Mapping[str, Baseline],
        broken: Collection[str],
        *,
        sure: bool,
    ) -> None:
        self.pack = pack
        self.entries = pack.entries
        self.baselines = baselines
        self.broken = broken
        self.sure = sure
        self.cases: list[Case] = []
        self.waivers: list[Waiver] = []

    def file(self, top: PackTable) -> None:
        """File = default baseline or baselines, and tests."""
        top.only(_FILE_KEYS)
        default = top.content.get("baseline")
        usual = default if isinstance(default, str) else None
        if usual is not None:
            self._known_baseline(usual, top)
        for table in top.entries("test"):
            self._test(table, usual)

    def _test(self, table: PackTable, usual: str | None) -> None:
        """Test = entry, baseline, cases, waive."""
        name = table.required_text("entry")
        table = PackTable(table.content, table.path, f"test of '{name}'", table.findings)
        table.only(_TEST_KEYS)
        entry = self.entries.get(name)
        if entry is None and name:
            table.add(say.unknown_entry(name, self.entries, table.place("entry")))
        baseline = self._baseline(table, usual)
        if entry is None or baseline is None:
            return
        self._cases(table, entry, baseline)
        self._waivers(table, entry)
        if not table.content.get("cases") and not table.content.get("waive"):
            table.add(say.no_case(table.owner, table.place()))

    def _cases(self, test: PackTable, entry: Entry, baseline: Baseline) -> None:
        for number, case in enumerate(test.entries("cases"), start=1):
            owner = f"case {number} of '{entry.id}'"
            table = PackTable(case.content, case.path, owner, case.findings)
            found = read_case(table, number, entry, baseline, self.pack.dictionary)
            if found is not None:
                self.cases.append(found)

    def _baseline(self, table: PackTable, usual: str | None) -> Baseline | None:
        """Return the patient of a test: its own, or that of its file."""
        if "baseline" in table:
            name = table.text("baseline")
            return self._known_baseline(name, table) if name else None
        if usual is None:
            table.missing("baseline")
            return None
        return self.baselines.get(usual)

    def _known_baseline(self, name: str, table: PackTable) -> Baseline | None:
        """Return a baseline, or complain of its name; a broken one has been complained of."""
        known = self.baselines.get(name)
        if known is None and name not in self.broken and self.sure:
            table.add(say.unknown_baseline(name, self.baselines, table.place("baseline")))
        return known

    def _waivers(self, test: PackTable, entry: Entry) -> None:
        for table in test.entries("waive"):
            table.only(_WAIVER_KEYS)
            demand = table.member("demand", Demand)
            why = table.required_text("why")
            if demand is not None and why:
                place = Place(table.document, table.place())
                what = table.text("what")
                self.waivers.append(Waiver(entry.id, demand, what, why, place))


TABLE_KEYS = {"file": _FILE_KEYS, "test": _TEST_KEYS, "waive": _WAIVER_KEYS}
"""What each table may hold, for whoever describes the files."""

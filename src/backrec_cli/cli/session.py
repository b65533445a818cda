"""The pack and the day of one run, and the assessment of each document with them."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backrec_cli.assessment.model import Assessment
from backrec_cli.assessment.verdict import ExitCode, exit_code, worst_exit_code
from backrec_cli.cli.failures import describe
from backrec_cli.cli.inputs import Document
from backrec_cli.cli.moments import as_of_or_today, parse_moment
from backrec_cli.cli.rules_in_force import pack_in_force
from backrec_cli.engine import assess
from backrec_cli.engine.selection import select_entries
from backrec_cli.errors import BackrecError, UsageError
from backrec_cli.profile import Profile, read_profile
from backrec_cli.render.formats import Titled
from backrec_cli.rulepack.model import RulePack


@dataclass(frozen=True, slots=True)
class Session:
    """What is the same for every patient of a run."""

    pack: RulePack
    as_of: date | datetime
    surgery: date | datetime | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]

    @classmethod
    def opened(
        cls,
        as_of: str | None,
        surgery_date: str | None,
        select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        *,
        rules: Sequence[str] = (),
    ) -> "Session":
        """Load the pack and read the options; raises BackrecError for any that is wrong."""
        day = as_of_or_today(as_of)
        surgery = None if surgery_date is None else parse_moment(surgery_date, "--surgery-date")
        pack = pack_in_force(rules, day)
        # Said once for the whole run, not once for each patient.
        select_entries(pack, select, ignore)
        return cls(pack, day, surgery, select, ignore)

    def assess_all(
        self, documents: Sequence[Document | UsageError]
    ) -> tuple[list[Titled], ExitCode]:
        """Assess every document; those that cannot be are reported on stderr and count as 2."""
        results: list[Titled] = []
        codes: list[ExitCode] = []
        for document in documents:
            try:
                if isinstance(document, UsageError):
                    raise document
                result = self._assess(document)
            except BackrecError as error:
                sys.stderr.write(f"{describe(error)}\n")
                codes.append(ExitCode.COULD_NOT)
            else:
                results.append(Titled(document.name, result))
                codes.append(exit_code(result.verdict))
        return results, worst_exit_code(codes)

    def _assess(self, document: Document) -> Assessment:
        """Read and assess one document."""
        profile = read_profile(document.read(), document.name, self.pack.dictionary)
        return assess(
            profile,
            self.pack,
            self.as_of,
            surgery=self.surgery,
            select=self.select,
            ignore=self.ignore,
        )

    def read_one(self, documents: Sequence[Document | UsageError]) -> Profile:
        """Read the one profile that a command takes."""
        document, *others = documents
        if isinstance(document, UsageError):
            raise document
        if others:
            msg = f"one profile at a time: '{document.name}' is not alone in its folder"
            raise UsageError(msg)
        return read_profile(document.read(), document.name, self.pack.dictionary)

"""The outputs of one batch: rows, rejects and summary, which appear together or not at all."""

import json
import sys
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from backrec_cli.batch.duplicates import Duplicates
from backrec_cli.batch.piece import Job, Piece
from backrec_cli.batch.results.formats import ResultsFormat, ResultsWriter
from backrec_cli.batch.summary import Outcome
from backrec_cli.batch.tally import Tally
from backrec_cli.cli.batching.request import Places
from backrec_cli.cli.inputs import STDIN
from backrec_cli.cli.interruptions import Interruptions
from backrec_cli.cli.whole_files import OutputStream, StandardOutput, WholeFiles
from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless


@dataclass(slots=True)
class Outputs:
    """Where the pieces of a run go, and what they come to."""

    files: WholeFiles
    interruptions: Interruptions
    rows: OutputStream
    writer: ResultsWriter
    rejects: OutputStream | None
    summary: OutputStream | None
    tally: Tally = field(default_factory=Tally)
    duplicates: Duplicates = field(default_factory=Duplicates)
    remarks: dict[str, None] = field(default_factory=dict)

    @classmethod
    def opened(
        cls,
        places: Places,
        chosen: ResultsFormat,
        files: WholeFiles,
        interruptions: Interruptions,
    ) -> "Outputs":
        """Open all outputs before anything is judged; raises UsageError for one that cannot be."""
        rows = _standard_output(chosen) if _is_stdout(places.output) else None
        rows = rows or files.open(places.output or "")
        writer = ResultsWriter(chosen, rows)
        rejects = None if places.rejects is None else files.open(places.rejects)
        summary = None if places.summary is None else files.open(places.summary)
        return cls(files, interruptions, rows, writer, rejects, summary)

    def take(self, piece: Piece) -> None:
        """Write one piece and count it; a signal acts before or after, where that can be helped."""
        # Who reads a pipe may keep it waiting for ever; then a signal must act at once.
        whole = self.rows.raw.seekable()
        with self.interruptions.held() if whole else nullcontext():
            self.writer.write(piece.results)
            if self.rejects is not None:
                self.rejects.write(piece.rejects)
            self.tally.add(piece.tally)
            self.duplicates.add(piece.ids)
            if piece.remark:
                self.remarks[piece.remark] = None

    def finished(self, source: str, job: Job) -> Outcome:
        """End every file and let them appear; return what the run came to."""
        self.duplicates.settle()
        outcome = Outcome(source, job, self.tally, self.duplicates, self.remarks)
        with self.interruptions.held(too_late=True):
            self.writer.finish()
            if self.summary is not None:
                self.summary.write((json.dumps(outcome.document(), indent=2) + "\n").encode())
            self.files.publish()
        return outcome

    def keep_partial(self) -> Path | None:
        """Keep the rows that are finished, under a name that says they are not all of them."""
        if not self.tally.rows or isinstance(self.rows, StandardOutput):
            return None
        if not self.rows.raw.seekable():
            return None
        self.rows.raw.truncate(self.writer.size)
        self.rows.raw.seek(self.writer.size)
        self.writer.finish()
        return self.files.keep_partial(self.rows)


def keep_apart(source: str, asked: Places) -> None:
    """Refuse to write over the cohort, among its profiles, or two outputs into one file."""
    outputs = (asked.output, asked.rejects, asked.summary)
    named = [Path(each) for each in outputs if each is not None and each != STDIN]
    cohort = None if source == STDIN else Path(source)
    places = [each.resolve() for each in named]
    for path, place in zip(named, places, strict=True):
        shown = harmless(str(path))
        if places.count(place) > 1 and (place.is_file() or not place.exists()):
            msg = f"two outputs would be written to '{shown}'"
            raise UsageError(msg)
        if cohort is None or not cohort.exists():
            continue
        if cohort.is_dir() and place.is_relative_to(cohort.resolve()):
            msg = f"'{shown}' lies among the profiles of INPUT; write it elsewhere"
            raise UsageError(msg)
        if place.exists() and place.samefile(cohort):
            msg = f"'{shown}' would overwrite INPUT"
            raise UsageError(msg)


def _is_stdout(output: str | None) -> bool:
    """Whether an output goes to standard output; of the three only the rows can."""
    return output is None or output == STDIN


def _standard_output(chosen: ResultsFormat) -> OutputStream:
    """Return standard output as a stream of bytes."""
    if sys.stdout is None:
        msg = "standard output is closed"
        raise UsageError(msg)
    if chosen.name == "parquet" and sys.stdout.isatty():
        msg = "Parquet is not for the terminal; name a file with --output"
        raise UsageError(msg)
    sys.stdout.flush()
    return StandardOutput("standard output", sys.stdout.buffer)

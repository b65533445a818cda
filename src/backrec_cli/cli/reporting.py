"""Results -> text in the format asked for -> standard output or a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from backrec_cli.cli.inputs import STDIN, Document
from backrec_cli.cli.streams import write_file, write_out
from backrec_cli.cli.style import choose_format, choose_style
from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless
from backrec_cli.render.formats import Format, Style, Titled


@dataclass(frozen=True, slots=True)
class Report:
    """How and where the results of a run are written; decided before anything is read."""

    format: Format
    style: Style
    file: Path | None

    @classmethod
    def planned(
        cls,
        format_name: str | None,
        output: str | None,
        colour: str,
        *,
        verbose: bool,
        brief: bool,
        many: bool,
    ) -> "Report":
        """Read the options about format, looks and place; raises UsageError for a wrong one."""
        file = None if output in (None, STDIN) else Path(output or "")
        style = choose_style(
            colour, to_file=file is not None, verbose=verbose, brief=brief, many=many
        )
        return cls(choose_format(format_name, output), style, file)

    def keep_apart_from(self, documents: Iterable[Document | UsageError]) -> None:
        """Refuse to write the report over one of the profiles it is made from."""
        if self.file is None or not self.file.exists():
            return
        for document in documents:
            path = None if isinstance(document, UsageError) else document.path
            if path is not None and path.exists() and path.samefile(self.file):
                msg = f"--output would overwrite the profile '{harmless(str(path))}'"
                raise UsageError(msg)


def deliver(report: Report, results: Sequence[Titled]) -> None:
    """Render the results and write them; where there is none, nothing is written."""
    if not results:
        return
    text = report.format.render(results, report.style)
    if report.file is None:
        write_out(text)
    else:
        write_file(report.file, text)


def write_text(text: str, output: str | None) -> None:
    """Write a text to the file that was named, whole or not at all, or to standard output."""
    if output is None or output == STDIN:
        write_out(text)
    else:
        write_file(Path(output), text)

"""What was asked to be printed -> sheets in one document or in one file each, and the exit code."""

import shutil
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli.inputs import STDIN, Document, find_documents
from backrec_cli.cli.session import Session
from backrec_cli.cli.streams import write_bytes_out, write_file
from backrec_cli.cli.words import known_word
from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless
from backrec_cli.render.checklist.compose import Audience, compose_sheet
from backrec_cli.render.checklist.days import PHASES
from backrec_cli.render.checklist.formats import (
    SHEET_FORMATS,
    Printing,
    SheetFormat,
    sheet_format_of_suffix,
)
from backrec_cli.render.checklist.model import Sheet
from backrec_cli.rulepack.model import Phase, Role

_DIGEST_SHOWN = 12
_INSTALL = "install it: pip install 'backrec[pdf]', or ask for another format with --format html"


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """The arguments of `backrec checklist`, as they were written."""

    paths: tuple[str, ...]
    format_name: str | None = None
    output: str | None = None
    output_dir: str | None = None
    role: str | None = None
    phases: tuple[str, ...] = ()
    deidentify: bool = False
    paper: str = "a4"
    as_of: str | None = None
    surgery_date: str | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """One patient's sheet, and a file name that says nothing of the patient."""

    stem: str
    sheet: Sheet


def print_sheets(request: PrintRequest) -> ExitCode:
    """Print every sheet that can be printed; what cannot be read is reported and makes it 2."""
    chosen = _chosen_format(request)
    audience = Audience(
        None if request.role is None else Role(request.role),
        _phases(request.phases),
        deidentified=request.deidentify,
    )
    session = Session.opened(request.as_of, request.surgery_date, rules=request.rules)
    documents = find_documents(request.paths)
    _keep_apart(request.output, documents)
    if chosen.name == "json" and request.output_dir is not None:
        _keep_folder_apart(Path(request.output_dir), documents)
    results, code = session.assess_all(documents)
    printed = [
        Printed(
            f"{number:03d}-{result.assessment.profile_digest[:_DIGEST_SHOWN]}",
            compose_sheet(result.assessment, session.pack, audience),
        )
        for number, result in enumerate(results, start=1)
    ]
    if printed:
        width = min(shutil.get_terminal_size((100, 24)).columns, 100)
        _deliver(printed, chosen, Printing(request.paper, session.as_of, width), request)
    return ExitCode.COULD_NOT if code is ExitCode.COULD_NOT else ExitCode.ELIGIBLE


def _chosen_format(request: PrintRequest) -> SheetFormat:
    """Return the format asked for, else the one of the output's suffix, else text."""
    if request.output is not None and request.output_dir is not None:
        msg = "--output and --output-dir are two answers to one question; give one of them"
        raise UsageError(msg)
    name = known_word("format", request.format_name, SHEET_FORMATS)
    if name is not None:
        return SHEET_FORMATS[name]
    suffix = "" if request.output in (None, STDIN) else Path(request.output or "").suffix
    if not suffix:
        return SHEET_FORMATS["pdf" if request.output_dir else "text"]
    found = sheet_format_of_suffix(suffix)
    if found is None:
        suffixes = ", ".join(each for f in SHEET_FORMATS.values() for each in f.suffixes)
        msg = f"no format has the suffix '{harmless(suffix)}'; use one of {suffixes}, or --format"
        raise UsageError(msg)
    return found


def _phases(names: Sequence[str]) -> Collection[Phase]:
    """Return the parts of the time line that are asked for, all without any."""
    words = [known_word("phase", name, tuple(Phase)) for name in names]
    return tuple(map(Phase, words)) or PHASES


def _keep_apart(output: str | None, documents: Sequence[Document | UsageError]) -> None:
    """Refuse to write the sheet over one of the profiles it is made from."""
    if output in (None, STDIN) or not Path(output or "").exists():
        return
    for document in documents:
        path = None if isinstance(document, UsageError) else document.path
        if path is not None and path.exists() and path.samefile(output or ""):
            msg = f"--output would overwrite the profile '{harmless(str(path))}'"
            raise UsageError(msg)


def _keep_folder_apart(folder: Path, documents: Sequence[Document | UsageError]) -> None:
    """Refuse to write JSON among the profiles, where the next run would read it as one of them."""
    for document in documents:
        path = None if isinstance(document, UsageError) else document.path
        if path is not None and folder.exists() and path.parent.samefile(folder):
            msg = f"'{harmless(str(folder))}' holds profiles; give --output-dir a folder of its own"
            raise UsageError(msg)


def _deliver(
    printed: Sequence[Printed], chosen: SheetFormat, printing: Printing, request: PrintRequest
) -> None:
    """Write one document, or one file for each patient."""
    if request.output_dir is None:
        data = _rendered([each.sheet for each in printed], chosen, printing)
        if request.output in (None, STDIN):
            _write_out(data, chosen)
        else:
            write_file(Path(request.output or ""), data)
        return
    folder = Path(request.output_dir)
    if not folder.is_dir():
        msg = f"no folder '{harmless(request.output_dir)}' to write into"
        raise UsageError(msg)
    for each in printed:
        data = _rendered([each.sheet], chosen, printing)
        write_file(folder / f"{each.stem}{chosen.suffixes[0]}", data)
    written = "1 sheet" if len(printed) == 1 else f"{len(printed)} sheets"
    sys.stderr.write(f"{written} written\n")


def _rendered(sheets: Sequence[Sheet], chosen: SheetFormat, printing: Printing) -> bytes:
    """Render sheets; where the PDF extra is not installed, say how to install it."""
    try:
        return chosen.render(sheets, printing)
    except ModuleNotFoundError as error:
        msg = f"the format '{chosen.name}' needs the package '{error.name}'\n  hint: {_INSTALL}"
        raise UsageError(msg) from error


def _write_out(data: bytes, chosen: SheetFormat) -> None:
    """Write to standard output; a PDF would only garble a terminal."""
    if chosen.name == "pdf" and sys.stdout is not None and sys.stdout.isatty():
        msg = "a PDF is not for the terminal; name a file with --output"
        raise UsageError(msg)
    write_bytes_out(data)

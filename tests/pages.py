"""A page of documentation -> its blocks, followed from top to bottom in an empty folder.

    <!-- file: north/overlay.toml -->          what is written into a file
    <!-- run: backrec check p.json (exit 3) --> what a command prints, with its exit code if not 0

`python -m tests.pages docs/writing-rules.md` writes into the page what its commands print today;
review that as a diff.
"""

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

from backrec_cli.cli import moments
from backrec_cli.cli.app import run

_BLOCK = re.compile(
    r"<!-- (?P<kind>file|run): (?P<what>.*?)(?: \(exit (?P<code>\d)\))? -->\n\n"
    r"```\w+\n(?P<body>.*?)```",
    re.DOTALL,
)


class Block(NamedTuple):
    """One block of a page: a file and its text, or a command and what it prints."""

    kind: str
    what: str
    code: int
    body: str


class Run(NamedTuple):
    """One command of a page: what the page says of it, and what came out."""

    block: Block
    code: int
    printed: str


def blocks(page: str) -> list[Block]:
    """Return the blocks of a page that can be followed."""
    return [
        Block(found["kind"], found["what"], int(found["code"] or 0), found["body"])
        for found in _BLOCK.finditer(page)
    ]


def follow(page: str, folder: Path, call: Callable[[list[str]], tuple[int, str]]) -> Iterator[Run]:
    """Write the files of a page and run its commands, in the order of the page."""
    for block in blocks(page):
        if block.kind == "file":
            path = folder / block.what
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
        else:
            code, printed = call(shlex.split(block.what)[1:])
            yield Run(block, code, without_digest(printed))


class ThatDay(date):
    """A calendar that stands still on the day of the page."""

    @classmethod
    def today(cls) -> Self:
        """Return the day of the page."""
        return cls(2026, 3, 16)


def without_digest(printed: str) -> str:
    """Hide the digests of packs, which change with every word of a rule."""
    return re.sub(r"sha256 [0-9a-f]{12}", "sha256 0123456789ab", printed)


def _rewritten(page: str) -> str:
    """Return a page with what its commands print now."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        runs = iter(list(follow(page, Path(folder), _called)))

    def block(found: re.Match[str]) -> str:
        if found["kind"] == "file":
            return found[0]
        done = next(runs)
        code = f" (exit {done.code})" if done.code else ""
        return f"<!-- run: {found['what']}{code} -->\n\n```text\n{done.printed}```"

    return _BLOCK.sub(block, page)


def _called(arguments: list[str]) -> tuple[int, str]:
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    return code, "".join(_text(stream) for stream in (out, err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


if __name__ == "__main__":
    os.environ.pop("BACKREC_RULES", None)
    setattr(moments, "date", ThatDay)  # noqa: B010 - mypy knows it as the class itself.
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(_rewritten(path.read_text(encoding="utf-8")), encoding="utf-8")

"""docs/overlays.md is true: its files are written, its commands run, in the order of the page."""

import re
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest

from backrec_cli.cli.app import run

PAGE = (Path(__file__).parent.parent / "docs" / "overlays.md").read_text(encoding="utf-8")
_BLOCK = re.compile(
    r"<!-- (?P<kind>file|run): (?P<what>.*?)(?: \(exit (?P<code>\d)\))? -->\n\n"
    r"```\w+\n(?P<body>.*?)```",
    re.DOTALL,
)


class Block(NamedTuple):
    """One block of the page: a file and its text, or a command and what it prints."""

    kind: str
    what: str
    code: int
    body: str


BLOCKS = [
    Block(found["kind"], found["what"], int(found["code"] or 0), found["body"])
    for found in _BLOCK.finditer(PAGE)
]


def test_every_block_of_the_page_is_executed() -> None:
    """No block stands on the page that nobody tries."""
    assert len(BLOCKS) == PAGE.count("```") // 2
    assert {block.kind for block in BLOCKS} == {"file", "run"}


def test_page_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stranger who follows the page gets what it prints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BACKREC_RULES", raising=False)
    for block in BLOCKS:
        if block.kind == "file":
            path = tmp_path / block.what
            path.parent.mkdir(exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
            continue
        code = run(shlex.split(block.what)[1:])
        said = capsys.readouterr()
        assert (block.what, code, said.out + said.err) == (block.what, block.code, block.body)

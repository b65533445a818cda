"""docs/overlays.md is true: its files are written, its commands run, in the order of the page."""

from pathlib import Path

import pytest

from backrec_cli.cli.app import run
from tests.pages import blocks, follow

PAGE = (Path(__file__).parent.parent / "docs" / "overlays.md").read_text(encoding="utf-8")


def test_every_block_of_the_page_is_executed() -> None:
    """No block stands on the page that nobody tries."""
    found = blocks(PAGE)
    assert len(found) == PAGE.count("```") // 2
    assert {block.kind for block in found} == {"file", "run"}


def test_page_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stranger who follows the page gets what it prints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BACKREC_RULES", raising=False)

    def call(arguments: list[str]) -> tuple[int, str]:
        code = run(arguments)
        said = capsys.readouterr()
        return code, said.out + said.err

    for done in follow(PAGE, tmp_path, call):
        block = done.block
        assert (block.what, done.code, done.printed) == (block.what, block.code, block.body)

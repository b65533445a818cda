"""Where the rules that come with the program are."""

from pathlib import Path

from backrec_cli.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_pack_folder() -> Path:
    """Return the folder of the shipped pack, from whatever folder the program is run.

    A wheel carries it inside the package; a checkout has it at the top of the repository.
    """
    for folder in (_PACKAGE / "rules", _PACKAGE.parent.parent / "rules"):
        if (folder / "pack.toml").is_file():
            return folder
    msg = "the rules that come with backrec are not where they belong; install it again"
    raise UsageError(msg)

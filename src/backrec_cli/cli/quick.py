"""Plain command lines of `backrec check`, read without typer: that alone halves the start.

Only what is spelled out in full is read here. Anything else, a mistake above all, is left to typer,
so that there is one voice for help and errors; a test holds both readings equal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from backrec_cli.cli.checking import CheckRequest
from backrec_cli.cli.inputs import STDIN

_COMMAND = "check"
_REPEATABLE = "--rules"


def quick_request(arguments: Sequence[str]) -> CheckRequest | None:
    """Return what a plain `check` asks for, or None where typer must read the arguments."""
    if not arguments or arguments[0] != _COMMAND:
        return None
    request = CheckRequest(())
    seen: set[str] = set()
    rest = iter(arguments[1:])
    for argument in rest:
        if not _is_option(argument):
            request = replace(request, paths=(*request.paths, argument))
            continue
        changed = _with_option(request, argument, rest)
        if changed is None or (argument in seen and argument != _REPEATABLE):
            return None
        seen.add(argument)
        request = changed
    return request if request.paths else None


def _with_option(request: CheckRequest, option: str, rest: Iterator[str]) -> CheckRequest | None:
    """Return the request with one option read, or None where it is not a plain one."""
    flagged = _with_flag(request, option)
    if flagged is not None:
        return flagged
    value = next(rest, None)
    if value is None or _is_option(value):
        return None
    match option:
        case "--rules":
            return replace(request, rules=(*request.rules, value))
        case "-f":
            return replace(request, format_name=value)
        case "-o":
            return replace(request, output=value)
        case "--as-of":
            return replace(request, as_of=value)
        case "--surgery-date":
            return replace(request, surgery_date=value)
        case "--color":
            return replace(request, colour=value)
        case _:
            return None


def _with_flag(request: CheckRequest, option: str) -> CheckRequest | None:
    """Return the request with an option read that takes no value, or None where it is none."""
    match option:
        case "-q":
            return replace(request, quiet=True)
        case "-v":
            return replace(request, verbose=True)
        case "--exit-zero":
            return replace(request, exit_zero=True)
        case _:
            return None


def _is_option(argument: str) -> bool:
    """Whether an argument is an option rather than a path or a value."""
    return argument.startswith("-") and argument != STDIN

"""Write docs/errors.md, the list of every error, from the functions that word them.

python docs/make_errors.py
"""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from backrec_cli.errors import (
    Diagnostic,
    facts,
    lint,
    names,
    overlay,
    pack,
    packtest,
    profile,
    syntax,
)
from backrec_cli.errors.show import show_diagnostic
from backrec_cli.source import Span

PAGE = Path(__file__).parent / "errors.md"

FAMILIES: tuple[tuple[str, ModuleType], ...] = (
    ("E1: the grammar of expressions", syntax),
    ("E2: names, types and units in expressions", names),
    ("E3: the files of a rule pack", pack),
    ("E35: the fact dictionary", facts),
    ("E37: the tests of a pack", packtest),
    ("E38: a hospital's overlay", overlay),
    ("E4: a patient's profile", profile),
    ("W3: rule packs that are legal and most likely wrong", lint),
)
HEAD = """# Errors

Every error (E) and warning (W) has a code, says what is wrong, and where it can, what to do about
it. All errors of a file, and of all files of a pack, are reported in one run, each as
`file:line:column`. Names in angle brackets stand for what is in your file. Written by
`python docs/make_errors.py`.
"""


def messages(module: ModuleType) -> Iterator[Callable[..., Diagnostic]]:
    """Yield the functions of a module that word an error."""
    for name, function in vars(module).items():
        own = inspect.isfunction(function) and function.__module__ == module.__name__
        if own and not name.startswith("_"):
            yield function


def summary(function: Callable[..., Diagnostic]) -> tuple[str, str]:
    """Return the code and the sentence of a function's docstring."""
    code, _, sentence = inspect.cleandoc(function.__doc__ or "").partition(": ")
    return code, " ".join(sentence.split())


def sample(function: Callable[..., Diagnostic]) -> Diagnostic:
    """Word an error with the names of the parameters in place of what they stand for."""
    parameters = inspect.signature(function).parameters.values()
    return function(
        **{p.name: _stand_in(p) for p in parameters if p.default is inspect.Parameter.empty}
    )


def _stand_in(parameter: inspect.Parameter) -> object:
    """Return an argument of the right type that shows what it is."""
    kinds: dict[object, object] = {
        Span: Span(0, 1),
        Span | None: Span(0, 1),
        int: 9,
        bool: True,
        tuple[int, int]: (1, 1),
        str: f"<{parameter.name}>",
        str | None: None,
    }
    return kinds.get(parameter.annotation, (f"<{parameter.name}>",))


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for title, module in FAMILIES:
        parts.append(f"## {title}\n")
        for function in sorted(messages(module), key=lambda function: summary(function)[0]):
            code, sentence = summary(function)
            shown = show_diagnostic(sample(function))
            parts.append(f"### {code}\n\n{sentence[0].upper()}{sentence[1:]}\n")
            parts.append(f"```text\n{shown}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

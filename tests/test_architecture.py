"""Floors and fences: who may import whom, how long things may be, and what nobody may do."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "backrec_cli"

# From the top of the house to its ground; the last row is one floor.
FLOORS = (
    ("cli",),
    ("batch", "render"),
    ("lint", "packdiff", "packtest"),
    ("engine",),
    ("assessment",),
    ("rulepack",),
    ("profile",),
    ("expression",),
    ("facts",),
    ("errors", "source", "temporal", "ternary", "units"),
)
FLOOR_OF = {name: number for number, names in enumerate(FLOORS) for name in names}

# Who may import a third-party package: prefixes of module names below backrec_cli.
FENCES = {
    "typer": ("cli",),
    "rich": ("cli", "render.terminal"),
    "jinja2": ("render.checklist.html",),
    "typst": ("render.checklist.pdf",),
    "narwhals": ("expression.compiler", "batch"),
    "polars": ("batch",),
    "msgspec": ("batch",),
    "numpy": ("expression.compiler", "batch"),
    "zstandard": ("batch",),
    "duckdb": ("batch",),
    "pyspark": ("batch",),
    "pyarrow": ("batch",),
    "pydantic": ("assessment.schema", "facts.schema", "profile.schema", "rulepack.schema"),
}
# Slow to import, so only inside the function that needs it.
HEAVY = {
    "rich",
    "jinja2",
    "typst",
    "pydantic",
    "difflib",
    "inspect",
    "unittest",
    "importlib.resources",
    "narwhals",
    "polars",
    "msgspec",
    "numpy",
    "zstandard",
    "duckdb",
    "pyspark",
    "pyarrow",
    "multiprocessing",
    "concurrent",
}
# Modules that may import heavy things at once, because they are themselves imported when needed.
BORDERS = (
    *FENCES["pydantic"],
    "render.terminal",
    "render.checklist.html",
    "render.checklist.pdf",
    "expression.compiler",
    "batch",
    "cli.batching.ahead",
    "cli.batching.outputs",
    "cli.batching.progress",
    "cli.batching.report",
    "cli.batching.run",
)
UNREACHABLE = {"os", "socket", "ssl", "http", "urllib", "subprocess", "time", "requests"}
CLOCKS = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today"}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "stuff"}
EMPTY_VERBS = ("process", "handle", "manage", "do")

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40


@dataclass(frozen=True)
class Import:
    """One imported module, and whether it is imported as soon as the importer is."""

    module: str
    at_once: bool
    line: int


@dataclass(frozen=True)
class Module:
    """One file of the program, by its dotted name below backrec_cli."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def floor(self) -> str:
        """The folder it stands in."""
        return self.name.partition(".")[0]

    def imports(self) -> Iterator[Import]:
        """Yield what it imports, names imported from a module as well as the module."""
        inner = {
            id(node)
            for function in ast.walk(self.tree)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
        }
        for node in ast.walk(self.tree):
            at_once = id(node) not in inner
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(alias.name, at_once, node.lineno)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.path}:{node.lineno}: a relative import"
                assert node.module is not None
                yield Import(node.module, at_once, node.lineno)
                for alias in node.names:
                    yield Import(f"{node.module}.{alias.name}", at_once, node.lineno)


def _modules() -> list[Module]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module(name, path, ast.parse(path.read_text(encoding="utf-8"))))
    return found


MODULES = _modules()
SOURCES = [*(module.path for module in MODULES), *sorted((ROOT / "tests").rglob("*.py"))]


def _is(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_every_module_stands_on_a_floor() -> None:
    """A new folder must be given its place in the house before it is used."""
    assert {module.floor for module in MODULES} - {"", "__main__"} <= set(FLOOR_OF)


@pytest.mark.parametrize("floor", FLOOR_OF)
def test_imports_only_go_down(floor: str) -> None:
    """A module may use its own floor and those below, wherever the import statement stands."""
    upward = [
        f"{module.name}:{found.line} imports {found.module}"
        for module in MODULES
        if module.floor == floor
        for found in module.imports()
        if found.module.startswith("backrec_cli.")
        and FLOOR_OF.get(found.module.split(".")[1], 99) < FLOOR_OF[floor]
        and (PACKAGE / found.module.split(".")[1]).exists()
    ]
    assert upward == []


@pytest.mark.parametrize("package", FENCES)
def test_third_party_packages_stay_behind_their_fence(package: str) -> None:
    """What a package can do is asked for in one place only."""
    outside = [
        f"{module.name}:{found.line}"
        for module in MODULES
        for found in module.imports()
        if _is(found.module, package)
        and not any(_is(module.name, allowed) for allowed in FENCES[package])
    ]
    assert outside == []


def test_heavy_imports_wait_until_they_are_needed() -> None:
    """`backrec check` must not pay for what it does not use."""
    early = [
        f"{module.name}:{found.line} imports {found.module}"
        for module in MODULES
        if not any(_is(module.name, border) for border in BORDERS)
        for found in module.imports()
        if found.at_once
        and (
            any(_is(found.module, heavy) for heavy in HEAVY)
            or any(_is(found.module, f"backrec_cli.{border}") for border in BORDERS)
        )
    ]
    assert early == []


def test_nobody_below_the_command_line_reads_clock_environment_or_network() -> None:
    """The same input gives the same report: time and settings come in as arguments."""
    readers = []
    for module in MODULES:
        if module.floor in ("cli", "__main__"):
            continue
        readers += [
            f"{module.name}:{found.line} imports {found.module}"
            for found in module.imports()
            if found.module.partition(".")[0] in UNREACHABLE
        ]
        readers += [
            f"{module.name}:{node.lineno} reads the clock"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS
        ]
    assert readers == []


def test_nobody_gives_up_on_types() -> None:
    """`Any` and `cast` hide what the type checker is there to see."""
    loose = [
        f"{module.name}:{found.line}"
        for module in MODULES
        for found in module.imports()
        if found.module in ("typing.Any", "typing.cast")
    ]
    assert loose == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_is_short_and_well_named(path: Path) -> None:
    """Files stay readable in one sitting and are named after what they hold."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    assert EMPTY_NAMES.isdisjoint(path.stem.removeprefix("test_").split("_"))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name or "backrec_cli")
def test_functions_are_short_and_well_named(module: Module) -> None:
    """A function fits on a screen, docstring included, and says what it does."""
    functions = [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in functions
        if node.end_lineno is not None and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    empty = [node.name for node in functions if node.name.strip("_").split("_")[0] in EMPTY_VERBS]
    assert long == []
    assert empty == []

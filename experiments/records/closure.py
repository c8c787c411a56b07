"""The digest of all code that can alter the result of a run: the modules that it imports, directly
or not, within ``experiments``."""

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = "experiments"
FOLDER = Path(__file__).parents[1]

# Modules that a run imports and that cannot alter what comes out of it, and why.
EXEMPT: dict[str, str] = {}


def code_digest(*roots: str) -> str:
    """SHA-256 of the modules ``roots`` and of all that they import, comments, docstrings and layout
    left aside, so that only a change that can alter results makes a record stale."""
    digest = hashlib.sha256()
    for name in sorted(closure(*roots)):
        digest.update(f"{name}\0{_code(_source(name))}\0".encode())
    return digest.hexdigest()


def closure(*roots: str) -> set[str]:
    """The names of the modules, those of the packages that are run on the way included."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name in found or name in EXEMPT:
            continue
        found.add(name)
        parent = name.rpartition(".")[0]
        waiting += [parent] if parent else []
        waiting += imports(name)
    return found


def imports(name: str) -> list[str]:
    """The modules of the project that ``name`` imports anywhere in it, also inside functions."""
    return [module for module in _imports(_source(name)) if _file(module) is not None]


def _imported(node: ast.AST) -> Iterator[str]:
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        if node.level:
            raise ValueError(f"expected absolute imports, found a relative one: {ast.unparse(node)}")
        names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    yield from (name for name in names if name.partition(".")[0] == PACKAGE)


def _file(name: str) -> Path | None:
    """None if it is no module, but something inside one."""
    place = FOLDER.parent.joinpath(*name.split("."))
    package, module = place / "__init__.py", place.with_suffix(".py")
    return package if package.is_file() else module if module.is_file() else None


def _source(name: str) -> str:
    path = _file(name)
    if path is None:
        raise ValueError(f"expected a module of the project, found {name}")
    return path.read_text(encoding="utf-8")


@cache
def _imports(source: str) -> list[str]:
    return [module for node in ast.walk(ast.parse(source)) for module in _imported(node)]


@cache
def _code(source: str) -> str:
    """``source`` without comments, docstrings and layout."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body = node.body[1:]
    return ast.unparse(tree)


def code_digest_of(kind: str) -> str:
    """Of a run of ``kind``: the experiment, how its data are read, and how the machine is set up."""
    from experiments.kinds.registry import KINDS

    return code_digest(KINDS[kind].experiment, KINDS[kind].data, f"{PACKAGE}.runtime")

"""The digest of all code that can alter the result of a run: the modules that it imports, directly
or not, within ``experiments``."""

import ast
import hashlib
import tokenize
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path

PACKAGE = "experiments"
FOLDER = Path(__file__).parents[1]

_LAYOUT = ("COMMENT", "NL", "ENDMARKER")

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
    """``source`` without comments, docstrings and layout; the same for all versions of Python, which
    neither ``ast.unparse`` nor ``ast.dump`` is: a line for each token, an f-string being one."""
    lines = source.splitlines(keepends=True)
    docstrings = _docstrings(ast.parse(source))
    words: list[str] = []
    after_docstring = False
    start: tuple[int, int] | None = None  # of the f-string that is being read, since Python 3.12 in parts
    depth = 0
    for token in tokenize.generate_tokens(StringIO(source).readline):
        name = tokenize.tok_name[token.type]
        if name == "NEWLINE" and after_docstring:
            after_docstring = False
        elif token.start in docstrings and name == "STRING":
            after_docstring = True
        elif name == "FSTRING_START":
            start, depth = (token.start if depth == 0 else start), depth + 1
        elif name == "FSTRING_END":
            depth -= 1
            if depth == 0 and start is not None:
                words.append(_between(lines, start, token.end))
        elif depth or name in _LAYOUT:
            continue
        else:
            words.append(name if name in ("INDENT", "DEDENT", "NEWLINE") else token.string)
    return "\n".join(words)


def _docstrings(tree: ast.Module) -> set[tuple[int, int]]:
    """Where they begin: line from 1 and column."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add((first.lineno, first.col_offset))
    return found


def _between(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    (first, left), (last, right) = start, end
    part = lines[first - 1 : last]
    part[-1] = part[-1][:right]
    part[0] = part[0][left:]
    return "".join(part)


def code_digest_of(kind: str) -> str:
    """Of a run of ``kind``: the experiment, how its data are read, and how the machine is set up."""
    from experiments.kinds.registry import KINDS

    return code_digest(KINDS[kind].experiment, KINDS[kind].data, f"{PACKAGE}.runtime")

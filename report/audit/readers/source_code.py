"""What the code of a notebook sets: «batch_size = 32», «Adam(lr=LR)», dictionaries, the sizes of layers."""

import ast
from collections.abc import Iterator
from functools import cache

from report.audit.blocks import Block, Place, Text
from report.audit.lexicon import data

NOT = "-"
MAX_CODE = 100_000  # characters of a cell
Values = dict[str, float]


@cache
def _names() -> dict[str, str]:
    """What the names of a setting set."""
    settings = data("code.toml")["settings"]
    return {name: setting for setting, names in settings.items() for name in names}


def settings(code: str, cell: int, known: Values) -> list[Block]:
    """Each setting as a line that a program printed; ``known``: constants of the cells before, added to."""
    lines = [" " if line.lstrip().startswith(("%", "!", "?")) else line for line in code.split("\n")]
    try:
        tree = ast.parse("\n".join(lines)) if len(code) < MAX_CODE else ast.Module([], [])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    found: dict[tuple[str, float], int] = {}
    for node in ast.walk(tree):
        for name, value in _set(node):
            number = _number(value, known)
            if number is not None:
                if isinstance(node, ast.Assign):
                    known[name] = number
                setting = _names().get(name.lower().strip("_"))
                if setting:
                    found.setdefault((setting, number), value.lineno)
    return [
        Text(_said(setting, number), ((0, Place.at(line, cell)),), "item", printed=True)
        for (setting, number), line in found.items()
    ]


def _said(setting: str, number: float) -> str:
    if setting == "test split" and 0 < number < 1:
        return f"{100 * (1 - number):g} % train, {100 * number:g} % test"
    return f"{setting} = {number:g}"


def evaluated(code: str, named: dict[str, str]) -> str:
    """The part of the data whose loss and accuracy the last line of a cell shows, «» if it is not told, as
    «model.evaluate(x_test, y_test)» gives them; ``named``: variables that have kept such a list, added to."""
    try:
        body = ast.parse(code).body if len(code) < MAX_CODE else []
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        body = []
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named.pop(node.targets[0].id, None)
            if (part := _evaluated(node.value)) is not None:
                named[node.targets[0].id] = part
    shown = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    if isinstance(shown, ast.Call) and isinstance(shown.func, ast.Name) and len(shown.args) == 1:
        shown = shown.args[0]  # «print(results)»
    part = named.get(shown.id) if isinstance(shown, ast.Name) else _evaluated(shown)
    return NOT if part is None else part


def _evaluated(value: ast.expr | None) -> str | None:
    if not (isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute)):
        return None
    if value.func.attr != "evaluate" or not value.args:
        return None
    given = ast.unparse(value.args[0]).lower()
    return next((part for part in ("test", "val", "train") if part in given), "")


def model(code: str, known: dict[str, str]) -> str:
    """The model that a cell makes or uses, if it is only one; ``known``: by their variables, added to."""
    try:
        tree = ast.parse(code) if len(code) < MAX_CODE else ast.Module([], [])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    classes = data("code.toml")["models"]
    used = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names = [one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)]
            made = {classes.get(name) or known.get(name, "") for name in names} - {""}
            known.pop(node.targets[0].id, None)
            if len(made) == 1:
                known[node.targets[0].id] = next(iter(made))
        if isinstance(node, ast.Name):
            used |= {classes.get(node.id) or known.get(node.id, "")} - {""}
    return used.pop() if len(used) == 1 else ""


def _set(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The names to which a statement, call or dictionary gives a value."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.Assign(targets=[ast.Attribute(attr=name)], value=value):
            yield name, value
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, value
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called), args=given, keywords=named) if (
            called not in data("code.toml")["others"]["calls"]
        ):
            yield from ((one.arg, one.value) for one in named if one.arg)
            yield from zip(data("code.toml")["layers"].get(called, ()), given, strict=False)


def _number(value: ast.expr, known: Values) -> float | None:
    match value:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name):
            return known.get(name)
    return None

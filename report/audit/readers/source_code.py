"""What code sets, in a notebook or shown in a text: «batch_size = 32», «Adam(lr=LR)», the sizes of layers."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from report.audit.blocks import Block, Place, Printed, Text
from report.audit.lexicon import data

NOT = "-"
_PAIR = re.compile(r"\[(\d+\.\d+), ([01]\.\d+)\]")
MAX_CODE = 100_000  # characters of a cell
Values = dict[str, float]


@cache
def _names() -> dict[str, str]:
    """What the names of a setting set."""
    settings = data("code.toml")["settings"]
    return {name: setting for setting, names in settings.items() for name in names}


def parse(code: str) -> ast.Module:
    """Its statements, none if it is no Python; commands of the notebook are left out."""
    lines = [" " if line.lstrip().startswith(("%", "!", "?")) else line for line in code.split("\n")]
    try:
        return ast.parse("\n".join(lines)) if len(code) < MAX_CODE else ast.Module([], [])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def shown(blocks: Sequence[Block]) -> list[Block]:
    """What a text shows as code sets something, and printed what stands right below it."""
    found: list[Block] = []
    known: Values = {}
    lists: dict[str, str] = {}
    code, part = "", NOT
    for block in blocks:
        text = "\n".join(block.lines) if isinstance(block, Printed) else ""
        if isinstance(block, Printed) and any(map(_does_something, parse(text).body)):
            found += [block, *settings(text, block.places, known)]
            code, part = text, evaluated(text, lists)
            continue
        if isinstance(block, Printed):
            found += [replace(block, code=code), *measured([block], part)]
        else:
            found.append(block)
        code, part = "", NOT
    return found


def measured(shown: Sequence[Block], part: str) -> list[Block]:
    """«[0.32, 0.87]», the loss and the accuracy that Keras gives, as lines that say so."""
    for block in shown if part != NOT else ():
        for line, place in zip(block.lines, block.places, strict=True) if isinstance(block, Printed) else ():
            if found := _PAIR.fullmatch(line.strip()):
                said = (f"{part} loss: {found[1]}", f"{part} accuracy: {found[2]}")
                return [Text(text.strip(), ((0, place),), "item", printed=True) for text in said]
    return []


def _does_something(node: ast.stmt) -> bool:
    """«x = 3», «f(x)»; a list, a dictionary or an «array([…])» alone is what was printed."""
    if not isinstance(node, ast.Expr):
        return not isinstance(node, ast.AnnAssign)
    value = node.value
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return value.func.id not in ("array", "tensor", "Tensor")
    return isinstance(value, ast.Call | ast.Attribute | ast.Subscript)


def settings(code: str, places: Sequence[Place], known: Values) -> list[Block]:
    """Each setting as a line that a program printed; ``known``: constants of the code before, added to."""
    tree = parse(code)
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
        Text(_said(setting, number), ((0, places[line - 1]),), "item", printed=True)
        for (setting, number), line in found.items()
    ]


def _said(setting: str, number: float) -> str:
    if setting == "test split" and 0 < number < 1:
        return f"{100 * (1 - number):g} % train, {100 * number:g} % test"
    return f"{setting} = {number:g}"


def evaluated(code: str, named: dict[str, str]) -> str:
    """The part of the data whose loss and accuracy the last line of a cell shows, «» if it is not told, as
    «model.evaluate(x_test, y_test)» gives them; ``named``: variables that have kept such a list, added to."""
    body = parse(code).body
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
    tree = parse(code)
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
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            pairs = zip(names, values, strict=False)
            yield from ((name.id, value) for name, value in pairs if isinstance(name, ast.Name))
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, value
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called), args=given, keywords=named) if (
            called not in data("code.toml")["others"]["calls"]
        ):
            yield from ((one.arg, one.value) for one in named if one.arg)
            if not _gives_classes(called, [*given, *(one.value for one in named)]):
                yield from zip(data("code.toml")["layers"].get(called, ()), given, strict=False)


def _gives_classes(called: str, given: list[ast.expr]) -> bool:
    """Whether a dense layer is the last one, by its activation or its only unit."""
    values = [one.value for one in given if isinstance(one, ast.Constant)]
    return called == "Dense" and any(
        value == 1 or value in data("code.toml")["others"]["activations"] for value in values
    )


def _number(value: ast.expr, known: Values) -> float | None:
    match value:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name):
            return known.get(name)
    return None

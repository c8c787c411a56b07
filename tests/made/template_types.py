"""A type checker for templates: follows every expression from the names that a document gives, through
macros and their arguments, and tells each attribute that its value does not have.

Nothing is rendered: types come from the annotations of findings and of what they hold. A value that may
be None is taken to be there, since templates ask first; whatever is not known is not accused.
"""

import collections.abc
import functools
import inspect
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from instrumented import refuses
from jinja2 import Environment, nodes

from report.findings.base import Code, Finding, id_of
from report.ledger.ledger import Ledger
from report.ledger.spanish import Style
from report.text.language import Language
from report.text.numbering import Numbering

UNKNOWN = Any
Scope = dict[str, Any]


@dataclass(frozen=True)
class Names:
    """Something whose attributes are known one by one."""

    of: str
    attributes: Mapping[str, Any] = field(hash=False)


@dataclass(eq=False)
class MacroType:
    """A macro where it is defined: ``scope`` is what its body sees."""

    template: str
    node: nodes.Macro
    scope: Scope


@dataclass(eq=False)
class Bag:
    """Jinja's ``namespace()``: holds whatever is put into it."""

    attributes: dict[str, Any]


def makers_of_text(functions: Mapping[str, Any]) -> set[str]:
    """The names of those that are annotated to give a text."""
    bare = {name: getattr(function, "func", function) for name, function in functions.items()}
    return {
        name
        for name, function in bare.items()
        if inspect.isroutine(function) and getattr(function, "__annotations__", {}).get("return") is str
    }


COUNTS, SIGNS = ("index", "index0", "length"), ("first", "last")
LOOP = Names("loop", dict.fromkeys(COUNTS, int) | dict.fromkeys(SIGNS, bool))
LANGUAGE = Language(Ledger(Style(".")), Numbering()).environment
TEXT_FUNCTIONS = {"nombre", "cita", "cita_breve", "segun"} | makers_of_text(LANGUAGE.globals)
TEXT_FILTERS = {"join", "trim", "lower", "upper", "replace", "capitalize"} | makers_of_text(LANGUAGE.filters)
SAME_FILTERS = ("list", "resumida", "en_dos", "selectattr", "rejectattr", "select", "reject", "sort")


def without_none(kind: Any) -> list[Any]:
    """The alternatives of a type, None aside."""
    if get_origin(kind) in (Union, types.UnionType):
        return [part for member in get_args(kind) for part in without_none(member)]
    if isinstance(kind, tuple):
        return [part for member in kind for part in without_none(member)]
    return [] if kind in (None, type(None)) else [kind]


def either(kinds: Iterable[Any]) -> Any:
    """Any of several types."""
    found: list[Any] = []
    for kind in kinds:
        found += [part for part in without_none(kind) if part not in found]
    return found[0] if len(found) == 1 else tuple(found)


@functools.cache
def hints(kind: type) -> dict[str, Any]:
    """The fields of a class, its class variables, properties and methods, by name."""
    found = {
        name: get_args(hint)[0] if get_origin(hint) is typing.ClassVar else hint
        for name, hint in get_type_hints(kind).items()
        if hint is not typing.ClassVar
    }
    for name, member in inspect.getmembers(kind):
        if isinstance(member, property) and member.fget is not None:
            found[name] = get_type_hints(member.fget).get("return", UNKNOWN)
        elif inspect.isfunction(member) and not name.startswith("_"):
            found[name] = member
        elif is_dataclass(member) and not isinstance(member, type):  # a class variable left to be inferred
            found[name] = type(member)
    return found


def element(kind: Any) -> Any:
    """What one gets by going through it."""
    found = []
    for part in without_none(kind):
        origin, arguments = get_origin(part), get_args(part)
        if origin in (tuple, list, set, frozenset, collections.abc.Sequence, collections.abc.Iterable):
            found += [argument for argument in arguments if argument is not Ellipsis] or [UNKNOWN]
        elif origin in (dict, collections.abc.Mapping):
            found.append(arguments[0])
        else:
            found.append(UNKNOWN)
    return either(found) if found else UNKNOWN


class Checker:
    """Problems found in a set of templates, as ``file:line: what``."""

    def __init__(self, environment: Environment, names: Scope, folder: Path) -> None:
        self.problems: list[str] = []
        self.called: set[tuple[str, str]] = set()
        self.defined: set[tuple[str, str]] = set()
        self._environment = environment
        self._names = names
        self._folder = folder
        self._seen: dict[Any, Any] = {}
        self._modules: dict[str, Names] = {}
        self._template = ""

    def problem(self, node: nodes.Node, text: str) -> Any:
        found = f"{self._template}:{node.lineno}: {text}"
        if found not in self.problems:
            self.problems.append(found)
        return UNKNOWN

    # --- templates and statements --------------------------------------------------------

    def module(self, name: str) -> Names:
        """What a template defines at its top."""
        if name not in self._modules:
            scope = self._at(name, lambda: self._run(name, dict(self._names)))
            own = {key: value for key, value in scope.items() if self._names.get(key) is not value}
            self._modules[name] = Names(name, own)
        return self._modules[name]

    def _at(self, name: str, work: Callable[[], Any]) -> Any:
        before, self._template = self._template, name
        try:
            return work()
        finally:
            self._template = before

    def _run(self, name: str, scope: Scope) -> Scope:
        tree = self._environment.parse((self._folder / name).read_text(encoding="utf-8"))
        self._block(tree.body, scope)
        return scope

    def _block(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output():
                for expression in node.nodes:
                    self.type_of(expression, scope)
            case nodes.If():
                self._if(node, scope)
            case nodes.For():
                inner = scope | {"loop": LOOP}
                self._assign(node.target, element(self.type_of(node.iter, scope)), inner)
                self._block(node.body, inner)
                self._block(node.else_, scope)
            case nodes.Assign():
                self._assign(node.target, self.type_of(node.node, scope), scope)
            case nodes.AssignBlock():
                self._block(node.body, dict(scope))
                self._assign(node.target, str, scope)
            case nodes.Macro():
                scope[node.name] = MacroType(self._template, node, scope)
                self.defined.add((self._template, node.name))
            case nodes.Import():
                assert isinstance(node.template, nodes.Const)
                scope[node.target] = self.module(node.template.value)
            case nodes.Include():
                assert isinstance(node.template, nodes.Const)
                name = node.template.value
                self._at(name, lambda: self._run(name, dict(scope)))
            case nodes.ExprStmt():
                self.type_of(node.node, scope)
            case _:
                self.problem(node, f"unknown statement {type(node).__name__}")

    def _if(self, node: nodes.If, scope: Scope) -> None:
        branches = [node, *node.elif_]
        for branch in branches:
            self.type_of(branch.test, scope)
            self._block(branch.body, scope)
        self._block(node.else_, scope)
        codes = [self._code_test(branch.test, scope) for branch in branches]
        if all(codes):
            kind = codes[0][0]
            told = {name for _, names in codes for name in names}
            if refuses(node) and told != set(kind.__members__):
                lacking = ", ".join(sorted(set(kind.__members__) ^ told))
                self.problem(node, f"a match on {kind.__name__} without a case for {lacking}")
            elif len(branches) > 1 and not node.else_:
                self.problem(node, f"alternatives on {kind.__name__} without an end: use match")

    def _code_test(self, test: nodes.Expr, scope: Scope) -> tuple[type[Code], list[str]] | None:
        """The kind of code that ``test`` compares, and with which names."""
        if not isinstance(test, nodes.Compare) or len(test.ops) != 1:
            return None
        kinds = without_none(self.type_of(test.expr, scope))
        if not (len(kinds) == 1 and isinstance(kinds[0], type) and issubclass(kinds[0], Code)):
            return None
        return kinds[0], [constant.value for constant in test.ops[0].find_all(nodes.Const)] + (
            [test.ops[0].expr.value] if isinstance(test.ops[0].expr, nodes.Const) else []
        )

    def _assign(self, target: nodes.Node, kind: Any, scope: Scope) -> None:
        match target:
            case nodes.Name():
                scope[target.name] = kind
            case nodes.NSRef():
                bag = scope.get(target.name)
                if isinstance(bag, Bag):
                    bag.attributes[target.attr] = either([bag.attributes.get(target.attr), kind]) or UNKNOWN
            case nodes.Tuple():
                parts = get_args(kind) if _is_fixed(kind) else ()
                for index, item in enumerate(target.items):
                    own = parts[index] if index < len(parts) else element(kind)
                    self._assign(item, own, scope)

    # --- expressions ---------------------------------------------------------------------

    def type_of(self, node: nodes.Node | None, scope: Scope) -> Any:
        match node:
            case nodes.Name():
                if node.name in scope:
                    return scope[node.name]
                return self.problem(node, f"there is no name «{node.name}»")
            case nodes.Const():
                return type(node.value)
            case nodes.TemplateData():
                return str
            case nodes.Getattr():
                return self._attribute(self.type_of(node.node, scope), node.attr, node)
            case nodes.Getitem():
                return self._item(self.type_of(node.node, scope), node, scope)
            case nodes.Call():
                return self._call(node, scope)
            case nodes.Filter():
                return self._filter(node, scope)
            case nodes.Compare():
                return self._compare(node, scope)
            case nodes.CondExpr():
                self.type_of(node.test, scope)
                return either([self.type_of(node.expr1, scope), self.type_of(node.expr2, scope)])
            case nodes.Or() | nodes.And():
                return either([self.type_of(node.left, scope), self.type_of(node.right, scope)])
            case nodes.List() | nodes.Tuple():
                kinds = [self.type_of(item, scope) for item in node.items]
                return list[either(kinds)] if _is_plain(either(kinds)) else list[Any]
            case nodes.Dict():
                for pair in node.items:
                    self.type_of(pair.value, scope)
                return dict[str, Any]
            case nodes.Add():
                left, right = self.type_of(node.left, scope), self.type_of(node.right, scope)
                return either([left, right]) if left == right else UNKNOWN
            case None:
                return None
            case _:
                for child in node.iter_child_nodes():
                    if isinstance(child, nodes.Expr):
                        self.type_of(child, scope)
                return UNKNOWN

    def _attribute(self, kind: Any, name: str, node: nodes.Node) -> Any:
        found = []
        for part in without_none(kind):
            if isinstance(part, Names | Bag):
                if name not in part.attributes:
                    of = part.of if isinstance(part, Names) else "namespace"
                    return self.problem(node, f"«{of}» has no «{name}»")
                found.append(part.attributes[name])
            elif isinstance(part, type) and (is_dataclass(part) or issubclass(part, Enum)):
                known = hints(part) | ({"name": str, "value": str} if issubclass(part, Enum) else {})
                if name not in known:
                    return self.problem(node, f"«{part.__name__}» has no «{name}»")
                found.append(known[name])
            elif get_origin(part) in (dict, collections.abc.Mapping):
                key, value = get_args(part)
                views = {"items": list[tuple[key, value]], "values": list[value], "keys": list[key]}
                found.append(views.get(name, value))
            else:
                found.append(UNKNOWN)
        return either(found) if found else UNKNOWN

    def _item(self, kind: Any, node: nodes.Getitem, scope: Scope) -> Any:
        self.type_of(node.arg, scope)
        if isinstance(node.arg, nodes.Slice):
            return kind
        found = []
        for part in without_none(kind):
            arguments = get_args(part)
            if get_origin(part) in (dict, collections.abc.Mapping):
                found.append(arguments[1])
            elif _is_fixed(part) and isinstance(node.arg, nodes.Const):
                found.append(arguments[node.arg.value])
            else:
                found.append(element(part))
        return either(found) if found else UNKNOWN

    def _call(self, node: nodes.Call, scope: Scope) -> Any:
        arguments = [self.type_of(argument, scope) for argument in node.args]
        named = {keyword.key: self.type_of(keyword.value, scope) for keyword in node.kwargs}
        if isinstance(node.node, nodes.Name) and node.node.name not in scope:
            match node.node.name:
                case "namespace":
                    return Bag(dict(named))
                case "seccion":
                    return bool
                case "bibliografia":
                    return list[str]
                case "zip":
                    return list[tuple[tuple(map(element, arguments))]]  # type: ignore[misc]
                case name if name in TEXT_FUNCTIONS:
                    return str
        if isinstance(node.node, nodes.ExtensionAttribute):
            return str
        called = self.type_of(node.node, scope)
        for part in without_none(called):
            if isinstance(part, MacroType):
                return self.call(part, arguments, named)
            if inspect.isfunction(part):
                return get_type_hints(part).get("return", UNKNOWN)
        return called if get_origin(called) is list else UNKNOWN

    def call(self, macro: MacroType, arguments: list[Any], named: Mapping[str, Any]) -> Any:
        """Follow a macro's body with the types of its arguments; what it says is text."""
        self.called.add((macro.template, macro.node.name))
        key = (id(macro.node), tuple(map(repr, arguments)), repr(sorted(named.items(), key=repr)))
        if key in self._seen:
            return str
        self._seen[key] = macro  # kept, so that no other node gets its id
        scope = dict(macro.scope)
        names = [argument.name for argument in macro.node.args]
        defaults = macro.node.defaults
        for name, default in zip(names[len(names) - len(defaults) :], defaults, strict=True):
            scope[name] = self.type_of(default, scope)
        scope |= dict(zip(names, arguments, strict=False)) | dict(named)
        self._at(macro.template, lambda: self._block(macro.node.body, scope))
        return str

    def _filter(self, node: nodes.Filter, scope: Scope) -> Any:
        kind = self.type_of(node.node, scope)
        for argument in node.args:
            self.type_of(argument, scope)
        named = {keyword.key: keyword.value for keyword in node.kwargs}
        if node.name in TEXT_FILTERS:
            return str
        if node.name in ("length", "sum", "count"):
            return self._mapped(kind, named, node) if named else int
        if node.name in ("first", "last", "min", "max"):
            return element(kind)
        if node.name == "con_raya":
            return bool
        if node.name == "remite":
            return list[str]
        if node.name == "map":
            return self._mapped(kind, named, node)
        if node.name in ("selectattr", "rejectattr"):
            assert isinstance(node.args[0], nodes.Const)
            self._path(element(kind), node.args[0].value, node)
            if len(node.args) > 2 and isinstance(node.args[2], nodes.Const | nodes.List):
                self._codes(self._path(element(kind), node.args[0].value, node), node.args[2], node)
        return kind if node.name in SAME_FILTERS else self.problem(node, f"unknown filter «{node.name}»")

    def _mapped(self, kind: Any, named: Mapping[str, nodes.Expr], node: nodes.Filter) -> Any:
        attribute = named.get("attribute")
        if not isinstance(attribute, nodes.Const):
            return UNKNOWN
        if isinstance(attribute.value, int):
            return list[Any]
        found = self._path(element(kind), attribute.value, node)
        return list[found] if _is_plain(found) else list[Any]

    def _path(self, kind: Any, path: str, node: nodes.Node) -> Any:
        for name in str(path).split("."):
            kind = self._attribute(kind, name, node)
        return kind

    def _compare(self, node: nodes.Compare, scope: Scope) -> Any:
        kind = self.type_of(node.expr, scope)
        for operand in node.ops:
            self.type_of(operand.expr, scope)
            self._codes(kind, operand.expr, node)
        return bool

    def _codes(self, kind: Any, compared: nodes.Expr, node: nodes.Node) -> None:
        """A code is compared with its names only."""
        parts = without_none(kind)
        if len(parts) != 1 or not (isinstance(parts[0], type) and issubclass(parts[0], Code)):
            return
        constants = [compared] if isinstance(compared, nodes.Const) else compared.find_all(nodes.Const)
        for constant in constants:
            if constant.value is not None and constant.value not in parts[0].__members__:
                self.problem(node, f"«{parts[0].__name__}» has no «{constant.value}»")


def _is_fixed(kind: Any) -> bool:
    """Whether it is a tuple whose places have types of their own."""
    return get_origin(kind) is tuple and Ellipsis not in get_args(kind)


def _is_plain(kind: Any) -> bool:
    """Whether a type can be the argument of another."""
    return isinstance(kind, type | types.GenericAlias | types.UnionType)


def type_of_value(value: Any) -> Any:
    """Of a name that a document gives, by an example."""
    if isinstance(value, types.SimpleNamespace):
        return Names("settings", {name: type_of_value(item) for name, item in vars(value).items()})
    if isinstance(value, tuple | list):
        return list[type(value[0])] if value else list[Any]
    return UNKNOWN if value is None else type(value)


def types_of_findings(kinds: Iterable[type[Finding]], wing: str) -> Names:
    named = {id_of(kind): kind for kind in kinds}
    own = {name.removeprefix(f"{wing}."): kind for name, kind in named.items() if name.startswith(f"{wing}.")}
    return Names(wing, own)

"""Templates under observation: which branches are taken, what each expression prints, and what
happens if a literal stands in its place.

Jinja compiles a template's syntax tree; a code generator of our own changes the tree first.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any
from unittest import mock

from jinja2 import BytecodeCache, Environment, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator

from report import document, prose
from report.numbers import Ledger
from report.prose import Numbering

Rewrite = Callable[[nodes.Template, str], None]
PRINTERS = ("pm", "nombre", "cita")  # what prints numbers and names that hold digits
BLOCK_FUNCTIONS = ("tabla", "figura")  # whose arguments are printed as they are


class CompiledOnce(BytecodeCache):
    """Keeps compiled templates for the next environment, which otherwise compiles them anew."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.kept[bucket.key, bucket.checksum] = bucket.code


PLAIN = CompiledOnce()


class CompiledExcept(BytecodeCache):
    """The templates of ``cache`` but one, which is compiled anew and kept apart."""

    def __init__(self, cache: CompiledOnce, name: str) -> None:
        self.cache, self.name, self.own = cache, name, CompiledOnce()
        self.changed = ""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        key = super().get_cache_key(name, filename)
        if name == self.name:
            self.changed = key
        return key

    def load_bytecode(self, bucket: Bucket) -> None:
        (self.own if bucket.key == self.changed else self.cache).load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        (self.own if bucket.key == self.changed else self.cache).dump_bytecode(bucket)


def make_environment(
    ledger: Ledger,
    numbering: Numbering,
    cache: BytecodeCache = PLAIN,
    rewrite: Rewrite | None = None,
    **names: Any,
) -> Environment:
    """The environment of ``report.prose`` whose templates ``rewrite`` has changed, and that
    knows ``names`` besides."""
    environment = prose.make_environment(ledger, numbering)
    environment.bytecode_cache = cache
    environment.globals |= names
    if rewrite:

        class Rewriting(CodeGenerator):
            def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802
                assert self.name is not None
                rewrite(node, self.name)
                super().visit_Template(node, frame)

        environment.code_generator_class = Rewriting
    return environment


@contextmanager
def templates(cache: BytecodeCache = PLAIN, rewrite: Rewrite | None = None, **names: Any) -> Iterator[None]:
    """``compose`` with templates so changed."""

    def made(ledger: Ledger, numbering: Numbering) -> Environment:
        return make_environment(ledger, numbering, cache, rewrite, **names)

    with mock.patch.object(document, "make_environment", made):
        yield


# --- branches ----------------------------------------------------------------------------


def observe_branches(note: str) -> Rewrite:
    """Call ``note(key)`` in every branch. ``key`` is the template, the line and the test; a
    chain of comparisons without ``else`` gets one that notes its first line and «ninguna»."""

    def observed(body: list[nodes.Node], key: str) -> list[nodes.Node]:
        call = nodes.Call(nodes.Name(note, "load"), [nodes.Const(key)], [], None, None)
        return [nodes.ExprStmt(call, lineno=1), *body]

    def rewrite(tree: nodes.Template, name: str) -> None:
        for branch in list(tree.find_all(nodes.If)):
            if branch.else_:
                branch.else_ = observed(branch.else_, f"{name}:{branch.lineno}:si no")
            elif branch.elif_ and isinstance(branch.test, nodes.Compare):
                branch.else_ = observed([], f"{name}:{branch.lineno}:ninguna")
            branch.body = observed(branch.body, f"{name}:{branch.lineno}:{said(branch.test)}")
        for index, choice in enumerate(list(tree.find_all(nodes.CondExpr))):
            key = f"{name}:{choice.lineno}:{said(choice.test)} ({index})"
            choice.test = nodes.Call(
                nodes.Name(note, "load"),
                [nodes.Const(key), choice.test],
                [],
                None,
                None,
                lineno=choice.lineno,
            )

    return rewrite


def branches(tree: nodes.Template, name: str) -> set[str]:
    """All keys that ``observe_branches`` can note, but for the chains' «ninguna»."""
    found = set()
    for branch in tree.find_all(nodes.If):
        if branch.else_:
            found.add(f"{name}:{branch.lineno}:si no")
        found.add(f"{name}:{branch.lineno}:{said(branch.test)}")
    for index, choice in enumerate(tree.find_all(nodes.CondExpr)):
        key = f"{name}:{choice.lineno}:{said(choice.test)} ({index})"
        found |= {f"{key}: sí", f"{key}: no"}
    return found


def said(node: nodes.Node) -> str:
    """A test in few words, to tell the branches of one line apart."""
    return ".".join(
        str(part)
        for item in (node, *node.find_all((nodes.Getattr, nodes.Const, nodes.Name)))
        if (
            part := getattr(item, "attr", None) or getattr(item, "value", None) or getattr(item, "name", None)
        )
        is not None
        and isinstance(part, str | int)
    )


# --- printed expressions -----------------------------------------------------------------


def printed(tree: nodes.Template) -> Iterator[tuple[nodes.Node, Callable[[nodes.Expr], None]]]:
    """Every expression whose value can be printed as it is, with a way to put another in its
    place: what stands in ``{{ }}`` and, inside, the items of lists, the operands of ``~`` and
    the arguments of ``tabla`` and ``figura``; of calls of macros, what the macro prints."""

    def within(expression: nodes.Node) -> Iterator[tuple[nodes.Node, Callable[[nodes.Expr], None]]]:
        for node in (expression, *expression.find_all((nodes.List, nodes.Concat, nodes.Call))):
            if isinstance(node, nodes.List):
                yield from each(node.items)
            elif isinstance(node, nodes.Concat):
                yield from each(node.nodes)
            elif (
                isinstance(node, nodes.Call)
                and isinstance(node.node, nodes.Name)
                and node.node.name in BLOCK_FUNCTIONS
            ):
                yield from each(node.args)

    def each(items: list[Any]) -> Iterator[tuple[nodes.Node, Callable[[nodes.Expr], None]]]:
        for index, item in enumerate(items):
            if not isinstance(item, nodes.Const | nodes.TemplateData) and not says_more(item):

                def put(new: nodes.Expr, index: int = index) -> None:
                    items[index] = new

                yield item, put

    for output in tree.find_all(nodes.Output):
        for expression in list(output.nodes):
            yield from within(expression)
        yield from each(output.nodes)


def says_more(expression: nodes.Node) -> bool:
    """Whether it is a call of a macro, a figure or a table, whose numbers are printed inside."""
    while isinstance(expression, nodes.Filter) and expression.node is not None:
        expression = expression.node
    if not isinstance(expression, nodes.Call):
        return False
    return not isinstance(expression.node, nodes.Name) or expression.node.name not in PRINTERS


def observe_printed(note: str) -> Rewrite:
    """Pass every printed expression through ``note(key, value)``, which returns the value."""

    def rewrite(tree: nodes.Template, name: str) -> None:
        for number, (expression, put) in enumerate(list(printed(tree))):
            arguments = [nodes.Const(f"{name}#{number}"), expression]
            put(nodes.Call(nodes.Name(note, "load"), arguments, [], None, None, lineno=expression.lineno))

    return rewrite


def substitute(key: str, literal: str) -> Rewrite:
    """Put ``literal`` in the place of the printed expression ``key``."""

    def rewrite(tree: nodes.Template, name: str) -> None:
        for number, (expression, put) in enumerate(list(printed(tree))):
            if key == f"{name}#{number}":
                put(nodes.Const(literal, lineno=expression.lineno))

    return rewrite

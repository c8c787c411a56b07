"""Templates under observation: which branches are taken, what each expression prints, and what
happens if a literal stands in its place.

Jinja compiles a template's syntax tree; a code generator of our own changes the tree first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, partial
from pathlib import Path
from string import ascii_lowercase
from types import CodeType
from typing import Any
from unittest import mock

from jinja2 import BytecodeCache, Environment, FileSystemLoader, FunctionLoader, Template, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro

from report.findings.base import Code
from report.findings.collection import Findings, find_all
from report.ledger.ledger import Ledger, plain
from report.ledger.spanish import Style
from report.paths import TEMPLATES
from report.proof.state import program
from report.study.study import Study
from report.text import document
from report.text.language import Language
from report.text.numbering import CLOSE, OPEN, Numbering
from report.text.shape import flow
from report.text.untraced import SUFFIX

Rewrite = Callable[[nodes.Template, str], None]
PRINTERS = ("pm", "nombre", "cita")  # what prints numbers and names that hold digits
BLOCK_FUNCTIONS = ("tabla", "figura")  # whose arguments are printed as they are


class CompiledOnce(BytecodeCache):
    """Keeps compiled templates for the next environment, which otherwise compiles them anew, in whichever
    folder they lie."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept_for(bucket).get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.kept_for(bucket)[bucket.key, bucket.checksum] = bucket.code

    def kept_for(self, bucket: Bucket) -> dict[tuple[str, str], CodeType]:
        return self.kept


PLAIN = CompiledOnce()


@cache
def source(folder: str, name: str) -> tuple[str, str, Callable[[], bool]]:
    """A template, read once, and where it lies: there it does not change any more."""
    path = Path(folder) / name
    return path.read_text(encoding="utf-8"), str(path), lambda: True


class Imported(Template):
    """What imports it has seldom names that it lacks; Jinja takes long to find that out."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        lacks = ctx is not None and ctx.globals_keys.difference(self.globals)
        return super()._get_default_module(ctx if lacks else None)


class ChangedOnly(CompiledOnce):
    """The same where few templates are ``changed``: all others are the plain ones."""

    def __init__(self, changed: Set[str]) -> None:
        super().__init__()
        self.changed = changed

    def kept_for(self, bucket: Bucket) -> dict[tuple[str, str], CodeType]:
        return self.kept if bucket.key in self.changed else PLAIN.kept


def language_of(cache: BytecodeCache, rewrite: Rewrite | None, names: Mapping[str, Any]) -> type[Language]:
    """The language of the templates, which ``rewrite`` has changed and which knows ``names`` besides."""

    class Instrumented(Language):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            assert isinstance(self.environment.loader, FileSystemLoader)
            (folder,) = self.environment.loader.searchpath
            self.environment.loader = FunctionLoader(partial(source, folder))
            self.environment.template_class = Imported
            self.environment.bytecode_cache = cache
            self.environment.globals |= names
            if rewrite:
                self.environment.code_generator_class = rewriting(rewrite)

    return Instrumented


def rewriting(rewrite: Rewrite) -> type[CodeGenerator]:
    class Rewriting(CodeGenerator):
        def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802
            assert self.name is not None
            rewrite(node, self.name)
            super().visit_Template(node, frame)

    return Rewriting


@contextmanager
def templates(cache: BytecodeCache = PLAIN, rewrite: Rewrite | None = None, **names: Any) -> Iterator[None]:
    """``compose`` with templates so changed."""
    with mock.patch.object(document, "Language", language_of(cache, rewrite, names)):
        yield


_sources_digest = cache(program.sources_digest)


@contextmanager
def sources_read_once() -> Iterator[None]:
    """``compose`` again and again, while no source changes."""
    with (
        mock.patch.object(document, "check_templates"),
        mock.patch.object(program, "sources_digest", _sources_digest),
    ):
        yield


_found: dict[int, tuple[Study, Findings]] = {}


def findings_of(study: Study) -> Findings:
    """The same findings for the same study: finding them takes longer than telling them."""
    if id(study) not in _found:
        _found[id(study)] = study, find_all(study)
    return _found[id(study)][1]


@contextmanager
def found_once() -> Iterator[None]:
    """``compose`` for the same studies again and again."""
    with mock.patch.object(document, "find_all", findings_of):
        yield


@contextmanager
def text_alone() -> Iterator[None]:
    """``compose`` without preparing the figures, and without reading the sources again."""
    with (
        mock.patch.object(
            document.Figures, "place", lambda _, name, number, words: f"{name}{letter(number)}.svg"
        ),
        sources_read_once(),
    ):
        yield


def letter(number: int | None) -> str:
    return "" if number is None else f"-{ascii_lowercase[number]}"


@cache
def plain_environment() -> Environment:
    """To parse templates with."""
    return Language(Ledger(Style()), Numbering()).environment


# --- macros ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """What one call of a macro said: the template's path without suffix, the macro's name, the code
    that its first argument holds if any, the branches taken inside, and the text."""

    template: str
    macro: str
    code: str
    branches: frozenset[str]
    text: str


class Listener:
    """Notes the branches that a document takes and what each of its macros says."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.said: list[Said] = []
        self._open: list[set[str]] = []

    def branch(self, key: str, *test: Any) -> Any:
        noted = f"{key}: {'sí' if test[0] else 'no'}" if test else key
        self.taken.add(noted)
        for macro in self._open:
            macro.add(noted)
        return test[0] if test else ""

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While it lasts, macros are heard."""
        invoke = Macro._invoke

        def heard(macro: Macro, arguments: list[Any], autoescape: bool) -> str:
            self._open.append(set())
            try:
                text = invoke(macro, arguments, autoescape)
            finally:
                branches = frozenset(self._open.pop())
            path = Path(macro._func.__code__.co_filename).relative_to(TEMPLATES)
            template = path.as_posix().removesuffix(SUFFIX)
            self.said.append(Said(template, macro.name, code_of(arguments), branches, as_read(text)))
            return text

        with mock.patch.object(Macro, "_invoke", heard):
            yield


def code_of(arguments: Sequence[Any]) -> str:
    """The verdict of the first argument, or the first code in it."""
    first = arguments[0] if arguments else None
    if isinstance(first, Code):
        return first.name
    if is_dataclass(first):
        held = [getattr(first, field.name) for field in fields(first)]
        codes = [value for value in (getattr(first, "verdict", None), *held) if isinstance(value, Code)]
        return codes[0].name if codes else ""
    return ""


def as_read(text: str) -> str:
    """Without marks; a reference by the name of what it leads to."""
    return flow(plain(text)).replace(OPEN, "").replace(CLOSE, "")


# --- branches ----------------------------------------------------------------------------


def observe_branches(note: str) -> Rewrite:
    """Call ``note(key)`` in every branch. ``key`` is the template, the line and the test; a
    chain of comparisons without ``else`` gets one that notes its first line and «ninguna»."""

    def observed(body: list[nodes.Node], key: str) -> list[nodes.Node]:
        call = nodes.Call(nodes.Name(note, "load"), [nodes.Const(key)], [], None, None)
        return [nodes.ExprStmt(call, lineno=1), *body]

    def rewrite(tree: nodes.Template, name: str) -> None:
        for branch in list(tree.find_all(nodes.If)):
            if branch.else_ and not refuses(branch):
                branch.else_ = observed(branch.else_, f"{name}:{branch.lineno}:si no")
            elif branch.elif_ and not branch.else_ and isinstance(branch.test, nodes.Compare):
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
        if branch.else_ and not refuses(branch):
            found.add(f"{name}:{branch.lineno}:si no")
        found.add(f"{name}:{branch.lineno}:{said(branch.test)}")
    for index, choice in enumerate(tree.find_all(nodes.CondExpr)):
        key = f"{name}:{choice.lineno}:{said(choice.test)} ({index})"
        found |= {f"{key}: sí", f"{key}: no"}
    return found


def refuses(branch: nodes.If) -> bool:
    """Whether it is a ``match``, whose end no code may reach."""
    ends = [node for end in branch.else_ for node in end.find_all(nodes.ExtensionAttribute)]
    return any(node.name == "refuse" for node in ends)


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


def substitute(literals: Mapping[str, str]) -> Rewrite:
    """Put literals in the place of printed expressions, by their keys."""

    def rewrite(tree: nodes.Template, name: str) -> None:
        for number, (expression, put) in enumerate(list(printed(tree))):
            if literal := literals.get(f"{name}#{number}"):
                put(nodes.Const(literal, lineno=expression.lineno))

    return rewrite

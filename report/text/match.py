"""``{% match f.verdict %}{% case MILD, MODERATE %}…{% case SEVERE %}…{% endmatch %}``: a branch for
each code, and an error for a code that has none, so that no verdict passes in silence."""

from typing import Any, NoReturn

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from report.errors import RenderError


class Match(Extension):
    """A statement of the templates; it becomes a chain of comparisons whose end refuses."""

    tags = {"match"}  # noqa: RUF012 - as Jinja declares it

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        value = parser.parse_expression()
        parser.parse_statements(("name:case",))  # what stands before the first is nothing but layout
        branches: list[nodes.If] = []
        while parser.stream.current.test("name:case"):
            branches.append(self._case(parser, value))
        parser.stream.expect("name:endmatch")
        first, *others = branches
        first.elif_ = others
        first.else_ = [nodes.Output([self.call_method("refuse", [value], lineno=line)], lineno=line)]
        return first

    def _case(self, parser: Parser, value: nodes.Expr) -> nodes.If:
        line = next(parser.stream).lineno
        names = [parser.stream.expect("name").value]
        while parser.stream.skip_if("comma"):
            names.append(parser.stream.expect("name").value)
        body = parser.parse_statements(("name:case", "name:endmatch"))
        codes = nodes.Tuple([nodes.Const(name) for name in names], "load", lineno=line)
        test = nodes.Compare(value, [nodes.Operand("in", codes)], lineno=line)
        return nodes.If(test, body, [], [], lineno=line)

    def refuse(self, value: Any) -> NoReturn:
        name = getattr(value, "name", value)
        raise RenderError(f"Se esperaba una frase para «{name}», no se encontró; añádala a su plantilla.")

"""Runs the cells of a small notebook, and keeps what they print and show as Jupyter does."""

import ast
import io
from contextlib import redirect_stdout
from typing import Any

from IPython.lib.pretty import pretty
from scoped_pages import Output


class Session:
    """One kernel: the names that its cells have defined."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}

    def run(self, code: str) -> Output:
        """The cell with its outputs: the text on stdout and, if its last line is an expression, its value."""
        tree = ast.parse(code)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        value = None
        with redirect_stdout(io.StringIO()) as printed:
            exec(compile(tree, "<cell>", "exec"), self.names)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), self.names)
        if value is None:
            return Output(code, printed.getvalue())
        in_html = getattr(value, "_repr_html_", lambda: "")() or ""
        return Output(code, printed.getvalue(), str(pretty(value)), in_html)  # type: ignore[no-untyped-call]

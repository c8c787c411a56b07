"""Numbers of figures and tables, in the order in which they stand.

A reference may come before its figure, whose number is then not known: the text carries its name
between private-use characters until it is whole. So a digit in a text that is not whole yet is never
the number of a figure.
"""

import re
from typing import Literal

from report.errors import RenderError
from report.ledger.spanish import NBSP

Kind = Literal["Figura", "Tabla"]
ANCHORS: dict[Kind, str] = {"Figura": "fig", "Tabla": "tab"}

OPEN, CLOSE = "\ue003", "\ue004"
_LABEL = re.compile(f"{OPEN}([^{CLOSE}]+){CLOSE}")


class Numbering:
    """Of one document."""

    def __init__(self) -> None:
        self.placed: list[tuple[Kind, str]] = []
        self.referred: dict[tuple[Kind, str], None] = {}

    def place(self, kind: Kind, name: str) -> str:
        """The label of a figure or table where it stands.

        Raises:
            RenderError: it already stands elsewhere.
        """
        if (kind, name) in self.placed:
            raise RenderError(
                f"Se esperaba una sola {kind.lower()} «{name}», se encontraron varias; revise las plantillas."
            )
        self.placed.append((kind, name))
        return _label(kind, name)

    def refer(self, kind: Kind, name: str) -> str:
        """A link to it, wherever it stands."""
        self.referred[kind, name] = None
        return f"[{_label(kind, name)}](#{ANCHORS[kind]}-{name})"

    def resolve(self, text: str) -> str:
        """The whole text with its numbers.

        Raises:
            RenderError: naming the first reference that leads nowhere, or the first figure or table
                that nothing refers to.
        """
        for kind, name in sorted(self.referred.keys() - set(self.placed)):
            raise RenderError(
                f"Se esperaba una {kind.lower()} «{name}» a la que remite el texto, no se encontró."
            )
        for kind, name in self.placed:
            if (kind, name) not in self.referred:
                raise RenderError(
                    f"Se esperaba que el texto remitiera a la {kind.lower()} «{name}», no lo hace."
                )
        labels: dict[str, str] = {}
        for kind in ANCHORS:
            names = [name for placed, name in self.placed if placed == kind]
            labels |= {
                f"{ANCHORS[kind]}-{name}": f"{kind}{NBSP}{number}" for number, name in enumerate(names, 1)
            }
        return _LABEL.sub(lambda match: labels[match[1]], text)


def _label(kind: Kind, name: str) -> str:
    return f"{OPEN}{ANCHORS[kind]}-{name}{CLOSE}"


def without_labels(text: str) -> str:
    return _LABEL.sub("", text)

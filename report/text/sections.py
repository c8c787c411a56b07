"""The sections that an author leaves out, by the names that the templates give them.

A template has each section that can be left out between ``{% if seccion("name") %}`` and ``{% endif %}``,
and asks the same wherever it says something that only makes sense beside it. What merely refers to a
figure or a table is better given to ``si_esta``, which need not know where that stands.
"""

from collections.abc import Collection

from report.errors import RenderError


class Sections:
    """Of one document: ``omitted`` are the names that the author chose."""

    def __init__(self, omitted: Collection[str]) -> None:
        self._omitted = omitted
        self._asked: dict[str, None] = {}  # in their order

    def wanted(self, name: str) -> bool:
        """Whether the section ``name``, which this document could have, is to be written."""
        self._asked[name] = None
        return name not in self._omitted

    def refuse_unknown(self) -> None:
        """Once the text is written, all names that it knows have been asked for.

        Raises:
            RenderError: the author leaves out what this document does not have anyway.
        """
        for name in self._omitted:
            if name not in self._asked:
                known = ", ".join(self._asked) or "ninguna"
                raise RenderError(
                    f"omit: se esperaba alguna de las secciones que este informe puede omitir ({known}), se "
                    f"encontró «{name}»; corríjala o bórrela en informe.toml."
                )

"""The sections of the body that a document has and those that it could have, by the names in the templates.

A template asks ``seccion("name")`` where it includes a section, and ``apartado("name", …)`` begins it.
What refers to a section that was left out says nothing.
"""

from report.errors import RenderError
from report.settings import Settings


class Sections:
    """Of one document."""

    def __init__(self, settings: Settings) -> None:
        self._omitted = settings.omit
        self._is_brief = settings.is_brief
        self._asked: dict[str, None] = {}  # in their order
        self.left_out: set[str] = set()

    def wanted(self, name: str, brief: bool = True) -> bool:
        """Whether the section ``name``, which this document could have, is to be written; ``brief``
        if it belongs to a brief one too."""
        self._asked[name] = None
        if name in self._omitted or (self._is_brief and not brief):
            self.left_out.add(name)
            return False
        return True

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

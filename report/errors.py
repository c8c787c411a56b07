"""The error of every step that makes a document."""


class RenderError(Exception):
    """A document that cannot be built; the message is one Spanish sentence for the user."""


def without_pango(error: OSError) -> RenderError:
    """Of what is raised as WeasyPrint is imported where the system lacks what it opens."""
    return RenderError(
        "Se esperaban las bibliotecas del sistema con que WeasyPrint compone las páginas, falta alguna "
        f"({str(error).partition('.  ')[0]}); instale Pango: en Debian y Ubuntu, libpango-1.0-0, "
        "libpangoft2-1.0-0 y libharfbuzz-subset0; en macOS, «brew install pango»; en Windows, con MSYS2."
    )

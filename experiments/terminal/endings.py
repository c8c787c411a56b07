"""How a command ends that came to no verdict: one sentence, and the details of what nobody foresaw in a
file."""

from experiments.causes import cause, remedy

SHOWN = 120  # characters of what an error says

# By what is missing, as it is imported or installed: the extra of the program that brings it.
EXTRAS = {
    **dict.fromkeys(("keras", "mlxtend", "pandas", "requests", "rich", "scikit-learn"), "train"),
    **dict.fromkeys(("sklearn", "statsmodels", "tensorflow", "urllib3"), "train"),
}


def sentence(error: BaseException, order: str, goes_on: str = "") -> str:
    """What the user is told of ``error``, which nobody else explains. ``order``: the command.
    ``goes_on``: what its repetition does with what was done."""
    if isinstance(error, KeyboardInterrupt):
        return f"Interrumpido{f': la próxima vez {goes_on}' if goes_on else ''}."
    then = f": {goes_on}" if goes_on else ""
    if isinstance(error, OSError) and (advice := remedy(error)):
        place = f"{error.filename}" if error.filename else "El disco"
        return (
            f"{place}: se esperaba poder leer y escribir, se encontró {cause(error)}; {advice} y repita la "
            f"orden{then}."
        )
    if isinstance(error, ModuleNotFoundError) and (extra := EXTRAS.get(error.name or "")):
        return (
            f"{order}: se esperaba la biblioteca {error.name}, no se encontró; instale el programa con el "
            f"extra «{extra}» o, en un clon, ejecute «make .venv/{extra}», y repita la orden."
        )
    if isinstance(error, MemoryError):
        found, advice = "que no la hay", f"cierre otros programas y repita la orden{then}"
        return f"{order}: se esperaba memoria suficiente, se encontró {found}; {advice} ({_kept(error)})."
    return (
        f"{order}: se esperaba poder acabar, se encontró un error imprevisto, {_named(error)}; "
        f"avise a quien mantiene el programa ({_kept(error)})."
    )


def _named(error: BaseException) -> str:
    text = " ".join(str(error).split())
    short = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    return f"{type(error).__name__}{f' «{short}»' if short else ''}"


def _kept(error: BaseException) -> str:
    """Where the details are; if there is no place for them, the details themselves."""
    import tempfile
    import traceback

    traceback.clear_frames(error.__traceback__)  # what they hold may be all the memory that there is
    details = "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="replace", prefix="informe-error-", suffix=".txt", delete=False
        ) as file:
            file.write(details)
    except OSError:
        return f"detalles: {details}"
    return f"detalles en {file.name}"

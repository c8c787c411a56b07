"""How a command ends that came to no verdict."""

import errno
import os
import tempfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from experiments.terminal.endings import sentence

ORDER = "python -m report build"


@pytest.fixture
def details(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return lambda: [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()]


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:
        return caught


def test_what_nobody_foresaw_is_kept(details, tmp_path):
    said = sentence(raised(KeyError("kind\nde tipo")), ORDER)
    (path,) = tmp_path.iterdir()
    assert said == (
        f"{ORDER}: se esperaba poder acabar, se encontró un error imprevisto, KeyError «'kind\\nde tipo'»; "
        f"avise a quien mantiene el programa (detalles en {path})."
    )
    (kept,) = details()
    assert kept.startswith("Traceback")
    assert kept.endswith("KeyError: 'kind\\nde tipo'\n")


def test_a_long_complaint_is_cut(details):
    said = sentence(raised(ValueError("a" * 10_000)), ORDER)
    assert "a" * 119 + "…»" in said
    assert "a" * 10_000 in details()[0]


def test_too_little_memory_is_said(details):
    big = raised(MemoryError())
    assert f"{ORDER}: se esperaba memoria suficiente, se encontró que no la hay" in sentence(big, ORDER)
    assert "MemoryError" in details()[0]


def test_without_a_place_the_details_are_told(monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/does/not/exist")
    assert "KeyError: 1" in sentence(raised(KeyError(1)), ORDER)


@pytest.mark.parametrize(
    ("number", "place", "said"),
    [
        (
            errno.ENOENT,
            "a.pdf",
            "a.pdf: se esperaba poder leer y escribir, se encontró que no existe; revise la ",
        ),
        (
            errno.EACCES,
            "a",
            "a: se esperaba poder leer y escribir, se encontró que no hay permiso; revise los ",
        ),
        (
            errno.ENOSPC,
            None,
            "El disco: se esperaba poder leer y escribir, se encontró que no queda sitio en el disco; ",
        ),
    ],
)
def test_what_the_system_refuses_is_said_with_what_helps(details, number, place, said):
    assert sentence(raised(OSError(number, os.strerror(number), place)), ORDER).startswith(said)
    assert details() == []


def test_a_refusal_that_nobody_knows_is_kept(details):
    assert "se encontró un error imprevisto" in sentence(raised(OSError("a socket")), ORDER)
    assert len(details()) == 1


def test_what_a_repetition_does_is_said(details):
    again = "seguirá donde quedó"
    assert sentence(KeyboardInterrupt(), ORDER, again) == f"Interrumpido: la próxima vez {again}."
    assert sentence(KeyboardInterrupt(), ORDER) == "Interrumpido."
    assert f"repita la orden: {again} (" in sentence(raised(MemoryError()), ORDER, again)


def test_frames_are_let_go(details):
    """What they hold may be all the memory that there is."""

    def fail():
        much = Path("algo")
        raise MemoryError(much)

    try:
        fail()
    except MemoryError as error:
        sentence(error, ORDER)
        inner = error.__traceback__.tb_next
        assert inner is not None
        assert inner.tb_frame.f_locals == {}


@pytest.mark.parametrize("error", [ModuleNotFoundError(name="keras"), PackageNotFoundError("keras")])
def test_a_library_that_comes_with_an_extra_is_told_how_to_be_had(error):
    assert sentence(raised(error), "informe train") == (
        "informe train: se esperaba la biblioteca keras, no se encontró; instale el programa con el extra "
        "«train» o, en un clon, ejecute «make .venv/train», y repita la orden."
    )


def test_a_library_that_nothing_brings_is_unforeseen(details):
    assert "error imprevisto" in sentence(raised(ModuleNotFoundError("no", name="otra")), ORDER)

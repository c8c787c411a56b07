"""``informe.toml``: defaults, and a refusal of whatever is not understood."""

import datetime
from pathlib import Path

import pytest

from report.errors import RenderError
from report.ledger.spanish import Style
from report.paths import ROOT
from report.settings import Settings, read_settings


def read(tmp_path, text: str) -> Settings:
    path = tmp_path / "mio.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def refusal(tmp_path, text: str) -> str:
    with pytest.raises(RenderError) as caught:
        read(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'mio.toml'}: se esperaba ")
    return message


def test_without_the_usual_file_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = read_settings(Path("informe.toml"))
    assert settings == Settings()
    assert (settings.author, settings.course, settings.institution) == ("", "", "")
    assert (settings.date, settings.decimal, settings.style) == ("auto", ".", Style("."))
    assert settings.title


def test_a_file_that_was_asked_for_must_exist(tmp_path):
    with pytest.raises(RenderError, match=r"otro\.toml: se esperaba un fichero TOML legible"):
        read_settings(tmp_path / "otro.toml")


def test_an_empty_file_means_the_defaults(tmp_path):
    assert read(tmp_path, "") == Settings()


def test_the_projects_own_file_is_valid_and_names_every_key():
    path = ROOT / "informe.toml"
    assert read_settings(path).date == "auto"
    written = {line.partition(" =")[0] for line in path.read_text(encoding="utf-8").splitlines()}
    assert set(Settings.model_fields) <= written


def test_what_the_user_says_is_taken(tmp_path):
    text = 'title = "Dos redes"\nauthor = "Ana Peña"\ncourse = "RN"\ninstitution = "UNIR"\ndecimal = ","\n'
    settings = read(tmp_path, text + "date = 2026-01-15\n")
    assert settings == Settings(
        title="Dos redes",
        author="Ana Peña",
        course="RN",
        institution="UNIR",
        date=datetime.date(2026, 1, 15),
        decimal=",",
    )
    assert settings.style == Style(",")


def test_space_around_a_text_is_dropped(tmp_path):
    assert read(tmp_path, 'author = "  "\ncourse = " RN "') == Settings(course="RN")


@pytest.mark.parametrize("written", ["2026-01-15", '"2026-01-15"'])
def test_a_date_may_be_quoted(tmp_path, written):
    assert read(tmp_path, f"date = {written}").date == datetime.date(2026, 1, 15)


def test_an_unknown_key_is_refused_with_the_legal_ones(tmp_path):
    message = refusal(tmp_path, 'autor = "Ana"')
    assert "una de las claves title, author, course, institution, date, decimal;" in message
    assert "se encontró «autor»; corríjala o bórrela." in message


def test_a_table_is_an_unknown_key(tmp_path):
    assert "se encontró «documento»" in refusal(tmp_path, '[documento]\ntitle = "A"')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('decimal = ";"', 'se esperaba "." o "," en «decimal», se encontró «;»'),
        ("decimal = 1", 'se esperaba "." o "," en «decimal», se encontró «1»'),
        ('date = "ayer"', 'se esperaba "auto" o una fecha como 2026-01-15 en «date», se encontró «ayer»'),
        ("date = 2026-01-15T10:30:00", "una fecha como 2026-01-15 en «date»"),
        ("date = 15.1", "una fecha como 2026-01-15 en «date», se encontró «15.1»"),
        ('title = ""', "se esperaba un texto con alguna letra en «title»"),
        ('title = "  "', "se esperaba un texto con alguna letra en «title»"),
        ("author = 7", "se esperaba un texto en «author», se encontró «7»"),
        ('course = ["RN"]', "se esperaba un texto en «course»"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_legal(tmp_path, text, expected):
    message = refusal(tmp_path, text)
    assert expected in message
    assert message.endswith("; corríjalo.")


@pytest.mark.parametrize("text", ["author = Ana", "[x", 'author = "a"\nauthor = "b"'])
def test_what_is_not_toml_is_refused(tmp_path, text):
    assert "se esperaba un fichero TOML legible, se encontró «" in refusal(tmp_path, text)


def test_bytes_that_are_not_utf8_are_refused(tmp_path):
    path = tmp_path / "mio.toml"
    path.write_bytes('author = "Peña"'.encode("latin-1"))
    with pytest.raises(RenderError, match="se esperaba un fichero TOML legible"):
        read_settings(path)


def test_a_folder_is_no_settings_file(tmp_path):
    with pytest.raises(RenderError, match="se esperaba un fichero TOML legible"):
        read_settings(tmp_path)

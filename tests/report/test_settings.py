"""``informe.toml``: defaults, and a refusal of whatever is not understood."""

import base64
import datetime
import io
import os
import shutil
from pathlib import Path

import matplotlib
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

from report import fonts
from report.errors import RenderError
from report.ledger.spanish import Style
from report.paths import MAX_REFLECTION, ROOT
from report.settings import Reflection, Settings, read_settings


def read(tmp_path, text: str) -> Settings:
    path = tmp_path / "mio.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def refusal(tmp_path, text: str) -> str:
    with pytest.raises(RenderError) as caught:
        read(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'mio.toml'}: se esperaba")
    return message


def test_without_the_usual_file_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = read_settings(Path("informe.toml"))
    assert settings == Settings()
    assert (settings.author, settings.course, settings.institution) == ((), "", "")
    assert (settings.reflection, settings.omit, settings.extent) == (None, (), "completo")
    assert settings.is_whole
    assert (settings.date, settings.decimal, settings.style) == ("auto", ".", Style("."))
    assert settings.title


def test_a_file_that_was_asked_for_must_exist(tmp_path):
    with pytest.raises(
        RenderError, match=r"otro\.toml: se esperaba un fichero TOML, se encontró que no existe"
    ):
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
        author=("Ana Peña",),
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
    assert "una de las claves title, author, course, institution, date, decimal, reflection," in message
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
        ("author = 7", "se esperaba un nombre o una lista de nombres en «author», se encontró «7»"),
        ('author = ["Ana", 7]', "se esperaba un nombre o una lista de nombres en «author», se encontró «7»"),
        (
            'author = ["Ana", " "]',
            "se esperaba un nombre o una lista de nombres en «author», se encontró «»",
        ),
        ('omit = "matriz"', 'se esperaba una lista de secciones como ["matriz"] en «omit»'),
        ('extent = "corto"', 'se esperaba "completo" o "breve" en «extent», se encontró «corto»'),
        (
            "reflection = 3",
            'se esperaba el nombre de un fichero Markdown como "reflexion.md" en «reflection»',
        ),
        ('course = ["RN"]', "se esperaba un texto en «course»"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_legal(tmp_path, text, expected):
    message = refusal(tmp_path, text)
    assert expected in message
    assert message.endswith("; corríjalo.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('title = "a\\u000bb"', "en «title» un texto que se pueda imprimir, se encontró el carácter U+000B"),
        (
            'author = ["Ana", "\\u000b"]',
            "en «author» un texto que se pueda imprimir, se encontró el carácter",
        ),
        ('author = "\\u001f"', "en «author» un texto que se pueda imprimir, se encontró el carácter U+001F"),
        (
            'course = "a\\u202eb"',
            "en «course» un texto que se pueda imprimir, se encontró el carácter",
        ),
        (
            'institution = "\\ue100"',
            "en «institution» un texto que se pueda imprimir, se encontró el carácter",
        ),
        (
            'author = "Ana א"',
            "en «author» letras que se puedan imprimir, se encontró «א» (U+05D0), que",
        ),
        (
            'title = "王"',
            "en «title» letras que se puedan imprimir, se encontró «王» (U+738B), que no",
        ),
        ('course = "Redes 😀"', "en «course» letras que se puedan imprimir, se encontró «😀» (U+1F600)"),
        (f'title = "{"a" * 301}"', "como mucho 300 letras en «title», se encontraron 301; acorte el texto."),
        (f"author = {['a'] * 101}", "como mucho 100 nombres en «author», se encontraron más;"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_key_and_letter(tmp_path, text, expected):
    assert expected in refusal(tmp_path, text)


def test_a_title_of_a_megabyte_is_not_repeated(tmp_path):
    assert len(refusal(tmp_path, f'title = "{"a" * 2**20}"')) < 1_000
    assert len(refusal(tmp_path, f"title = {[0] * 2**16}")) < 1_000


def test_breaks_are_spaces_and_a_letter_and_its_accent_one_character(tmp_path):
    settings = read(tmp_path, 'title = """Dos\n\nredes\t2 """\nauthor = "Pen\\u0303a"')
    assert (settings.title, settings.author) == ("Dos redes 2", ("Peña",))


@pytest.mark.parametrize(
    "name", ["Łukasz Żółć", "Nguyễn Thị Hằng", "Ελένη Παπαδοπούλου", "Наталья Ёлкина", "Şişli Ğ ı", "Đorđe Ć"]
)
def test_names_of_many_languages_can_be_printed(tmp_path, name):
    assert read(tmp_path, f'author = "{name}"').author == (name,)


@pytest.mark.parametrize("text", ["author = Ana", "[x", 'author = "a"\nauthor = "b"'])
def test_what_is_not_toml_is_refused(tmp_path, text):
    assert "se esperaba un fichero TOML, se encontró un error " in refusal(tmp_path, text)


def test_bytes_that_are_not_utf8_are_refused(tmp_path):
    path = tmp_path / "mio.toml"
    path.write_bytes('author = "Peña"'.encode("latin-1"))
    expected = r"se esperaba un fichero TOML en UTF-8, se encontró un byte que no es de UTF-8 \(el 13\)"
    with pytest.raises(RenderError, match=expected):
        read_settings(path)


def test_a_folder_is_no_settings_file(tmp_path):
    with pytest.raises(RenderError, match="se esperaba un fichero TOML, se encontró una carpeta"):
        read_settings(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_says_the_encoding(tmp_path, encoding):
    path = tmp_path / "mio.toml"
    path.write_bytes('author = "Peña"\nreflection = "r.md"'.encode(encoding))
    (tmp_path / "r.md").write_bytes("Añadí más datos.".encode(encoding))
    settings = read_settings(path)
    assert (settings.author, settings.reflection.text) == (("Peña",), "Añadí más datos.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = " + "[" * 5_000, "listas o secciones unas dentro de otras"),
        ("title = " + "9" * 5_000, "un número de miles de cifras"),
        ("title = 0x" + "f" * 5_000, "«un entero de miles de cifras»"),
        ("a" + ".a" * 100 + " = 1", "una clave de demasiadas partes"),
        ('reflection = "a\\u0000.md"', "se encontró «a"),
        ('title = "', "un error al final"),
        ("title = 'A\0'", "bytes nulos"),
    ],
)
def test_what_would_break_a_reader_is_refused(tmp_path, text, found):
    assert found in refusal(tmp_path, text)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "mio.toml")
    with pytest.raises(
        RenderError, match="se esperaba un fichero TOML, se encontró algo que no es un fichero"
    ):
        read_settings(tmp_path / "mio.toml")
    os.mkfifo(tmp_path / "r.md")
    (tmp_path / "otro.toml").write_text('reflection = "r.md"')
    with pytest.raises(RenderError, match="algo que no es un fichero"):
        read_settings(tmp_path / "otro.toml")


# --- authors, extent, sections -------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ('"Ana Peña"', ("Ana Peña",)),
        ('["Ana Peña", " Luis Gil "]', ("Ana Peña", "Luis Gil")),
        ("[]", ()),
        ('""', ()),
    ],
)
def test_one_author_or_several(tmp_path, written, authors):
    settings = read(tmp_path, f"author = {written}")
    assert settings.author == authors
    assert Settings.model_validate_json(settings.model_dump_json()) == settings


@pytest.mark.parametrize(
    ("written", "is_brief", "is_whole"),
    [('extent = "breve"', True, False), ('omit = ["matriz"]', False, False), ("omit = []", False, True)],
)
def test_a_document_is_whole_unless_something_is_left_out(tmp_path, written, is_brief, is_whole):
    settings = read(tmp_path, written)
    assert (settings.is_brief, settings.is_whole) == (is_brief, is_whole)


# --- the author's own words ----------------------------------------------------------------


def test_the_words_are_read_from_the_folder_of_the_settings(tmp_path, monkeypatch):
    (tmp_path / "textos").mkdir()
    (tmp_path / "textos" / "mia.md").write_bytes("\ufeffUno.\r\n\r\nDos: 3, pen\u0303a.\r".encode())
    elsewhere = tmp_path / "otra"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    settings = read(tmp_path, 'reflection = " textos/mia.md "')
    assert settings.reflection == Reflection(file="textos/mia.md", text="Uno.\n\nDos: 3, peña.\n")
    assert Settings.model_validate_json(settings.model_dump_json()) == settings


def test_an_empty_name_is_no_reflection(tmp_path):
    assert read(tmp_path, 'reflection = " "') == Settings()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("no.md", None, "no.md: se esperaba la reflexión del autor, se encontró que no existe"),
        ("a.md", b" \n", "a.md: se esperaba la reflexión del autor, se encontró un fichero vacío"),
        ("a.md", "Peña".encode("latin-1"), "a.md: se esperaba un texto en UTF-8, .* \\(byte 3\\)"),
        ("a.md", b"a" * (MAX_REFLECTION + 1), "a.md: se esperaban como mucho 100 KiB, hay más; acórtelo"),
        ("../a.md", None, "mio.toml: se esperaba en «reflection» un fichero de su misma carpeta"),
        ("/etc/passwd", None, "mio.toml: se esperaba en «reflection» un fichero de su misma carpeta"),
    ],
)
def test_words_that_cannot_be_read_are_refused(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(RenderError, match=message):
        read(tmp_path, f'reflection = "{name}"')


def test_as_many_words_as_fit_are_taken(tmp_path):
    (tmp_path / "a.md").write_text("a" * MAX_REFLECTION)
    assert read(tmp_path, 'reflection = "a.md"').reflection.text == "a" * MAX_REFLECTION


# --- fonts of the user's own ---------------------------------------------------------------

DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
HEBREW = 'title = "Dos redes"\nauthor = ["יעל כהן", "Ana Peña"]\n'


@pytest.mark.parametrize("name", ["mia.ttf", "dejavu sans"])
def test_letters_that_are_missing_come_from_a_font_that_is_named(tmp_path, monkeypatch, name):
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    shutil.copy(DEJAVU, tmp_path / "mia.ttf")
    settings = read(tmp_path, f'{HEBREW}fonts = ["{name}", "mia.ttf"]')  # the second has nothing to add
    assert [(font.name, font.letters) for font in settings.fonts] == [(name, "".join(sorted(set("יעלכהן"))))]
    with TTFont(io.BytesIO(base64.b64decode(settings.fonts[0].data))) as font:
        assert {*map(chr, font.getBestCmap())} == {*settings.letters, " ", "\u00a0"}
        assert font["name"].getDebugName(1) == fonts.OTHER
    assert Settings.model_validate_json(settings.model_dump_json()) == settings


def test_fonts_that_nothing_needs_are_not_carried(tmp_path):
    shutil.copy(DEJAVU, tmp_path / "mia.ttf")
    assert read(tmp_path, 'author = "Наталья"\nfonts = ["mia.ttf"]').fonts == ()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            'fonts = ["no hay"]',
            "de fuente o una familia instalada, se encontró «no hay»",
        ),
        (f'fonts = ["{"x" * 5_000}"]', "de fuente o una familia instalada, se encontró «xxx"),
        ('fonts = "x.ttf"', 'una lista de ficheros de fuente o de familias como ["DejaVu Sans"] en «fonts»'),
        ('fonts = ["rota.ttf"]', "rota.ttf: se esperaba un fichero de fuente, se encontró otra cosa"),
        (
            'fonts = ["latina.ttf"]',
            "se encontró «י» (U+05D9), que no está en las fuentes",
        ),
    ],
)
def test_fonts_that_do_not_help_are_refused(tmp_path, monkeypatch, written, message):
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    (tmp_path / "rota.ttf").write_bytes(b"OTTO nada")
    shutil.copy(fonts.faces()[0].path, tmp_path / "latina.ttf")
    with pytest.raises(RenderError) as caught:
        read(tmp_path, HEBREW + written)
    assert message in str(caught.value)

"""A PDF taken apart: what is the same however it was saved, and what names each change."""

import io

import pikepdf
import pytest
import sample_document as sample
import tampering

from report.html.body import to_html
from report.html.page import page
from report.pdf.layout import lay_out
from report.proof.checks.parts import canonical, parts

TEXT = """# Título

## Resumen

Hola, véase la [Figura 1](#fig-a).

<a id="fig-a"></a>

![La curva sube hasta el final.](a.svg)

**Figura 1.** La curva sube.
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    base = tmp_path_factory.mktemp("pdf")
    (base / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"/>')
    return lay_out(page(to_html(TEXT), sample.META), base).write([], sample.META.created)


def apart(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return parts(pdf)


def test_a_file_is_the_same_however_it_is_saved(data):
    saved = tampering.apply(data, lambda pdf: None)
    loose = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(loose, object_stream_mode=pikepdf.ObjectStreamMode.disable, fix_metadata_version=False)
    assert len({data, saved, loose.getvalue()}) == 3
    assert canonical(data) == canonical(saved) == canonical(loose.getvalue())
    assert apart(data) == apart(saved) == apart(loose.getvalue())


def test_the_parts_have_names(data):
    found = apart(data)
    assert found[None, "propiedad Title"] == sample.META.title
    assert found[None, "idioma"] == "es"
    assert found[None, "marcador 1"] == "Resumen"
    assert found[1, "texto alternativo 1"] == "La curva sube hasta el final."
    assert found[1, "tamaño"].startswith("595.")
    assert {"contenido", "enlaces"} <= {what for page, what in found if page == 1}
    assert {what.split()[0] for page, what in found if page == 1} >= {"letra", "trazo"}


def test_a_change_is_one_of_a_part(data):
    def rewrite(pdf):
        pdf.pages[0].contents_add(b"q Q")

    before, after = apart(data), apart(tampering.apply(data, rewrite))
    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == {
        (1, "contenido")
    }

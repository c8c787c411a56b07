"""The document for Word and for LaTeX: read back part by part."""

import re
import shutil
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

import pytest
from brought import brought_lstm, brought_study
from stored import runs, write_runs

from report.__main__ import main
from report.errors import RenderError
from report.office.pandoc import find_pandoc
from report.office.writing import write_docx, write_tex
from report.settings import Settings
from report.study.study import find_study
from report.text.document import compose

pytest.importorskip("pypandoc", reason="pandoc is not installed: «make test» does it")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SETTINGS = Settings(author="Ana Peña", course="Redes neuronales", institution="UNIR")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return write_runs(tmp_path_factory.mktemp("results"), runs(1))


@pytest.fixture(scope="module")
def text(results):
    return compose(find_study(results), SETTINGS).markdown


@pytest.fixture(scope="module")
def build(results, tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    study, pandoc = find_study(results), find_pandoc()
    assert write_docx(study, SETTINGS, folder, pandoc) == folder / "informe.docx"
    assert write_tex(study, SETTINGS, folder, pandoc) == folder / "informe.tex"
    return folder


@pytest.fixture(scope="module")
def word(build):
    with zipfile.ZipFile(build / "informe.docx") as archive:
        return {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


@pytest.fixture(scope="module")
def body(word):
    return ElementTree.fromstring(word["word/document.xml"]).find(f"{W}body")


@pytest.fixture(scope="module")
def tex(build):
    return (build / "informe.tex").read_text(encoding="utf-8")


def said(element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def paragraphs(body, style) -> list[str]:
    return [
        said(paragraph)
        for paragraph in body.iter(f"{W}p")
        if (kind := paragraph.find(f"{W}pPr/{W}pStyle")) is not None and kind.get(f"{W}val") == style
    ]


def captions(text) -> list[str]:
    """What each figure and table is called in the Markdown."""
    return re.findall(r"^\*\*((?:Figura|Tabla)\s\d+)\.\*\* ", text, re.M)


# --- Word --------------------------------------------------------------------------------


def test_the_title_its_authors_and_the_language(word, body, text):
    title = text.partition("\n")[0].removeprefix("# ")
    assert paragraphs(body, "Title") == [title]
    assert paragraphs(body, "Author") == ["Ana Peña"]
    (date,) = paragraphs(body, "Date")
    assert date.startswith("Redes neuronales · UNIR · ")
    core = word["docProps/core.xml"]
    assert f"<dc:title>{title}</dc:title>" in core
    assert "<dc:creator>Ana Peña</dc:creator>" in core
    assert 'w:val="es"' in re.search(r"<w:lang [^>]*>", word["word/styles.xml"])[0]


def test_it_says_that_only_the_pdf_proves_itself(body, build):
    (notice,) = paragraphs(body, "Notice")
    assert f"solo se demuestra a sí mismo el PDF, {(build / 'informe.pdf').as_posix()}," in notice


def test_headings_have_their_numbers(body, text):
    def headings(level):
        return [name.replace("\u00a0", " ") for name in re.findall(rf"^{level} (.+)$", text, re.M)]

    assert [name.replace("\u00a0", " ") for name in paragraphs(body, "Heading1")] == headings("##")
    assert [name.replace("\u00a0", " ") for name in paragraphs(body, "Heading2")] == headings("###")


def test_the_contents_are_a_field_that_already_has_its_entries(word, body):
    assert paragraphs(body, "Toc1") == paragraphs(body, "Heading1")[1:]
    assert paragraphs(body, "Toc2") == paragraphs(body, "Heading2")
    document = word["word/document.xml"]
    assert document.count(r'TOC \o "1-2" \h \z \u') + document.count(r"TOC \o &quot;1-2&quot; \h \z \u") == 1
    kinds = re.findall(r'w:fldCharType="(\w+)"', document)
    assert kinds == ["begin", "separate", "end"]
    names = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', document))
    assert set(re.findall(r'<w:hyperlink w:anchor="([^"]+)"', document)) <= names


def test_captions_count_and_references_follow_them(word, body, text):
    shown = paragraphs(body, "ImageCaption") + paragraphs(body, "TableCaption")
    assert sorted(caption.partition(".")[0] for caption in shown) == sorted(captions(text))
    document = word["word/document.xml"]
    counted = re.findall(r'w:instr=" SEQ (Figura|Tabla) ', document)
    assert len(counted) == len(captions(text))
    marks = re.findall(r'w:name="(ref_\w+)"', document)
    assert len(marks) == len(set(marks)) == len(captions(text))
    referred = re.findall(r'w:instr=" REF (\w+) ', document)
    assert set(referred) == set(marks)  # nothing stands unmentioned
    assert len(referred) == len(re.findall(r"\]\(#(?:fig|tab)-", text))


def test_pictures_say_what_they_show(word, text):
    document = ElementTree.fromstring(word["word/document.xml"])
    alternatives = [node.get("descr") for node in document.iter(f"{DRAWN}docPr")]
    assert alternatives == re.findall(r"^!\[(.*?)\]\(figures/", text, re.M)


def test_tables_have_titles_that_are_repeated_and_columns_that_fit(body):
    tables = list(body.iter(f"{W}tbl"))
    assert tables
    for table in tables:
        first, *others = table.findall(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in others)
        widths = [int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")]
        assert sum(widths) <= 9412  # 166 mm


def test_notes_are_footnotes(tmp_path):
    """The document of what an author brought has some."""
    study, pandoc = brought_study(brought_lstm(confusion=None)), find_pandoc()
    written = len(re.findall(r"^\[\^\w+\]: ", compose(study, SETTINGS).markdown, re.M))
    assert written > 0
    with zipfile.ZipFile(write_docx(study, SETTINGS, tmp_path, pandoc)) as archive:
        notes = ElementTree.fromstring(archive.read("word/footnotes.xml"))
        references = archive.read("word/document.xml").count(b"<w:footnoteReference ")
    kept = [said(note).strip() for note in notes if note.get(f"{W}type") is None]
    assert len(kept) == references == written
    assert all(kept)
    assert write_tex(study, SETTINGS, tmp_path, pandoc).read_text("utf-8").count("\\footnote{") == written


# --- LaTeX -------------------------------------------------------------------------------


def test_latex_numbers_what_has_a_number(tex, text):
    numbered = re.findall(r"^### (?:[A-Z]\.)?\d+\u00a0", text, re.M)
    assert len(re.findall(r"^\\subsection\{", tex, re.M)) == len(numbered) > 0
    parts, appendices = re.findall(r"^## Parte ", text, re.M), re.findall(r"^## Apéndice\s", text, re.M)
    assert len(re.findall(r"^\\section\{", tex, re.M)) == len(parts) + len(appendices)
    assert tex.index("\\tableofcontents") < tex.index("\\section{") < tex.index("\n\\appendix\n")
    assert "Figura~" in tex
    assert not re.search(r"\\caption\{\s*\\textbf\{(Figura|Tabla)", tex)


def test_labels_stand_in_the_order_of_the_numbers(tex, text):
    anchors = re.findall(r'^<a id="((?:fig|tab)-[\w-]+)"></a>$', text, re.M)
    assert re.findall(r"\\label\{((?:fig|tab)-[\w-]+)\}", tex) == anchors


def test_every_reference_leads_somewhere(tex):
    labels = set(re.findall(r"\\label\{([^}]+)\}", tex))
    references = re.findall(r"\\ref\*\{([^}]+)\}", tex)
    assert len(references) > 30
    assert set(references) <= labels
    assert set(re.findall(r"\\hyperref\[([^\]]+)\]", tex)) <= labels
    assert re.findall(r"\[[^\]]+\]\{(?:Figura|Tabla|apéndice)[ ~]\d", tex) == []  # typed by hand


def test_figures_lie_beside_it_and_nothing_else_does(build, tex):
    named = re.findall(r"\\includegraphics\[[^]]*?alt=\{.+?\}\]\{([^}]+)\}", tex, re.S)
    assert named
    assert sorted(named) == sorted(f"figures-tex/{path.name}" for path in (build / "figures-tex").iterdir())
    assert sorted(path.name for path in build.iterdir()) == ["figures-tex", "informe.docx", "informe.tex"]


def test_title_authors_and_what_it_proves(tex):
    assert "\\author{Ana Peña}" in tex
    assert "\\date{Redes neuronales · UNIR · " in tex
    assert "pdflang={es}" in tex
    assert "se comprueba con \\texttt{make\\ verify}" in " ".join(tex.split())


@pytest.mark.parametrize("program", ["pdflatex", "xelatex"])
def test_latex_sets_it(build, program, tmp_path):
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    command = [program, "-interaction=nonstopmode", "-halt-on-error", f"-output-directory={tmp_path}"]
    for _ in range(2):
        done = subprocess.run([*command, "informe.tex"], cwd=build, capture_output=True, check=False)
        log = (tmp_path / "informe.log").read_text(encoding="utf-8", errors="replace")
        assert done.returncode == 0, log[-3000:]
    assert "undefined references" not in log
    assert "Missing character" not in log


# --- both --------------------------------------------------------------------------------


def test_they_are_the_same_bytes_every_time(results, build):
    before = {path: path.read_bytes() for path in build.rglob("*") if path.is_file()}
    study, pandoc = find_study(results), find_pandoc()
    write_docx(study, SETTINGS, build, pandoc)
    write_tex(study, SETTINGS, build, pandoc)
    after = {path: path.read_bytes() for path in build.rglob("*") if path.is_file()}
    assert [path.name for path in before if after.get(path) != before[path]] == []
    assert after.keys() == before.keys()


def test_what_fails_leaves_the_previous_one(results, build, tmp_path):
    for name in ("informe.docx", "informe.tex"):
        shutil.copy(build / name, tmp_path / name)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    program = tmp_path.parent / "pandoc-roto"
    program.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('se rompió')\n")
    program.chmod(0o755)
    with pytest.raises(RenderError, match="se encontró «se rompió»"):
        write_tex(find_study(results), SETTINGS, tmp_path, program)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_command_makes_one_and_says_what_it_proves(results, tmp_path, capsys):
    options = ["--results", str(results), "--settings", str(tmp_path / "informe.toml")]
    (tmp_path / "informe.toml").write_text("")
    code = main(["export", "docx", *options, "--build", str(tmp_path / "build")])
    out = capsys.readouterr().out
    path = tmp_path / "build" / "informe.docx"
    assert code == 0
    assert out == (
        f"{path}: {path.stat().st_size // 1024} KiB. Solo el PDF se demuestra a sí mismo: esta copia, no.\n"
    )


def test_without_pandoc_the_command_could_not_do_it(results, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    assert main(["export", "tex", "--results", str(results), "--build", str(tmp_path / "build")]) == 2
    assert "Se esperaba pandoc" in capsys.readouterr().err
    assert not (tmp_path / "build").exists()

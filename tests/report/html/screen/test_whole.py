"""The page for the screen as a whole: one file that lacks nothing."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import sample_document as sample

from report.html.body import to_html
from report.html.page import page
from report.html.screen.whole import Companions, self_contained
from report.ledger.verbatim import shield

BESIDE = Companions("informe.pdf", "cifras.json", "hallazgos.json")
TEXT = "# Título\n\n## Resumen\n\nHola.\n\n## Parte A. La una\n\n### Uno\n\nFin.\n\n## Límites\n\n### Dos\n"


def built(folder, text: str = TEXT, decimal: str = ".", **changes: str) -> str:
    return self_contained(to_html(text), replace(sample.META, **changes), folder, BESIDE, decimal)


@pytest.fixture(scope="module")
def sample_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    sample.draw(folder / "figures")
    return folder


@pytest.fixture(scope="module")
def sample_file(sample_folder) -> str:
    return sample.untraced(built(sample_folder, sample.markdown()))


class Words(HTMLParser):
    """What is read in ``main``, but for scripts, drawings and what the screen adds for its own use."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside = self.skipped = False

    def handle_starttag(self, tag, attrs):
        self.inside |= tag == "main"
        self.skipped |= tag in ("svg", "nav")

    def handle_endtag(self, tag):
        self.inside &= tag != "main"
        self.skipped &= tag not in ("svg", "nav")

    def handle_data(self, data):
        if self.inside and not self.skipped:
            self.words += data.split()


def words(html: str) -> list[str]:
    reader = Words()
    reader.feed(html)
    return reader.words


def test_every_word_of_the_paper_is_on_the_screen(sample_file):
    on_paper = words(sample.untraced(page(to_html(sample.markdown()), sample.META)))
    assert len(on_paper) > 1000
    assert sorted(set(on_paper) - set(words(sample_file))) == []


def test_head_names_language_author_and_dates(tmp_path):
    html = built(tmp_path, authors=("Ana & Eva", "Luis"))
    assert '<html lang="es">' in html
    assert '<meta name="author" content="Ana &amp; Eva">\n<meta name="author" content="Luis">' in html
    assert '<meta name="dcterms.created" content="2026-01-15T10:00:00+00:00">' in html
    assert 'name="viewport"' in html
    assert 'name="author"' not in built(tmp_path, authors=())


def test_one_file_asks_for_nothing_but_the_files_beside_it(sample_file):
    addresses = re.findall(r"""\s(?:src|href)=["'](?!#|data:)([^"']*)""", sample_file)
    assert addresses == [BESIDE.document, BESIDE.ledger, BESIDE.findings]
    assert re.findall(r"url\(\s*[\"']?(?!#|\"?data:)([^)]{0,30})", sample_file) == []
    assert "@import" not in sample_file
    assert len(sample_file) < 1_500_000


def test_one_file_brings_its_fonts(sample_file):
    assert sample_file.count("@font-face") == 8


def test_one_file_is_the_same_every_time(sample_folder, sample_file):
    assert sample.untraced(built(sample_folder, sample.markdown())) == sample_file


def test_contents_are_nested_and_lead_to_every_heading(tmp_path):
    html = built(tmp_path)
    contents = html.partition("<nav")[2].partition("</nav>")[0]
    assert re.findall(r'<(?:/?ol|a href="[^"]+")', contents) == [
        '<a href="#inicio"',
        *("<ol", '<a href="#resumen"'),
        *('<a href="#parte-a-la-una"', "<ol", '<a href="#uno"', "</ol"),
        *('<a href="#limites"', "<ol", '<a href="#dos"', "</ol", "</ol"),
    ]
    assert all(f'id="{target}"' in html for target in re.findall(r'href="#([^"]+)"', html))


def test_the_first_thing_one_can_reach_skips_the_contents(tmp_path):
    first = re.search(r"<(?:a|button)\b[^>]*>", built(tmp_path).partition("<body")[2])
    assert first is not None
    assert first[0] == '<a class="skip" href="#texto">'


def test_what_needs_the_script_is_hidden_until_it_runs(sample_file):
    buttons = re.findall(r"<button[^>]*>", sample_file)
    asking = [button for button in buttons if "data-do" in button]
    assert len(asking) == 8  # four figures, four tables
    assert all(button.endswith(" hidden>") for button in asking)
    assert {button for button in buttons if "data-do" not in button} == {
        '<button type="button" popovertarget="contenido">',
        "<button>",  # of the dialog, which only the script opens
    }


def test_no_two_ids_are_equal(sample_file):
    ids = re.findall(r'\sid="([^"]+)"', sample_file)
    assert sorted(ids) == sorted(set(ids))


def test_no_data_end_the_page_or_its_script(tmp_path):
    strange = "/* typefaces */ </title></style><script>alert(1)</script> \" ' &amp; {{ x }}"
    page = built(tmp_path, TEXT.replace("Hola", shield(strange)), title=strange, authors=(strange,))
    assert page.count("<script>") == page.count("</script>") == page.count("</style>") == 1
    assert page.count("@font-face") == 8
    whole = html.unescape(page.replace('<span class="end">', "")).replace("\u00a0", " ")  # of the last words
    assert whole.count(strange) == 3

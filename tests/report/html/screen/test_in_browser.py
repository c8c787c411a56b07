"""The page of the reference results as a browser shows it: on a phone and on a desk, by day and by night,
with its script and without it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import sample_document as sample
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from report.html.body import to_html
from report.html.screen.whole import Companions, self_contained

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
PATIENT = 180_000  # milliseconds: on a busy machine a page takes long, and is no worse for it
expect.set_options(timeout=PATIENT / 3)
READ = "main :is(h1, h2, h3, h4, p, li, th, td, caption, figcaption):not(.hint, .told thead th)"


class Desk:
    """Opens the page, and notes what it says and asks for."""

    def __init__(self, browser: Browser, file: Path) -> None:
        self.browser, self.address = browser, file.as_uri()
        self.said: list[str] = []
        self.asked: list[str] = []

    def open(self, size: dict, **options) -> Page:
        page = self.browser.new_context(viewport=size, **options).new_page()
        page.set_default_timeout(PATIENT)
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(self.address)
        page.evaluate("document.fonts.ready.then(() => null)")  # what is as wide as it will be
        return page


NOTED = (
    "# T\n\n## Resumen\n\nUna[^a] y otra[^b] cosa.\n\n## Parte A. B\n\n[^a]: La primera.\n[^b]: La segunda.\n"
)


@pytest.fixture(scope="module")
def noted(tmp_path_factory) -> Path:
    """A page with notes, which the document of the reference has none of."""
    folder = tmp_path_factory.mktemp("noted")
    beside = Companions("a.pdf", "b.json", "c.json")
    page = self_contained(to_html(NOTED), sample.META, folder, beside, ".")
    (folder / "notas.html").write_text(page, "utf-8")
    return folder / "notas.html"


@pytest.fixture
def desk(browser: Browser, reference: Path) -> Iterator[Desk]:
    yield from opened(browser, reference / "informe.html")


@pytest.fixture
def desk_of_notes(browser: Browser, noted: Path) -> Iterator[Desk]:
    yield from opened(browser, noted)


def opened(browser: Browser, file: Path) -> Iterator[Desk]:
    desk = Desk(browser, file)
    yield desk
    for context in browser.contexts:
        context.close()
    assert desk.said == []
    assert {url for url in desk.asked if not url.startswith(("data:", "blob:"))} <= {desk.address}


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        pytest.param(PHONE, "light", id="390-light"),
        pytest.param(PHONE, "dark", id="390-dark", marks=pytest.mark.thorough),
        pytest.param(DESK, "light", id="1280-light", marks=pytest.mark.thorough),
        pytest.param(DESK, "dark", id="1280-dark"),
    ],
)
def test_axe_finds_nothing_serious(desk, size, scheme):
    found = Axe().run(desk.open(size, color_scheme=scheme)).response
    assert found["testEngine"]["name"] == "axe-core"
    serious = [
        (violation["id"], violation["nodes"][0]["html"][:200])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == []


@SIZES
def test_nothing_is_wider_than_the_window(desk, size):
    page = desk.open(size)
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


@SIZES
def test_without_script_all_is_read(desk, size):
    page, bare = desk.open(size), desk.open(size, java_script_enabled=False)
    texts = [sheet.locator("main").evaluate("main => main.textContent") for sheet in (page, bare)]
    assert texts[0] == texts[1]
    assert len(texts[0].split()) > 5000
    for sheet in (page, bare):
        hidden = f"() => [...document.querySelectorAll('{READ}')].filter(e => !e.checkVisibility()).length"
        assert sheet.evaluate(hidden) == 0
    expect(bare.get_by_role("button", name="copiar")).to_have_count(0)


def test_on_a_desk_notes_stand_beside_their_line(desk_of_notes):
    page = desk_of_notes.open(DESK)
    expect(page.locator(".note")).to_have_count(2)
    for note, call in zip(page.locator(".note").all(), page.locator(".call").all(), strict=True):
        beside, line = note.bounding_box(), call.bounding_box()
        text = call.locator("xpath=ancestor::p").bounding_box()
        assert beside["x"] > text["x"] + text["width"]
        assert beside["y"] > line["y"] - 20
        assert beside["x"] + beside["width"] < DESK["width"]


def test_on_a_phone_a_tap_opens_a_note_and_another_closes_it(desk_of_notes):
    page = desk_of_notes.open(PHONE, java_script_enabled=False, has_touch=True)
    note, opener = page.locator(".note").first, page.locator(".opener").first
    expect(note).to_be_hidden()
    opener.tap()
    expect(note).to_be_visible()
    opener.tap()
    expect(note).to_be_hidden()
    page.get_by_role("checkbox", name="Nota 1", exact=True).press("Space")
    expect(note).to_be_visible()


def test_on_a_phone_panels_stand_one_under_the_other(desk):
    page = desk.open(PHONE)
    figure = page.locator("#fig-perdidas")
    panels = [panel.bounding_box() for panel in figure.locator(".tile:not(.key)").all()]
    assert len(panels) >= 2
    for above, below in pairwise(panels):
        assert above["y"] + above["height"] <= below["y"]
    assert all(panel["x"] + panel["width"] <= PHONE["width"] for panel in panels)
    assert figure.locator(".whole").first.bounding_box()["width"] <= 1


LETTERS = """() => [...document.querySelectorAll(".plates svg")].flatMap((part) => {
  const { width } = part.getBoundingClientRect(), style = getComputedStyle(part);
  const whole = part.parentElement.querySelector(".whole"), scale = width / part.viewBox.baseVal.width;
  const grown = Number(style.getPropertyValue("--grown") || 1);
  const of = part.matches(".row:has(~ .row)") ? [] : whole.querySelectorAll("text");
  return width < 2 ? [] : [...of].map((text) => scale * grown * parseFloat(getComputedStyle(text).fontSize));
})"""


def test_on_a_phone_no_letter_of_a_figure_is_small_and_all_are_about_as_large(desk):
    letters = desk.open(PHONE).evaluate(LETTERS)
    assert len(letters) > 1000
    assert 11 <= min(letters) < max(letters) <= 13.1


def test_on_a_phone_panels_and_the_network_are_seen_without_scrolling(desk):
    page = desk.open(PHONE)
    for name in ("portada", "red-lstm", "curvas", "variantes-lstm", "perdidas", "tira", "calibracion"):
        assert page.locator(f"#fig-{name} .plates[tabindex]").count() == 0, name


def test_on_a_phone_the_name_of_a_row_stays_while_its_numbers_scroll(desk):
    page = desk.open(PHONE)
    table = page.locator("#tab-epocas")
    name, number = table.locator("tbody th").first, table.locator("tbody td").first
    before = [cell.bounding_box()["x"] for cell in (name, number)]
    table.locator(".scroll").evaluate("box => box.scrollLeft = 60")
    assert name.bounding_box()["x"] == before[0]
    assert number.bounding_box()["x"] == before[1] - 60


@SIZES
def test_a_table_with_running_text_is_told_row_by_row_on_a_phone(desk, size):
    page = desk.open(size)
    table = page.locator("#tab-reglas")
    row = table.get_by_role("row").filter(has_text="McNemar").first
    expect(row.get_by_role("rowheader")).to_have_count(1)
    expect(row.get_by_role("cell")).to_have_count(3)
    cells = [cell.bounding_box() for cell in row.locator("th, td").all()]
    assert all((above["y"] < below["y"]) == (size == PHONE) for above, below in pairwise(cells))
    label = row.locator("td").nth(1).evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == ('"Cifra: "' if size == PHONE else "none")


def test_on_a_desk_figures_and_tables_end_at_most_two_places(desk):
    page = desk.open(DESK)
    right = "boxes => boxes.map(box => Math.round(box.getBoundingClientRect().right))"
    text = page.locator("main > section:not(.summary) > p").evaluate_all(right)
    frames = page.locator("figure:not(.grid), .table").evaluate_all(right)
    assert len(set(frames)) == 1
    assert max(text) < frames[0]


@SIZES
def test_contents_follow_the_reading(desk, size):
    page = desk.open(size, reduced_motion="reduce")
    entry = page.locator("nav a[href='#sec-matriz']")
    page.locator("#sec-matriz").evaluate("heading => heading.scrollIntoView()")
    expect(entry).to_have_attribute("aria-current", "true")
    expect(page.locator("nav [aria-current]")).to_have_count(1)
    page.locator("#sec-objetivos").evaluate("heading => heading.scrollIntoView()")
    expect(entry).not_to_have_attribute("aria-current", "true")


def test_on_a_phone_contents_are_a_menu_that_a_choice_closes(desk):
    page = desk.open(PHONE, reduced_motion="reduce")
    menu = page.locator("nav")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Contenido").click()
    expect(menu).to_be_visible()
    menu.get_by_role("link", name="A.6").click()
    expect(menu).to_be_hidden()
    expect(page.locator("#sec-matriz")).to_be_in_viewport()


def test_a_number_says_its_value_and_its_origin_when_pointed_at_tapped_or_reached(desk):
    page = desk.open(DESK, has_touch=True)
    number, tip = page.locator(".facts .n").first, page.locator("#cifra")
    told = [number.get_attribute(name) for name in ("data-valor", "data-origen")]

    def expect_told():
        expect(tip).to_be_visible()
        expect(number).to_have_attribute("aria-describedby", "dicho")
        assert [tip.locator(part).text_content() for part in ("b", "span")] == told

    expect(tip).to_be_hidden()
    number.hover()
    expect_told()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    number.tap()
    expect_told()
    page.locator("h1").click()
    number.focus()
    expect_told()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".facts .n").nth(1)).to_be_focused()
    expect(number).not_to_have_attribute("aria-describedby", "dicho")


def test_the_tabulator_stops_once_in_the_numbers_of_a_section(desk):
    page = desk.open(DESK)
    for section in page.locator("main > section:has(.n):not(.works)").all():
        expect(section.locator(".n[tabindex]")).to_have_count(1)
    expect(page.locator(".works .n")).not_to_have_count(0)
    expect(page.locator(".works .n[tabindex]")).to_have_count(0)  # parts of names, and of addresses
    page.locator(".facts .n").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("section.summary .n[tabindex]")).to_have_count(1)


def test_a_voice_hears_the_value_of_a_number_it_stops_at_and_its_origin_when_asked(desk):
    page = desk.open(DESK)
    number = page.locator(".facts .n").first
    number.focus()
    expect(number).to_have_role("button")
    expect(number).to_have_attribute("aria-roledescription", "cifra con origen")
    expect(page.locator("#valor")).to_have_text("86.104\u00a0%")
    expect(page.locator("#dicho")).to_have_text("86 punto 104\u00a0%")
    expect(page.get_by_role("status")).to_be_empty()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("media: clasificador, semillas 1 a 3")


def test_how_numbers_are_reached_is_said_before_the_first_of_them(desk):
    page = desk.open(DESK)
    follows = "(hint, stop) => hint.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING"
    stop = page.locator("main .n[tabindex]").first.element_handle()
    assert page.locator(".hint").evaluate(follows, stop)


def test_after_an_arrow_the_number_left_behind_is_no_button(desk):
    page = desk.open(DESK)
    page.locator(".facts .n").first.focus()
    page.keyboard.press("ArrowRight")
    left = page.locator(".facts .n").first
    for name in ("tabindex", "role", "aria-roledescription"):
        assert left.get_attribute(name) is None


def tree(page: Page) -> list[dict]:
    """What a voice is given, as Chromium has it."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [node for node in nodes if not node["ignored"]]


def told(node: dict, key: str) -> str:
    return node.get(key, {}).get("value", "")


def test_a_value_has_the_names_of_its_row_only(desk):
    """Several only where they stand beside each other, one within the other."""
    nodes = tree(desk.open(DESK))
    kids = {node["nodeId"]: node.get("childIds", []) for node in nodes}
    roles = {node["nodeId"]: told(node, "role") for node in nodes}
    rows = [node["nodeId"] for node in nodes if told(node, "role") == "row"]
    assert len(rows) > 200
    cells = [[roles.get(kid) for kid in kids[row]] for row in rows]
    named = [each for each in cells if "rowheader" in each]
    assert len(named) > 200
    assert [each for each in named if "rowheader" in each[each.count("rowheader") :]] == []


@SIZES
def test_nothing_is_named_twice(desk, size):
    """No section is a landmark of its heading's name, and no box of a table a group of the table's."""
    nodes = tree(desk.open(size))
    assert [told(node, "name") for node in nodes if told(node, "role") == "region"] == []
    groups = [told(node, "name") for node in nodes if told(node, "role") == "group"]
    assert bool(groups) == (size == PHONE)
    assert all(re.match(r"(Figura|Tabla)\s\d+$", name) for name in groups)


def test_a_link_to_a_section_says_its_name_once(desk):
    links = [
        node for node in tree(desk.open(DESK)) if told(node, "role") == "link" and told(node, "description")
    ]
    said = {told(node, "name"): told(node, "description") for node in links}
    assert said["A.3"] == "Métricas finales"


def test_lists_without_marks_are_lists(desk):
    page = desk.open(DESK)
    for name in (".companions", ".facts", ".answers", ".works ul"):
        expect(page.locator(name).first).to_have_attribute("role", "list")


def test_a_click_that_no_mouse_made_is_answered_aloud(desk):
    page = desk.open(DESK)
    number = page.locator(".facts .n").first
    number.click()
    expect(page.get_by_role("status")).to_be_empty()
    number.evaluate("number => number.click()")
    expect(page.get_by_role("status")).to_have_text(
        "86 punto 104\u00a0%. media: clasificador, semillas 1 a 3"
    )


def test_up_and_down_lead_to_the_numbers_of_another_block(desk):
    page = desk.open(DESK)
    page.locator(".facts .n").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".facts li").nth(1).locator(".n").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".facts .n").first).not_to_be_focused()
    expect(page.locator(".facts li").first.locator(".n").last).to_be_focused()


@SIZES
def test_signs_are_heard_as_words_and_copied_as_signs(desk, size):
    page = desk.open(size)
    fact = page.locator(".facts li").first
    assert "acierta la LSTM en la prueba , intervalo de 85.7 a 86.5" in " ".join(
        fact.aria_snapshot().replace("\n", " ").replace('"', "").split()
    )
    fact.evaluate("item => getSelection().selectAllChildren(item)")
    copied = page.evaluate("getSelection().toString()").replace("\u00a0", " ")
    assert copied.endswith("acierta la LSTM en la prueba [85.7; 86.5]")
    assert page.evaluate("[...document.querySelectorAll('.said')].every(w => w.offsetWidth <= 2)")


def test_of_a_drawing_only_its_description_is_heard(desk):
    snapshot = desk.open(DESK).locator("figure .plates").first.aria_snapshot()
    assert 'img "A la izquierda, curvas de la exactitud' in snapshot
    assert "\n" not in snapshot  # neither the box around it nor anything in it


@SIZES
def test_from_a_note_one_comes_back_to_its_call(desk_of_notes, size):
    page = desk_of_notes.open(size, reduced_motion="reduce")
    if size == PHONE:
        page.locator(".opener").first.click()
    page.locator(".back").first.click()
    page.keyboard.press("Tab")
    call = ".opener input" if size == PHONE else ".call"
    expect(page.locator(call).first).to_be_focused()


def test_a_table_is_copied_with_tabs(desk):
    page = desk.open(DESK, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="copiar la Tabla 1", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Tabla 1, copiada")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0] == "Métrica\tÉpoca elegida\tÚltima época"
    assert {line.count("\t") for line in lines} == {2}
    assert lines[1].replace("\u00a0", " ") == "Exactitud de entrenamiento\t0.9361 ± 0.0140\t0.9548 ± 0.0071"


def test_a_table_is_downloaded_without_script(desk):
    page = desk.open(DESK, java_script_enabled=False, accept_downloads=True)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV de la Tabla 1", exact=True).click()
    assert waiting.value.suggested_filename == "tabla-1.csv"
    content = waiting.value.path().read_text("utf-8-sig")
    assert content.startswith("Métrica,Época elegida,Última época\n")


@SIZES
def test_what_is_wider_than_its_place_is_a_stop_and_says_so_and_nothing_else_is(desk, size):
    page = desk.open(size)
    wide = page.locator(".scroll, .plates").evaluate_all(
        "boxes => boxes.map(box => [box.scrollWidth > box.clientWidth + 1, box.tabIndex === 0,"
        " box.getAttribute('aria-label') === box.dataset.name, box.nextElementSibling.checkVisibility()])"
    )
    assert all(len(set(each)) == 1 for each in wide)
    assert any(overflows for overflows, *_ in wide) == (size == PHONE)


def test_what_becomes_wider_than_its_place_becomes_a_stop(desk):
    page = desk.open(DESK)
    box = page.locator(".scroll").first
    expect(box).not_to_have_attribute("role", "group")
    box.locator("table").evaluate("table => table.style.width = '2000px'")
    expect(box).to_have_attribute("role", "group")
    expect(box).to_have_attribute("tabindex", "0")


def test_on_a_phone_a_caption_stays_while_its_table_scrolls(desk):
    page = desk.open(PHONE)
    scroller = page.locator(".scroll[tabindex]").first
    before = scroller.locator("caption").bounding_box()["x"]
    scroller.evaluate("box => box.scrollLeft = 60")
    assert scroller.locator("caption").bounding_box()["x"] == before


def test_on_a_phone_a_figure_in_the_dialog_is_larger_than_in_the_page(desk):
    page = desk.open(PHONE)
    figure = page.locator("figure:has(.plates[tabindex])").first
    width = figure.locator(".whole").bounding_box()["width"]
    figure.get_by_role("button").click()
    assert page.locator("dialog .whole").bounding_box()["width"] > 1.5 * width


@SIZES
def test_a_figure_is_enlarged_by_its_button_and_by_a_click_on_it(desk, size):
    page = desk.open(size)
    dialog = page.get_by_role("dialog", name="Figura 1, ampliada")
    page.get_by_role("button", name="ampliar la Figura 1", exact=True).click()
    shown = dialog.locator("svg").bounding_box()
    assert shown["width"] > 0.9 * page.locator("figure").first.bounding_box()["width"]
    assert shown["height"] > 100
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator("figure .plates").first.click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Cerrar").click()
    expect(dialog).to_be_hidden()


def test_in_the_dark_images_are_no_white_slabs(desk):
    page = desk.open(DESK, color_scheme="dark")
    for image in page.locator("figure img").all():
        assert image.evaluate("image => getComputedStyle(image).filter") == "invert(1)"
    drawing = page.locator("svg.whole").first
    ink, paper = (
        page.locator("html").evaluate(f"page => getComputedStyle(page).{name}")
        for name in ("color", "backgroundColor")
    )
    assert (ink, paper) == ("rgb(228, 230, 233)", "rgb(21, 23, 26)")
    assert drawing.evaluate("drawing => getComputedStyle(drawing).color") == ink
    assert drawing.evaluate("drawing => getComputedStyle(drawing).backgroundColor") == "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize(("wish", "behavior"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_the_page_glides_only_for_those_who_do_not_mind(desk, wish, behavior):
    page = desk.open(DESK, reduced_motion=wish)
    assert page.locator("html").evaluate("page => getComputedStyle(page).scrollBehavior") == behavior


def test_printed_it_has_its_notes(desk_of_notes):
    page = desk_of_notes.open(PHONE)
    page.emulate_media(media="print")
    expect(page.locator(".note").first).to_be_visible()


def test_printed_it_has_its_text_and_no_tools(desk):
    page = desk.open(DESK)
    page.emulate_media(media="print")
    for tool in ("nav", ".bar", ".tools", ".companions", ".hint"):
        assert page.locator(tool).first.is_hidden(), tool
    assert page.locator("table").first.is_visible()


def test_the_bar_of_a_phone_stays_above_what_scrolls_under_it(desk):
    page = desk.open(PHONE)
    covered = page.evaluate(
        """() => [...document.querySelectorAll("main caption")].filter((caption) => {
            window.scrollTo(0, window.scrollY + caption.getBoundingClientRect().top - 4);
            const bar = document.querySelector(".bar"), box = bar.getBoundingClientRect();
            return !bar.contains(document.elementFromPoint(box.left + 40, box.top + box.height / 2));
        }).map((caption) => caption.textContent)"""
    )
    assert covered == []

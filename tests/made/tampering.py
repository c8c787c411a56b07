"""Changes to a finished PDF of the kinds that a hand would make, one at a time."""

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from experiments.kinds.registry import KINDS
from experiments.records.storage import record_to_json

_TOKEN = re.compile(rb"/([A-Z]+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d.]|\s)+)\] TJ")
_CODES = re.compile(rb"<([0-9a-f]*)>")
_CODE_SIZE = 4  # hexadecimal digits
_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")

Change = Callable[[pikepdf.Pdf], None]
Labelled = tuple[str, Change]


def apply(data: bytes, change: Change) -> bytes:
    """The file with one change, saved as an ordinary tool would save it."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(output, fix_metadata_version=False)
    return output.getvalue()


def together(changes: Iterable[Change]) -> Change:
    """Several changes, of which none is in the way of another, as one."""

    def change(pdf: pikepdf.Pdf) -> None:
        for each in changes:
            each(pdf)

    return change


def one_a_page(changes: Iterable[Labelled]) -> list[dict[int, Labelled]]:
    """The changes of single pages in as few groups as hold no two of the same page: page, counted
    from 1, -> its change. What is found on a page of the group is then found of that change alone."""
    groups: list[dict[int, Labelled]] = []
    for label, change in changes:
        page = page_of(label)
        group = next((group for group in groups if page not in group), None)
        if group is None:
            group = {}
            groups.append(group)
        group[page] = (label, change)
    return groups


def page_of(label: str) -> int:
    found = re.match(r"página (\d+)", label)
    assert found is not None, label
    return int(found[1])


# --- text --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A stretch of painted text: where its operand stands in the page's content, its glyphs."""

    page: int  # from 0
    start: int
    end: int
    codes: list[bytes]
    text: str
    alphabet: dict[str, bytes]  # what its font can write


def lines(pdf: pikepdf.Pdf) -> Iterator[Line]:
    alphabets: dict[str, dict[bytes, str]] = {}
    for number, page in enumerate(pdf.pages):
        font = ""
        for match in _TOKEN.finditer(page.Contents.read_bytes()):
            if match[1]:
                font = match[1].decode()
                if font not in alphabets:
                    alphabets[font] = _alphabet(page.Resources.Font["/" + font])
                continue
            written = b"".join(_CODES.findall(match[2]))
            codes = [written[i : i + _CODE_SIZE] for i in range(0, len(written), _CODE_SIZE)]
            to_text = alphabets[font]
            if all(len(to_text.get(code, "")) == 1 for code in codes):
                text = "".join(to_text[code] for code in codes)
                alphabet = {character: code for code, character in to_text.items()}
                yield Line(number, match.start(2), match.end(2), codes, text, alphabet)


def _alphabet(font: pikepdf.Object) -> dict[bytes, str]:
    found = {}
    for code, text in _PAIR.findall(font.ToUnicode.read_bytes()):
        if len(code) == _CODE_SIZE:
            found[code.lower()] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return found


def rewrite(line: Line, position: int, length: int, new: str) -> Change | None:
    """Paint ``new`` in the place of some characters; None if the font cannot write it."""
    if any(character not in line.alphabet for character in new):
        return None
    codes = [*line.codes[:position], *(line.alphabet[c] for c in new), *line.codes[position + length :]]
    operand = b"".join(b"<" + code + b">" for code in codes)

    def change(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[line.page].Contents
        data = content.read_bytes()
        content.write(data[: line.start] + operand + data[line.end :])

    return change


def other_digits(pdf: pikepdf.Pdf, per_page: int) -> Iterator[Labelled]:
    """One digit of the text changed, in several places of every page."""
    by_page: dict[int, list[tuple[Line, int]]] = {}
    for line in lines(pdf):
        places = [(line, position) for position, character in enumerate(line.text) if character.isdecimal()]
        by_page.setdefault(line.page, []).extend(places)
    for page, places in by_page.items():
        for line, position in places[:: max(1, len(places) // per_page)][:per_page]:
            old = line.text[position]
            for new in sorted("0123456789".replace(old, ""), key=lambda digit: digit != "7"):
                change = rewrite(line, position, 1, new)
                if change is not None:
                    yield f"página {page + 1}: {old} → {new} en «{line.text[:30]}»", change
                    break


def other_words(pdf: pikepdf.Pdf, words: dict[str, str], most: int) -> Iterator[Labelled]:
    """A word painted as another, in places all over the document."""
    found = []
    for line in lines(pdf):
        for old, new in words.items():
            position = re.search(rf"\b{old}\b", line.text)
            change = rewrite(line, position.start(), len(old), new) if position else None
            if change is not None:
                found.append((f"página {line.page + 1}: {old} → {new}", change))
    yield from found[:: max(1, len(found) // most)][:most]


def lost_lines(pdf: pikepdf.Pdf, most: int) -> Iterator[Labelled]:
    """A line of text that is painted no more."""
    found = [line for line in lines(pdf) if len(line.text) > 40]
    for line in found[:: max(1, len(found) // most)][:most]:
        change = rewrite(line, 0, len(line.codes), "")
        assert change is not None
        yield f"página {line.page + 1}: sin «{line.text[:30]}»", change


# --- drawings ----------------------------------------------------------------------------


def other_images(pdf: pikepdf.Pdf) -> Iterator[Labelled]:
    """Each image in negative."""
    names = {
        name for name, item in pdf.pages[0].Resources.XObject.items() if item.get("/Subtype") == "/Image"
    }
    for name in sorted(names):

        def change(pdf: pikepdf.Pdf, name: str = name) -> None:
            image = pdf.pages[0].Resources.XObject[name]
            image.write(bytes(255 - byte for byte in image.read_bytes()))

        yield f"imagen {name}", change


def moved_lines(pdf: pikepdf.Pdf, most: int) -> Iterator[Labelled]:
    """One point of a curve or bar drawn elsewhere."""
    count = 0
    for number, page in enumerate(pdf.pages):
        data = page.Contents.read_bytes()
        for match in list(re.finditer(rb"\n([\d.]+) ([\d.]+) l\n", data))[::40]:
            if count == most:
                return
            count += 1
            moved = b"\n" + match[1] + b" " + str(float(match[2]) + 5).encode() + b" l\n"

            def change(
                pdf: pikepdf.Pdf,
                number: int = number,
                data: bytes = data,
                match: re.Match[bytes] = match,
                moved: bytes = moved,
            ) -> None:
                pdf.pages[number].Contents.write(data[: match.start()] + moved + data[match.end() :])

            yield f"página {number + 1}: un punto de un trazo", change


# --- structure and properties ------------------------------------------------------------


def other_alternatives(pdf: pikepdf.Pdf) -> Iterator[Labelled]:
    """Each alternative text with another word."""
    amount = sum(isinstance(item, pikepdf.Dictionary) and "/Alt" in item for item in pdf.objects)
    for index in range(amount):

        def change(pdf: pikepdf.Pdf, index: int = index) -> None:
            figures = [
                item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
            ]
            figures[index].Alt = str(figures[index].Alt).replace("a", "e", 1)

        yield f"texto alternativo {index + 1}", change


def other_properties(pdf: pikepdf.Pdf) -> Iterator[Labelled]:
    """What the reader program shows or does, and the order and number of the pages."""

    def setting(place: Callable[[pikepdf.Pdf], Any], name: str, value: Any) -> Change:
        def change(pdf: pikepdf.Pdf) -> None:
            place(pdf)[name] = value

        return change

    def info(pdf: pikepdf.Pdf) -> Any:
        return pdf.docinfo

    def root(pdf: pikepdf.Pdf) -> Any:
        return pdf.Root

    def rename_bookmark(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root[1].title = "Otra parte"

    def drop_bookmark(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            del outline.root[-1]

    def edit_metadata(pdf: pikepdf.Pdf) -> None:
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = ["Otra persona"]

    def swap_pages(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[3]
        del pdf.pages[3]
        pdf.pages.insert(5, page)

    def add_page(pdf: pikepdf.Pdf) -> None:
        pdf.add_blank_page()

    def add_note(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[100, 100, 200, 120],
            Contents="0.9999",
            DA="/Helv 12 Tf",
        )
        page = pdf.pages[2].obj
        page.Annots = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(note)])

    def retag(pdf: pikepdf.Pdf) -> None:
        first = next(
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/H2"
        )
        first.S = pikepdf.Name("/P")

    def other_letters(pdf: pikepdf.Pdf) -> None:
        font = next(iter(pdf.pages[0].Resources.Font.values()))
        font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<0030>", b"<0031>"))

    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    yield "título", setting(info, "/Title", "Otro título")
    yield "autor", setting(info, "/Author", "Otra persona")
    yield "fecha", setting(info, "/CreationDate", "D:20200101000000Z")
    yield "idioma", setting(root, "/Lang", "en")
    yield "metadatos XMP", edit_metadata
    yield "marcador", rename_bookmark
    yield "marcador de menos", drop_bookmark
    yield "acción al abrir", setting(root, "/OpenAction", script)
    yield "adorno nuevo", add_note
    yield "etiqueta", retag
    yield "texto de una letra", other_letters
    yield "páginas cambiadas", swap_pages
    yield "página en blanco", add_page
    yield "página de menos", lambda pdf: pdf.pages.__delitem__(4)
    yield "página girada", setting(lambda pdf: pdf.pages[1].obj, "/Rotate", 180)
    yield "página cortada", setting(lambda pdf: pdf.pages[1].obj, "/CropBox", [0, 400, 595, 842])
    yield (
        "texto que sustituye",
        setting(
            lambda pdf: next(
                item
                for item in pdf.objects
                if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/P"
            ),
            "/ActualText",
            "Otra frase",
        ),
    )


# --- attached files ----------------------------------------------------------------------


def attach(name: str, edit: Callable[[bytes], bytes]) -> Change:
    """The attached file ``name`` with another content."""

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.attachments[name].get_file().obj
        stream.write(edit(stream.read_bytes()))

    return change


def as_json(edit: Callable[[Any], object]) -> Callable[[bytes], bytes]:
    """The edit of a JSON file that ``edit`` does to what it holds."""

    def change(content: bytes) -> bytes:
        value = json.loads(content)
        edit(value)
        return json.dumps(value, ensure_ascii=False).encode()

    return change


def run_in(results: dict[str, Any], name: str) -> dict[str, Any]:
    """A run of ``resultados.json``."""
    (run,) = (run for run in results["runs"] if run["name"] == name)
    return run


# One value of one record: run and edit.
RECORD_EDITS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "una pérdida": ("lstm/seed-1", lambda c: c["epochs"][1].update(val_loss=0.47)),
    "una exactitud": ("lstm/seed-1", lambda c: c["epochs"][2].update(val_accuracy=0.9)),
    "la época elegida": ("lstm/seed-1", lambda c: c.update(selected_epoch=1)),
    "un acierto": ("lstm/seed-1", lambda c: c["confusion"].update(true_positive=173)),
    "la pérdida en la prueba": ("lstm/seed-2", lambda c: c.update(test_loss=0.3)),
    "lo que nadie imprime": ("lstm/seed-2", lambda c: c["sizes"].update(train_evaluated=251)),
    "la huella de los datos": ("lstm/seed-2", lambda c: c["data"].update(digest="e" * 64)),
    "el perfil de la máquina": ("gan/seed-1", lambda c: c["environment"].update(cores=64)),
    "la duración": ("gan/seed-1", lambda c: c.update(duration_s=1.0)),
    "los cambios sin confirmar": ("gan/seed-2", lambda c: c["environment"].update(dirty=True)),
    "un ajuste": ("gan/seed-2", lambda c: c["config"].update(critic_steps=3)),
    "lo que lee el juez": ("readability/seed-1", lambda c: c["steps"][1].update(readable=7)),
    "un control del juez": ("judge", lambda c: c["controls"][0].update(readable=7)),
    "la memoria": ("memory/seed-2", lambda c: c["decay"].update(high=1.5)),
    "la fecha": ("gan/seed-2", lambda c: c.update(finished_on="2026-01-22")),
}


def record_edit(name: str, sign: bool) -> Callable[[bytes], bytes]:
    """The edit of ``resultados.json`` that one of ``RECORD_EDITS`` is; with ``sign``, as if the record
    had always been so."""
    run_name, edit = RECORD_EDITS[name]

    def change(results: dict[str, Any]) -> None:
        run = run_in(results, run_name)
        content = json.loads(run["record"])
        edit(content)
        if sign:
            content.pop("digest")
            run["record"] = record_to_json(KINDS[content["kind"]].record.model_validate(content))
        else:
            run["record"] = json.dumps(content)

    return as_json(change)

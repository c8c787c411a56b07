"""Changes to a finished PDF of the kinds that a hand would make, one at a time."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

_TOKEN = re.compile(rb"/([A-Z]+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d.]|\s)+)\] TJ")
_CODES = re.compile(rb"<([0-9a-f]*)>")
_CODE_SIZE = 4  # hexadecimal digits
_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")

Change = Callable[[pikepdf.Pdf], None]


def apply(data: bytes, change: Change) -> bytes:
    """The file with one change, saved as an ordinary tool would save it."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(output, fix_metadata_version=False)
    return output.getvalue()


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


def other_digits(pdf: pikepdf.Pdf, per_page: int) -> Iterator[tuple[str, Change]]:
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


def other_words(pdf: pikepdf.Pdf, words: dict[str, str], most: int) -> Iterator[tuple[str, Change]]:
    """A word painted as another."""
    count = 0
    for line in lines(pdf):
        for old, new in words.items():
            position = re.search(rf"\b{old}\b", line.text)
            change = rewrite(line, position.start(), len(old), new) if position else None
            if change is not None and count < most:
                count += 1
                yield f"página {line.page + 1}: {old} → {new}", change


def lost_lines(pdf: pikepdf.Pdf, most: int) -> Iterator[tuple[str, Change]]:
    """A line of text that is painted no more."""
    found = [line for line in lines(pdf) if len(line.text) > 40]
    for line in found[:: max(1, len(found) // most)][:most]:
        change = rewrite(line, 0, len(line.codes), "")
        assert change is not None
        yield f"página {line.page + 1}: sin «{line.text[:30]}»", change


# --- drawings ----------------------------------------------------------------------------


def other_images(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Change]]:
    """Each image in negative."""
    names = {
        name for name, item in pdf.pages[0].Resources.XObject.items() if item.get("/Subtype") == "/Image"
    }
    for name in sorted(names):

        def change(pdf: pikepdf.Pdf, name: str = name) -> None:
            image = pdf.pages[0].Resources.XObject[name]
            image.write(bytes(255 - byte for byte in image.read_bytes()))

        yield f"imagen {name} en negativo", change


def moved_lines(pdf: pikepdf.Pdf, most: int) -> Iterator[tuple[str, Change]]:
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


def other_alternatives(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Change]]:
    """Each alternative text with another word."""
    amount = sum(isinstance(item, pikepdf.Dictionary) and "/Alt" in item for item in pdf.objects)
    for index in range(amount):

        def change(pdf: pikepdf.Pdf, index: int = index) -> None:
            figures = [
                item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
            ]
            figures[index].Alt = str(figures[index].Alt).replace("a", "e", 1)

        yield f"texto alternativo {index + 1}", change


def other_properties(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Change]]:
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

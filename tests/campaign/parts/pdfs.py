"""PDFs from anybody for ``verify``, ``check`` and ``audit``: written by hand to ask for too much, and ours
with what they carry or show changed. Nothing that was changed is proven."""

import io
import json
import zlib
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

import hostile
import mutations
import pikepdf
from children import Case, FaultError
from commands import CLEAN, FAILED, FOUND, expect_told, report, run
from pikepdf import Array, Dictionary, Name
from results_made import copied, sealed

TRIES = "PDF hostiles para verify y check"
CASES = 200
SECONDS, MEMORY = 90.0, 2 * 2**30  # each command may take a minute of another process, and a GiB
PACKED = (
    *(b"/Filter/FlateDecode", b"/F#69lter/FlateDecode", b"/Filter/Flate#44ecode", b"/Filter[/FlateDecode]"),
    *(b"/Filter[/FlateDecode/FlateDecode]", b"/Filter/LZWDecode", b"/Filter/RunLengthDecode", b"/Filter/X"),
    *(b"/Filter/FlateDecode%obj\n", b"/Filter/FlateDecode/X(obj)"),
    *(b"/Filter/DCTDecode", b"/Filter/Crypt", b""),
)
PAINTED = (
    *(b"(1 2 3) Tj ", b"<31> Tj ", b"[(0.86) -200] TJ ", b"q ", b"BT ", b"/F 1 Tf ", b"1 0 0 1 0 0 cm "),
    *(b"0 0 m ", b"/a Do ", b"BI ID EI "),
)
REDUCED = "no comprobable con esta versión"  # what it then says of the pages, whose text it has compared
KEYWORDS = (b"stream\n", b"stream\r\n", b"stream\r", b"stream \n", b"stream")


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    _make(folder)
    for number in range(max(1, round(CASES * share))):
        random = Random(f"{seed} pdfs {number}")
        make = random.choice(MADE)
        yield Case(f"{number} {make.__name__}", partial(_do, random, make), SECONDS, MEMORY)


def _do(random: Random, make: Callable[[Random], bytes], folder: Path) -> None:
    path = folder / "informe.pdf"
    path.write_bytes(make(random))
    verified = expect_told(report("verify", path), CLEAN, FOUND, FAILED)
    # It says that another version made it.
    is_reduced = make in (attached, damaged) and REDUCED in verified.out
    if verified.code == CLEAN and make not in HARMLESS and not is_reduced:
        raise FaultError("lo da por demostrado, y no es el que se creó")
    checked = expect_told(report("check", path), CLEAN, FOUND, FAILED)
    if checked.code == CLEAN and make in FOREIGN:
        raise FaultError("check no encuentra defectos en un PDF ajeno")
    if random.random() < 0.2:
        expect_told(report("audit", path), CLEAN, FOUND, FAILED)
    if random.random() < 0.1:
        said = report("verify", "--format", "json", path)
        json.loads(said.out)
        if said.code != verified.code:
            raise FaultError(f"código {said.code} con --format json, {verified.code} sin él")


def ours() -> bytes:
    return _made[0]


_made: list[bytes] = []  # a short document of the reference, made once before any fork


def _make(folder: Path) -> None:
    results = copied(folder / "resultados", ("lstm/seed-1",))
    settings = folder / "informe.toml"
    settings.write_text('extent = "breve"\nauthor = "Ana Peña"\n')
    made = run("report", "build", "--results", results, "--settings", settings, "--build", folder / "build")
    if made.code:
        raise FaultError(made.err)
    _made.append((folder / "build/informe.pdf").read_bytes())


# --- by hand -----------------------------------------------------------------------------


def bomb(random: Random) -> bytes:
    size = random.choice((2**20, 2**24, 2**26, 2**29))
    data = _blanks(size)
    if random.random() < 0.3:
        data = zlib.compress(data, 9)
    stream = hostile.stream(data, random.choice(PACKED), random.choice(KEYWORDS))
    names = b"/Names<</EmbeddedFiles<</Names[(programa.json)5 0 R]>>>>"
    spec = b"<</Type/Filespec/F(programa.json)/UF(programa.json)/EF<</F 4 0 R>>>>"
    return hostile.written(stream, spec, catalog=random.choice((b"", names)))


@cache
def _blanks(size: int) -> bytes:
    packer, block = zlib.compressobj(9), b" " * 2**20
    return b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()


def tree(random: Random) -> bytes:
    """Pages, names or structure without end, in one another, or in a circle."""
    plain = hostile.written(hostile.stream(b"", b""))
    n = random.choice((1, 100, 5_000, 300_000))
    catalog = random.choice(
        (
            b"/Names<</EmbeddedFiles 1 0 R>>",
            b"/Names<</EmbeddedFiles<</Kids[" + b"1 0 R " * n + b"]>>>>",
            b"/X" + b"[" * n + b"]" * n,
            b"/X" + b"<</A" * n + b" 1" + b">>" * n,
            b"/Outlines<</First 1 0 R/Last 1 0 R>>",
            b"/StructTreeRoot<</K[1 0 R]>>",
            b"/Metadata 1 0 R",
            b"/AcroForm<</Fields[" + b"3 0 R " * n + b"]>>",
            b"/OpenAction<</S/Launch/F(/etc/passwd)>>",
            b"/Names<</EmbeddedFiles<</Names[(programa.json)<</EF<</F(/etc/passwd)>>>>]>>>>",
        )
    )
    if random.random() < 0.5:
        return hostile.written(hostile.stream(b"", b""), catalog=catalog)
    kids = (b"[2 0 R]", b"[" + b"3 0 R " * n + b"]", b"[]", b"3", b"[null]", b"[4 0 R]")
    return plain.replace(b"[3 0 R]", random.choice(kids))


def drawings(random: Random) -> bytes:
    depth, times = random.choice((5, 30, 90, 400)), random.choice((1, 2, 3))
    return hostile.changed(hostile.drawing_each_other(depth, times))


def text(random: Random) -> bytes:
    """A page with a great deal to read."""
    content = b"BT /F 12 Tf " + random.choice(PAINTED) * random.choice((100, 20_000, 300_000)) + b"ET"

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Resources = hostile.with_font()
        pdf.pages[0].Contents = pdf.make_stream(content)

    return hostile.changed(change)


def nothing(random: Random) -> bytes:
    head = random.choice(
        (b"", b"%PDF-", b"%PDF-1.7\n", b"%PDF-9.9\n%%EOF", b"\n%PDF-1.7\n", b"PK", b"<html>")
    )
    return (
        head + random.randbytes(random.choice((0, 1, 100, 10**5))) + random.choice((b"", bytes(33 * 2**20)))
    )


def encrypted(random: Random) -> bytes:
    key = pikepdf.Encryption(owner="a", user=random.choice(("", "b")))
    return _saved(lambda pdf: None, encryption=key)


# --- ours, changed -------------------------------------------------------------------------


def _saved(change: Callable[[pikepdf.Pdf], Any], **options: Any) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(ours())) as pdf:
        change(pdf)
        pdf.save(output, fix_metadata_version=False, **options)
    return output.getvalue()


def saved_again(random: Random) -> bytes:
    """The same, as another tool would write it."""
    return _saved(lambda pdf: None, linearize=random.random() < 0.5)


def damaged(random: Random) -> bytes:
    data = mutations.damaged(random, ours())
    return data if data != ours() else data[:-1]


def cut(random: Random) -> bytes:
    return ours()[: random.randrange(len(ours()))]


def attached(random: Random) -> bytes:
    """One of the attached files is other JSON, or none."""
    others = ("cifras.json", "hallazgos.json", "programa.json")
    name = random.choice(("resultados.json", "resultados.json", *others))

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.attachments[name].obj.EF.F
        content = json.loads(bytes(stream.read_bytes()))
        before = json.dumps(content)
        if random.random() < 0.25:
            data = mutations.written(random, content)[0]
            data = data if data.strip() != before.encode() else b"{}"
        else:
            while json.dumps(content) == before:
                mutations.change(random, content)
            data = json.dumps(content).encode("utf-8", "surrogatepass")
        stream.write(data)

    return _saved(change)


def record(random: Random) -> bytes:
    """A record in it says something else, with its digest renewed."""

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.attachments["resultados.json"].obj.EF.F
        content = json.loads(bytes(stream.read_bytes()))
        run = content["runs"][0]
        inner = json.loads(run["record"])
        del inner["digest"]
        before, text = json.dumps(inner), None
        while text is None or json.dumps(inner) == before:
            mutations.change(random, inner)
            text = sealed(inner)
        run["record"] = text
        stream.write(json.dumps(content).encode("utf-8", "surrogatepass"))

    return _saved(change)


def page(random: Random) -> bytes:
    """Something on a page, or of its place among the others."""

    def change(pdf: pikepdf.Pdf) -> None:
        number = random.randrange(len(pdf.pages))
        one = pdf.pages[number]
        match random.randrange(6):
            case 0:
                data = one.Contents.read_bytes()
                one.Contents = pdf.make_stream(data + b"\nBT /F 9 Tf (0.99) Tj ET")
            case 1:
                del pdf.pages[number]
            case 2:
                pdf.pages.append(one)
            case 3:
                one.MediaBox = Array(random.choice(([0, 0, 1, 1], [0, 0, 10**9, 10**9], [5, 5, 0, 0])))
            case 4:
                lines = one.Contents.read_bytes().split(b"\n")
                one.Contents = pdf.make_stream(b"\n".join(lines[: len(lines) // 2]))
            case _:
                one.obj.Annots = Array([Dictionary(Subtype=Name.Text, Contents="0.99", Rect=[0, 0, 9, 9])])

    return _saved(change)


def described(random: Random) -> bytes:
    """What it says of itself."""

    def change(pdf: pikepdf.Pdf) -> None:
        match random.randrange(6):
            case 0:
                pdf.docinfo["/Title"] = random.choice(("Otro", "", "\x0b", "x" * 10**5))
            case 1:
                pdf.Root.Lang = "en"
            case 2:
                pdf.attachments["otro.txt"] = pikepdf.AttachedFileSpec(pdf, b"x", filename="otro.txt")
            case 3:
                del pdf.attachments[random.choice(("cifras.json", "programa.json", "resultados.json"))]
            case 4:
                pdf.Root.StructTreeRoot.K = Array([])
            case _:
                pdf.Root.OpenAction = Dictionary(S=Name.URI, URI="http://localhost/")

    return _saved(change)


HARMLESS = {saved_again}
FOREIGN = {bomb, tree, drawings, text, nothing, encrypted}
MADE = (
    *(bomb, bomb, tree, tree, drawings, text, nothing, encrypted, saved_again),
    *(damaged, damaged, damaged, cut, attached, attached, attached, record, record, page, page, described),
)

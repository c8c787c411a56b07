"""A document as claims and tables: what the rules work on."""

from dataclasses import dataclass, field
from typing import Any

from report.audit import extract, numerals, sentences, tables
from report.audit.blocks import Block, Place, Table, Text
from report.audit.claims import Claim, CountClaim, FigureClaim
from report.audit.extract import figures
from report.audit.sentences import Sentence
from report.audit.tables import Matrix, Series

MAX_CLAIMS = 50_000  # more than any report has; it bounds the time of the rules


@dataclass
class Document:
    claims: list[Claim] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    matrices: list[Matrix] = field(default_factory=list)
    typos: list[tuple[Place, str, str]] = field(default_factory=list)  # place, token, quote
    numbers: int = 0


def understand(blocks: list[Block]) -> Document:
    """Type every statement of ``blocks``."""
    document = Document()
    state: dict[str, Any] = {"part": "", "section": {}, "lead": {}, "seed": None}
    for block in blocks:
        if isinstance(block, Text):
            _text(block, document, state)
        else:
            _table(block, document, state)
        if len(document.claims) > MAX_CLAIMS:
            break
    _matrix_in_prose(document)
    return document


def _sentence(text: str, place: Place, kind: str, document: Document, state: dict[str, Any]) -> Sentence:
    silent = kind not in ("heading", "caption") and not text.endswith(":") and sentences.says_nothing(text)
    tokens, typos = ([], []) if silent else sentences.tokenize(text)
    parts = {t.value for t in tokens if t.kind == "part"} | {"gan" for t in tokens if t.value in ("D", "G")}
    if kind == "heading" and len(parts) == 1:
        state["part"] = parts.pop()
        part = state["part"]
    else:
        part = parts.pop() if len(parts) == 1 else state["part"]
    sentence = Sentence(text, place, kind, part, tokens, typos, state["section"] | state["lead"])
    document.numbers += sum(t.kind == "number" for t in tokens)
    for typo in typos:
        document.numbers += 1
        document.typos.append((place, typo.text, sentence.quote(typo.start, typo.start + len(typo.text))))
    return sentence


def _text(block: Text, document: Document, state: dict[str, Any]) -> None:
    pieces = sentences.split(block)
    found = [_sentence(text, block.place(offset), block.kind, document, state) for text, offset in pieces]
    for (text, offset), before, after in zip(pieces, found, found[1:], strict=False):
        end = offset + len(text)
        if before.has("hedge") and block.text[end : end + 1] == ";":  # the supposition goes on
            after.tokens.append(next(t for t in before.tokens if t.kind == "hedge"))
    if block.kind == "heading":
        state["lead"], state["seed"] = {}, None
        tokens = [t for s in found for t in s.tokens]
        state["section"] = _context(tokens)
        return
    caption = figures.caption(block, found)
    if caption is not None:
        document.claims.append(caption)
        seeds = [t.value for s in found for t in s.tokens if t.kind == "at_seed"]
        if caption.of == "table":
            state["seed"] = seeds[0] if len(seeds) == 1 else None
            state["caption"] = _context([t for s in found for t in s.tokens])
        found = found[1:]  # «Figura 3» itself
    for sentence in found:
        document.claims += extract.claims(sentence)
    if block.kind != "item":
        state["lead"] = {}
        if found and block.text.rstrip().endswith(":"):
            state["lead"] = _context(found[-1].tokens)


def _context(tokens: list[Any]) -> dict[str, Any]:
    """What a heading, caption or lead-in line says of the statements below it."""
    splits = {t.value for t in tokens if t.kind == "split"} - {"running"}
    return {"split": splits.pop()} if len(splits) == 1 else {}


def _table(block: Table, document: Document, state: dict[str, Any]) -> None:
    series = tables.series(block, state["part"], state["seed"])
    caption = state.pop("caption", {})
    if series is not None:
        document.series.append(series)
        for values in (series.written or {}).values():
            document.numbers += sum(value is not None for value in values)
        for row, place in zip(block.rows, block.places, strict=True):
            for cell in row:
                for typo in numerals.find(cell)[1]:
                    document.numbers += 1
                    document.typos.append((place, typo.text, " | ".join(row)[:80]))
        return
    matrix = tables.matrix(block, state["seed"])
    if matrix is not None:
        document.matrices.append(matrix)
        document.numbers += 4
        return
    held = state["lead"]
    state["lead"] = held | caption
    for text, place, context in tables.as_sentences(block):
        sentence = _sentence(text, place, "cell", document, state)
        sentence.context |= context
        document.claims += extract.claims(sentence)
    state["lead"], state["seed"] = {}, None


def _matrix_in_prose(document: Document) -> None:
    """Four counts named one by one are a confusion matrix too."""
    if document.matrices:
        return
    cells: dict[str, CountClaim] = {}
    for claim in document.claims:
        if isinstance(claim, CountClaim) and claim.name in ("tn", "fp", "fn", "tp"):
            cells.setdefault(claim.name, claim)
    values = [
        c.value.whole
        for n in ("tn", "fp", "fn", "tp")
        if (c := cells.get(n)) and not isinstance(c.value, int)
    ]
    if len(values) == 4 and all(value is not None for value in values):
        tn, fp, fn, tp = (int(value or 0) for value in values)
        place = cells["tn"].place
        document.matrices.append(Matrix(tn, fp, fn, tp, f"recuentos citados ({place})", place))


def captions(document: Document, of: str) -> dict[int, FigureClaim]:
    found: dict[int, FigureClaim] = {}
    for claim in document.claims:
        if isinstance(claim, FigureClaim) and claim.is_caption and claim.of == of:
            found.setdefault(claim.numbers[0], claim)
    return found

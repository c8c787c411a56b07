"""What a document states, as claims and tables: what the rules work on."""

import re
from dataclasses import dataclass, field
from typing import Any

from report.audit import extract, numerals, sentences, tables
from report.audit.blocks import Block, Notice, Place, Table, Text
from report.audit.claims import Claim, CountClaim, FigureClaim
from report.audit.extract import figures
from report.audit.sentences import Sentence, Token
from report.audit.tables import Matrix, Series

# More than any report has; they bound the time of the rules, and of reading.
MAX_CLAIMS, MAX_NUMBERS = 50_000, 100_000
SILENT = ("heading", "caption")  # kinds of text that are read even without a claiming word


@dataclass
class Statements:
    claims: list[Claim] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    matrices: list[Matrix] = field(default_factory=list)
    typos: list[tuple[Place, str, str]] = field(default_factory=list)  # place, token, quote
    sections: list[tuple[str, int]] = field(default_factory=list)  # heading, claims before it
    unread: list[Place] = field(default_factory=list)  # of numbers that no claim took
    notices: list[str] = field(default_factory=list)
    numbers: int = 0
    too_long: int = 0  # texts with a sentence that had to be cut

    @property
    def limit(self) -> str:
        """That no more is read, and why; nothing as long as there is room."""
        if len(self.claims) > MAX_CLAIMS:
            return f"hay más de {MAX_CLAIMS} afirmaciones: lo que sigue a la última de ellas no se comprueba."
        if self.numbers > MAX_NUMBERS:
            return f"hay más de {MAX_NUMBERS} números: lo que sigue al último de ellos no se comprueba."
        return ""


_APPENDIX = re.compile(r"(?:ap[eé]ndice|anexo|appendix|annex)\b", re.IGNORECASE)  # of all parts


@dataclass
class _State:
    """What earlier blocks say of later ones."""

    part: str = ""  # «lstm», «gan» or neither
    section: dict[str, Any] = field(default_factory=dict)  # from the heading
    lead: dict[str, Any] = field(default_factory=dict)  # from a line that ends in a colon
    caption: dict[str, Any] = field(default_factory=dict)  # from a table's caption
    table_part: str = ""  # likewise
    seed: int | None = None


def understand(blocks: list[Block]) -> Statements:
    """Type every statement of ``blocks``."""
    statements, state = Statements(), _State()
    for block in blocks:
        if isinstance(block, Notice):
            statements.notices.append(block.text)
        elif isinstance(block, Text):
            _text(block, statements, state)
        else:
            _table(block, statements, state)
        if statements.limit:
            statements.notices.append(statements.limit)
            break
    _matrix_in_prose(statements)
    if statements.too_long:
        texts = "1 párrafo" if statements.too_long == 1 else f"{statements.too_long} párrafos"
        statements.notices.append(
            f"en {texts} hay frases de más de {sentences.MAX_SENTENCE} caracteres, que se leen partidas."
        )
    return statements


def _sentence(text: str, place: Place, kind: str, statements: Statements, state: _State) -> Sentence:
    silent = kind not in SILENT and not text.endswith(":") and sentences.says_nothing(text)
    tokens, typos = ([], []) if silent else sentences.tokenize(text)
    parts = {t.value for t in tokens if t.kind == "part"} | {"gan" for t in tokens if t.value in ("D", "G")}
    part = str(parts.pop()) if len(parts) == 1 else state.part
    if kind == "heading":
        part = state.part = "" if _APPENDIX.match(text) and not parts else part
    if state.section.get("others") or state.lead.get("others"):  # what is above compares with another model
        tokens.append(Token("others", None, len(text), len(text)))
    statements.numbers += sum(t.kind == "number" for t in tokens)
    sentence = Sentence(text, place, kind, part, tokens, state.section | state.lead)
    for typo in typos:
        _misspelt(statements, place, typo.text, sentence.quote(typo.start, typo.start + len(typo.text)))
    return sentence


def _misspelt(statements: Statements, place: Place, token: str, quote: str) -> None:
    statements.numbers += 1
    statements.typos.append((place, token, quote))


def _take(sentence: Sentence, statements: Statements) -> None:
    statements.claims += extract.claims(sentence)
    statements.unread += [sentence.place for _ in sentence.numbers()]


def _text(block: Text, statements: Statements, state: _State) -> None:
    pieces = sentences.split(block)
    statements.too_long += any(len(text) == sentences.MAX_SENTENCE for text, _ in pieces)
    found = []
    for text, offset in pieces:
        found.append(_sentence(text, block.place(offset), block.kind, statements, state))
        if statements.limit:
            break
    for (text, offset), before, after in zip(pieces, found, found[1:], strict=False):
        end, hedge = offset + len(text), before.first("hedge")
        if hedge and block.text[end : end + 1] == ";":  # the supposition goes on
            after.tokens.append(hedge)
    tokens = [t for sentence in found for t in sentence.tokens]
    if block.kind == "heading":
        state.lead, state.seed = {}, None
        state.section = _context(tokens) | _whose(tokens)
        statements.sections.append((block.text, len(statements.claims)))
        return
    caption = figures.caption(block, found)
    if caption is not None:
        statements.claims.append(caption)
        if caption.of == "table":
            seeds = [t.value for t in tokens if t.kind == "at_seed"]
            state.seed = seeds[0] if len(seeds) == 1 else None
            state.caption = _context(tokens)
            parts = {str(t.value) for t in tokens if t.kind == "part"}
            state.table_part = parts.pop() if len(parts) == 1 else ""
        found = found[1:]  # «Figura 3» itself
    for sentence in found:
        _take(sentence, statements)
        if len(statements.claims) > MAX_CLAIMS:
            break
    if block.kind != "item":
        ends_in_colon = bool(found) and block.text.rstrip().endswith(":")
        state.lead = _context(tokens := found[-1].tokens) | _whose(tokens) if ends_in_colon else {}


def _whose(tokens: list[Token]) -> dict[str, Any]:
    """Whether what stands below is said of something else than this training."""
    return {"others": True} if any(t.kind == "others" for t in tokens) else {}


def _context(tokens: list[Token]) -> dict[str, Any]:
    """What a heading, caption or lead-in line says of the statements below it."""
    splits = {t.value for t in tokens if t.kind == "split"} - {"running"}
    return {"split": splits.pop()} if len(splits) == 1 else {}


def _table(block: Table, statements: Statements, state: _State) -> None:
    caption, state.caption = state.caption, {}
    outside, state.part, state.table_part = state.part, state.table_part or state.part, ""
    _rows(block, caption, statements, state)
    state.part = outside


def _rows(block: Table, caption: dict[str, Any], statements: Statements, state: _State) -> None:
    block = tables.stacked(block)
    series = tables.series(block, state.part, state.seed)
    if series is not None:
        statements.series.append(series)
        for values in (series.written or {}).values():
            statements.numbers += sum(value is not None for value in values)
        for row, place in zip(block.rows, block.places, strict=True):
            for typo in (typo for cell in row for typo in numerals.find(cell)[1]):
                _misspelt(statements, place, typo.text, " | ".join(row)[:80])
        return
    matrix = tables.matrix(block, state.seed)
    if matrix is not None:
        statements.matrices.append(matrix)
        statements.numbers += 4
        return
    notice = tables.limit(block)
    if notice:
        statements.notices.append(f"{block.places[0]}: {notice}")
    state.lead |= caption
    for text, place, other in tables.as_sentences(block):
        sentence = _sentence(text, place, "cell", statements, state)
        if other:
            statements.unread += [place for _ in sentence.numbers()]
        else:
            _take(sentence, statements)
    state.lead, state.seed = {}, None


def _matrix_in_prose(statements: Statements) -> None:
    """Four counts named one by one are a confusion matrix too."""
    if statements.matrices:
        return
    cells: dict[str, CountClaim] = {}
    for claim in statements.claims:
        if isinstance(claim, CountClaim) and claim.name in ("tn", "fp", "fn", "tp"):
            cells.setdefault(claim.name, claim)
    if len(cells) < 4:
        return
    values = [_whole(cells[name]) for name in ("tn", "fp", "fn", "tp")]
    tn, fp, fn, tp = values
    if tn is None or fp is None or fn is None or tp is None:
        return
    place = cells["tn"].place
    statements.matrices.append(Matrix(tn, fp, fn, tp, f"recuentos citados ({place})", place))


def _whole(claim: CountClaim) -> int | None:
    return claim.value if isinstance(claim.value, int) else claim.value.whole


def captions(statements: Statements, of: str) -> dict[int, FigureClaim]:
    """The first caption of each number."""
    found: dict[int, FigureClaim] = {}
    for claim in statements.claims:
        if isinstance(claim, FigureClaim) and claim.is_caption and claim.of == of:
            found.setdefault(claim.numbers[0], claim)
    return found

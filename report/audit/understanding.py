"""From the blocks of a document to what it states, with what the headings and captions above say of each."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from report.audit import extract, grids, matrices, numerals, printed, sentences, tables
from report.audit.blocks import Block, Notice, Place, Printed, Ran, Table, Text
from report.audit.claims import MetricClaim
from report.audit.extract import figures
from report.audit.lexicon import normalize
from report.audit.matrices import Matrix
from report.audit.scope import (
    MIXED,
    NOWHERE,
    Names,
    Scope,
    called,
    goes_on,
    is_generic,
    plain,
    without_remarks,
)
from report.audit.sentences import Sentence, Token
from report.audit.settling import settle
from report.audit.statements import Statements
from report.audit.tables import Series

# They bound the time of reading.
MAX_TEXT = 1_000_000  # characters that are read
CELL, BLOCK = 20, 50  # for how many more a cell, or a printed line, and a text count
MAX_COMPARING = 2_000  # sentences
MAX_ENTITIES = 200  # rows or columns of a table that compares models
MAX_CLASSES = 60  # whose names are looked for
TITLE = 90  # characters of a line that may be one
SILENT = ("heading", "caption")  # kinds of text that are read even without a claiming word
_NAMING = ("number", "metric", "shape", "stopping", "param")  # else a sentence claims nothing of a model
_OF_CLASS = ("precision", "recall", "f1")
_DOING = ("validating", "validar", "validando", "testing")  # «Validating our approach»
_AVERAGED = re.compile(r"\b(?:macro|micro|weighted|ponderad|promedi|multiclase|multiclass)", re.I)
_OURS = re.compile(r"\b(?:our|nuestr[oa]s?)(?:\s\S+){1,3}", re.I)  # «our fairly naive approach»
_DIGITS = re.compile(r"(?<![\w.])\d{1,3}(?![\w.])")
_NUMBERING = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})*)[.)]?\s")
_APPENDIX = re.compile(r"(?:ap[eé]ndice|anexo|appendix|annex)\b", re.IGNORECASE)  # of all parts

Item = Text | Table | Notice | Ran | Series | Matrix  # what is left of blocks when what was printed is read


@dataclass
class _State:
    """What earlier blocks say of later ones."""

    part: str = ""  # «lstm», «gan» or neither
    section: dict[str, Any] = field(default_factory=dict)  # from the heading
    lead: dict[str, Any] = field(default_factory=dict)  # from a line that ends in a colon
    caption: dict[str, Any] = field(default_factory=dict)  # from a table's caption
    table_part: str = ""  # likewise
    seed: int | None = None
    names: Names = field(default_factory=Names)
    title: Text | None = None  # the only heading of the highest level
    classes: dict[str, str] = field(default_factory=dict)  # how a class is spoken of, and its label
    # Level, points of its number, and what is named there or above.
    headings: list[tuple[int, int, Scope]] = field(default_factory=list)
    caption_scope: Scope = NOWHERE
    titled: bool = False  # that line is a title, so that it holds for paragraphs, too
    paragraph: Scope = NOWHERE  # what the sentences before, or a line that ends in a colon, name

    @property
    def scope(self) -> Scope:
        return self.headings[-1][-1] if self.headings else NOWHERE

    def row(self, cell: tables.Cell) -> Scope:
        """What the row or column of a cell names."""
        if not cell.label:
            return replace(
                self.names.read(cell.text.rpartition(":")[0]), model=""
            )  # a phase or a seed may be
        if is_generic(cell.label) and len(cell.label) > 2:
            return NOWHERE  # «Media», «Diferencia»: of no model; «A» is one
        named = self.names.read(without_remarks(cell.label))
        if not any(named.key) or named == Scope(model=MIXED):
            named = Scope(model=called(cell.label))
        return replace(named, run=named.run or str(cell.repeated)) if cell.repeated else named

    def enter(self, block: Text, number: int) -> None:
        """Below a heading: what those above it name holds on."""
        named = self.names.heading(block.text)
        topic = not any(named.key) and not is_generic(block.text)
        level, depth = block.level, _depth(block.text)
        while self.headings and self.headings[-1][:2] >= (level, depth):
            self.headings.pop()
        scope = replace(named.under(self.scope), section=number, topic=topic)
        path = (*self.scope.path, number) if block is not self.title else ()
        self.headings.append((level, depth, replace(scope, path=path)))
        self.paragraph, self.titled = NOWHERE, False


def understand(blocks: list[Block]) -> Statements:
    """Type every statement of ``blocks``."""
    kept = _first(blocks)
    items = _named([item for block in kept for item in _read(block)])
    statements, state = Statements(), _State(names=_names(items), title=_title(items))
    state.classes = _classes(items)
    outputs = [block for block in kept if isinstance(block, Printed)]
    statements.networks = [network for block in outputs for network in printed.networks(block)]
    for block in items:
        if isinstance(block, Ran):
            statements.ran[block.place.number] = block.model
        elif isinstance(block, Notice):
            statements.notices.append(block.text)
        elif isinstance(block, Text):
            _text(block, statements, state)
        elif isinstance(block, Series):
            statements.series.append(replace(block, part=block.part or state.part, scope=state.scope))
        elif isinstance(block, Matrix):
            statements.matrices.append(replace(block, scope=state.scope))
        else:
            _table(block, statements, state)
        if statements.limit:
            statements.notices.append(statements.limit)
            break
    if sum(map(_size, blocks)) > MAX_TEXT:
        statements.notices.append(f"es más largo que {MAX_TEXT} caracteres: lo que sigue no se comprueba.")
    settle(statements, state.names.subjects)
    if statements.too_long:
        texts = "1 párrafo" if statements.too_long == 1 else f"{statements.too_long} párrafos"
        statements.notices.append(
            f"en {texts} hay frases de más de {sentences.MAX_SENTENCE} caracteres, que se leen partidas."
        )
    return statements


def _depth(heading: str) -> int:
    """How many points stand in its number: «6.1» is below «6», also where no size tells."""
    found = _NUMBERING.match(heading)
    return found[1].count(".") if found else 0


def _title(items: list[Item]) -> Text | None:
    """The heading under which all stands, if the first one is that."""
    headings = [item for item in items if isinstance(item, Text) and item.kind == "heading"]
    others = [heading.level for heading in headings[1:]]
    return headings[0] if others and headings[0].level < min(others) else None


def _first(blocks: list[Block]) -> list[Block]:
    """As many blocks as are read, the last one in part."""
    left = MAX_TEXT
    kept: list[Block] = []
    for block in blocks:
        if left < 0:
            break
        kept.append(replace(block, text=block.text[:left]) if isinstance(block, Text) else block)
        left -= _size(block)
    return kept


def _size(block: Block) -> int:
    if isinstance(block, Table):
        return sum(CELL + len(cell) for row in block.rows for cell in row)
    if isinstance(block, Ran):
        return 0
    if isinstance(block, Printed):
        return sum(CELL + len(line) for line in block.lines)
    return BLOCK + len(block.text)


def _read(block: Block) -> list[Item]:
    if isinstance(block, Table):
        return [tables.joined(tables.without_index(tables.stacked(block)))]
    if not isinstance(block, Printed):
        return [block]
    series, matrices, rest = printed.read(block)
    return [*series, *matrices, *(each for one in rest for each in _read(one))]


def _names(items: list[Item]) -> Names:
    """What headings and the beginnings of items are about, and what the rows or columns of the tables are
    called, where each is of a model of its own."""
    labels: dict[str, None] = {}
    texts = [block for block in items if isinstance(block, Text)]
    headings = [block.text[:200] for block in texts if block.kind == "heading"]
    openings = [block.text[:60].partition(":")[0] for block in texts if block.kind == "item"]
    for block in items:
        if (
            isinstance(block, Table)
            and 2 < len(block.rows) < MAX_ENTITIES
            and len(block.rows[0]) < MAX_ENTITIES
        ):
            by_row, columns = tables.entities(block)
            labels |= dict.fromkeys(row[0] for row in block.rows[1:] if by_row and row)
            labels |= dict.fromkeys(block.rows[0][column] for column in columns)
    named = [label for label in labels if not label.strip().isdigit()]
    return Names(named, headings, [opening for opening in openings if len(opening) < 60])


def _sentence(text: str, place: Place, kind: str, statements: Statements, state: _State) -> Sentence:
    silent = kind not in SILENT and not text.endswith(":") and sentences.says_nothing(text)
    mentions = [] if silent else state.names.mentions(text)
    tokens, typos = ([], []) if silent else sentences.tokenize(state.names.masked(text, mentions))
    named = state.names.scope(mentions)
    parts = {t.value for t in tokens if t.kind == "part"} | {"gan" for t in tokens if t.value in ("D", "G")}
    part = str(parts.pop()) if len(parts) == 1 else state.part
    if kind == "heading":
        part = state.part = "" if _APPENDIX.match(text) and not parts else part
    if any(t.kind == "others" for t in tokens):  # the document may have a row or a heading of it
        own = named.model if state.names.has(named.model) else ""
        tokens = [t for t in tokens if t.kind != "others" or not t.word or called(t.word) not in own]
    if ours := _OURS.search(text):
        tokens = [t for t in tokens if t.kind != "others" or not ours.start() <= t.start < ours.end()]
    if kind != "heading" and (
        state.section.get("others") or state.lead.get("others")
    ):  # what is above compares with another model
        tokens.append(Token("others", None, len(text), len(text)))
    statements.numbers += sum(t.kind == "number" for t in tokens)
    sentence = Sentence(text, place, kind, part, tokens, state.section | state.lead, scope=named)
    for typo in typos:
        _misspelt(statements, place, typo.text, sentence.quote(typo.start, typo.start + len(typo.text)))
    return sentence


def _misspelt(statements: Statements, place: Place, token: str, quote: str) -> None:
    statements.numbers += 1
    statements.typos.append((place, token, quote))


def _take(
    sentence: Sentence,
    statements: Statements,
    outer: Scope,
    named: Scope,
    printed: bool,
    classes: dict[str, str],
    label: str = "",
) -> None:
    """The claims of a sentence: of what it names, or else of what is named around it."""
    statements.averaged |= bool(_AVERAGED.search(sentence.text))
    sentence.scope = named.under(outer)
    if sentence.kind != "cell" and not printed and len(statements.comparing) < MAX_COMPARING:
        statements.comparing.append(sentence)
    found = extract.claims(sentence)
    for claim in found:
        whose = replace(claim, scope=sentence.scope, printed=printed, tabled=sentence.kind == "cell")
        if isinstance(whose, MetricClaim) and whose.name == "accuracy" and sentence.has("matrix"):
            whose = replace(whose, split=whose.split or "test")
        if isinstance(whose, MetricClaim) and not whose.label and whose.name in _OF_CLASS:
            whose = replace(whose, label=label or _class_named(sentence.text, whose, classes))
        statements.claims.append(whose)
    statements.unread += [sentence.place for _ in sentence.numbers()]


def _named(items: list[Item]) -> list[Item]:
    """Matrices that were printed without names have those of the reports, which are in the same order."""
    orders = {
        _rows_of_classes(item) for item in items if isinstance(item, Table) and tables.has_classes(item)
    }
    (order,) = orders if len(orders) == 1 else ((),)
    classes = matrices.names(list(order))
    return [
        replace(item, classes=classes)
        if isinstance(item, Matrix) and not item.classes and item.size == len(classes)
        else item
        for item in items
    ]


def _rows_of_classes(report: Table) -> tuple[str, ...]:
    labels = (row[0] for row in report.rows[1:])
    return tuple(label for label in labels if label.strip() and not grids.SUMMARY & set(plain(label).split()))


def _classes(items: list[Item]) -> dict[str, str]:
    """The classes of reports and matrices, by the words with which a sentence names them."""
    labels: list[str] = []
    for item in items:
        matrix = matrices.read(item) if isinstance(item, Table) else item
        if isinstance(matrix, Matrix):
            labels += matrix.classes
        elif isinstance(item, Table) and tables.has_classes(item):
            labels += (normalize(row[0]).strip() for row in item.rows[1:])
    found: dict[str, str] = {}
    for label in labels:
        digits = _DIGITS.search(label)
        if not label or tables.averages(label):
            continue
        kinds = [str(t.value) for t in sentences.tokenize(label)[0] if t.kind == "class"]
        if digits:
            found[rf"\b(?:clase|class|etiqueta|label) {digits[0]}\b"] = kinds[0] if kinds else label
        elif not kinds and len(label) > 2 and label not in matrices.BINARY:
            found[rf"\b{re.escape(label)}\b"] = label
    return found


def _class_named(text: str, claim: MetricClaim, classes: dict[str, str]) -> str:
    """The class that stands nearest to a value."""
    at = claim.value.start if claim.value else 0
    spoken = normalize(text) if classes else ""
    named = list(classes.items())[:MAX_CLASSES]
    near = [(abs(m.start() - at), label) for p, label in named for m in re.finditer(p, spoken)]
    return min(near)[1] if near else ""


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
        state.enter(block, len(statements.sections))
        return
    caption = figures.caption(block, found)
    if caption is not None:
        statements.claims.append(caption)
        if caption.of == "table":
            seeds = [t.value for t in tokens if t.kind == "at_seed"]
            state.seed = seeds[0] if len(seeds) == 1 else None
            state.caption = _context(tokens)
            state.caption_scope = state.names.read(block.text)
            parts = {str(t.value) for t in tokens if t.kind == "part"}
            state.table_part = parts.pop() if len(parts) == 1 else ""
        found = found[1:]  # «Figura 3» itself
    around = led = state.paragraph if block.kind == "item" or state.titled else NOWHERE
    for sentence in found:
        named = sentence.scope if sentence.has(*_NAMING) else NOWHERE
        if any(named.key):
            around = named
        else:
            clear = around.under(state.scope).key == state.scope.key or goes_on(sentence.text)
            named = led if around is led else replace(around, certain=clear and MIXED not in around.key)
        _take(sentence, statements, state.scope, named, block.printed, state.classes)
        if statements.limit:
            break
    if block.kind != "item":
        ends_in_colon = bool(found) and block.text.rstrip().endswith(":")
        titled = ends_in_colon and len(block.text) < TITLE and not found[-1].has("number")
        opening = state.names.read(block.text) if titled else NOWHERE
        if opening.model not in ("", MIXED):  # «Árbol de decisión:», of what stands below
            state.paragraph, state.titled = opening, block.kind != "lead"
        elif ends_in_colon or not state.titled:
            state.paragraph, state.titled = around if ends_in_colon else NOWHERE, False
        state.lead = _context(tokens := found[-1].tokens) | _whose(tokens) if ends_in_colon else {}


def _whose(tokens: list[Token]) -> dict[str, Any]:
    """Whether what stands below is said of something else than this training."""
    return {"others": True} if any(t.kind == "others" for t in tokens) else {}


def _context(tokens: list[Token]) -> dict[str, Any]:
    """What a heading, caption or lead-in line says of the statements below it."""
    splits = {t.value for t in tokens if t.kind == "split" and t.word not in _DOING} - {"running"}
    return {"split": splits.pop()} if len(splits) == 1 else {}


def _table(block: Table, statements: Statements, state: _State) -> None:
    caption, state.caption = state.caption, {}
    scope, state.caption_scope = state.caption_scope.under(state.paragraph).under(state.scope), NOWHERE
    outside, state.part, state.table_part = state.part, state.table_part or state.part, ""
    _rows(block, caption, scope, statements, state)
    state.part = outside


def _rows(block: Table, caption: dict[str, Any], scope: Scope, statements: Statements, state: _State) -> None:
    series = tables.series(block, state.part, state.seed)
    if series is not None:
        statements.series.append(replace(series, scope=scope))
        for values in (series.written or {}).values():
            statements.numbers += sum(value is not None for value in values)
        for row, place in zip(block.rows, block.places, strict=True):
            for typo in (typo for cell in row for typo in numerals.find(cell)[1]):
                _misspelt(statements, place, typo.text, " | ".join(row)[:80])
        return
    matrix = matrices.read(block, state.seed)
    if matrix is not None:
        statements.matrices.append(replace(matrix, scope=scope))
        statements.numbers += len(matrix.cells)
        return
    grid = grids.read(block)
    if grid is not None:
        statements.grids.append(replace(grid, scope=scope))
    notice = tables.limit(block)
    if notice:
        statements.notices.append(f"{block.places[0]}: {notice}")
    state.lead |= caption
    for cell in tables.as_sentences(block):
        sentence = _sentence(cell.text, cell.place, "cell", statements, state)
        named = len(cell.label) if cell.text.startswith(f"{cell.label},") else 0  # «LR» may be a model
        sentence.tokens = [t for t in sentence.tokens if t.kind != "param" or t.start >= named]
        if cell.other:
            statements.unread += [cell.place for _ in sentence.numbers()]
        else:
            _take(sentence, statements, scope, state.row(cell), block.printed, {}, cell.of_class)
    state.lead, state.seed = {}, None

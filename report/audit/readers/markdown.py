"""Markdown as it is displayed, each line where it stands; without addresses, images and marks of notes."""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from report.audit.blocks import Block, Notice, Place, Table, join, printed
from report.audit.readers import latex, web

MAX_CHARACTERS = 400_000  # that are parsed, which takes up to fifteen microseconds each
_NOTE = re.compile(r"\[\^[^\]\s]{1,60}\]:?")
_ADDRESS = re.compile(r"https?://\S{1,2000}")
_TABLE = re.compile(r"<(/?)table\b", re.I)
_RAW = re.compile(r"\s*(?:precision\s+recall\s+f1|\[\[\s*\d)", re.I)  # pasted from a program without a fence
_TITLE = re.compile(r"[^\W\d_][^\W\d]{0,30}(?: [^\W\d]{1,30}| \d{1,2}){0,4}:")
_ENTRY = re.compile(r"[^:]{1,50}: ?[^:]{0,30}\d[^:]{0,20}")  # «Precisión en prueba: 90 %»
_EMPTY = re.compile(r"\n[ \t]*(?=\n)")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def read(text: str, cell: int | None = None, limit: int = MAX_CHARACTERS) -> list[Block]:
    """The blocks of the first ``limit`` characters of a Markdown text; in a notebook, of its ``cell``."""
    is_cut = len(text) > limit
    text = "\n".join(map(latex.plain, re.split(r"\r\n?|\n", text[:limit])))
    text = _with_whole_tables(text)
    blocks: list[Block] = []
    if is_cut:
        blocks.append(
            Notice(f"tiene más texto del que se lee, {limit} caracteres: lo que sigue no se comprueba.")
        )
    kind, level = "paragraph", 2
    rows: list[list[str]] = []
    places: list[Place] = []
    for token in _parser().parse(text):
        first = token.map[0] if token.map else 0
        match token.type:
            case "heading_open":
                kind, level = "heading", int(token.tag[1])
            case "list_item_open":
                kind = "item"
            case "list_item_close":
                kind = "paragraph"
            case "tr_open":
                rows.append([])
                places.append(Place.at(first + 1, cell))
            case "table_close":
                blocks.append(Table(tuple(map(tuple, rows)), tuple(places)))
                rows, places = [], []
            case "inline" if rows:
                rows[-1].append(" ".join(_lines(token)).strip())
            case "inline":
                lines = [(line, Place.at(first + i, cell)) for i, line in enumerate(_lines(token), 1)]
                if any(_RAW.match(line) for line, _ in lines):
                    blocks += printed("\n".join(line for line, _ in lines), first + 1, cell)
                elif any(line.strip() for line, _ in lines):
                    for part, of in _parted(lines) if kind == "paragraph" else [(lines, kind)]:
                        blocks.append(join(part, of, level))  # type: ignore[arg-type]
                kind = "paragraph"
            case "fence" | "code_block":
                blocks += printed(token.content.removesuffix("\n"), first + 1 + (token.type == "fence"), cell)
            case "html_block":
                blocks += web.read(token.content, cell, first)
    return blocks


def _with_whole_tables(text: str) -> str:
    """HTML ends at an empty line: those inside a table become comments."""
    parts, at, opened = [], 0, -1
    for tag in _TABLE.finditer(text):
        if not tag[1] and opened < 0:
            opened = tag.start()
        elif tag[1] and opened >= 0:
            parts += [text[at:opened], _EMPTY.sub("\n<!-- -->", text[opened : tag.start()])]
            at, opened = tag.start(), -1
    return "".join([*parts, text[at:]])


def _parted(lines: list[tuple[str, Place]]) -> list[tuple[list[tuple[str, Place]], str]]:
    """The lines of a paragraph and their kind: the title («Modelo ajustado:») of entries below it leads a
    list of them."""
    parts: list[tuple[list[tuple[str, Place]], str]] = [([], "paragraph")]
    for line, (following, _) in zip(lines, [*lines[1:], ("", None)], strict=True):
        is_entry = _ENTRY.fullmatch(line[0])
        if _TITLE.fullmatch(line[0]) and _ENTRY.fullmatch(following):
            parts += [([line], "lead"), ([], "item")]
            continue
        if parts[-1][1] == "item" and not is_entry:
            parts.append(([], "paragraph"))
        parts[-1][0].append(line)
    return [part for part in parts if any(text for text, _ in part[0])]


def _lines(token: Token) -> list[str]:
    """The lines of a paragraph as they read."""
    found = [""]
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            found.append("")
        elif child.type == "code_inline":
            found[-1] += child.content.replace("*", " ")
        else:
            found[-1] += (
                child.content if child.type == "text" else " " * (child.type in ("image", "html_inline"))
            )
    return [_ADDRESS.sub(" ", _NOTE.sub(" ", line)).strip() for line in found]

"""Markdown by lines, so that every statement keeps its line; code and addresses are dropped."""

import re

from report.audit.blocks import Block, Place, Printed, Table, Text, join
from report.audit.readers import latex

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(.*)")
_RULE = re.compile(r"\s*([-*_=])(?:\s*\1){2,}\s*$")
_DELIMITER = re.compile(r"[\s|:-]*-[\s|:-]*$")
_CODE = re.compile(r"`[^`]*`")
_NOTE = re.compile(r"\[\^[^\]\s]{1,60}\]:?")
_IMAGE = re.compile(r"!\[[^\]]{0,2000}\]\([^()\s]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]]{0,2000})\]\([^()\s]{0,2000}\)")
_TAG = re.compile(r"<[A-Za-z/!][^<>]{0,2000}>")
_ADDRESS = re.compile(r"https?://\S{1,2000}")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!~|>-])")
_EMPHASIS = re.compile(r"\*+|~~|(?<!\w)_+|_+(?!\w)")


def plain(line: str) -> str:
    """``line`` as it reads: without images, addresses and emphasis; code is text."""
    line = latex.plain(line)
    if "`" in line:
        line = _CODE.sub(lambda found: found[0].strip("`").replace("*", " "), line)
    if "[" in line:
        line = _LINK.sub(r"\1", _IMAGE.sub(" ", _NOTE.sub(" ", line)))
    if "<" in line:
        line = _TAG.sub(" ", line)
    if "http" in line:
        line = _ADDRESS.sub(" ", line)
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub("", line))


def read(text: str, cell: int | None = None) -> list[Block]:
    """The blocks of a Markdown text; in a notebook, of its ``cell``."""
    blocks: list[Block] = []
    open_lines: list[tuple[str, Place]] = []
    kind: str = "paragraph"
    fence = ""
    fenced: list[tuple[str, Place]] = []
    lines = text.splitlines()

    def close() -> None:
        nonlocal kind
        if any(line.strip() for line, _ in open_lines):
            blocks.append(join(open_lines, kind))  # type: ignore[arg-type]
        open_lines.clear()
        kind = "paragraph"
        if fenced:
            blocks.append(printed(fenced))
            fenced.clear()

    index = 0
    while index < len(lines):
        line = lines[index]
        place = Place("celda", cell, index + 1) if cell else Place("linea", index + 1)
        opened = _FENCE.match(line)
        if fence:
            if opened and opened[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
                close()
            else:
                fenced.append((line, place))
        elif opened:
            close()
            fence = opened[1]
        elif not line.strip() or _RULE.match(line[:200]):
            close()
        elif heading := _HEADING.match(line):
            close()
            blocks.append(Text(plain(heading[2]).strip(" #"), ((0, place),), "heading", len(heading[1])))
        elif (
            "|" in line and index + 1 < len(lines) and "|" in lines[index + 1] and _is_ruler(lines[index + 1])
        ):
            close()
            end = index + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            kept = [index, *range(index + 2, end)]
            rows = tuple(cells(lines[i]) for i in kept)
            places = tuple(Place("celda", cell, i + 1) if cell else Place("linea", i + 1) for i in kept)
            blocks.append(Table(rows, places))
            index = end - 1
        elif item := _ITEM.match(line):
            close()
            kind = "item"
            open_lines.append((plain(item[1]), place))
        elif not open_lines and (line.startswith("    ") or line.startswith("\t")):
            fenced.append((line, place))
            following = lines[index + 1] if index + 1 < len(lines) else ""
            if not following.startswith(("    ", "\t")):
                close()
        else:
            open_lines.append((plain(line.lstrip(" >")), place))
        index += 1
    close()
    return blocks


def printed(lines: list[tuple[str, Place]], code: str = "") -> Printed:
    """Preformatted lines as a block."""
    return Printed(tuple(line for line, _ in lines), tuple(place for _, place in lines), code)


def cells(line: str) -> tuple[str, ...]:
    """The cells of a table's line."""
    return tuple(plain(cell).strip() for cell in line.strip().strip("|").replace("\\|", "/").split("|"))


def _is_ruler(line: str) -> bool:
    return len(line) < 2000 and bool(_DELIMITER.match(line))

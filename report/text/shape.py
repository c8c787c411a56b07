"""The shape of the Markdown: paragraphs on one line, blocks of tables and figures."""

import re
from collections.abc import Sequence

from report.ledger.spanish import NBSP

BLOCK = "\n\n"  # what starts a table or a figure

_LINK = re.compile(r"\[([^]\[]*)\]\(#[^)]*\)")
_SPACE = re.compile(r"[ \t\n]+")  # not the non-breaking one


def flow(text: str) -> str:
    """One paragraph on one line; ``~`` is a non-breaking space."""
    return _SPACE.sub(" ", text).strip().replace("~", NBSP)


def row_line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def table_block(anchor: str, label: str, caption: str, lines: Sequence[str]) -> str:
    return f'{BLOCK}<a id="{anchor}"></a>\n\n**{label}.** {flow(caption)}\n\n' + "\n".join(lines) + "\n\n"


def list_block(opening: str, items: Sequence[str]) -> str:
    """``opening`` is the paragraph before the list."""
    ends = [";"] * (len(items) - 1) + ["."]
    lines = [f"- {flow(item)}{end}" for item, end in zip(items, ends, strict=True)]
    return f"{BLOCK}{flow(opening)}:\n\n" + "\n".join(lines) + "\n\n"


def figure_block(anchor: str, label: str, file: str, alt: str, caption: str) -> str:
    alternative = _LINK.sub(r"\1", flow(alt))  # which holds no link: only what is called so
    image = f"![{alternative}](figures/{file})"
    return f'{BLOCK}<a id="{anchor}"></a>\n\n{image}\n\n**{label}.** {flow(caption)}\n\n'


def heading_block(level: int, anchor: str, title: str) -> str:
    return f'{BLOCK}<a id="{anchor}"></a>\n\n{"#" * level} {flow(title)}\n\n'


def tidy(markdown: str) -> str:
    """Paragraphs on one line each, one empty line between blocks; tables and lists as they are."""
    blocks = re.split(r"\n[ \t]*\n", markdown.strip())
    return "\n\n".join(tidy_block(block) for block in blocks if block.strip()) + "\n"


def tidy_block(block: str) -> str:
    lines = [line.strip() for line in block.strip().splitlines() if line.strip()]
    if lines[0].startswith("|"):
        return "\n".join(lines)
    items: list[str] = []
    for line in lines:
        if line.startswith("- ") or not items:
            items.append(line)
        else:
            items[-1] += " " + line
    return "\n".join(flow(item) for item in items)

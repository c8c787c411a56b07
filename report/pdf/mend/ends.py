"""The last word of a page is not divided: a mend of WeasyPrint, which knows nothing of
``hyphenate-limit-last``."""

from functools import cache
from typing import Any

from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.layout import block

_FEW = 3  # lines that a page may want at its end

_break = block._break_line


@cache
def mend_ends() -> None:
    """For this process."""
    block._break_line = _break_whole


def _break_whole(
    context: Any, box: Any, line: Any, new_children: list[Any], needed: int, page_is_empty: bool, index: int,
    skip_stack: Any, resume_at: Any, absolute_boxes: Any, fixed_boxes: Any,
) -> tuple[bool, bool, Any]:  # fmt: skip
    """As WeasyPrint's own, but where ``new_children``, the lines that stay on the page, end on a hyphen, the
    last goes overleaf as well, and all of them where too few would stay."""
    abort, stop, resumed = _break(
        context, box, line, new_children, needed, page_is_empty, index, skip_stack, resume_at, absolute_boxes,
        fixed_boxes,
    )  # fmt: skip
    if stop:
        n_whole = next(
            (n for n in range(len(new_children), 0, -1) if not _ends_divided(new_children[n - 1])), 0
        )
        if n_whole >= box.style["orphans"]:
            for last in new_children[n_whole:]:
                block.remove_placeholders(context, last.children, absolute_boxes, fixed_boxes)
            del new_children[n_whole:]
        elif not page_is_empty and len(new_children) <= _FEW:
            return True, False, resumed
    return abort, stop, resumed


def _ends_divided(line: Any) -> bool:
    texts = [box for box in line.descendants() if isinstance(box, TextBox) and box.text.strip()]
    return bool(texts) and texts[-1].text.endswith(texts[-1].style["hyphenate_character"])

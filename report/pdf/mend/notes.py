"""Notes stay on the page of their call, whatever follows them: a mend of WeasyPrint."""

from functools import cache, wraps
from typing import Any

from weasyprint.layout import block

_lay_out_lines = block._linebox_layout


@cache
def mend_notes() -> None:
    """For this process."""
    block._linebox_layout = _keep_notes


@wraps(_lay_out_lines)
def _keep_notes(
    context: Any, box: Any, index: int, child: Any, lines: list[Any], page_is_empty: bool,
    absolute: list[Any], fixed: list[Any], *rest: Any,
) -> tuple[Any, ...]:  # fmt: skip
    """Where the second line of a block does not fit, WeasyPrint puts off the notes of the page,
    and leaves it at that even if the block, such as the caption of a figure, then goes overleaf
    as well. Let the block go and the notes stay."""
    placed, put_off = list(context.current_page_footnotes), set(context.reported_footnotes)
    abort, stop, *outcome = _lay_out_lines(
        context, box, index, child, lines, page_is_empty, absolute, fixed, *rest
    )
    gone = [note for note in placed if note in context.reported_footnotes and note not in put_off]
    if gone and not page_is_empty:
        for note in gone:
            context.reported_footnotes.remove(note)
        context.current_page_footnotes[:0] = gone
        context._update_footnote_area()
        for line in lines:
            block.remove_placeholders(context, line.children, absolute, fixed)
        abort, stop = True, False
    return abort, stop, *outcome

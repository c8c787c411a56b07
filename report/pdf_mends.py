"""What WeasyPrint 70 does not do well when it lays out pages, mended."""

from functools import cache
from typing import Any
from urllib.parse import unquote


@cache
def mend_layout() -> None:
    """Once in a process; imports WeasyPrint."""
    import weasyprint.document
    from weasyprint.css.targets import TargetCollector
    from weasyprint.layout import block

    class Targets(TargetCollector):
        """Of ``target-counter(attr(href), page)`` WeasyPrint does not note which target it waits
        for, and lays out every page with a reference again until its total of pages is known too:
        three times. With the name, and without the total, twice are enough."""

        def collect_missing_counters(
            self, box: Any, token: str, parse: Any, own: list[str], of_targets: dict[str | None, list[str]]
        ) -> None:
            if None in of_targets:
                own, of_targets = [], {unquote(box.element.get("href")[1:]): of_targets[None]}
            super().collect_missing_counters(box, token, parse, own, of_targets)

        def cache_target_page_counters(self, anchor: str, counters: Any, *place: Any) -> None:
            known = {name: values for name, values in counters.items() if name != "pages"}
            super().cache_target_page_counters(anchor, known, *place)

    lay_out_lines = block._linebox_layout

    def keep_notes(
        context: Any, box: Any, index: int, child: Any, lines: list[Any], page_is_empty: bool,
        absolute: list[Any], fixed: list[Any], *rest: Any,
    ) -> tuple[Any, ...]:  # fmt: skip
        """Where the second line of a block does not fit, WeasyPrint puts off the notes of the page,
        and leaves it at that even if the block, such as the caption of a figure, then goes overleaf
        as well. Let the block go and the notes stay."""
        placed, put_off = list(context.current_page_footnotes), set(context.reported_footnotes)
        abort, stop, *outcome = lay_out_lines(
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

    weasyprint.document.TargetCollector = Targets
    block._linebox_layout = keep_notes

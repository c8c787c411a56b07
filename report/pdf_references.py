"""References to pages, «(p. 7)», which WeasyPrint 70 lays out three times: here mostly once."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any
from urllib.parse import unquote

_NUMBER = re.compile(r"\d+")


@dataclass(eq=False)
class Reference:
    """The content of an element that says on which ``page`` a target is. ``compose`` writes it
    anew where it has not been laid out; where it has, it is the ``text`` on page ``index``, from 0."""

    compose: Callable[[], None]
    page: int = 0
    index: int | None = None
    text: Any = None

    def say(self, page: int) -> None:
        if page != self.page:
            self.page = page
            self.compose()

    def put(self, index: int | None, text: Any) -> None:
        self.index, self.text = index, text

    def is_wrong(self) -> bool:
        return self.text is not None and _NUMBER.findall(self.text.text) != [str(self.page)]

    def rewrite(self, context: Any) -> bool:
        """Correct what is laid out, if it takes the same room; otherwise leave it."""
        from weasyprint.text.line_break import split_first_line

        def measured(words: str) -> tuple[Any, float]:
            layout, _, _, width, _, _ = split_first_line(
                words, self.text.style, context, None, self.text.justification_spacing
            )
            return layout, width

        words = _NUMBER.sub(str(self.page), self.text.text)
        layout, width = measured(words)
        if width != measured(self.text.text)[1]:
            return False
        self.text.text, self.text.pango_layout = words, layout
        return True


@cache
def mend_references() -> None:
    """For this process; imports WeasyPrint."""
    import weasyprint.document
    from weasyprint.css.targets import TargetCollector
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.layout import page

    class Targets(TargetCollector):
        """The pages of the targets of ``target-counter(attr(href), page)``.

        WeasyPrint writes «0» until it has seen the target, and lays out every page with a
        reference again, three times in all. Here a page that is not known yet is supposed to have
        as many digits as the present one, and only those pages are laid out again where the right
        number takes another room.
        """

        def __init__(self) -> None:
            super().__init__()
            self.references: dict[Any, Reference] = {}
            self.referring: defaultdict[str, list[Reference]] = defaultdict(list)

        def collect_missing_counters(
            self, box: Any, token: str, parse: Any, own: list[str], of_targets: dict[str | None, list[str]]
        ) -> None:
            if None not in of_targets:  # WeasyPrint does not note the anchor that an attribute names
                super().collect_missing_counters(box, token, parse, own, of_targets)
            elif self.collecting and box not in self.references:
                box.missing_link = box  # its copies on the pages will tell whose they are
                self.references[box] = Reference(parse)
                self.referring[unquote(box.element.get("href")[1:])].append(self.references[box])

        def suppose(self, number: int) -> None:
            """Before page ``number`` is laid out."""
            if number not in (1, 10, 100, 1000):  # as many digits as before
                return
            for anchor, references in self.referring.items():
                target = self.target_lookup_items[anchor]
                if target.page_maker_index is None:
                    target.cached_page_counter_values = {"page": [number]}
                    for reference in references:
                        if reference.index is None:
                            reference.say(number)

        def cache_target_page_counters(
            self, anchor: str, counters: dict[str, list[int]], index: int, page_maker: list[Any]
        ) -> None:
            if self.collecting or anchor not in self.referring:
                return
            target = self.target_lookup_items[anchor]
            target.page_maker_index = index
            target.cached_page_counter_values = {"page": counters["page"].copy()}
            for reference in self.referring[anchor]:
                reference.say(counters["page"][-1])

        def settle(self, index: int, made: Any, context: Any) -> None:
            """After page ``index``, from 0, has been ``made``."""
            for reference in self.references.values():
                if reference.index == index:
                    reference.put(None, None)
            for box in made.descendants(placeholders=True):
                if found := self.references.get(box.missing_link):
                    for text in box.descendants():
                        if isinstance(text, TextBox) and _NUMBER.search(text.text):
                            found.put(index, text)
            for reference in self.references.values():
                if reference.is_wrong():
                    state = context.page_maker[reference.index][-1]
                    if not state["content_changed"] and not reference.rewrite(context):
                        state["content_changed"] = True  # WeasyPrint will lay it out again

    make_page = page.remake_page

    @wraps(make_page)
    def make_with_references(index: int, context: Any, *rest: Any) -> tuple[Any, Any]:
        context.target_collector.suppose(index + 1)
        made, resume_at = make_page(index, context, *rest)
        context.target_collector.settle(index, made, context)
        return made, resume_at

    weasyprint.document.TargetCollector = Targets
    page.remake_page = make_with_references

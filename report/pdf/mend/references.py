"""References to pages, «(p. 7)», which WeasyPrint lays out three times: here mostly once."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any
from urllib.parse import unquote

import weasyprint.document
from weasyprint.css.targets import TargetCollector
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.layout import page as page_layout
from weasyprint.text.line_break import split_first_line

_NUMBER = re.compile(r"\d+")
_MORE_DIGITS = (1, 10, 100, 1000)  # numbers of pages that have more digits than the one before
_make_page = page_layout.remake_page


@cache
def mend_references() -> None:
    """For this process."""
    weasyprint.document.TargetCollector = Targets
    page_layout.remake_page = _make_with_references


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
        words = _NUMBER.sub(str(self.page), self.text.text)
        layout, width = self._measured(words, context)
        if width != self._measured(self.text.text, context)[1]:
            return False
        self.text.text, self.text.pango_layout = words, layout
        return True

    def _measured(self, words: str, context: Any) -> tuple[Any, float]:
        layout, _, _, width, _, _ = split_first_line(
            words, self.text.style, context, None, self.text.justification_spacing
        )
        return layout, width


class Targets(TargetCollector):
    """The pages of the targets of ``target-counter(attr(href), page)``.

    WeasyPrint writes «0» until it has seen the target, and lays out every page with a reference
    again, three times in all. Here a page that is not known yet is supposed to have as many digits
    as the present one, and only those pages are laid out again where the right number takes another
    room.
    """

    def __init__(self) -> None:
        super().__init__()
        self.references: dict[Any, Reference] = {}  # by the box of the element that refers
        self.referring: defaultdict[str, list[Reference]] = defaultdict(list)  # by anchor

    # --- what WeasyPrint calls ---

    def collect_missing_counters(
        self, box: Any, token: str, parse: Any, own: list[str], of_targets: dict[str | None, list[str]]
    ) -> None:
        """Before the layout, for each content that names counters that are not known yet."""
        if None not in of_targets:  # WeasyPrint does not note the anchor that an attribute names
            super().collect_missing_counters(box, token, parse, own, of_targets)
        elif self.collecting and box not in self.references:
            box.missing_link = box  # its copies on the pages will tell whose they are
            self.references[box] = Reference(parse)
            self.referring[unquote(box.element.get("href")[1:])].append(self.references[box])

    def cache_target_page_counters(
        self, anchor: str, counters: dict[str, list[int]], index: int, page_maker: list[Any]
    ) -> None:
        """During the layout, when page ``index``, from 0, turns out to have ``anchor``."""
        if self.collecting or anchor not in self.referring:
            return
        self._note(anchor, counters["page"].copy(), index)
        for reference in self.referring[anchor]:
            reference.say(counters["page"][-1])

    # --- what is done around each page ---

    def suppose(self, number: int) -> None:
        """Before page ``number``, from 1, is laid out: the targets that have not been seen are there."""
        if number not in _MORE_DIGITS:
            return
        for anchor, references in self.referring.items():
            if self.target_lookup_items[anchor].page_maker_index is None:
                self._note(anchor, [number], None)
                for reference in references:
                    if reference.index is None:
                        reference.say(number)

    def settle(self, index: int, made: Any, context: Any) -> None:
        """After page ``index``, from 0, has been ``made``: note where its references stand, and
        correct those, there and on the pages before, that its targets have proved wrong."""
        self._find_references(index, made)
        for reference in self.references.values():
            if reference.is_wrong():
                state = context.page_maker[reference.index][-1]
                if not state["content_changed"] and not reference.rewrite(context):
                    state["content_changed"] = True  # WeasyPrint will lay it out again

    def _find_references(self, index: int, made: Any) -> None:
        for reference in self.references.values():
            if reference.index == index:
                reference.put(None, None)
        for box in made.descendants(placeholders=True):
            if found := self.references.get(box.missing_link):
                for text in box.descendants():
                    if isinstance(text, TextBox) and _NUMBER.search(text.text):
                        found.put(index, text)

    def _note(self, anchor: str, numbers: list[int], index: int | None) -> None:
        target = self.target_lookup_items[anchor]
        target.page_maker_index = index
        target.cached_page_counter_values = {"page": numbers}


@wraps(_make_page)
def _make_with_references(index: int, context: Any, *rest: Any) -> tuple[Any, Any]:
    context.target_collector.suppose(index + 1)
    made, resume_at = _make_page(index, context, *rest)
    context.target_collector.settle(index, made, context)
    return made, resume_at

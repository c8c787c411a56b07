"""What stands on the pages that WeasyPrint has laid out: it keeps the boxes of a page to itself."""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import ReplacedBox, TextBox


def boxes_of_pages(document: Any) -> Iterator[tuple[int, Any]]:
    """The boxes of each page, numbered from 1, in the order of the page."""
    for number, page in enumerate(document.pages, start=1):
        for box in page._page_box.descendants():
            yield number, box


def printed_boxes(document: Any) -> Iterator[tuple[int, Any, str]]:
    """Number of the page, element and text of each text and each image (text empty) that comes from
    an element; running heads and what the style sheet adds (counters, page numbers) left out."""
    for number, box in boxes_of_pages(document):
        is_printed = isinstance(box, ReplacedBox) or (isinstance(box, TextBox) and box.text)
        if is_printed and box.element is not None and "::" not in box.element_tag:
            yield number, box.element, getattr(box, "text", "")

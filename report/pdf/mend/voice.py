"""What a voice needs beyond the text that is printed: words for signs, and words that a line divides whole.

Each line of text has a tag of its own. Its expansion (``E``, ISO 32000-1, 14.9.5, which is there for speech)
gives it in words; nothing that copies or searches text looks at it. Where a word is divided, the tag's actual
text (14.9.4) has the soft hyphen that the page shows as a hyphen.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import TextBox

from report.html.aloud import spoken
from report.pdf.mend.tree import Tree

_SOFT_HYPHEN = "\u00ad"
_VERBATIM = ("code", "pre")


def note_texts(pdf: Any, page: str, tags: Mapping[Any, Any]) -> None:
    """Keep with ``pdf`` what is written in each marked content of a page, before WeasyPrint forgets it."""
    boxes = [(box, kid["mcid"]) for box, kid in tags.items() if isinstance(box, TextBox)]
    texts = _whole_words([box for box, _ in boxes])
    kept = pdf.__dict__.setdefault("texts", {})
    for (box, mcid), text in zip(boxes, texts, strict=True):
        if box.element_tag not in _VERBATIM:
            kept[page, mcid] = (box.text, text)


def _whole_words(boxes: list[Any]) -> Iterator[str]:
    """The text of each, with a soft hyphen where the hyphen at its end is none of the text's own."""
    for box, following in pairwise([*boxes, None]):
        divided = following is not None and box.text.endswith("-") and _is_divided(box, following.text)
        yield box.text[:-1] + _SOFT_HYPHEN if divided else box.text


def _is_divided(box: Any, following: str) -> bool:
    begins, goes_on = box.text[:-1].split(), following.split()
    return bool(begins and goes_on) and begins[-1] + goes_on[0] in "".join(box.element.itertext())


def give_words(pdf: Any, tree: Tree) -> None:
    """To each line of text and each figure."""
    for element in tree.reachable():
        if element["S"] == "/Figure" and "Alt" in element:
            element["Alt"] = pydyf.String(spoken(element["Alt"].string))
        kids = element["K"]
        if element["S"] != "/Span" or len(kids) != 1 or (element["Pg"], kids[0]) not in pdf.texts:
            continue
        printed, whole = pdf.texts[element["Pg"], kids[0]]
        if whole != printed:
            element["ActualText"] = pydyf.String(whole)
        if (words := spoken(whole)) != whole:
            element["E"] = pydyf.String(words)

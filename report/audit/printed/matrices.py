"""Confusion matrices as NumPy prints them: scikit-learn has a row for each real class."""

import re

from report.audit.blocks import Printed
from report.audit.matrices import MAX_CLASSES, Matrix, names

_ROW = r"\[\s*\d{1,9}(?:[\s,]+\d{1,9}){1,39}\s*\]"
_ARRAY = re.compile(rf"\[\s*{_ROW}(?:\s*,?\s*{_ROW}){{1,39}}\s*\]")
_NAMED = re.compile(r"confusi|\bcm\b|matriz|f1-score", re.I)
_LISTED = re.compile(
    r"(?:target_names|display_labels|class_names|clases|classes|labels)\s*=\s*[\[(]([^\[\]()]{1,600})[\])]"
)
_STRING = re.compile(r"['\"]([^'\"]{1,60})['\"]")
LEAST = 10  # examples: what counts fewer may be anything


def matrices(block: Printed) -> list[Matrix]:
    """Those of which something says what they are."""
    text = "\n".join(line[:500] for line in block.lines)
    if "[[" not in text.replace(" ", "") or not _NAMED.search(f"{block.code}\n{text}"):
        return []
    listed = _LISTED.search(block.code)
    classes = names(_STRING.findall(listed[1])) if listed else ()
    found = []
    for match in _ARRAY.finditer(text):
        counts = tuple(tuple(map(int, re.findall(r"\d+", row))) for row in re.findall(_ROW, match[0][1:]))
        place = block.places[text.count("\n", 0, match.start())]
        is_square = 2 <= len(counts) <= MAX_CLASSES and all(len(row) == len(counts) for row in counts)
        if is_square and sum(map(sum, counts)) >= LEAST:
            named = classes if len(classes) == len(counts) else ()
            found.append(Matrix(counts, named, f"matriz de confusión ({place})", place))
    return found

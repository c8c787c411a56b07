"""Confusion matrices as NumPy prints them: scikit-learn has a row for each real class."""

import re

from report.audit.blocks import Printed
from report.audit.tables import Matrix

_TWO = r"\[\s*(\d{1,9})[\s,]+(\d{1,9})\s*\]"
_ARRAY = re.compile(rf"\[\s*{_TWO}\s*,?\s*{_TWO}\s*\]")
_NAMED = re.compile(r"confusi|\bcm\b|matriz|f1-score", re.I)
LEAST = 10  # examples: what counts fewer may be anything


def matrices(block: Printed) -> list[Matrix]:
    """Those with two classes, where something says what they are."""
    text = "\n".join(line[:500] for line in block.lines)
    if "[[" not in text.replace(" ", "") or not _NAMED.search(f"{block.code}\n{text}"):
        return []
    found = []
    for match in _ARRAY.finditer(text):
        tn, fp, fn, tp = map(int, match.groups())
        place = block.places[text.count("\n", 0, match.start())]
        if tn + fp + fn + tp >= LEAST:
            found.append(Matrix(tn, fp, fn, tp, f"matriz de confusión ({place})", place))
    return found

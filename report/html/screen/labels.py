"""What a figure or a table is called."""

import re

from report.ledger.ledger import unmark

_LABEL = re.compile(r"<strong>(.*?)\.?</strong>", re.S)


def label_of(caption: str) -> str:
    """«Figura 3» of the caption that begins so, in bold and with a full stop."""
    found = _LABEL.match(caption.strip())
    assert found is not None, caption
    return unmark(found[1])

"""What to type: an order of the Makefile in a clone, and where the program is installed, which has none,
the same with ``informe``."""

import re

from experiments.paths import ROOT

IN_A_CLONE = (ROOT / "Makefile").is_file()

# What is typed after ``informe`` for each order of the Makefile that a message names.
_TYPED = {
    "all": "train && informe build",
    "import": "import --out results/mio",
    "report": "build",
    **{name: name for name in ("reproduce", "train")},
}
_ORDER = re.compile(rf"«make ({'|'.join(_TYPED)})((?: [A-Z]+=[^«»]*)?)»")
_SETTING = re.compile(r" ([A-Z]+)=")


def as_typed(message: str) -> str:
    """``message`` with what it says to type as it is typed here."""
    return message if IN_A_CLONE else _ORDER.sub(_installed, message)


def _installed(order: re.Match[str]) -> str:
    options = _SETTING.sub(lambda setting: f" --{setting[1].lower()} ", order[2])
    return f"«informe {_TYPED[order[1]]}{options}»"

"""LaTeX in a text as it reads: «$D_{\\text{loss}} = 1{,}2$» is «D_loss = 1,2»."""

import re

_SIGNS = {
    **{
        r"\times": "×",
        r"\cdot": "·",
        r"\approx": "≈",
        r"\sim": "~",
        r"\pm": "±",
        r"\to": "→",
        r"\rightarrow": "→",
    },
    **{
        r"\geq": "≥",
        r"\leq": "≤",
        r"\ge": "≥",
        r"\le": "≤",
        r"\gt": ">",
        r"\lt": "<",
        r"\quad": " ",
        r"\%": "%",
    },
    **{r"\,": "", r"\;": " ", r"\!": "", r"\_": "_", r"\left": "", r"\right": "", r"{,}": ",", r"{.}": "."},
}
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)))
_WRAPPED = re.compile(
    r"\\(?:text|mathrm|mathbf|mathit|operatorname|textbf|textit|mathcal)\s?\{([^{}$]{0,80})\}"
)
_INDEX = re.compile(r"([_^])\{([^{}$]{0,40})\}")
_SPAN = re.compile(r"\$\$?([^$\n]{1,400})\$\$?|\\\(([^\n]{1,400}?)\\\)|\\\[([^\n]{1,400}?)\\\]")


def plain(text: str) -> str:
    """``text`` with what stands between dollars or in «\\(…\\)» in words and signs."""
    if "$" not in text and "\\(" not in text and "\\[" not in text:
        return text
    return _SPAN.sub(lambda found: _read(found[1] or found[2] or found[3]), text)


def _read(formula: str) -> str:
    formula = _SIGN.sub(lambda found: _SIGNS[found[0]], formula)
    formula = _WRAPPED.sub(r"\1", formula)
    formula = _INDEX.sub(lambda found: found[1] + found[2].strip(), formula)
    return formula.replace("{", " ").replace("}", " ").replace("\\", " ")

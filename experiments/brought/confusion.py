"""A confusion matrix as its author types or prints it."""

import re
from decimal import Decimal
from pathlib import Path

from experiments.brought.refusals import refusal
from experiments.brought.texts import decoded
from experiments.causes import cause
from experiments.records.parts import Confusion
from experiments.validation import shown

CELLS = ("tn", "fp", "fn", "tp")  # rows are the real classes, columns the answers; 0 before 1

MAX_BYTES = 64_000  # a file of four numbers; a notebook has more
MAX_COUNT = 10**9  # reviews

_NUMBER = r"[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
_SEPARATOR = re.compile(r"[\s,;]+")
_NAMED = re.compile(rf"\s*(tn|fp|fn|tp)\s*[=:]\s*({_NUMBER})(?=[\s,;]|$)[\s,;]*", re.I)
_GROUPED = re.compile(r"[0-9]{1,3}[.]000")  # eleven, or eleven thousand?

_TYPED = "la matriz de confusión"
_EXPECTED = "una matriz de cuatro enteros, tn,fp,fn,tp"
_REMEDY = "escríbala como 11142,1358,2048,10452"


def read_confusion(text: str) -> Confusion:
    """Of four numbers in the order of ``CELLS``, apart by commas, semicolons or spaces; of
    «tn=11142 fp=1358 fn=2048 tp=10452» in any order; of the matrix as scikit-learn prints it; or of a
    text file with one of these.

    Raises:
        BroughtError: anything else; shares, fractions or negative numbers; no review at all.
    """
    path = file_of(text)
    place, content = (_TYPED, text) if path is None else (str(path), _content(path))
    numbers = [_count(number, place) for number in _numbers(content.strip(), place)]
    if sum(numbers) == 0:
        raise refusal(place, "alguna reseña", "una matriz de ceros", "compruébela")
    tn, fp, fn, tp = numbers
    return Confusion(true_negative=tn, false_positive=fp, false_negative=fn, true_positive=tp)


def file_of(text: str) -> Path | None:
    """None where the numbers themselves are typed."""
    path = Path(text.strip())
    try:
        return path if path.is_file() else None
    except (OSError, ValueError):  # too long for a name, or none at all
        return None


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise refusal(path, _EXPECTED, f"un fichero de más de {MAX_BYTES} bytes", "déjela sola en él")
        return decoded(content)
    except UnicodeDecodeError as error:
        raise refusal(path, "un texto", "otra cosa", "guárdelo como UTF-8") from error
    except OSError as error:
        raise refusal(path, "un fichero legible", cause(error), "revise la ruta") from error


def _numbers(content: str, place: str) -> list[str]:
    """The four, as they are written, in the order of ``CELLS``."""
    if re.match(r"(tn|fp|fn|tp)\s*[=:]", content, re.I):
        return _named(content, place)
    if "[" in content:
        return _bracketed(content, place)
    words = [word for word in _SEPARATOR.split(content) if word]
    if not words or not all(re.fullmatch(_NUMBER, word) for word in words):
        raise refusal(place, _EXPECTED, f"«{shown(content)}»", f"{_REMEDY} o indique un fichero que la tenga")
    if len(words) != len(CELLS):
        raise refusal(place, _EXPECTED, f"una de {len(words)}", f"{_REMEDY}, sin separar los miles")
    return words


def _named(content: str, place: str) -> list[str]:
    found: dict[str, str] = {}
    end = 0
    while match := _NAMED.match(content, end):
        name = match[1].lower()
        if name in found:
            raise refusal(place, f"un solo valor de «{name}»", f"«{found[name]}» y «{match[2]}»", "quite uno")
        found[name], end = match[2], match.end()
    if end != len(content):
        raise refusal(place, "tn=…, fp=…, fn=… y tp=…", f"«{shown(content[end:])}»", "corríjalo")
    if missing := [name for name in CELLS if name not in found]:
        raise refusal(place, "tn=…, fp=…, fn=… y tp=…", f"la matriz sin {', '.join(missing)}", "complétela")
    return [found[name] for name in CELLS]


def _bracketed(content: str, place: str) -> list[str]:
    """Of [[tn fp] [fn tp]] or [tn fp fn tp], with or without commas and «array(…)»."""
    inside = re.fullmatch(r"(?:array\()?(\[.*\])(?:,\s*dtype=\w+)?\)?", content, re.S)
    rows = re.findall(r"\[([^\[\]]*)\]", content)
    table = [[word for word in _SEPARATOR.split(row) if word] for row in rows]
    around = re.sub(r"\[[^\[\]]*\]", "", inside[1]) if inside else "?"
    words = [word for row in table for word in row]
    if re.sub(r"[\s,]", "", around) not in ("", "[]") or not all(re.fullmatch(_NUMBER, w) for w in words):
        raise refusal(place, "[[tn fp] [fn tp]]", f"«{shown(content)}»", _REMEDY)
    sizes = [len(row) for row in table]
    if sizes not in ([2, 2], [4]):
        found = f"una de {len(sizes)} × {sizes[0]}" if len(set(sizes)) == 1 else "una de filas desiguales"
        raise refusal(place, "una matriz de 2 × 2, de dos clases", found, "compruébela")
    return words


def _count(number: str, place: str) -> int:
    value = Decimal(number)
    if value < 0:
        raise refusal(place, "un número de reseñas", f"«{shown(number)}»", "compruebe el signo")
    if _GROUPED.fullmatch(number):
        raise refusal(place, "un entero", f"«{number}», que puede ser dos distintos", "escríbalo sin punto")
    if value > MAX_COUNT:
        raise refusal(place, f"un número de hasta {MAX_COUNT} reseñas", f"«{shown(number)}»", "compruébelo")
    if value != int(value):
        if value < 1:
            remedy = "si son proporciones, escriba la matriz sin normalizar"
        else:
            remedy = "escriba el número de reseñas, sin separar los miles"
        raise refusal(place, "un entero", f"«{shown(number)}»", remedy)
    return int(value)

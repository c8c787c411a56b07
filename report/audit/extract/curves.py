"""How a curve runs, in words: its shape, its rises, its first and last value."""

import itertools
from typing import Literal

from report.audit.claims import Claim, CountClaim, Moment, ShapeClaim, TrajectoryClaim
from report.audit.extract import moments
from report.audit.extract.metrics import slots
from report.audit.lexicon import NUMBER_WORDS, normalize, word_set
from report.audit.numerals import Numeral
from report.audit.sentences import Sentence, Token, is_count

_CURVES = (("loss", "val"), ("loss", "train"), ("accuracy", "val"), ("accuracy", "train"))
_MOVES = ("up", "down", "better", "worse")
_THEN = word_set("y e and then luego despues antes before para , ; pero but")
_BEFORE = 8  # words between «empieza» and the value
_FROM = word_set("from desde")
_OPENING = word_set(", : ( =")  # «D: de 1.2 a 0.9»
_ENDS = ("initial", "final", "at_epoch", "at_step")
_APART = ("number", "final", "versus", "more", "other", "hedge", "goes", *_MOVES)
_TO = ("a", "hasta", "to", "up to", "down to", "→", "⇒", "- >", "a un", "hasta un")


def direction(token: Token, metric: str) -> Literal["up", "down"]:
    """Where ``metric`` goes: a loss gets better downwards."""
    if token.kind in ("better", "worse"):
        return "up" if (token.kind == "better") == (metric != "loss") else "down"
    return "up" if token.kind in ("up", "rises") else "down"


def shapes(s: Sentence) -> list[Claim]:
    """«la val_loss oscila», «sube en cada época»."""
    curve = next((curve for curve in _CURVES if s.is_about(*curve)), None)
    if curve is None or _supposes(s):
        return []
    found = _shape(s, curve[0])
    if found is None or s.denied(found[0]):
        return []
    token, shape = found
    epoch = s.first("at_epoch")
    since = int(epoch.value) if epoch else None
    return [ShapeClaim(s.place, s.quote(token.start, token.end), s.part, *curve, shape, since)]


def _supposes(s: Sentence) -> bool:
    return s.has("hedge") or "¿" in s.text or s.text.rstrip().endswith("?")


def _shape(s: Sentence, metric: str) -> tuple[Token, str] | None:
    colon = next((t.start for t in s.tokens if t.word == ":"), len(s.text))
    for token in s.tokens:  # «oscilaciones: 5 subidas» counts, it does not judge
        if token.kind == "shape" and not (token.start < colon < len(s.text) and s.has("rises")):
            return token, str(token.value)
    moves = [t for t in s.tokens if t.kind in _MOVES]
    for rise, fall in itertools.pairwise(moves):  # «sube y luego baja»; the other way round it has a minimum
        between = normalize(s.text[rise.end : fall.start]).replace(",", " , ").split()
        if (rise.kind, fall.kind) == ("up", "down") and len(between) < 5 and _THEN & set(between):
            return rise, "oscillates"
    if moves and s.has("every") and not s.has("at_epoch"):
        return moves[0], "rises" if direction(moves[0], metric) == "up" else "falls"
    again = any(a.word == b.word for a, b in itertools.pairwise(moves))  # «worse and worse»
    steady = next((t for t in s.tokens if t.kind in ("steady", "every") and not s.denied(t)), None)
    if moves and (again or steady):
        return moves[0], "climbs" if direction(moves[0], metric) == "up" else "sinks"
    stable = s.first("stable")
    return (stable, "stable") if stable and not moves else None


def trajectories(s: Sentence) -> list[Claim]:
    """«bajó de 0.40 a 0.11», «0.40 → 0.11», «empieza en 0.40 y acaba en 0.11»."""
    claims: list[Claim] = []
    for i, j in itertools.pairwise(s.numbers()):
        if i in s.used or not _runs_from_to(s.tokens, i, j):
            continue
        curve = _curve(s, i, j)
        s.used |= {i, j}
        cell = next((t for t in reversed(s.tokens[max(0, i - 4) : i]) if t.kind == "cell"), None)
        if cell is not None and is_count(s.tokens[j]):  # «los falsos positivos, de 813 a 733»
            quote = s.quote(cell.start, s.tokens[j].end)
            claims.append(CountClaim(s.place, quote, s.part, str(cell.value), s.tokens[j].value))
        if curve is None or s.has("hedge", "negation"):
            continue
        moves = {direction(t, curve[0]) for t in s.tokens if t.kind in _MOVES}
        moves |= {"up" for t in s.tokens[i:j] if t.word == "up to"}
        quote = s.quote(s.tokens[i].start, s.tokens[j].end)
        first, last = s.tokens[i].value, s.tokens[j].value
        claims.append(
            TrajectoryClaim(
                s.place,
                quote,
                s.part,
                *curve,
                moves.pop() if len(moves) == 1 else "",
                first,
                last,
                *_moments(s.tokens, i, j),
            )
        )
    return claims


def _runs_from_to(tokens: list[Token], i: int, j: int) -> bool:
    moved = any(token.kind in _MOVES for token in tokens[i + 1 : j])
    between = " ".join(token.word.lower() for token in tokens[i + 1 : j] if token.kind not in _MOVES)
    before = tokens[max(0, i - 2) : i]
    if any(token.kind == "initial" for token in _since_number(tokens, i)):
        return between in _TO or moved or any(token.kind == "final" for token in tokens[i + 1 : j])
    if between in ("→", "⇒", "- >"):
        return True
    opened = any(t.kind == "from" or t.word.lower() == "de" for t in before)
    return opened and (between in _TO or _goes_from_to(tokens, i, j))


def _since_number(tokens: list[Token], index: int) -> list[Token]:
    """What is said right before ``index``, and of no other number."""
    start = max((k + 1 for k in range(index) if tokens[k].kind == "number"), default=0)
    return tokens[max(start, index - _BEFORE) : index]


def _goes_from_to(tokens: list[Token], i: int, j: int) -> bool:
    """«pasa de 0.71 de exactitud en la primera época a 0.90 en la última», but not «con un ritmo de 0.01
    llega a 0.90»."""
    opening = next((k for k in (i - 1, i - 2) if k >= 0 and tokens[k].word.lower() in _FROM | {"de"}), None)
    to = j - 1 - (tokens[j - 1].word.lower() in ("un", "el", "a") and tokens[j - 2].word.lower() in _TO)
    if opening is None or tokens[to].word.lower() not in _TO or j - i > 2 * _BEFORE:
        return False
    if any(t.kind in _APART or t.word in (",", ";", ":") for t in tokens[i + 1 : to]):
        return False
    said = tokens[opening - 1] if opening else None
    verb = said is None or said.kind in ("goes", *_MOVES) or said.word in _OPENING
    return verb or tokens[opening].word.lower() in _FROM


def _moments(tokens: list[Token], i: int, j: int) -> tuple[Moment, Moment]:
    """When the values at ``i`` and ``j`` were measured, as far as it is told."""
    opening, between, rest = _since_number(tokens, i), tokens[i + 1 : j], tokens[j + 1 :]
    parted = (k for k, t in enumerate(rest) if t.kind in ("number", "metric") or t.word.lower() in _THEN)
    closing = rest[: next(parted, len(rest))]
    if any(token.kind == "initial" for token in opening):  # «empieza en 0.40 y acaba en 0.11»
        return Moment(at=1), moments.read([t for t in (*between, *closing) if t.kind in _ENDS])
    return moments.read([t for t in between if t.kind in _ENDS]), moments.read(
        [t for t in closing if t.kind in _ENDS]
    )


def _curve(s: Sentence, i: int, j: int) -> tuple[str, str] | None:
    """Which metric of what runs from the number at ``i`` to that at ``j``."""
    ahead = [t for t in reversed(s.tokens[:i]) if t.kind in ("metric", "other")]
    metric = next(iter(ahead or [t for t in s.tokens[i:] if t.kind in ("metric", "other")]), None)
    if metric is None or metric.kind == "other":
        return None
    found = slots(s, s.tokens.index(metric), set())
    if len(found) != 1:
        return None
    name, split = found[0].name, found[0].split
    start = max((k for k in range(i) if s.tokens[k].kind == "number"), default=0)
    if (
        s.tokens[start].start > metric.start
    ):  # «la pérdida de validación, de A a B, y la de entrenamiento, de C …»
        split = next((str(t.value) for t in s.tokens[start:i] if t.kind == "split"), split)
    split = split or (s.splits().pop() if len(s.splits()) == 1 else str(s.context.get("split", "")))
    return (name, split) if split else None


def rises(s: Sentence) -> list[Claim]:
    """«la val_loss sube 5 veces», «cinco subidas», «empeora en 5 épocas»."""
    if not s.is_about("loss", "val") or s.has("hedge"):
        return []
    if not s.has("rises", "up", "worse", "more"):
        return []
    for i, token in enumerate(s.tokens):
        value: Numeral | int | None = None
        index: int | None = None
        if token.kind in ("rises", "up"):
            value, index = _cardinal(s, i - 1)
            colon = next((k for k in range(i, len(s.tokens)) if s.tokens[k].word == ":"), None)
            if value is None and colon is not None:
                value, index = _cardinal(s, colon + 1)
        elif token.kind == "times" or (token.kind == "epochs" and _are_epochs_of_rising(s, i)):
            value, index = _cardinal(s, i - (2 if s.tokens[i - 1].word.lower() in ("las", "the") else 1))
        if value is None:
            continue
        if index is not None:
            s.used.add(index)
        quote = s.quote(s.tokens[max(0, i - 2)].start, token.end)
        return [CountClaim(s.place, quote, s.part, "rises", value)]
    return []


def _are_epochs_of_rising(s: Sentence, index: int) -> bool:
    """«empeora en 5 épocas», «son 5 las épocas en que sube», but not «tras 5 épocas sin mejorar»."""
    opening = {token.word.lower() for token in s.tokens[max(0, index - 3) : index]}
    return not s.has("idle", "stopping") and bool(opening & {"en", "in", "son", "are", "hay"})


def _cardinal(s: Sentence, index: int) -> tuple[Numeral | int | None, int | None]:
    """A number of times, in digits or in a word, and the index of its digits."""
    if not 0 <= index < len(s.tokens):
        return None, None
    token = s.tokens[index]
    if token.kind == "number":
        free = index not in s.used and is_count(token) and token.value.whole < 1_000
        return (token.value, index) if free else (None, None)
    return (NUMBER_WORDS.get(token.word.lower()) if token.kind == "w" else None), None

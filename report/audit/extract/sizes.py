"""Counts of examples in a sentence: parts of the data, shares, classes, cells of the matrix."""

import re

from report.audit.claims import Claim, ShareClaim, SizesClaim, SplitClaim
from report.audit.extract.settings import beside, count
from report.audit.lexicon import word_set
from report.audit.numerals import Numeral
from report.audit.sentences import Sentence, Token, is_count

_PARTS = ("train", "val", "test")
_LEFT = word_set("quedan queda restantes remain remains remaining")
_GOVERNING = word_set("on with for con para sobre en : = of de")
_LONG = word_set("palabras words tokens mots caracteres characters pixeles pixels px dimensiones dimensions")
LEAST = 20  # smaller whole numbers count other things than examples


def sizes(s: Sentence) -> list[Claim]:
    return [*_split(s), *_parts(s), *_cells(s)]


def _split(s: Sentence) -> list[Claim]:
    """Percentages of the data, one for each part that is named, that make a whole."""
    percents = _percents(s)
    named = [i for i, t in enumerate(s.tokens) if t.kind == "split" and t.value in _PARTS]
    if not 2 <= len(percents) <= 3 or s.has("metric", "hedge", "others", "class"):
        return []
    found: dict[str, Numeral] = {}
    listed = len(percents) == len(named) and (not percents or percents[-1] < named[0])
    if listed:  # «70 % / 15 % / 15 % (train / val / test)»
        found = {str(s.tokens[n].value): s.tokens[p].value for n, p in zip(named, percents, strict=True)}
    after = all(any(p < n for n in named) for p in percents) and (not named or percents[0] < named[0])
    for p in percents if not listed else ():
        near = [n for n in named if (n > p if after else n < p)]
        if near:
            part = str(s.tokens[min(near) if after else max(near)].value)
            found.setdefault(part, s.tokens[p].value)
    if len(found) != len(percents) or "train" not in found or not _is_whole(found):
        return []
    s.used |= set(percents)
    quote = s.quote(s.tokens[percents[0]].start, s.tokens[percents[-1]].end)
    return [SplitClaim(s.place, quote, s.part, found["train"], found.get("val"), found.get("test"))]


def _is_whole(parts: dict[str, Numeral]) -> bool:
    """Whether they make 100 %, or are all three and none is of another: «80 % y 20 %, de esos el 10 %»."""
    train, others = parts["train"].real, [n.real for part, n in parts.items() if part != "train"]
    off = abs(train + sum(others) - 100)
    return off <= 1 or (len(parts) == 3 and off <= 20 and all(abs(train + one - 100) > 1 for one in others))


def _percents(s: Sentence) -> list[int]:
    return [i for i in s.numbers() if s.tokens[i].value.percent]


def shares(s: Sentence) -> list[Claim]:
    """«2048 de 12500 (16.4 %)»."""
    whole, percents = s.counts(), _percents(s)
    if len(whole) != 2 or len(percents) != 1 or "val" in s.splits():
        return []
    if s.has("hedge", "metric") and not s.has("class"):
        return []
    small, large = sorted(whole, key=lambda i: s.tokens[i].value.whole)
    start = max([large - 3, *(i + 1 for i in s.numbers() if i < large)])
    if not any(t.kind in ("of", "total") or t.word == "/" for t in s.tokens[max(0, start) : large]):
        return []
    s.used |= {small, large, percents[0]}
    classes = {str(t.value) for t in s.tokens if t.kind == "class"}
    first, last = s.tokens[min(whole + percents)], s.tokens[max(whole + percents)]
    return [
        ShareClaim(
            s.place,
            s.quote(first.start, last.end),
            s.part,
            s.tokens[small].value,
            s.tokens[large].value,
            s.tokens[percents[0]].value,
            classes.pop() if len(classes) == 1 else "",
            s.has("wrong", "error"),
        )
    ]


def _parts(s: Sentence) -> list[Claim]:
    """Sizes of training, validation and test parts that are named together."""
    whole = [i for i in s.counts(LEAST) if not (_LONG & {t.word.lower() for t in s.tokens[i + 1 : i + 2]})]
    splits = s.splits() & set(_PARTS)
    if s.has("others") or (s.kind == "cell" and s.has("metric")) or any(_is_some(s, i) for i in whole):
        return []
    if not whole or not splits or s.has("class", "cell", "hedge", "error", "wrong"):
        return []
    if not s.has("examples", "total") and len(whole) < 2:
        return []
    percents = _percents(s)
    roles = _roles(s, whole, percents)
    numerals: dict[str, Numeral | None] = {
        role: s.tokens[found[0]].value if len(found) == 1 else None for role, found in roles.items()
    }
    s.used |= set(whole)
    if len(percents) == 1 and roles["val"] and roles["total"]:
        s.used.add(percents[0])
    if not any(numerals[part] for part in _PARTS):
        return []
    share = s.tokens[percents[0]].value if len(percents) == 1 else None
    quote = s.quote(s.tokens[whole[0]].start, s.tokens[whole[-1]].end)
    train, val, test = (numerals[part] for part in _PARTS)
    return [SizesClaim(s.place, quote, s.part, train, val, test, numerals["total"], share)]


def _is_some(s: Sentence, index: int) -> bool:
    """«100 reseñas de la prueba» are some of it, «las 100 reseñas de la prueba» and «100 de prueba» all."""
    before = s.tokens[index - 1].word.lower() if index else ""
    after = " ".join(t.word.lower() for t in s.tokens[index + 1 : index + 4])
    of_the = re.match(r"\S+ (?:de la|de las|de los|of the)\b", after) is not None
    return {"cada", "each"} & {t.word.lower() for t in s.tokens} != set() or (
        of_the and before not in ("las", "los", "the", "estas", "these")
    )


def _roles(s: Sentence, whole: list[int], percents: list[int]) -> dict[str, list[int]]:
    """Which number is the size of what; what is said of none is under the empty name."""
    roles: dict[str, list[int]] = {"train": [], "val": [], "test": [], "total": [], "": []}
    for n, i in enumerate(whole):
        start, stop = whole[n - 1] + 1 if n else 0, whole[n + 1] if n + 1 < len(whole) else len(s.tokens)
        before, after = s.tokens[start:i][::-1], s.tokens[i + 1 : stop]
        summed = bool(before) and before[0].word == "=" and any(t.word == "+" for t in s.tokens[:i])
        shared = summed or any(0 < i - p <= 4 and _links(s.tokens[p + 1 : i]) for p in percents)
        roles["total" if shared else _governor(before) or _role(after) or _role(before)].append(i)

    def size(i: int) -> int:
        return int(s.tokens[i].value.whole)

    unnamed = roles[""]
    if percents and "val" in s.splits() and not roles["val"] and len(unnamed) == 1:
        roles["val"] = [unnamed.pop()]
    if percents and not roles["total"] and len(roles["train"]) == 1 and len(whole) == 2:
        roles["total"], roles["train"] = roles["train"], []
    if len(roles["train"]) == 2 and not roles["total"]:
        roles["train"].sort(key=size)
        roles["total"] = [roles["train"].pop()]
    if unnamed and not roles["total"] and roles["val"] and max(whole, key=size) in unnamed:
        roles["total"] = [max(unnamed, key=size)]
    return roles


def _links(tokens: list[Token]) -> bool:
    return all(set(t.word.split()) <= {"de", "of", "las", "los", "the"} for t in tokens)


def _governor(before: list[Token]) -> str:
    """«train on 20000»: the verb stands before its number, with a preposition between."""
    if len(before) < 2 or before[0].word.lower() not in _GOVERNING:
        return ""
    verb = before[1].word.lower()
    return str(before[1].value) if before[1].kind == "split" else "train" if verb.startswith("entren") else ""


def _role(tokens: list[Token]) -> str:
    for token in tokens:
        if token.kind == "split" and token.value in _PARTS:
            return str(token.value)
        if token.kind == "total":
            return "total"
        if token.word.lower() in _LEFT:
            return "train"
    return ""


def _cells(s: Sentence) -> list[Claim]:
    """«1358 falsos positivos», «12500 reseñas positivas»."""
    claims: list[Claim] = []
    for i, token in enumerate(s.tokens):
        if token.kind != "cell" or s.has("common", "weight"):
            continue
        number = beside(s, i)
        if number is not None and is_count(s.tokens[number]):
            s.used.add(number)
            claims.append(count(s, str(token.value), number))
    classes = [t for t in s.tokens if t.kind == "class"]
    whole = s.counts(LEAST)
    errs = s.has("common", "bias", "error", "wrong", "labelled", "cell")
    if (
        errs
        or s.has("hedge", "rises", "seed", "at_seed", "hit")
        or {"como", "as", "por"} & {t.word for t in s.tokens}
    ):
        return claims
    if len(whole) != 1 or not s.has("examples", "split"):
        return claims
    near = [t for t in s.tokens[whole[0] + 1 : whole[0] + 3] if t.kind == "class"]
    if len(classes) == 1 or near:  # «12500 positivas y el resto negativas»
        s.used.add(whole[0])
        claims.append(count(s, f"class_{(near or classes)[0].value}", whole[0]))
    return claims

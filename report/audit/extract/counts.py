"""Counts in a sentence: settings, epochs, sizes, rises, errors, shares."""

from report.audit.claims import Claim, CountClaim, ShareClaim, SizesClaim, StoppingClaim
from report.audit.lexicon import NUMBER_WORDS
from report.audit.numerals import Numeral
from report.audit.sentences import Sentence, Token

_AFTER = {
    ":",
    "=",
    "de",
    "of",
    "(",
    "is",
    "es",
    "fue",
    "was",
    "size",
    "tamano",
    "del",
    "la",
    "el",
    "a",
    "un",
    "una",
    "with",
    "con",
    "at",
}
_RUN = {
    "entrenamos",
    "completaron",
    "completan",
    "lasts",
    "dura",
    "durante",
    "for",
    "duro",
    "lasted",
    "ran",
    "runs",
    "run",
    "entrena",
    "entreno",
    "trained",
    "completo",
    "completed",
    "ejecuto",
}
_LEFT = {"quedan", "remain", "remaining", "restantes", "queda", "remains"}
_NOT_ALL = {
    "primeras",
    "first",
    "last",
    "ultimas",
    "seguidas",
    "consecutivas",
    "consecutive",
    "cada",
    "every",
    "mas",
    "more",
    "otras",
}
_NAMING = {"from", "of", "w", "part", "duration", "split"}  # «iterations of the GAN: 3000»
SETTINGS: tuple[str, ...] = (
    "batch",
    "rate",
    "units",
    "recurrent_dropout",
    "spatial_dropout",
    "l2",
    "embedding",
    "vocabulary",
    "length",
)
SETTINGS += ("clipnorm", "latent", "beta", "patience")


def counts(s: Sentence, used: set[int]) -> list[Claim]:
    """All counts; the indices of their numbers are added to ``used``."""
    claims: list[Claim] = []
    claims += _stopping(s, used)
    claims += _settings(s, used)
    claims += _epochs(s, used)
    claims += _rises(s, used)
    claims += _shares(s, used)
    claims += _sizes(s, used)
    claims += _cells(s, used)
    return claims


def _number_after(s: Sentence, index: int, used: set[int], reach: int = 3) -> int | None:
    for i in range(index + 1, min(len(s.tokens), index + 1 + reach)):
        if s.tokens[i].kind == "number" and i not in used:
            return i
        if s.tokens[i].word.lower() not in _AFTER:
            return None
    return None


def _number_before(s: Sentence, index: int, used: set[int]) -> int | None:
    i = index - 1
    if (
        i >= 0
        and s.tokens[i].kind == "number"
        and i not in used
        and s.tokens[index].start - s.tokens[i].end <= 2
    ):
        return i
    return None


def _count(s: Sentence, name: str, index: int) -> CountClaim:
    token = s.tokens[index]
    return CountClaim(s.place, s.quote(token.start, token.end), s.part, name, token.value)


def _stopping(s: Sentence, used: set[int]) -> list[Claim]:
    stopping = next((i for i, t in enumerate(s.tokens) if t.kind == "stopping"), None)
    patience = None
    for i, token in enumerate(s.tokens):
        if token.kind == "param" and token.value == "patience":
            number = _number_after(s, i, used)
            if number is not None and not s.has("lr_schedule"):
                patience = s.tokens[number].value.whole
                used.add(number)
    if stopping is None:
        if patience is not None:
            return [StoppingClaim(s.place, s.quote(0, 0), s.part, patience, None)]
        return []
    if s.has("negation", "hedge"):
        return []
    epochs = [t.value for t in s.tokens if t.kind == "at_epoch"]
    token = s.tokens[stopping]
    monitor = next((str(t.value) for t in s.tokens if t.kind == "metric" and s.has("monitor")), "")
    return [
        StoppingClaim(
            s.place,
            s.quote(token.start, token.end + 30),
            s.part,
            patience,
            epochs[0] if len(epochs) == 1 else None,
            monitor,
        )
    ]


def _settings(s: Sentence, used: set[int]) -> list[Claim]:
    claims: list[Claim] = []
    for i, token in enumerate(s.tokens):
        if token.kind == "lr_schedule":
            number = _number_after(s, i, used)
            if number is not None:
                used.add(number)
        if token.kind != "param" or token.value == "patience":
            continue
        before = _number_before(s, i, used) if token.value in ("units", "other", "embedding") else None
        number = (
            before
            if before is not None
            else _number_after(s, i, used, 5 if token.value in ("rate", "batch") else 3)
        )
        if number is None:
            continue
        used.add(number)
        if (
            token.value in SETTINGS
            and not s.has("hedge", "negation", "lr_schedule")
            and not s.tokens[number].value.spread
        ):
            claims.append(_count(s, str(token.value), number))
    return claims


def _epochs(s: Sentence, used: set[int]) -> list[Claim]:
    claims: list[Claim] = []
    for i, token in enumerate(s.tokens):
        if token.kind not in ("epochs", "steps"):
            continue
        name = "epochs" if token.kind == "epochs" else "iterations"
        limit = any(t.kind == "limit" for t in s.tokens[max(0, i - 6) : i])
        before = _number_before(s, i, used)
        if before is not None:
            numeral: Numeral = s.tokens[before].value
            used.add(before)
            opening = s.tokens[before - 1].word if before else ""
            if name == "epochs" and s.has("metric") and opening in ("con", "tras", "after", "with"):
                s.tokens[i] = Token("at_epoch", numeral.whole, token.start, token.end, token.word)
                continue  # «tras 3 épocas» is a moment
            previous = [t.word.lower() for t in s.tokens[max(0, before - 2) : before]]
            words = {t.word.lower() for t in s.tokens[max(0, before - 3) : i + 2]}
            titled = before == 2 and s.tokens[1].word == ":" and s.tokens[0].kind in ("split", "duration")
            runs = (
                titled
                or bool(_RUN & set(previous))
                or (
                    name == "iterations"
                    and previous[-1:] in (["tras"], ["after"])
                    and s.has("final", "stopped")
                    and not s.has("figure_ref")
                )
            )
            if numeral.whole is None or numeral.upper is not None or _NOT_ALL & words or s.has("hedge"):
                continue
            if limit:
                claims.append(_count(s, f"max_{name}", before))
            elif runs and not (s.has("negation") or s.has("metric")):
                claims.append(_count(s, name, before))
            continue
        end = i
        while end + 1 < len(s.tokens) and end - i < 4 and s.tokens[end + 1].kind in _NAMING:
            end += 1
        if any(t.word in ("entre", "between", "per", "por") for t in s.tokens[i : end + 1]):
            continue  # «iterations between samples»
        if end + 1 < len(s.tokens) and s.tokens[end + 1].word in (":", "="):
            number = _number_after(s, end, used)
            early = all(
                t.kind in ("duration", "limit", "split", "from", "of", "w", "part") for t in s.tokens[:i]
            )
            if number is not None and s.tokens[number].value.whole is not None and early:
                used.add(number)
                claims.append(_count(s, f"max_{name}" if limit else name, number))
    return claims


def _rises(s: Sentence, used: set[int]) -> list[Claim]:
    if not _about(s, "loss", "val") or s.has("hedge"):
        return []
    for i, token in enumerate(s.tokens):
        if token.kind not in ("rises", "up", "times"):
            continue
        if token.kind == "times" and not s.has("up"):
            continue
        value, index = _cardinal(s, i - 1)
        if value is None and token.kind in ("rises", "up") and any(t.word == ":" for t in s.tokens[i:]):
            colon = next(j for j in range(i, len(s.tokens)) if s.tokens[j].word == ":")
            value, index = _cardinal(s, colon + 1)
        if value is None or (isinstance(value, Numeral) and (value.whole is None or value.percent)):
            continue
        if index is not None:
            used.add(index)
        return [
            CountClaim(s.place, s.quote(s.tokens[max(0, i - 2)].start, token.end), s.part, "rises", value)
        ]
    return []


def _cardinal(s: Sentence, index: int) -> tuple[Numeral | int | None, int | None]:
    if not 0 <= index < len(s.tokens):
        return None, None
    token = s.tokens[index]
    if token.kind == "number":
        return token.value, index
    return NUMBER_WORDS.get(token.word.lower()) if token.kind == "w" else None, None


def _about(s: Sentence, name: str, split: str) -> bool:
    """Whether the sentence is about this metric on this part of the data."""
    for token in s.tokens:
        if token.kind == "metric" and token.value == (name, split):
            return True
    named = any(t.kind == "metric" and t.value == name for t in s.tokens)
    splits = {t.value for t in s.tokens if t.kind == "split"}
    return named and splits == {split}


def _whole(token: Token) -> bool:
    numeral = token.value
    return bool(
        numeral.whole is not None and not numeral.percent and numeral.upper is None and not numeral.spread
    )


def _free_counts(s: Sentence, used: set[int], least: int = 0) -> list[int]:
    return [
        i
        for i, t in enumerate(s.tokens)
        if t.kind == "number" and i not in used and _whole(t) and t.value.whole >= least
    ]


def _shares(s: Sentence, used: set[int]) -> list[Claim]:
    whole = _free_counts(s, used)
    percents = [i for i, t in enumerate(s.tokens) if t.kind == "number" and i not in used and t.value.percent]
    splits = {t.value for t in s.tokens if t.kind == "split"}
    if (
        len(whole) != 2
        or len(percents) != 1
        or "val" in splits
        or (s.has("hedge", "metric") and not s.has("class"))
    ):
        return []
    small, large = sorted(whole, key=lambda i: s.tokens[i].value.whole)
    used |= {small, large, percents[0]}
    classes = {str(t.value) for t in s.tokens if t.kind == "class"}
    return [
        ShareClaim(
            s.place,
            s.quote(s.tokens[min(whole + percents)].start, s.tokens[max(whole + percents)].end),
            s.part,
            s.tokens[small].value,
            s.tokens[large].value,
            s.tokens[percents[0]].value,
            classes.pop() if len(classes) == 1 else "",
            s.has("wrong", "error"),
        )
    ]


def _sizes(s: Sentence, used: set[int]) -> list[Claim]:
    whole = _free_counts(s, used, 20)
    splits = {t.value for t in s.tokens if t.kind == "split"} & {"train", "val", "test"}
    if not whole or not splits or s.has("class", "cell", "hedge", "error", "wrong"):
        return []
    if not s.has("examples", "total") and len(whole) < 2:
        return []
    percents = [i for i, t in enumerate(s.tokens) if t.kind == "number" and i not in used and t.value.percent]
    roles: dict[str, list[int]] = {"train": [], "val": [], "test": [], "total": [], "": []}
    for n, i in enumerate(whole):
        stop = whole[n + 1] if n + 1 < len(whole) else len(s.tokens)
        start = whole[n - 1] + 1 if n else 0
        of_share = any(
            0 < i - p <= 4
            and all(set(t.word.split()) <= {"de", "of", "las", "los", "the"} for t in s.tokens[p + 1 : i])
            for p in percents
        )
        role = (
            "total" if of_share else _role(s.tokens[i + 1 : stop]) or _role(list(reversed(s.tokens[start:i])))
        )
        roles[role].append(i)
    if percents and "val" in splits and not roles["val"] and len(roles[""]) == 1:
        roles["val"] = roles.pop("")
    if percents and not roles["total"] and len(roles["train"]) == 1 and len(whole) == 2:
        roles["total"] = roles["train"]
        roles["train"] = []
    if len(roles["train"]) == 2 and not roles["total"]:
        roles["train"].sort(key=lambda i: s.tokens[i].value.whole)
        roles["total"] = [roles["train"].pop()]
    used |= set(whole)
    if len(percents) == 1 and roles["val"] and roles["total"]:
        used.add(percents[0])
    first, last = s.tokens[whole[0]], s.tokens[whole[-1]]

    def only(role: str) -> Numeral | None:
        return s.tokens[roles[role][0]].value if len(roles[role]) == 1 else None

    if not any(only(role) for role in ("train", "val", "test")):
        return []
    share = s.tokens[percents[0]].value if len(percents) == 1 else None
    quote = s.quote(first.start, last.end)
    return [
        SizesClaim(s.place, quote, s.part, only("train"), only("val"), only("test"), only("total"), share)
    ]


def _role(tokens: list[Token]) -> str:
    for token in tokens:
        if token.kind == "split" and token.value in ("train", "val", "test"):
            return str(token.value)
        if token.kind == "total":
            return "total"
        if token.word.lower() in _LEFT:
            return "train"
    return ""


def _cells(s: Sentence, used: set[int]) -> list[Claim]:
    claims: list[Claim] = []
    for i, token in enumerate(s.tokens):
        if token.kind != "cell" or s.has("common"):
            continue
        number = _number_before(s, i, used)
        number = number if number is not None else _number_after(s, i, used)
        if number is not None and _whole(s.tokens[number]):
            used.add(number)
            claims.append(_count(s, str(token.value), number))
    classes = [t for t in s.tokens if t.kind == "class"]
    plain = not s.has(
        "common", "bias", "error", "wrong", "labelled", "cell", "hedge", "as", "rises", "seed", "at_seed"
    )
    whole = _free_counts(s, used, 20)
    if plain and len(classes) == 1 and len(whole) == 1 and s.has("examples", "split"):
        used.add(whole[0])
        claims.append(_count(s, f"class_{classes[0].value}", whole[0]))
    return claims

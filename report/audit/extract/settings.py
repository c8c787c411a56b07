"""Settings in a sentence: hyperparameters, epochs and iterations run, early stopping."""

import re

from report.audit.claims import Claim, CountClaim, StoppingClaim
from report.audit.lexicon import normalize, word_set
from report.audit.sentences import Sentence, Token, is_count

SETTINGS = (
    *(
        "batch",
        "rate",
        "units",
        "dropout",
        "recurrent_dropout",
        "spatial_dropout",
        "l2",
        "embedding",
        "vocabulary",
    ),
    *("length", "clipnorm", "latent", "beta", "patience"),
)
WHOLE = frozenset({"batch", "units", "embedding", "vocabulary", "length", "latent", "patience"})
_LINKS = word_set(": = de of ( is es fue was size tamano del la el a un una con with con at to")
_VERBS = word_set("is es was fue = :")
_PART_OF_RUN = word_set(
    "primeras first last ultimas seguidas consecutivas consecutive cada every mas more otras"
)
_NAMING = frozenset({"from", "of", "w", "part", "duration", "split"})  # «iterations of the GAN: 3000»
_UNITS = {  # words that a number of each setting may count
    "length": ("tokens", "palabras", "words"),
    "vocabulary": ("tokens", "palabras", "words"),
    "batch": ("imagenes", "images"),
}
HIDDEN = "hidden"  # of the layers that are only called so
_HIDDEN = re.compile(r"\b(?:ocult[oa]s?|hidden)\b")
_LAYER = re.compile(
    r"(primera?|segunda?|tercera?|ultima?|first|second|third|last) (?:capa|layer|lstm|gru)"
    r"|(?:capa|layer|lstm|gru)[ _-](\d)\b",
)
_TOPICS = ("param", "metric", "other", "epochs", "steps", "stopping")


def settings(s: Sentence) -> list[Claim]:
    """All settings, unless the sentence tells of other people's training."""
    return [] if s.has("others") else [*_stopping(s), *_hyperparameters(s), *_runs(s)]


_ITEM = re.compile(r"\s*\d{1,2}\s*[-–—.)]\s")  # «6 - Embedding»


def _after(s: Sentence, index: int, reach: int = 3) -> int | None:
    """The index of the free number that follows, with only links between."""
    for i in range(index + 1, min(len(s.tokens), index + 1 + reach)):
        if s.tokens[i].kind == "number" and i not in s.used:
            return None if _in_shape(s, s.tokens[i]) or _counts_other(s, index, i) else i
        if s.tokens[i].word.lower() not in _LINKS:
            return None
    return None


def _told(s: Sentence, index: int) -> int | None:
    """«the batch size of run 3 is 32»: what it is stands behind the verb."""
    for i in range(index + 2, min(len(s.tokens), index + 10)):
        if s.tokens[i].kind == "param" or s.tokens[i].word in (",", ";"):
            return None
        if s.tokens[i].kind == "number" and s.tokens[i - 1].word.lower() in _VERBS:
            return i if i not in s.used else None
    return None


def _counts_other(s: Sentence, index: int, number: int) -> bool:
    """«embedding: 20.000 palabras del vocabulario»: the number counts something else than what is set."""
    name = str(s.tokens[index].value)
    following = next(iter(s.tokens[number + 1 : number + 2]), None)
    if following is None or following.kind != "param" or following.start - s.tokens[number].end > 2:
        return False
    return following.value != name and following.word not in _UNITS.get(name, ())


def _in_shape(s: Sentence, token: Token) -> bool:
    """«250 × 128» is what a layer gives, and nothing that was set; nor is one of a list."""
    around = s.text[max(0, token.start - 3) : token.start], s.text[token.end : token.end + 3]
    listed = re.match(r"\s*[,/;]\s*\d", s.text[token.end : token.end + 4])  # «20, 20, 3»: of each layer
    return bool(listed) or any(re.fullmatch(r"\s*[×x]\s*\d?|\d?\s*[×x]\s*", text) for text in around)


def before(s: Sentence, index: int) -> int | None:
    """The index of the free number right before."""
    i = index - 1
    if i > 0 and s.tokens[i].value == "train" and s.tokens[index].kind in ("epochs", "steps"):
        index, i = i, i - 1  # «3000 training iterations»
    if i < 0 or s.tokens[i].kind != "number" or i in s.used:
        return None
    return i if s.tokens[index].start - s.tokens[i].end <= 2 else None


def beside(s: Sentence, index: int) -> int | None:
    number = before(s, index)
    return number if number is not None else _after(s, index)


def count(s: Sentence, name: str, index: int, of: str = "") -> CountClaim:
    token = s.tokens[index]
    return CountClaim(s.place, s.quote(token.start, token.end), s.part, name, token.value, of)


def _stopping(s: Sentence) -> list[Claim]:
    stopping, patience = s.first("stopping"), _patience(s)
    if stopping is None:
        return [StoppingClaim(s.place, s.quote(0, 0), s.part, patience, None)] if patience is not None else []
    if s.has("negation", "hedge") and not s.has("idle"):
        return []
    epochs = [t.value for t in s.tokens if t.kind == "at_epoch"]
    monitor = next((str(t.value) for t in s.tokens if t.kind == "metric" and s.has("monitor")), "")
    quote = s.quote(stopping.start, stopping.end + 30)
    return [StoppingClaim(s.place, quote, s.part, patience, epochs[0] if len(epochs) == 1 else None, monitor)]


def _patience(s: Sentence) -> int | None:
    """«paciencia de 3 épocas», «3 épocas sin mejorar» where early stopping is named."""
    number = None
    for i, token in enumerate(s.tokens if not s.has("lr_schedule") else ()):
        if token.kind == "param" and token.value == "patience":
            number = _after(s, i, 4)
        elif token.kind == "epochs" and s.has("stopping") and i + 1 < len(s.tokens):
            number = before(s, i) if s.tokens[i + 1].kind == "idle" else number
    if number is None or not is_count(s.tokens[number]):
        return None
    s.used.add(number)
    return int(s.tokens[number].value.whole)


def _hyperparameters(s: Sentence) -> list[Claim]:
    claims: list[Claim] = []
    asserted = not s.has("hedge", "negation", "lr_schedule")
    for i, token in enumerate(s.tokens):
        if token.kind == "lr_schedule" and (number := _after(s, i)) is not None:
            s.used.add(number)
        if token.kind != "param" or token.value == "patience" or _is_named(s, i):
            continue
        name = str(token.value)
        number = _setting(s, i, name)
        if number is None or not (s.has("weight") or _may_be(s.tokens[number], name)):
            continue
        s.used.add(number)
        limited = any(t.kind == "limit" for t in s.tokens[max(0, i - 3) : i])  # a bound is not the value
        if name in SETTINGS and asserted and not limited and not s.tokens[number].value.spread:
            claims.append(count(s, name, number, _layer(s, i) if name == "units" else ""))
    return claims


def _is_named(s: Sentence, index: int) -> bool:
    """«el modelo con dropout», «the dropout model»: what a model has is its name."""
    if any(t.word.lower() in ("model", "network") for t in s.tokens[index + 1 : index + 2]):
        return True
    before = " ".join(t.word.lower() for t in s.tokens[max(0, index - 2) : index])
    return s.tokens[index].word in s.scope.model.split() and before.endswith(
        (" con", " sin", " with", " without")
    )


def _may_be(token: Token, name: str) -> bool:
    """Whether a number can be the value of a setting: no share is a rate, and no fraction a batch."""
    if name in WHOLE:
        return is_count(token) and token.value.whole > 0
    return name != "rate" or (not token.value.percent and 0 < token.value.real <= 1)


def _layer(s: Sentence, index: int) -> str:
    """Of which layer the units at ``index`` are; «unidades» of a cost are no neurons."""
    if weight := s.first("weight"):
        return weight.word
    named = [t for t in s.tokens[:index] if t.kind == "layer" or t.value == "lstm"]
    if named and named[-1].kind == "layer":
        return named[-1].word
    found = {match[1] or match[2] for match in _LAYER.finditer(normalize(s.text))}
    recurrent = any(
        t.value == "lstm" or t.word in ("gru", "celdas", "cells", "recurrente", "recurrent") for t in s.tokens
    )
    return (
        found.pop()
        if len(found) == 1
        else HIDDEN
        if _HIDDEN.search(normalize(s.text))
        else ""
        if recurrent or (s.part == "lstm" and (s.kind == "cell" or len(s.tokens) <= 3))
        else "?"
    )


def _setting(s: Sentence, index: int, name: str) -> int | None:
    """The number that sets the parameter at ``index``: beside it, or the only one of the sentence."""
    number = before(s, index) if name in ("units", "other", "embedding") else None
    if number is None:
        number = _after(s, index, 5 if name in ("rate", "batch") else 3)
    number = _told(s, index) if number is None and name != "other" else number
    numbers = s.numbers()
    if number is not None or name == "other" or len(numbers) != 1:
        return number
    if sum(t.kind in _TOPICS for t in s.tokens) != 1:
        return None
    numeral = s.tokens[numbers[0]].value
    if _ITEM.match(s.text):
        return None
    fits = is_count(s.tokens[numbers[0]]) and numeral.whole > 1 if name in WHOLE else 0 < numeral.real < 1
    return numbers[0] if fits else None


def _runs(s: Sentence) -> list[Claim]:
    """Epochs and iterations that the training took, or its limit."""
    claims: list[Claim] = []
    for i, token in enumerate(s.tokens):
        if token.kind not in ("epochs", "steps"):
            continue
        name = "epochs" if token.kind == "epochs" else "iterations"
        limited = any(t.kind == "limit" for t in s.tokens[max(0, i - 6) : i])
        number, titled = before(s, i), _titled(s, i)
        if number is None and titled is None:
            continue
        if number is None:
            said = titled
        else:
            opening = s.tokens[number - 1].word.lower() if number else ""
            around = {t.word.lower() for t in s.tokens[max(0, number - 3) : i + 2]}
            said = None
            if name == "epochs" and s.has("metric") and opening in ("con", "tras", "after", "with"):
                whole = s.tokens[number].value.whole  # «tras 3 épocas» is a moment
                s.tokens[i] = Token("at_epoch", whole, token.start, token.end, token.word)
            elif is_count(s.tokens[number]) and not around & _PART_OF_RUN and not s.has("hedge", "idle"):
                lasted = _tells_duration(s, number, i) and not s.denied(token) and not s.has("metric")
                said = number if limited or lasted else None
            s.used.add(number)
        if said is not None:
            s.used.add(said)
            claims.append(count(s, f"max_{name}" if limited else name, said))
    return claims


def _tells_duration(s: Sentence, number: int, unit: int) -> bool:
    """Whether the count at ``number`` is how long training lasted, not one moment of it."""
    previous, following = s.tokens[max(0, number - 6) : number], s.tokens[unit + 1 : unit + 4]
    opening = previous[-1].word.lower() if previous else ""
    shown = s.has("figure_ref")
    if any(t.kind == "duration" or t.value == "train" for t in previous):
        return not shown
    if any(t.kind == "total" for t in following):  # «son 12 épocas en total»
        return not shown
    if any(t.kind == "using" for t in previous[-2:]):  # «usar 10 épocas», «usamos las 10 épocas»
        return not shown
    if any(t.kind == "part" for t in following) and not shown and not s.has("at_step"):
        return opening not in ("tras", "after", "las", "the")
    if number == 0:  # «10 épocas de entrenamiento»
        return len(s.tokens) == unit + 1 or any(t.value == "train" or t.kind == "duration" for t in following)
    if number == 2 and s.tokens[1].word == ":" and s.tokens[0].kind in ("split", "duration", "part"):
        return True
    ends = s.has("final", "stopped") and not shown
    return s.tokens[unit].kind == "steps" and opening in ("tras", "after") and ends


def _titled(s: Sentence, index: int) -> int | None:
    """«Épocas de entrenamiento: 10», but not «iterations between samples»."""
    end = index
    while end + 1 < len(s.tokens) and end - index < 4 and s.tokens[end + 1].kind in _NAMING:
        end += 1
    if any(t.word in ("entre", "between", "per", "por") for t in s.tokens[index : end + 1]):
        return None
    if end + 1 >= len(s.tokens) or s.tokens[end + 1].word not in (":", "="):
        return None
    number = _after(s, end) if all(t.kind in (*_NAMING, "limit") for t in s.tokens[:index]) else None
    return number if number is not None and s.tokens[number].value.whole is not None else None

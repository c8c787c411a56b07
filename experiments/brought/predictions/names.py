"""Which column of a file of predictions is which."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from re import fullmatch, sub

from experiments.brought.refusals import refusal
from experiments.records.brought import TakenAs
from experiments.validation import shown

LABEL, PROBABILITY, ANSWER, LENGTH, REVIEW_ID = "y_true", "y_prob", "y_pred", "length", "review_id"

# Beside their own, in lower case and without accents.
OTHER_NAMES: dict[str, tuple[str, ...]] = {
    LABEL: (
        *("label", "labels", "y_test", "target", "targets", "true", "truth", "ground_truth", "sentiment"),
        *("verdadero", "etiqueta", "etiquetas", "real", "y_real", "clase", "sentimiento"),
    ),
    PROBABILITY: (
        *("prob", "probs", "proba", "y_score", "y_proba", "y_pred_proba", "y_pred_prob", "pred_prob"),
        *("pred_proba", "probability", "probabilities", "probabilidad", "probabilidades", "score", "scores"),
    ),
    ANSWER: ("pred", "preds", "prediction", "predictions", "predicted", "prediccion", "predicciones"),
    LENGTH: ("lengths", "len", "n_words", "num_words", "word_count", "longitud", "palabras", "n_palabras"),
    REVIEW_ID: ("id", "ids", "index", "indice"),
}
_MEANING = {name: meaning for meaning, names in OTHER_NAMES.items() for name in (meaning, *names)}
_ENDINGS = {"0": 0, "1": 1, "neg": 0, "pos": 1}  # of the two columns of a softmax


@dataclass(frozen=True)
class Chosen:
    """``columns``: by meaning, the name of a column, or of the two that a softmax has; ``unknown``: the
    names of the others."""

    columns: dict[str, tuple[str, ...]]
    taken: tuple[TakenAs, ...]
    unknown: tuple[str, ...]


def choose(path: Path, names: Sequence[str]) -> Chosen:
    """What ``names`` mean.

    Raises:
        BroughtError: two can be the same thing.
    """
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    halves: dict[str, dict[int, str]] = defaultdict(dict)
    unknown = []
    for name in names:
        word = _plain(name)
        half = fullmatch(rf"(.+)_({'|'.join(_ENDINGS)})", word)
        if word in _MEANING:
            found[_MEANING[word]].append((name,))
        elif half and _MEANING.get(half[1]) == PROBABILITY and _ENDINGS[half[2]] not in halves[half[1]]:
            halves[half[1]][_ENDINGS[half[2]]] = name
        else:
            unknown.append(name)
    for both in halves.values():
        if 1 in both:  # that of the negative class alone is not known to be one less the other
            found[PROBABILITY].append(tuple(both[place] for place in sorted(both)))
        else:
            unknown += both.values()
    for meaning, columns in found.items():
        if len(columns) > 1:
            doubtful = " y ".join(f"«{shown(name)}»" for column in columns for name in column)
            raise refusal(path, f"una sola columna que sea «{meaning}»", doubtful, "quite las que no lo sean")
    chosen = {meaning: columns[0] for meaning, columns in found.items()}
    return Chosen(chosen, tuple(_taken(path, chosen)), tuple(unknown))


def _taken(path: Path, chosen: dict[str, tuple[str, ...]]) -> list[TakenAs]:
    """Those that do not bear the name of what they mean."""
    meanings = [
        (name, meaning if name == columns[-1] else f"1 - {meaning}")
        for meaning, columns in chosen.items()
        for name in columns
    ]
    return [
        TakenAs(file=path.name, name=name, meaning=meaning) for name, meaning in meanings if name != meaning
    ]


def _plain(name: str) -> str:
    """«Índice (núm.)» -> «indice_num»."""
    letters = unicodedata.normalize("NFKD", name.strip().lower())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return sub(r"[\W_]+", "_", bare).strip("_")

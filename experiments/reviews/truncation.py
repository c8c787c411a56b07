"""How often a trained classifier is right when it is given less of each review."""

from collections.abc import Sequence
from typing import Literal

import keras
import numpy as np

from experiments.kinds.lstm import LstmConfig
from experiments.kinds.memory import Truncation
from experiments.records.base import RecordError
from experiments.reviews.classifier import build_model, predict
from experiments.reviews.text import Vocabulary, encode

Keep = Literal["first", "last", "ends", "middle"]
KEEPS: tuple[Keep, ...] = ("first", "last", "ends", "middle")


def keep_part(words: Sequence[str], keep: Keep, n: int) -> list[str]:
    """``n`` of the words, or all of them where there are no more."""
    skipped = len(words) - n
    if skipped <= 0:
        return list(words)
    start = {"first": n, "last": 0, "ends": n // 2, "middle": 0}[keep]  # what stays before the gap
    if keep == "middle":
        return list(words[skipped // 2 : skipped // 2 + n])
    return [*words[:start], *words[start + skipped :]]


def is_recurrent(config: LstmConfig) -> bool:
    """Whether the network reads reviews of any length: a transformer has as many places as it was
    trained with."""
    return config.cell != "transformer"


def legible(config: LstmConfig, budgets: Sequence[int]) -> list[int]:
    """Those of ``budgets`` that the network can read.

    Raises:
        RecordError: none of them.
    """
    found = [n for n in budgets if is_recurrent(config) or n <= config.sequence_length]
    if not found:
        raise RecordError(
            f"Memoria: se esperaba en «budgets» algún número de palabras que la red pueda leer, "
            f"{config.sequence_length} como mucho, se encontró {min(budgets)} como mínimo; añada uno "
            "menor en los ajustes de «memory»."
        )
    return found


def truncate(
    model: keras.Model,
    config: LstmConfig,
    documents: Sequence[Sequence[str]],
    label: np.ndarray,
    vocabulary: Vocabulary,
    tokens: int,
) -> list[Truncation]:
    """Each way to keep ``tokens`` words of the documents, read by the same weights."""
    scorer, length = model, config.sequence_length
    if is_recurrent(config):  # padding changes nothing, so that no more than the words need be read
        length = tokens
        scorer = build_model(config.model_copy(update={"sequence_length": length}), logit=True)
        scorer.set_weights(model.get_weights())
    kept = [keep_part(words, keep, tokens) for keep in KEEPS for words in documents]
    # What is shorter is the same whichever part is kept.
    distinct, place = np.unique(encode(kept, vocabulary, length), axis=0, return_inverse=True)
    positive = (predict(scorer, distinct) > 0)[place].reshape(len(KEEPS), -1)
    correct = (positive == (label == 1)).sum(axis=1)
    return [
        Truncation(keep=keep, tokens=tokens, n=len(label), correct=int(count))
        for keep, count in zip(KEEPS, correct, strict=True)
    ]

"""What a variant changes: settings and their values in codes, where there is a word for them."""

from dataclasses import dataclass
from enum import auto
from typing import Any

from experiments.records.base import Run
from report.findings.base import Code
from report.ledger.ledger import Number, derive
from report.ledger.quantities import COUNT, SETTING, TEXT
from report.study.study import at


class Changed(Code):
    """Settings of networks and of how they are trained and read, as in the records, in capitals."""

    CELL = auto()
    BIDIRECTIONAL = auto()
    POOLING = auto()
    EMBEDDING = auto()
    VOCABULARY_SIZE = auto()
    SEQUENCE_LENGTH = auto()
    EMBEDDING_DIM = auto()
    SPATIAL_DROPOUT = auto()
    UNITS = auto()
    DROPOUT = auto()
    RECURRENT_DROPOUT = auto()
    HEADS = auto()
    FEED_FORWARD = auto()
    HEAD_DROPOUT = auto()
    OPTIMIZER = auto()
    LEARNING_RATE = auto()
    SCHEDULE = auto()
    BATCH_SIZE = auto()
    MAX_EPOCHS = auto()
    MAX_REVIEWS = auto()
    ARCHITECTURE = auto()
    LOSS = auto()
    SPECTRAL_NORM = auto()
    CRITIC_STEPS = auto()
    LATENT_DIM = auto()
    ITERATIONS = auto()
    WEIGHTS = auto()


class Choice(Code):
    """Values that are words, as in the records, in capitals; and both truth values."""

    TRUE = auto()
    FALSE = auto()
    LAST = auto()
    MAX = auto()
    MEAN = auto()
    LEARNED = auto()
    PPMI_SVD = auto()
    LSTM = auto()
    GRU = auto()
    TRANSFORMER = auto()
    ADAM = auto()
    ADAMW = auto()
    RMSPROP = auto()
    SGD = auto()
    PLATEAU = auto()
    CONSTANT = auto()
    COSINE = auto()
    CONVOLUTIONAL = auto()
    DENSE = auto()
    NON_SATURATING = auto()
    HINGE = auto()
    WASSERSTEIN_GP = auto()
    AVERAGE = auto()


@dataclass(frozen=True)
class Change:
    """``name`` and ``value`` where there are words for both; else the setting as it is ``written`` in
    ``experimento.toml``."""

    name: Changed | None
    value: Choice | Number | None
    written: Number


def change(run: Run, kind: str, name: str) -> Change:
    leaf = at(run, f"config.{name}")
    written = TEXT(derive("ajuste", lambda value: f"{kind}.{name} = {as_written(value)}", leaf))
    known = Changed.__members__.get(name.upper())
    value: Choice | Number | None
    if isinstance(leaf.value, bool | str):
        value = Choice.__members__.get(str(leaf.value).upper())
    elif isinstance(leaf.value, int):
        value = COUNT(leaf)
    else:
        value = SETTING(leaf) if isinstance(leaf.value, float) else None
    return Change(known, value, written) if known and value else Change(None, None, written)


def as_written(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(as_written, value))}]"
    return str(value).lower() if value is None or isinstance(value, bool) else str(value)

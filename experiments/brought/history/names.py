"""What the name of a column means, whoever wrote it: Keras, PyTorch, by hand, in Spanish or English.

Every word of a name must be understood; one that is not makes the column an unknown one, since
«top_k_accuracy» or «d_loss_real» are something else.
"""

import re
import unicodedata
from typing import Literal

Column = Literal[
    "running_loss",
    "running_accuracy",
    "val_loss",
    "val_accuracy",
    "learning_rate",
    "discriminator_loss",
    "generator_loss",
]
Split = Literal["train", "val", "test"]
ACCURACIES: frozenset[Column] = frozenset({"running_accuracy", "val_accuracy"})
GAN_LOSSES: frozenset[Column] = frozenset({"discriminator_loss", "generator_loss"})
# What Keras itself calls them, in a history and in the folders of TensorBoard.
STANDARD: dict[str, Column] = {
    "loss": "running_loss",
    "accuracy": "running_accuracy",
    "val_loss": "val_loss",
    "val_accuracy": "val_accuracy",
    "learning_rate": "learning_rate",
    "train/epoch_loss": "running_loss",
    "train/epoch_accuracy": "running_accuracy",
    "validation/epoch_loss": "val_loss",
    "validation/epoch_accuracy": "val_accuracy",
    "train/epoch_learning_rate": "learning_rate",
}

_SPLITS: dict[str, Split] = {
    **dict.fromkeys(("train", "training", "entrenamiento"), "train"),
    **dict.fromkeys(("val", "valid", "validation", "validacion", "dev"), "val"),
    **dict.fromkeys(("test", "testing", "prueba"), "test"),
}
_PLAYERS: dict[str, Column] = {
    **dict.fromkeys(("d", "disc", "discriminator", "discriminador"), "discriminator_loss"),
    **dict.fromkeys(("g", "gen", "generator", "generador"), "generator_loss"),
}
_LOSS = frozenset({"loss", "losses", "perdida", "perdidas", "cost", "coste", "costo"})
_ACCURACY = frozenset(
    {"accuracy", "accuracies", "acc", "accs", "exactitud", "exactitudes", "acierto", "aciertos"}
)
_KINDS = frozenset({"binary", "categorical", "sparse"})  # of accuracy
_RATES = (frozenset({"lr"}), frozenset({"learning", "rate"}), frozenset({"tasa", "aprendizaje"}))
_EPOCH = frozenset({"epoch", "epochs", "epoca", "epocas"})
_STEP = frozenset({"step", "steps", "iteration", "iterations", "iter", "batch", "paso", "iteracion", "lote"})
# Averages over an epoch are what all columns are.
_FILLERS = _EPOCH | {
    *("de", "del", "la", "el", "en", "por", "of", "the", "per", "over", "set"),
    *("average", "avg", "mean", "media", "running"),
}


def meaning(name: str) -> Column | None:
    """What a column called ``name`` holds; None if that is not known for certain."""
    words = [word for word in _words(name) if word not in _FILLERS]
    splits = {_SPLITS[word] for word in words if word in _SPLITS}
    players = {_PLAYERS[word] for word in words if word in _PLAYERS}
    measure = frozenset(word for word in words if word not in _SPLITS and word not in _PLAYERS)
    if len(splits) > 1 or len(players) > 1 or "test" in splits:
        return None
    if players:
        return players.pop() if len(measure) == 1 and measure <= _LOSS and "val" not in splits else None
    if measure in _RATES:
        return "learning_rate" if "val" not in splits else None
    if len(measure) == 1 and measure <= _LOSS:
        return "val_loss" if "val" in splits else "running_loss"
    if len(measure & _ACCURACY) == 1 and measure <= _ACCURACY | _KINDS:
        return "val_accuracy" if "val" in splits else "running_accuracy"
    return None


def split_of(name: str) -> Split | None:
    """The part of the data that a name speaks of, if it does."""
    return next((_SPLITS[word] for word in _words(name) if word in _SPLITS), None)


def is_interpreted(name: str, column: Column) -> bool:
    """Whether to take ``name`` for ``column`` is more than to read what Keras calls so."""
    return name != column and STANDARD.get(name) != column


def counts_epochs(name: str) -> bool:
    return len(words := _words(name)) == 1 and words[0] in _EPOCH


def counts_steps(name: str) -> bool:
    words = _words(name)
    return bool(_STEP & set(words)) and all(word in _STEP | _FILLERS | {"global"} for word in words)


def _words(name: str) -> list[str]:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)  # valLoss
    letters = unicodedata.normalize("NFD", parted.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+", plain)

"""What a column of a GAN's losses is, by its name in English or Spanish."""

import re
import unicodedata

STEP, EPOCH = "iteration", "epoch"
ACCURACY = "accuracy"  # of the discriminator over both halves of its batch
REAL_HALF, FAKE_HALF = "discriminator_loss_real", "discriminator_loss_fake"
ACCURACIES = ("accuracy_real", "accuracy_fake", ACCURACY)
OUTPUTS = ("d_real", "d_fake")

_WORDS = {
    "d": "d dis disc discr discriminator discriminador critic critico netd",
    "g": "g gen generator generador netg",
    "loss": "loss losses perdida perdidas err error errors cost coste",
    "accuracy": "acc accuracy exactitud aciertos",
    "output": "out output outputs score prob probability salida probabilidad",
    "real": "real reals reales x",
    "fake": "fake fakes falsa falsas falso falsos generated generada generadas",
    "step": "step steps iteration iterations iter iters it paso pasos iteracion iteraciones batch lote",
    "epoch": "epoch epochs epoca epocas",
    "": "de del la las el los the of on total mean avg media train global",  # say nothing more
}
_MEANING = {word: meaning for meaning, words in _WORDS.items() for word in words.split()}

_CANONICAL = {
    frozenset({"d", "loss"}): "discriminator_loss",
    frozenset({"g", "loss"}): "generator_loss",
    frozenset({"d", "loss", "real"}): REAL_HALF,
    frozenset({"d", "loss", "fake"}): FAKE_HALF,
    frozenset({"d", "accuracy"}): ACCURACY,
    frozenset({"accuracy"}): ACCURACY,
    frozenset({"d", "accuracy", "real"}): "accuracy_real",
    frozenset({"accuracy", "real"}): "accuracy_real",
    frozenset({"d", "accuracy", "fake"}): "accuracy_fake",
    frozenset({"accuracy", "fake"}): "accuracy_fake",
    frozenset({"d", "real"}): "d_real",
    frozenset({"d", "output", "real"}): "d_real",
    frozenset({"output", "real"}): "d_real",
    frozenset({"d", "fake"}): "d_fake",
    frozenset({"d", "output", "fake"}): "d_fake",
    frozenset({"output", "fake"}): "d_fake",
    frozenset({"step"}): STEP,
    frozenset({"epoch"}): EPOCH,
}


def meaning(name: str) -> str | None:
    """One of the values of ``_CANONICAL``; None for a name with another word, such as «lr» or «val»."""
    words = _words(name)
    if words == ["d", "g", "z"]:  # D(G(z)), beside D(x)
        return "d_fake"
    found = [part for word in words for part in _parts(word)]
    return None if not found or None in found else _CANONICAL.get(frozenset(part for part in found if part))


def _words(name: str) -> list[str]:
    """«D_loss», «lossD», «pérdida del discriminador»: small letters without accents."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", plain)
    return re.findall(r"[a-z0-9]+", parted.lower())


def _parts(word: str) -> list[str | None]:
    """What the words say of which ``word`` is made: «dloss» and «lossd» have two; None for another."""
    if word in _MEANING:
        return [_MEANING[word]]
    for cut in range(1, len(word)):
        both = [_MEANING.get(word[:cut]), _MEANING.get(word[cut:])]
        if None not in both and set(both) & {"loss", "accuracy"}:
            return both
    return [None]

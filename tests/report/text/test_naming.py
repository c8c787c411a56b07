"""The text names the networks, the optimisers and the data that there were, and no others."""

import re
from functools import cache

import instrumented
import pytest
from studies import make_study, only, own_images, own_reviews

from report.ledger.spanish import NBSP
from report.settings import Settings
from report.text.document import compose

READERS = {
    "LSTM": r"\bLSTM\b",
    "GRU": r"\bGRUs?\b",
    "bidireccional": r"\b[Bb]idireccional|ambos sentidos",
    "transformer": r"[Tt]ransformer|\b[Aa]tención\b",
}
CITED_FOR = {
    "LSTM": "Hochreiter",
    "GRU": "Cho, K.",
    "bidireccional": "Schuster",
    "transformer": "Vaswani",
    "Adam": "Kingma",
    "AdamW": "Decoupled weight decay",
    "RMSprop": "Tieleman",
    "SGD": "Polyak",
    "vecinos": "Levy",
    "coseno": "SGDR",
    "DCGAN": "Radford",
    "bisagra": "Lim, J. H.",
    "Wasserstein": "Arjovsky",
    "penalización del gradiente": "Gulrajani",
    "espectral": "Miyato",
    "media de los pesos": "Yazıcı",
}
OPTIMIZERS = {
    "Adam": r"\bAdam\b",
    "AdamW": r"\bAdamW\b",
    "RMSprop": r"\bRMSprop\b",
    "SGD": r"[Dd]escenso estocástico",
}
POOLINGS = {
    "last": "lo que guarda al terminar de leer",
    "max": r"mayor valor que alcanza cada componente|Máximo a lo largo",
    "mean": r"la media de cada componente|Media a lo largo",
}
VECTORS = {"ppmi_svd": "aparecen juntas en la parte", "file": "los de un fichero"}
SCHEDULES = {
    "plateau": "se multiplica por|Factor de la tasa",
    "constant": "tasa de aprendizaje no cambia",
    "cosine": "medio coseno|Tasa de aprendizaje inicial",
}
RECURRENT = r"palabra por palabra|[Dd]escarte recurrente|Unidades de la|guarda en un estado"

# What is said of the network that others published.
PUBLISHED = re.compile(
    r"una LSTM ajustada sin preentrenamiento|Acierta como la LSTM publicada|de Wang y Manning[^.]*\."
)


@cache
def said(*, parts: tuple[str, ...], lstm=frozenset(), gan=frozenset(), own=()) -> str:
    """The document of a study with these settings, of which nothing but ``parts`` was done."""
    data = {"own_reviews": own_reviews()} if "reviews" in own else {}
    data |= {"own_images": own_images()} if "images" in own else {}
    study = make_study(2, lstm=dict(lstm), gan=dict(gan), **data)
    with instrumented.templates(), instrumented.text_alone():
        return PUBLISHED.sub("", compose(only(study, *parts), Settings()).markdown.replace(NBSP, " "))


def of_classifier(**settings) -> str:
    return said(parts=("lstm",), lstm=frozenset(settings.items()))


def of_gan(**settings) -> str:
    return said(parts=("gan",), gan=frozenset(settings.items()))


def named(names, text) -> set[str]:
    return {name for name, pattern in names.items() if re.search(pattern, text)}


# --- the classifier of reviews -------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({}, {"LSTM"}),
        ({"cell": "gru"}, {"GRU"}),
        ({"bidirectional": True}, {"LSTM", "bidireccional"}),
        ({"cell": "gru", "bidirectional": True, "pooling": "max"}, {"GRU", "bidireccional"}),
        ({"cell": "transformer", "pooling": "mean"}, {"transformer"}),
    ],
)
def test_the_network_that_reads_is_named_and_no_other(settings, names):
    text = of_classifier(**settings)
    assert named(READERS, text) == names
    assert {name for name in READERS if CITED_FOR[name] in text} == names


def test_of_a_transformer_nothing_recurrent_is_told():
    assert re.search(RECURRENT, of_classifier())
    assert re.findall(RECURRENT, of_classifier(cell="transformer", pooling="max")) == []


@pytest.mark.parametrize(
    ("settings", "phrases"),
    [
        ({}, ("una LSTM y", "Capas de la LSTM", "Exactitud de la LSTM", "acierta la LSTM?")),
        ({"cell": "transformer", "pooling": "max"}, ("un transformer y", "Capas del transformer",
         "Exactitud del transformer", "acierta el transformer?", "El transformer aprende")),
    ],
)  # fmt: skip
def test_articles_agree_with_the_name(settings, phrases):
    text = said(parts=("lstm", "gan"), lstm=frozenset(settings.items()))
    assert [phrase for phrase in phrases if phrase not in text] == []
    assert re.findall(r"\b(?:[Ll]a|[Uu]na|de el|a el|[Ee]sta) transformer|\b[Ee]l LSTM", text) == []


@pytest.mark.parametrize("pooling", ["last", "max", "mean"])
def test_what_it_answers_from_is_told(pooling):
    assert named(POOLINGS, of_classifier(pooling=pooling)) == {pooling}


@pytest.mark.parametrize(
    ("optimizer", "name"), [("adam", "Adam"), ("adamw", "AdamW"), ("rmsprop", "RMSprop"), ("sgd", "SGD")]
)
def test_the_optimiser_is_named_and_no_other(optimizer, name):
    text = of_classifier(optimizer=optimizer)
    assert named(OPTIMIZERS, text) == {name}
    assert {each for each in OPTIMIZERS if CITED_FOR[each] in text} == {name}
    assert ("Inercia" in text) == (optimizer == "sgd")
    assert ("Decaimiento del primer momento" in text) == (optimizer in ("adam", "adamw"))


@pytest.mark.parametrize("schedule", ["plateau", "constant", "cosine"])
def test_only_the_settings_of_its_schedule_are_told(schedule):
    text = of_classifier(schedule=schedule)
    assert named(SCHEDULES, text) == {schedule}
    assert (CITED_FOR["coseno"] in text) == (schedule == "cosine")


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({}, set()),
        ({"embedding": "ppmi_svd"}, {"ppmi_svd"}),
        ({"embedding": "v.vec", "embedding_digest": "e" * 64}, {"file"}),
    ],
)
def test_where_its_vectors_come_from_is_told(settings, names):
    text = of_classifier(**settings)
    assert named(VECTORS, text) == names
    assert (CITED_FOR["vecinos"] in text) == ("ppmi_svd" in names)


def test_layers_are_listed_as_they_were_built():
    assert "| LSTM | 250 × 128 |" in of_classifier()
    told = of_classifier(dropout=0.0, l2=0.0, units=32)
    assert "| unidades: 32, descarte recurrente: 0.3 |" in told
    heads = of_classifier(cell="transformer", pooling="max", heads=4, feed_forward=48)
    assert "| cabezas: 4, dimensión: 128 |" in heads
    assert "| unidades: 48, activación: ReLU |" in heads


# --- the GAN -------------------------------------------------------------------------------

OBJECTIVES = {
    "non_saturating": r"no saturante",
    "hinge": r"\bbisagra\b",
    "wasserstein_gp": r"Wasserstein|penalización del gradiente",
}


@pytest.mark.parametrize("loss", OBJECTIVES)
def test_the_objective_is_told_and_no_other(loss):
    text = of_gan(loss=loss)
    assert named(OBJECTIVES, text) == {loss}
    assert (CITED_FOR["bisagra"] in text) == (loss == "hinge")
    for name in ("Wasserstein", "penalización del gradiente"):
        assert (CITED_FOR[name] in text) == (loss == "wasserstein_gp")


@pytest.mark.parametrize("architecture", ["convolutional", "dense"])
def test_the_architecture_is_told_and_no_other(architecture):
    text, convolutional = of_gan(architecture=architecture), architecture == "convolutional"
    assert bool(re.search(r"DCGAN|Convolución", text)) == convolutional
    assert (CITED_FOR["DCGAN"] in text) == convolutional
    assert ("es densa" in text) != convolutional


@pytest.mark.parametrize("used", [True, False])
def test_what_the_gan_may_have_is_told_where_it_has_it(used):
    text = of_gan(spectral_norm=used, ema=0.99 if used else None)
    assert ("norma espectral" in text) == used == (CITED_FOR["espectral"] in text)
    assert ("media exponencial" in text) == used == (CITED_FOR["media de los pesos"] in text)
    assert ("| 0.99 |" in text) == used


# --- own data ------------------------------------------------------------------------------

OFFICIAL_REVIEWS = (
    r"IMDb|Maas|\b[Pp]ositiv[oa]s?\b|\b[Nn]egativ[oa]s?\b|favorable|publicad|0\.8650|estrellas?\b"
)
OFFICIAL_IMAGES = r"MNIST|LeCun|[Dd]ígito|manuscrit"


def test_own_reviews_are_named_and_nothing_else_is_said_of_them():
    text = said(parts=("lstm",), own=("reviews",))
    assert re.findall(OFFICIAL_REVIEWS, text) == []
    assert "Clasificar reseñas de «mis-resenas» con una LSTM" in text
    assert "| mala |" in text
    assert "| Datos | mis-resenas |" in text
    assert re.findall(OFFICIAL_IMAGES, text) == []


def test_the_control_of_own_reviews_alone():
    text = said(parts=("linear",), own=("reviews",))
    assert re.findall(OFFICIAL_REVIEWS, text) == []
    assert "(en español; 1200 de entrenamiento y 300 de prueba)" in text


def test_official_reviews_are_told_as_before():
    text = said(parts=("lstm",))
    assert {"IMDb", "Maas", "negativas"} <= set(re.findall(OFFICIAL_REVIEWS, text))
    assert "mis-resenas" not in text

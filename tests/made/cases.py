"""One study for each state that the prose must be able to tell: together they reach every
verdict and every branch of the templates."""

import datetime
from dataclasses import replace
from functools import cache
from pathlib import Path

from studies import make_study, only, own_images, own_reviews, with_leaf

from report.findings.gan.steps import Texture
from report.settings import Settings
from report.study.folders import REFERENCE
from report.study.study import Study

GREY, BLANK, SPECKLED, STROKES = Texture.GREY, Texture.BLANK, Texture.SPECKLED, Texture.STROKES

NO_ERRORS, TIED, CHANCE = (200, 0, 0, 200), (140, 60, 60, 140), (100, 100, 100, 100)
TO_NEGATIVE, TO_POSITIVE, UNBIASED = (190, 10, 60, 140), (140, 60, 10, 190), (171, 29, 28, 172)
EXCELLENT, LIKE_LINEAR, ONE_AGAINST_NONE = (196, 4, 3, 197), (182, 18, 17, 183), (200, 0, 1, 199)

FALLS, SETTLES = (0.62, 0.48, 0.41, 0.38), (0.62, 0.48, 0.410, 0.413)
LATER = (0.62, 0.48, 0.41, 0.43, 0.47)
# Ends a little above its minimum: within the error or beyond it, with GL above 2 % or not.
SETTLES_LATE = {"val_loss": (0.5, 0.400, 0.410, 0.411, 0.4085), "val_loss_se": 0.005}
CLIMBS_LITTLE = {"val_loss": (0.5, 0.400, 0.403, 0.404, 0.405), "val_loss_se": 0.001}
CLIMBS, OSCILLATES = (0.62, 0.41, 0.43, 0.47, 0.52), (0.62, 0.41, 0.50, 0.42, 0.46)

# Of a thousand images, those that the judge reads at each of five checkpoints.
READ_SOON, READ_LATE = (0, 300, 940, 940, 950), (0, 0, 930, 940, 950)
READ_TWO_THIRDS = (0, 300, 640, 640, 650)
READ_AT_ONCE = (960, 960, 970, 970, 970)

SEVERAL_LOOKS = {"looks": (SPECKLED,) * 5, "steps": (0, 75, 150, 225, 300)}
# Three blocks in the last third, so that the loss can go up and down.
LONGER = {"iterations": 450, "steps": (0, 225, 450)}
OSCILLATING = {**LONGER, "level": (1, 1, 1, 1, 1, 1, 0.8, 1.2, 0.8)}

# What each of five seeds does, all different.
FIVE_LSTM = [
    {"val_loss": FALLS, "confusion": TO_NEGATIVE, "stopped_early": True},
    {"val_loss": SETTLES, "confusion": TO_POSITIVE, "learning_rate": (2e-4, 2e-4, 2e-4, 1e-4)},
    {"val_loss": CLIMBS, "confusion": UNBIASED},
    {"val_loss": OSCILLATES, "confusion": NO_ERRORS},
    {"val_loss": (0.6,), "confusion": TO_NEGATIVE},
]
FIVE_GAN = [
    {**LONGER, "level": 1.0, "looks": (GREY, SPECKLED, SPECKLED)},
    {**LONGER, "level": 0.5, "looks": (GREY, BLANK, STROKES)},
    {**LONGER, "level": 1.5},
    {**LONGER, "level": 0.05},
    OSCILLATING,
]


# Of the control and of memory: each condition, the control's own decay, and the probe.
FLAT, HALVED, DOUBLED = (1.0, 0.9, 1.1), (0.5, 0.4, 0.6), (2.0, 1.8, 2.2)
NO_INTERACTION, GAINS = (0.0, -0.08, 0.08), (0.1, 0.02, 0.18)
HELD, LOST, WEAK = (0.99, 0.98, 0.96), (0.99, 0.97, 0.70), (0.80, 0.70, 0.60)
UNLEARNED = {"cell_share": (0.5, 0.5, 0.5), "validation": 0.51}
ONLY_LENGTH = {
    "memory": {"decay": FLAT, "lengths": (0.95, 0.85, 0.70), "linear_lengths": (0.98, 0.9, 0.8)},
    "linear": {"decay": (0.92, 0.88, 0.96)},
    "probe": {"cell_share": HELD},
}
ONLY_DISTANCE = {
    "memory": {
        "interaction": NO_INTERACTION,
        "decay": HALVED,
        "lengths": (0.70, 0.85, 0.95),
        "linear_lengths": (0.7, 0.8, 0.9),
        "kept": (0.85, 0.70),
    },
    "linear": {"decay": HALVED},
}
NOTHING = {
    "memory": {
        "interaction": NO_INTERACTION,
        "decay": FLAT,
        "kept": (0.8, 0.8),
        "stars": False,
        "truncated": False,
    }
}
OPPOSITE = {
    "memory": {"interaction": GAINS, "decay": DOUBLED},
    "linear": {"decay": HALVED},
    "probe": UNLEARNED,
}


def from_elsewhere(study: Study) -> Study:
    """The first seed of the LSTM outside a git checkout, the second with changes of one's own."""
    first, second = study.lstm
    return replace(
        study,
        lstm=(
            with_leaf(first, "environment.commit", None),
            with_leaf(second, "environment.dirty", True),
        ),
    )


# Networks, optimisers and losses other than the usual ones.
FROM_FILE = {"embedding": "vectores.vec", "embedding_digest": "e" * 64}
GRU = {"cell": "gru", "pooling": "mean", "optimizer": "adamw", "schedule": "constant", **FROM_FILE}
BOTH_WAYS = {"bidirectional": True, "pooling": "max", "optimizer": "rmsprop", "embedding": "ppmi_svd"}
GRU_BOTH_WAYS = {"cell": "gru", "bidirectional": True, "optimizer": "sgd", "schedule": "cosine"}
TRANSFORMER = {"cell": "transformer", "pooling": "max"}
HINGE = {"loss": "hinge", "architecture": "dense", "spectral_norm": True, "ema": None}
WASSERSTEIN = {"loss": "wasserstein_gp", "critic_steps": 5, "spectral_norm": True}


def of_other_networks() -> dict[str, Study]:
    return {
        "una GRU y una GAN densa con bisagra": make_study(2, lstm=GRU, gan=HINGE),
        "una LSTM bidireccional y una GAN de Wasserstein": make_study(1, lstm=BOTH_WAYS, gan=WASSERSTEIN),
        "una GRU bidireccional": only(make_study(1, lstm=GRU_BOTH_WAYS), "lstm"),
        "un transformer": only(make_study(2, lstm=TRANSFORMER), "lstm"),
        "un transformer y una GAN, al azar": only(
            make_study(2, lstm={**TRANSFORMER, "confusion": CHANCE}), "lstm", "gan"
        ),
    }


# More reviews of one class than of the other, and more errors in one of them.
FEW_GOOD, FEW_BAD = {"confusion": (150, 30, 40, 80)}, {"confusion": (80, 40, 30, 150)}


def of_own_data() -> dict[str, Study]:
    both = {"own_reviews": own_reviews(), "own_images": own_images()}
    return {
        "reseñas propias, más de las negativas": make_study(2, own_reviews=own_reviews(), lstm=FEW_GOOD),
        "reseñas propias, más de las positivas, una semilla": only(
            make_study(1, own_reviews=own_reviews("1 estrella", "5 estrellas"), lstm=FEW_BAD), "lstm"
        ),
        "reseñas propias, el control solo": only(make_study(1, own_reviews=own_reviews()), "linear"),
        "imágenes propias": make_study(2, own_images=own_images()),
        "imágenes propias, el juez solo": only(make_study(1, own_images=own_images()), "judge"),
        "reseñas e imágenes propias, el control y el juez": only(make_study(1, **both), "linear", "judge"),
        "reseñas e imágenes propias": only(make_study(2, **both, lstm={"confusion": TIED}), "lstm", "gan"),
    }


def absent() -> dict[str, Study]:
    """Studies of which some groups of runs are not there."""
    whole, single = make_study(2), make_study(1)
    quick = make_study(1, profile="quick", sample_reviews=True, sample_digits=True)
    control, controls = (make_study(n, linear={"confusion": CHANCE}) for n in (1, 2))
    return {
        "solo la LSTM": only(whole, "lstm"),
        "solo la LSTM, rápido y de muestra, una semilla": only(quick, "lstm"),
        "solo la GAN": only(whole, "gan"),
        "solo la GAN, rápido y de muestra, una semilla": only(quick, "gan"),
        "solo el control lineal": only(whole, "linear"),
        "solo el control lineal, al azar": only(control, "linear"),
        "solo el control lineal, de muestra": only(quick, "linear"),
        "solo el control lineal, al azar, dos semillas": only(controls, "linear"),
        "el control lineal y la GAN": only(whole, "linear", "gan"),
        "solo la sonda": only(whole, "probe"),
        "solo el juez": only(whole, "judge"),
        "la LSTM y su control": only(whole, "lstm", "linear"),
        "la LSTM sin sonda": only(whole, "lstm", "linear", "memory"),
        "la GAN y su juez, sin leer las imágenes": only(whole, "gan", "judge"),
        "la GAN sin otra con que compararla, una semilla": only(single, "gan", "judge", "readability"),
        "la sonda y el juez": only(whole, "probe", "judge"),
        "solo falta la sonda": replace(whole, probe=()),
        "solo el juez, rápido": only(quick, "judge"),
    }


@cache
def cases() -> dict[str, tuple[Study, Settings]]:
    """By a name that says what is particular to each."""
    plain = Settings()
    signed = Settings(
        title="Dos redes a examen",
        author="Ana Ruiz",
        course="Redes neuronales",
        institution="Universidad de prueba",
        date=datetime.date(2026, 2, 1),
        decimal=",",
    )
    studies = {
        "corriente, varias semillas": make_study(3),
        "corriente, una semilla": make_study(1),
        "una sola época, sin errores, colapso, una semilla": make_study(
            1,
            lstm={"val_loss": (0.6,), "confusion": NO_ERRORS, "gap": 0.0},
            gan={"level": 0.05, "looks": (GREY, GREY, BLANK)},
        ),
        "una sola época, sin errores, colapso, varias semillas": make_study(
            3,
            lstm={"val_loss": (0.6,), "confusion": NO_ERRORS, "gap": 0.0},
            gan={"level": 0.05, "looks": (GREY, GREY, BLANK)},
        ),
        "rápido y de muestra": make_study(1, profile="quick", sample_reviews=True, sample_digits=True),
        "reseñas de muestra, al azar, varias semillas": make_study(
            3, sample_reviews=True, lstm={"confusion": CHANCE}
        ),
        "dígitos de muestra, al azar, una semilla": make_study(
            1, sample_digits=True, lstm={"confusion": CHANCE}
        ),
        "la exactitud elegiría épocas distintas": make_study(
            2,
            lstm=[
                {"val_accuracy": (0.7, 0.8, 0.79, 0.78, 0.77)},
                {"val_accuracy": (0.7, 0.75, 0.76, 0.78, 0.77)},
            ],
        ),
        "vuelve al gris": make_study(1, gan={"looks": (STROKES, GREY, STROKES)}),
        "peor que el azar": make_study(1, lstm={"confusion": (50, 150, 150, 50)}),
        "reseñas de muestra, parte densa": make_study(
            3, sample_reviews=True, gan={"architecture": "dense", "looks": (STROKES, SPECKLED, SPECKLED)}
        ),
        "sesgo a la negativa, domina el discriminador": make_study(
            3,
            lstm={
                "confusion": TO_NEGATIVE,
                "gap": 0.12,
                "stopped_early": True,
                "learning_rate": (2e-4, 2e-4, 2e-4, 1e-4, 1e-4),
            },
            gan={**SEVERAL_LOOKS, "level": 0.5, "specks": (6, 4, 4, 6, 6), "ink": (1.0, 0.6, 1, 1.4, 1.0)},
        ),
        "sesgo a la positiva, domina el generador, una semilla": make_study(
            1,
            lstm={
                "confusion": TO_POSITIVE,
                "gap": 0.07,
                "stopped_early": True,
                "learning_rate": (2e-4, 2e-4, 1e-4, 1e-4, 5e-5),
            },
            gan={**SEVERAL_LOOKS, "level": 1.5, "ink": (1.0, 0.6, 1, 1.4, 1.0)},
        ),
        "sesgo a la negativa, una semilla": make_study(1, lstm={"confusion": TO_NEGATIVE, "gap": 0.12}),
        "sesgo a la positiva, domina el generador": make_study(
            3, lstm={"confusion": TO_POSITIVE, "gap": 0.07}, gan={"level": 1.5}
        ),
        "muy exacta, con un error, una semilla": make_study(
            1,
            lstm={"confusion": ONE_AGAINST_NONE, "val_loss": FALLS, "gap": -0.01},
            gan=OSCILLATING,
        ),
        "muy exacta, baja hasta el final": make_study(
            3,
            lstm={"confusion": EXCELLENT, "val_loss": FALLS, "gap": (0.0, 0.0, 0.0, 0.02)},
            gan=OSCILLATING,
        ),
        "como el modelo lineal, estable": make_study(
            1, lstm={"confusion": LIKE_LINEAR, "val_loss": SETTLES, "gap": (0.02, 0.02, 0.02, 0.0)}
        ),
        "por debajo de la referencia, empate, oscila": make_study(
            3, lstm={"confusion": TIED, "val_loss": OSCILLATES, "val_accuracy": (0.7, 0.8, 0.7, 0.82, 0.8)}
        ),
        "por debajo de la referencia, empate, oscila, una semilla": make_study(
            1, lstm={"confusion": TIED, "val_loss": OSCILLATES, "val_accuracy": (0.7, 0.8, 0.7, 0.82, 0.8)}
        ),
        "la época y la brecha varían": make_study(
            3,
            lstm=[
                {"val_loss": CLIMBS, "gap": 0.002},
                {"val_loss": SETTLES, "gap": 0.002},
                {"val_loss": FALLS, "gap": 0.2},
            ],
        ),
        "la pérdida se separa en más de una semilla": make_study(
            3, lstm=[{"val_loss": CLIMBS}, {"val_loss": CLIMBS}, {"val_loss": FALLS}]
        ),
        "sube desde épocas distintas": make_study(2, lstm=[{"val_loss": CLIMBS}, {"val_loss": LATER}]),
        "se separa en épocas distintas y no en todas": make_study(
            3, lstm=[{"val_loss": CLIMBS}, {"val_loss": LATER}, {"val_loss": FALLS}]
        ),
        "se asienta aunque GL suba, una semilla": make_study(1, lstm=SETTLES_LATE),
        "sube sin que GL llegue, una semilla": make_study(1, lstm=CLIMBS_LITTLE),
        "las dos reglas discrepan en algunas semillas": make_study(
            4, lstm=[SETTLES_LATE, SETTLES_LATE, CLIMBS_LITTLE, {"val_loss": FALLS}]
        ),
        "juez que falla un control": make_study(3, judge={"failed": ["blends"]}),
        "juez que falla dos controles y no acierta, una semilla": make_study(
            1, judge={"failed": ["real", "uniform_noise"], "accuracy": 0.98}
        ),
        "ilegible hasta el final": make_study(3, readability={"readable": (0,) * 5}),
        "ilegible hasta el final, una semilla": make_study(1, readability={"readable": (0,) * 5}),
        "legible solo en una comprobación, una semilla": make_study(
            1, readability={"readable": (0, 300, 50, 50, 50)}
        ),
        "legible en una de dos semillas, y copia": make_study(
            2,
            readability=[
                {"readable": (0, 40, 50, 60, 60), "auc": 0.6, "p": 0.001, "classes": 9, "copies": 12},
                {"readable": (0, 300, 350, 400, 500), "auc": 0.6, "p": 0.2, "classes": 9},
            ],
        ),
        "legible en dos de tres semillas a la vez, pasos fuera de las comprobaciones": make_study(
            3,
            gan={"steps": (0, 100, 300)},
            readability=[{"readable": READ_SOON}, {"readable": READ_SOON}, {"readable": (0,) * 5}],
        ),
        "como los reales, copia": make_study(
            3,
            readability=[
                {"readable": READ_SOON, "auc": 0.6, "p": 0.001, "copies": 90},
                {"readable": READ_LATE, "auc": 0.6, "p": 0.001, "copies": 60},
                {"readable": READ_LATE, "auc": 0.6, "p": 0.001, "copies": 45, "classes": 8},
            ],
            dense={"readable": READ_AT_ONCE},
        ),
        "como los reales desde el principio, una semilla": make_study(
            1, readability={"readable": READ_AT_ONCE, "classes": 9, "variance_ratio": None}
        ),
        "colapso de modos": make_study(2, readability={"readable": READ_SOON, "classes": 2}),
        "no se reconocen las copias hechas a propósito": make_study(
            2, readability=[{"caught": 60}, {"caught": 80}]
        ),
        "no se reconocen las copias hechas a propósito, una semilla": make_study(
            1, readability={"caught": 60}
        ),
        "se reconocen las copias de todas las clases": make_study(2, readability={"blind": ()}),
        "no se reconocen las copias de varias clases, una semilla": make_study(
            1, readability={"blind": (1, 7, 9)}
        ),
        "copia, una semilla": make_study(1, readability={"copies": 20, "auc": 0.6, "p": 0.001}),
        "más cerca que los reales sin copias": make_study(2, readability={"auc": 0.6, "p": 0.001}),
        "más cerca que los reales sin copias, una semilla": make_study(
            1, readability={"auc": 0.6, "p": 0.001}
        ),
        "colapso de modos, una semilla": make_study(1, readability={"readable": READ_SOON, "classes": 1}),
        "legible hasta dos tercios": make_study(3, readability={"readable": READ_TWO_THIRDS}),
        "la densa no se distingue": make_study(
            2, dense=[{"readable": (0, 100, 200, 300, 410)}, {"readable": (0, 100, 200, 300, 390)}]
        ),
        "baja también entre las enteras; una celda no aprende la sonda": make_study(
            3,
            memory={"lengths": (0.95, 0.60, 0.50)},
            probe=[
                {"cell_share": (1.0, 1.0, 1.0)},
                UNLEARNED,
                {"cell_share": (1.0,) * 3},
            ],
        ),
        "sube también entre las enteras": make_study(1, memory={"lengths": (0.50, 0.80, 0.95)}),
        "baja, sube o ninguna de las dos cosas según la semilla": make_study(
            3, memory=[{"lengths": (0.95, 0.60, 0.50)}, {"lengths": (0.50, 0.80, 0.95)}, {}]
        ),
        "baja en una de dos semillas, el gradiente se pierde": make_study(
            2,
            memory=[{"lengths": (0.95, 0.60, 0.50), "gradient": 0.97}, {"gradient": 0.96}],
            readability={"auc": 0.2, "p": 0.001},
            linear=[{"decay": HALVED}, {}],
        ),
        "a ambos lados de la referencia, el gradiente se pierde en una de dos semillas": make_study(
            2, lstm=[{"confusion": TIED}, {"confusion": EXCELLENT}], memory=[{"gradient": 0.97}, {}]
        ),
        "el gradiente se pierde, lejos de copiar, una semilla": make_study(
            1, memory={"gradient": 0.97}, readability={"auc": 0.2, "p": 0.001}
        ),
        "solo el primer decil cabe entero": make_study(
            2, memory={"limits": ((10, 240), (251, 300), (301, 900))}
        ),
        "una sola comprobación con pocos dígitos": make_study(
            1, readability={"readable": (0, 300, 300, 300, 400), "classes": (1, 1, 10, 10, 10)}
        ),
        "sesgo en una de dos semillas": make_study(
            2, lstm=[{"confusion": TO_NEGATIVE}, {"confusion": UNBIASED}]
        ),
        "cae con la longitud, la sonda aguanta": make_study(2, **ONLY_LENGTH),
        "cae con la longitud, la sonda aguanta, una semilla": make_study(1, **ONLY_LENGTH),
        "cae con la distancia": make_study(
            2, **ONLY_DISTANCE, probe=[{}, {"cell_share": LOST}], lstm={"confusion": LIKE_LINEAR}
        ),
        "cae con la distancia, una semilla": make_study(1, **ONLY_DISTANCE),
        "la distancia decide por poco": make_study(1, memory={"decay": (0.9, 0.85, 0.995)}),
        "entrenada fuera de git, y con cambios": from_elsewhere(make_study(2)),
        "el control baja, sube o nada según la semilla": make_study(
            3,
            memory=[
                {"linear_lengths": (0.95, 0.60, 0.50)},
                {"linear_lengths": (0.50, 0.80, 0.95)},
                {"linear_lengths": (0.90, 0.90, 0.90)},
            ],
        ),
        "controles de otra partición, con distinta penalización": make_study(
            2, linear=[{"chosen": 0.1, "same_split": False}, {}]
        ),
        "sin bastantes imágenes para comparar distancias": make_study(2, readability={"auc": None}),
        "el olvido no puede medirse": make_study(2, memory={"interaction": None, "decay": None}),
        "el olvido no puede medirse por la longitud, una semilla": make_study(
            1, memory={"interaction": None}
        ),
        "el olvido no puede medirse por la distancia, una semilla": make_study(1, memory={"decay": None}),
        "el olvido no puede medirse en una de dos semillas": make_study(2, memory=[{"decay": None}, {}]),
        "ninguna reseña es más larga que lo visto": make_study(2, memory={"truncated": False}),
        "el control sube": make_study(2, memory={"linear_lengths": (0.50, 0.80, 0.95)}),
        "no olvida": make_study(2, **NOTHING, probe={"cell_share": HELD}),
        "no olvida, la sonda sí, una semilla": make_study(1, **NOTHING),
        "lo contrario del olvido": make_study(2, **OPPOSITE),
        "lo contrario del olvido, una semilla": make_study(1, **OPPOSITE),
        "olvida según la semilla, sonda no válida": make_study(
            2,
            memory=[{}, {"interaction": NO_INTERACTION, "decay": FLAT}],
            linear={"decay": DOUBLED},
            probe={"control_share": (0.99, 0.98, 0.94)},
        ),
        "control según la semilla, sonda también": make_study(
            3,
            lstm=[{"confusion": EXCELLENT}, {"confusion": LIKE_LINEAR}, {"confusion": UNBIASED}],
            linear={"decay": (0.1, 0.05, 0.15)},
            probe=[{"cell_share": HELD}, {}, {"cell_share": LOST}],
        ),
        "sonda según la semilla, con fallo en todas": make_study(2, probe=[{"cell_share": WEAK}, {}]),
        "la sonda se aprende sin llegar a lo que se pide": make_study(2, probe={"cell_share": WEAK}),
        "una de cuatro celdas aprende la sonda, y aguanta; un solo control": make_study(
            4, probe=[{"cell_share": HELD, "controls": 1}, *[{**UNLEARNED, "controls": 1}] * 3]
        ),
        "una de dos celdas aprende la sonda, y falla": make_study(2, probe=[{}, UNLEARNED]),
        "dos de tres celdas aprenden la sonda, cada una a su manera": make_study(
            3, probe=[{"cell_share": HELD}, {}, UNLEARNED]
        ),
        "la única celda no aprende la sonda": make_study(1, probe=UNLEARNED),
        "la única celda no llega a lo que se pide": make_study(1, probe={"cell_share": WEAK}),
        "cinco semillas, cinco resultados": make_study(5, lstm=FIVE_LSTM, gan=FIVE_GAN),
        "diez semillas, de dos en dos": make_study(10, lstm=FIVE_LSTM * 2, gan=FIVE_GAN * 2),
    }
    studies |= absent() | of_other_networks() | of_own_data()
    found = {name: (study, plain) for name, study in studies.items()}
    return found | {
        "resultados de referencia, firmado": (replace(make_study(3), root=REFERENCE), signed),
        "otra carpeta": (replace(make_study(1), root=Path("mis-resultados")), plain),
    }

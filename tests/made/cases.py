"""One study for each state that the prose must be able to tell: together they reach every
verdict and every branch of the templates."""

import datetime
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from brought import brought_cases, brought_gan, brought_lstm, brought_study, grids
from studies import make_study, only, own_images, own_reviews, with_leaf
from variant_cases import variant_cases

from report.settings import Reflection, Settings
from report.study.folders import REFERENCE
from report.study.study import Study

NO_ERRORS, TIED, CHANCE = (200, 0, 0, 200), (140, 60, 60, 140), (100, 100, 100, 100)
TO_NEGATIVE, TO_POSITIVE, UNBIASED = (190, 10, 60, 140), (140, 60, 10, 190), (171, 29, 28, 172)
EXCELLENT, LIKE_LINEAR, ONE_AGAINST_NONE = (196, 4, 3, 197), (182, 18, 17, 183), (200, 0, 1, 199)

FALLS, SETTLES = (0.62, 0.48, 0.41, 0.38), (0.62, 0.48, 0.410, 0.412, 0.411)
LATER = (0.62, 0.48, 0.41, 0.43, 0.47)
# A little above its minimum: within the error or beyond it, with GL above 2 % or not.
SETTLES_LATE = {"val_loss": (0.5, 0.400, 0.410, 0.411, 0.4085), "paired_se": 0.005}
CLIMBS_LITTLE = {"val_loss": (0.5, 0.400, 0.403, 0.404, 0.405), "val_loss_se": 0.001}
CLIMBS, OSCILLATES = (0.62, 0.41, 0.43, 0.47, 0.52), (0.62, 0.41, 0.50, 0.42, 0.50, 0.42)
UNEVEN = (0.7, 0.8, 0.7, 0.82, 0.8, 0.8)
LONE_SWING = {"val_loss": (0.6, 0.5, 0.6, 0.6, 0.55), "paired_se": 0.001}  # falls in the last epoch alone
ONE_DECIDES, TOO_SHORT = (0.62, 0.41, 0.4105, 0.47), (0.62, 0.41, 0.47)
EARLY_CUT, LATE_CUT = (2e-4, 1e-4, 1e-4, 1e-4, 1e-4), (2e-4, 2e-4, 2e-4, 2e-4, 1e-4)
UNLEARNT = {"val_accuracy": (0.49, 0.5, 0.52, 0.51, 0.5), "confusion": CHANCE, "gap": 0.12}

# Of a thousand images, those that the judge reads at each of five checkpoints.
READ_SOON, READ_LATE = (0, 300, 940, 940, 950), (0, 0, 930, 940, 950)
READ_TWO_THIRDS = (0, 300, 640, 640, 650)
READ_AT_ONCE = (960, 960, 970, 970, 970)

SEVERAL_STEPS = {"steps": (0, 75, 150, 225, 300)}
# In the last third the discriminator's accuracy goes up and down.
LONGER = {"iterations": 450, "steps": (0, 225, 450)}
OSCILLATING = {**LONGER, "right": (0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.5, 0.75, 0.55)}

# A critic, whose loss is the negative of a distance; one that does not last; one between two degrees.
CRITIC: dict[str, Any] = {
    "loss": "wasserstein_gp",
    "level": tuple(-2 + place / 30 for place in range(30)),
}
BRIEF = {"iterations": 120, "sample_every": 60, "weights_every": 30, "steps": (0, 60, 120)}
WAVERING = {"iterations": 600, "steps": (0, 300, 600), "right": (0.6, 0.6, 0.6, 0.6, 0.67, 0.72)}
NOT_READ = (0, 0, 0, 0, 20)

# What each of five seeds does, all different.
FIVE_LSTM = [
    {"val_loss": FALLS, "confusion": TO_NEGATIVE, "stopped_early": True},
    {"val_loss": SETTLES, "confusion": TO_POSITIVE, "learning_rate": LATE_CUT},
    {"val_loss": CLIMBS, "confusion": UNBIASED},
    {"val_loss": OSCILLATES, "confusion": NO_ERRORS},
    {"val_loss": (0.6,), "confusion": TO_NEGATIVE},
]
FIVE_GAN = [
    {**LONGER, "level": 1.0, "right": 0.5},
    {**LONGER, "level": 0.7, "right": 0.8},
    {**LONGER, "level": 1.3, "right": 0.4},
    {**LONGER, "level": 0.05, "right": 0.99},
    OSCILLATING,
]


# Of the control and of memory: each condition, the control's own decay, and the probe.
FLAT, HALVED, DOUBLED = (1.0, 0.9, 1.1), (0.5, 0.4, 0.6), (2.0, 1.8, 2.2)
NO_INTERACTION, GAINS = (0.0, -0.08, 0.08), (0.1, 0.02, 0.18)
HELD, LOST, NEVER = (0.99, 0.98, 0.985), (0.98, 0.90, 0.52), (0.55, 0.5, 0.52)
UNLEARNED = {"cell_share": (0.5, 0.5, 0.5), "validation": 0.51}
ONLY_LENGTH = {
    "memory": {"decay": FLAT, "lengths": (0.95, 0.85, 0.70), "linear_lengths": (0.98, 0.9, 0.8)},
    "linear": {"decay": (0.92, 0.88, 0.96)},
    "probe": {"cell_share": HELD},
}
ONLY_DISTANCE = {
    "memory": {
        "interaction": NO_INTERACTION,
        "whole": NO_INTERACTION,
        "decay": HALVED,
        "lengths": (0.70, 0.85, 0.95),
        "linear_lengths": (0.7, 0.8, 0.9),
        "kept": (0.85, 0.70),
    },
    "linear": {"decay": (0.9, 0.8, 0.98)},
    "probe": {"cell_share": LOST},
}
NOTHING = {
    "memory": {
        "interaction": NO_INTERACTION,
        "whole": NO_INTERACTION,
        "decay": FLAT,
        "kept": (0.8, 0.8),
        "stars": False,
    }
}
OPPOSITE = {
    "memory": {"interaction": GAINS, "whole": GAINS, "decay": DOUBLED},
    "linear": {"decay": HALVED},
    "probe": UNLEARNED,
}
ALIKE = (180, 20, 20, 180)  # as the control errs by default
UNMEASURED = {"interaction": None, "whole": None, "decay": None}
# Seeds of which one alone would not do, and their mean does: as it should, and the other way round.
ON_AVERAGE = [
    *[{"interaction": (-0.3, -0.35, -0.25), "whole": (-0.3, -0.35, -0.25), "difference": (-0.6, -0.5)}] * 9,
    {"interaction": (-0.1, -0.25, 0.05), "whole": (-0.1, -0.25, 0.05), "difference": (-0.6, 0.1)},
]
AGAINST_ON_AVERAGE = [
    {
        "interaction": (-value, -high, -low),
        "whole": (-value, -high, -low),
        "decay": (1.3, 1.2, 1.4),
        "difference": (0.3, 0.4) if place < 9 else (-0.1, 0.4),
    }
    for place, (value, low, high) in enumerate(each["interaction"] for each in ON_AVERAGE)
]
WHOLE_LENGTHS = ((10, 120), (121, 240), (241, 500))  # all within a window of 600 words


# The control is right on 360 of 400 reviews: one that errs on more of them, and seeds of which the last
# errs on hardly more.
BY_SEED = [{"confusion": UNBIASED}, {"confusion": UNBIASED}, {"confusion": (178, 22, 22, 178)}]
TEN_TIMES = (1_720, 280, 280, 1_720)  # of 4,000, where the control errs on 400


def short_errors(n: int) -> list[int]:
    """Lengths of 4,000 reviews in which ``n`` of the 400 shortest are read well by the control alone."""
    lengths = [150 + i % 300 for i in range(4_000)]
    for i in (*range(400 - n), *range(1_720, 1_720 + n)):
        lengths[i] = 50
    return lengths


def accuracy() -> dict[str, Study]:
    """What can be said of right and wrong answers on the test part."""
    return {
        "iguala la referencia": make_study(2, lstm={"confusion": (173, 27, 27, 173)}),
        "algo por encima de la referencia, algo por debajo de la lineal": make_study(
            1, lstm={"confusion": (178, 22, 22, 178)}
        ),
        "algo por encima de la lineal": make_study(1, lstm={"confusion": (185, 15, 15, 185)}),
        "peor que el azar, varias semillas": make_study(2, lstm={"confusion": (50, 150, 150, 50)}),
        "el control acierta más de media": make_study(3, lstm=BY_SEED),
        "la LSTM acierta más de media": make_study(
            3, lstm=[{"confusion": EXCELLENT}, {"confusion": EXCELLENT}, {"confusion": (182, 18, 18, 182)}]
        ),
        "como el control": make_study(2, lstm={"confusion": (180, 20, 20, 180)}),
        "bien calibrada; el control, demasiado seguro": make_study(
            3, lstm={"sure": 0.86}, linear={"sure": 0.99}
        ),
        "demasiado segura; el control, demasiado poco": make_study(
            3, lstm={"sure": 0.97}, linear={"sure": 0.75}
        ),
        "demasiado segura, una semilla": make_study(1, lstm={"sure": 0.97}),
        "demasiado segura donde responde negativa": make_study(
            2, lstm={"confusion": TO_NEGATIVE, "sure": 0.9}
        ),
        "demasiado segura donde responde positiva": make_study(
            2, lstm={"confusion": TO_POSITIVE, "sure": 0.9}
        ),
        "demasiado insegura; del control no se decide": make_study(
            3, lstm={"sure": 0.7}, linear={"sure": 0.85}
        ),
        "mal calibradas ambas, hacia la negativa": make_study(
            2,
            lstm={"confusion": TO_NEGATIVE, "sure": 0.825},
            linear={"confusion": TO_NEGATIVE, "sure": 0.825},
        ),
        "otro umbral quita el sesgo": make_study(
            3, lstm={"confusion": TO_NEGATIVE, "chosen": 0.4, "mended": 50}
        ),
        "otro umbral quita el sesgo, una semilla": make_study(
            1, lstm={"confusion": TO_NEGATIVE, "chosen": 0.4, "mended": 50}
        ),
        "el sesgo queda con otro umbral": make_study(
            2, lstm={"confusion": TO_NEGATIVE, "chosen": 0.4, "mended": 20}, linear={"confusion": TO_NEGATIVE}
        ),
        "el sesgo queda con otro umbral, una semilla": make_study(
            1, lstm={"confusion": TO_NEGATIVE, "chosen": 0.4, "mended": 20}
        ),
        "otro umbral le da la vuelta al sesgo": make_study(
            2,
            lstm={"confusion": TO_NEGATIVE, "chosen": 0.4, "mended": 55, "broken": 60},
            linear={"confusion": TO_POSITIVE},
        ),
        "otro umbral le da la vuelta al sesgo, una semilla": make_study(
            1, lstm={"confusion": TO_NEGATIVE, "chosen": 0.4, "mended": 55, "broken": 60}
        ),
        "otro umbral pierde sin sesgo; el control, según la semilla": make_study(
            2,
            lstm={"confusion": UNBIASED, "chosen": 0.4, "broken": 30},
            linear=[{"confusion": TO_NEGATIVE}, {"confusion": TO_POSITIVE}],
        ),
        "umbrales distintos, que ganan de media; el control no yerra": make_study(
            3,
            lstm=[
                {"confusion": UNBIASED, "chosen": 0.4, "mended": 20},
                {"confusion": UNBIASED, "chosen": 0.41, "mended": 20},
                {"confusion": UNBIASED, "chosen": 0.4, "mended": 5},
            ],
            linear={"confusion": NO_ERRORS},
        ),
        "umbrales que pierden de media": make_study(
            3,
            lstm=[
                {"confusion": UNBIASED, "chosen": 0.4, "broken": 20},
                {"confusion": UNBIASED, "chosen": 0.4, "broken": 20},
                {"confusion": UNBIASED, "chosen": 0.4, "broken": 5},
            ],
        ),
        "el umbral gana o pierde según la semilla": make_study(
            2,
            lstm=[
                {"confusion": TO_NEGATIVE, "chosen": 0.4, "mended": 50},
                {"confusion": TO_NEGATIVE, "chosen": 0.4, "broken": 20},
            ],
        ),
        "lo que otro umbral hace con el sesgo depende de la semilla": make_study(
            3,
            lstm=[
                {"confusion": TO_NEGATIVE, "chosen": 0.4, "mended": 20},
                {"confusion": TO_POSITIVE, "chosen": 0.4, "mended": 5},
                {"confusion": NO_ERRORS, "chosen": 0.4},
            ],
        ),
        "la ventana no abarca las más cortas": make_study(2, lstm={"sequence_length": 90}),
        "la ventana abarca todas": make_study(2, lstm={"sequence_length": 600}),
        "parte de la distancia está en las más cortas": make_study(
            2, lstm={"confusion": TEN_TIMES, "lengths": short_errors(8)}
        ),
        "la distancia es igual en las más cortas": make_study(
            2, lstm={"confusion": TEN_TIMES, "lengths": short_errors(24)}
        ),
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


def without_validation(study: Study) -> Study:
    """As a version keeps it that has no use for what the control says on the validation part."""
    bare = tuple(
        replace(run, arrays={name: array for name, array in run.arrays.items() if name != "val_said"})
        for run in study.linear
    )
    return replace(study, linear=bare)


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
        "un transformer": only(make_study(2, lstm=TRANSFORMER), "lstm", "linear", "memory", "probe"),
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
        "imágenes propias, de una sola clase": only(
            make_study(1, own_images=own_images(), readability={"readable": READ_SOON, "classes": 1}),
            "gan",
            "judge",
            "readability",
        ),
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
        "solo la LSTM, y otro umbral quita el sesgo": only(
            make_study(2, lstm={"confusion": TO_NEGATIVE, "chosen": 0.4, "mended": 50}), "lstm"
        ),
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
        "solo la sonda, que aguanta": only(make_study(2, probe={"cell_share": HELD}), "probe"),
        "solo la sonda, que falla": only(make_study(2, probe={"cell_share": LOST}), "probe"),
        "solo la sonda, que no llega ni cerca": only(make_study(2, probe={"cell_share": NEVER}), "probe"),
        "solo la sonda, no válida": only(make_study(2, probe={"control_validation": 0.5}), "probe"),
        "la sonda, que no se aprende, y un juez con reservas": only(
            make_study(2, probe=UNLEARNED, judge={"failed": ["letters"]}), "probe", "judge"
        ),
        "solo falta la sonda": replace(whole, probe=()),
        "tres semillas de la red y dos de la GAN": replace(only(make_study(3), "lstm"), gan=whole.gan),
        "solo el juez, rápido": only(quick, "judge"),
    }


# A negative class that is the most frequent, in which always answering it would be as right, or more.
AS_NO_READER, WORSE_THAN_NO_READER = (200, 40, 120, 40), (100, 140, 80, 80)


def with_settings() -> dict[str, tuple[Study, Settings]]:
    """Documents that say less than the whole, or something in their author's own words."""
    own = Reflection(file="mia.md", text="Esperaba que aprendiera *antes*.")
    trained = make_study(2, lstm={"confusion": AS_NO_READER})
    return {
        "breve, con palabras de quien no firma": (
            make_study(1, lstm={"confusion": WORSE_THAN_NO_READER}),
            Settings(extent="breve", reflection=own),
        ),
        "breve, de referencia, con palabras de un autor": (
            only(replace(trained, root=REFERENCE), "lstm", "linear"),
            Settings(extent="breve", reflection=own, author="Ana Ruiz"),
        ),
        "aportado, breve, con palabras de dos autores": (
            brought_study(brought_lstm(1), brought_lstm(2)),
            Settings(extent="breve", reflection=own, author=("Ana Ruiz", "Luis Gil")),
        ),
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
            gan={"level": 0.05, "right": 0.99},
        ),
        "una sola época, sin errores, colapso, varias semillas": make_study(
            3,
            lstm={"val_loss": (0.6,), "confusion": NO_ERRORS, "gap": 0.0},
            gan={"level": 0.05, "right": 0.99},
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
        "peor que el azar": make_study(1, lstm={"confusion": (50, 150, 150, 50)}),
        "reseñas de muestra, parte densa": make_study(3, sample_reviews=True, gan={"architecture": "dense"}),
        "sesgo a la negativa, domina el discriminador": make_study(
            3,
            lstm={
                "confusion": TO_NEGATIVE,
                "gap": 0.12,
                "stopped_early": True,
                "learning_rate": (2e-4, 2e-4, 2e-4, 1e-4, 1e-4),
            },
            gan={**SEVERAL_STEPS, "level": 0.5, "right": 0.92},
        ),
        "sesgo a la positiva, domina el generador, una semilla": make_study(
            1,
            lstm={
                "confusion": TO_POSITIVE,
                "gap": 0.07,
                "stopped_early": True,
                "learning_rate": (2e-4, 2e-4, 1e-4, 1e-4, 5e-5),
            },
            gan={**SEVERAL_STEPS, "level": 1.5, "right": 0.08},
        ),
        "sesgo a la negativa, una semilla": make_study(1, lstm={"confusion": TO_NEGATIVE, "gap": 0.12}),
        "sesgo a la positiva, domina el generador": make_study(
            3, lstm={"confusion": TO_POSITIVE, "gap": 0.07}, gan={"level": 1.3, "right": 0.25}
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
            1, lstm={"confusion": LIKE_LINEAR, "val_loss": SETTLES, "gap": (0.02, 0.02, 0.02, 0.02, 0.0)}
        ),
        "por debajo de la referencia, empate, oscila": make_study(
            3, lstm={"confusion": TIED, "val_loss": OSCILLATES, "val_accuracy": UNEVEN}
        ),
        "por debajo de la referencia, empate, oscila, una semilla": make_study(
            1, lstm={"confusion": TIED, "val_loss": OSCILLATES, "val_accuracy": UNEVEN}
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
        "baja tras subir, por una sola época": make_study(2, lstm=LONE_SWING),
        "baja tras subir, por una sola época, una semilla": make_study(1, lstm=LONE_SWING),
        "se asienta aunque GL suba, una semilla": make_study(1, lstm=SETTLES_LATE),
        "sube sin que GL llegue, una semilla": make_study(1, lstm=CLIMBS_LITTLE),
        "las dos reglas discrepan en algunas semillas": make_study(
            4, lstm=[SETTLES_LATE, SETTLES_LATE, CLIMBS_LITTLE, {"val_loss": FALLS}]
        ),
        "no aprende nada": make_study(3, lstm=UNLEARNT),
        "no aprende nada, una semilla": make_study(1, lstm=UNLEARNT),
        "no aprende con una de tres semillas": make_study(3, lstm=[{}, UNLEARNT, {}]),
        "no aprende nada, clases desiguales": make_study(1, lstm={**UNLEARNT, "negatives": 140}),
        "clases desiguales": make_study(2, lstm={"negatives": 140}),
        "una época decide la forma": make_study(2, lstm={"val_loss": ONE_DECIDES}),
        "tras el mínimo hay una sola época, una semilla": make_study(1, lstm={"val_loss": TOO_SHORT}),
        "formas que una época decide, o que no da tiempo a ver": make_study(
            2, lstm=[{"val_loss": ONE_DECIDES}, {"val_loss": TOO_SHORT}]
        ),
        "la tasa baja antes o después del mínimo": make_study(
            3,
            lstm=[
                {"learning_rate": EARLY_CUT},
                {"learning_rate": LATE_CUT},
                {"learning_rate": (2e-4, 2e-4, 2e-4, 1e-4, 1e-4)},
            ],
        ),
        "la tasa baja antes del mínimo, una semilla": make_study(1, lstm={"learning_rate": EARLY_CUT}),
        "la tasa baja poco a poco": make_study(
            2, lstm={"schedule": "cosine", "learning_rate": (1.8e-4, 1.4e-4, 1e-4, 5e-5, 1e-5)}
        ),
        "la brecha tiene todos los grados": make_study(
            4, lstm=[{"gap": gap} for gap in (0.0, 0.02, 0.06, 0.3)]
        ),
        "la brecha va de un grado a otro": make_study(3, lstm=[{"gap": 0.04}, {"gap": 0.06}, {"gap": 0.09}]),
        "la pérdida de bisagra": make_study(2, gan={"loss": "hinge"}),
        "la pérdida de bisagra, una semilla": make_study(1, gan={"loss": "hinge", "right": 0.5}),
        "un crítico cuya distancia baja": make_study(2, gan=CRITIC),
        "un crítico cuya distancia baja, una semilla": make_study(1, gan=CRITIC),
        "un crítico cuya distancia crece": make_study(2, gan={**CRITIC, "level": CRITIC["level"][::-1]}),
        "un crítico de cuya distancia no se sabe": make_study(2, gan={**CRITIC, "level": 1.0}),
        "un crítico según la semilla": make_study(
            3, gan=[CRITIC, {**CRITIC, "level": CRITIC["level"][::-1]}, {**CRITIC, "level": 1.0}]
        ),
        "aciertos y pérdida discrepan": make_study(2, gan={"right": 0.5, "level": 2.5}),
        "todas las imágenes son la misma": make_study(2, gan={"variety": 1}),
        "todas las imágenes son la misma, una semilla": make_study(1, gan={"variety": 1}),
        "todas las imágenes son la misma en una de dos semillas": make_study(
            2, gan=[{"variety": 1, "right": 0.4}, {"right": 0.4}]
        ),
        "demasiado breve": make_study(2, gan=BRIEF),
        "demasiado breve en parte, con una imagen de cada paso": make_study(1, gan={**BRIEF, "samples": 1}),
        "ventaja leve del generador": make_study(2, gan={"level": 1.0, "right": 0.4}),
        "equilibrio": make_study(2, gan={"level": 1.0, "right": 0.5}),
        "ventaja entre leve y clara": make_study(
            2, gan=[WAVERING, {"iterations": 600, "steps": (0, 300, 600)}]
        ),
        "ventaja entre leve y clara, una semilla": make_study(1, gan=WAVERING),
        "domina el generador, ventaja clara": make_study(2, gan=[{"right": 0.05}, {"right": 0.25}]),
        "ventaja clara del discriminador": make_study(2, gan={"right": 0.8, "level": 0.7}),
        "juez que falla lo que no había visto": make_study(2, judge={"failed": ["letters"]}),
        "juez que falla lo que no había visto, y se lee mucho": make_study(
            2, judge={"failed": ["letters"]}, readability={"readable": (0, 300, 350, 400, 400)}
        ),
        "juez que falla más de lo que no había visto, una semilla": make_study(
            1, judge={"failed": ["letters", "arcs"]}
        ),
        "juez sin controles de lo que no había visto": make_study(
            2, judge={"without": ["scribbles", "letters", "arcs"]}
        ),
        "juez que no acierta": make_study(2, judge={"accuracy": 0.98}),
        "una sola muestra de las imágenes": make_study(2, gan={"steps": (300,)}),
        "legible sin mantenerse, una vez": make_study(
            2, readability=[{"readable": (300, 50, 300, 300, 300)}, {"readable": (0, 0, 300, 300, 300)}]
        ),
        "legible sin mantenerse, una vez en cada semilla": make_study(
            2, readability={"readable": (300, 50, 300, 300, 300)}
        ),
        "legible sin mantenerse, una semilla": make_study(
            1, readability={"readable": (300, 50, 300, 300, 300)}
        ),
        "dos comprobaciones con pocos dígitos": make_study(
            2, readability={"readable": (0, 300, 300, 300, 400), "classes": (1, 1, 10, 10, 10)}
        ),
        "lo legible decrece": make_study(3, readability={"readable": (0, 300, 400, 400, 250)}),
        "ninguna se lee": make_study(2, readability={"readable": NOT_READ}, dense={"readable": NOT_READ}),
        "pocas de cada clase": make_study(2, readability={"readable": (0, 120, 120, 120, 90)}),
        "pocas de cada clase, una semilla": make_study(1, readability={"readable": (0, 120, 120, 120, 90)}),
        "pasos que el juez no ha visto": make_study(2, gan={"steps": (100, 200)}),
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
        "de las copias onduladas se reconocen menos": make_study(2, readability={"bent": 60}),
        "no se reconocen las copias hechas a propósito": make_study(
            2, readability=[{"caught": 40}, {"caught": 80}]
        ),
        "no se reconocen las copias hechas a propósito, una semilla": make_study(
            1, readability={"caught": 40}
        ),
        "se reconocen las copias de todas las clases": make_study(2, readability={"blind": ()}),
        "más copias de las esperadas, y se reconocen de todas las clases": make_study(
            2, readability={"copies": 20, "blind": ()}
        ),
        "no se reconocen las copias de varias clases, una semilla": make_study(
            1, readability={"blind": (1, 7, 9)}
        ),
        "copia, una semilla": make_study(1, readability={"copies": 20, "auc": 0.6, "p": 0.001}),
        "más cerca que los reales sin copias": make_study(2, readability={"auc": 0.6, "p": 0.001}),
        "más cerca que los reales sin copias, una semilla": make_study(
            1, readability={"auc": 0.6, "p": 0.001}
        ),
        "colapso de modos, según la semilla": make_study(
            2, readability=[{"readable": READ_SOON, "classes": each} for each in (2, 3)]
        ),
        "un peldaño se supera y no se mantiene": make_study(
            1, readability={"readable": (0, 200, 400, 200, 200)}
        ),
        "un peldaño se supera con pocas clases": make_study(
            1, readability={"readable": (0, 200, 400, 400, 400), "classes": 6}
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
        "cae con la distancia": make_study(2, **ONLY_DISTANCE, lstm={"confusion": LIKE_LINEAR}),
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
        "el olvido no puede medirse": make_study(2, memory=UNMEASURED),
        "el olvido no puede medirse, la sonda aguanta": make_study(
            2, memory=UNMEASURED, probe={"cell_share": HELD}
        ),
        "el olvido no puede medirse, la sonda falla": make_study(
            2, memory=UNMEASURED, probe={"cell_share": LOST}
        ),
        "el olvido no puede medirse por la longitud, una semilla": make_study(
            1, memory={"interaction": None}
        ),
        "el olvido no puede medirse por la longitud": make_study(2, memory={"whole": None}),
        "el olvido no puede medirse por la longitud, y la distancia falla": make_study(
            2, memory={"whole": None, "decay": FLAT}
        ),
        "el olvido no puede medirse por la distancia, una semilla": make_study(1, memory={"decay": None}),
        "el olvido no puede medirse en una de dos semillas": make_study(2, memory=[{"decay": None}, {}]),
        "no puede medirse por la distancia, y la longitud falla": make_study(
            2, memory={"decay": None, "whole": NO_INTERACTION}
        ),
        "la regresión no separa lo recortado": make_study(2, memory={"truncated": False}),
        "ninguna reseña es más larga que lo visto": make_study(
            2, lstm={"sequence_length": 600}, memory={"truncated": False, "limits": WHOLE_LENGTHS}
        ),
        "todas las reseñas son más largas que lo visto": make_study(
            2, lstm={"sequence_length": 50}, memory={"truncated": False, "whole": None}
        ),
        "cae con la longitud solo por las recortadas": make_study(2, memory={"whole": NO_INTERACTION}),
        "cae con la longitud, y entre las enteras según la semilla": make_study(
            3, memory=[{}, {}, {"whole": (0.2, 0.1, 0.3), "decay": (0.8, 0.7, 0.9)}]
        ),
        "cae con la distancia y con la longitud, y entre las enteras en una de dos semillas": only(
            make_study(2, memory=[{}, {"whole": NO_INTERACTION}]), "lstm", "linear", "memory"
        ),
        "cae con la longitud solo por las recortadas, una semilla": make_study(
            1, memory={"whole": NO_INTERACTION}
        ),
        "el sesgo queda, y las positivas son más difíciles que en la validación": make_study(
            2, lstm={"confusion": TO_NEGATIVE, "chosen": 0.6}
        ),
        "el sesgo queda, y ambas clases son más difíciles que en la validación": make_study(
            2,
            lstm={
                "confusion": TO_NEGATIVE,
                "mended": 20,
                "validated": [*[0.2] * 100, *[0.45] * 3, *[0.9] * 97],
            },
        ),
        "los modelos se inclinan a lados opuestos": make_study(
            2,
            lstm={"confusion": (180, 20, 60, 140), "chosen": 0.4, "mended": 30},
            linear={"confusion": (185, 15, 2, 198)},
        ),
        "del control no se guardó la validación": without_validation(
            make_study(2, lstm={"confusion": TO_NEGATIVE, "chosen": 0.4, "mended": 50})
        ),
        "ante el control cae con la longitud, y leyendo lo mismo no": make_study(
            3, memory={"alike": NO_INTERACTION}
        ),
        "leyendo lo mismo cae en una de dos semillas, y la distancia no se mide": make_study(
            2, memory=[{"decay": None}, {"decay": None, "alike": NO_INTERACTION}]
        ),
        "leyendo lo mismo no cae, una semilla": make_study(1, memory={"alike": NO_INTERACTION}),
        "leyendo lo mismo cede el otro": make_study(3, memory={"alike": GAINS}),
        "cae de media entre semillas": make_study(10, memory=ON_AVERAGE),
        "lo contrario del olvido, de media": make_study(10, memory=AGAINST_ON_AVERAGE),
        "recortar no cuesta, ni se demuestra lo contrario": make_study(2, linear={"last_words": ALIKE}),
        "recortar ayuda": make_study(2, linear={"confusion": TIED, "last_words": UNBIASED}),
        "recortar cuesta según la semilla": make_study(2, linear=[{"last_words": ALIKE}, {}]),
        "el control sube": make_study(2, memory={"linear_lengths": (0.50, 0.80, 0.95)}),
        "no olvida": make_study(2, **NOTHING, probe={"cell_share": HELD}),
        "no olvida, la sonda pierde": make_study(2, **NOTHING),
        "no olvida, la sonda sí": make_study(2, **NOTHING, probe={"cell_share": LOST}),
        "no olvida, una semilla": make_study(1, **NOTHING),
        "lo contrario del olvido": make_study(2, **OPPOSITE),
        "lo contrario del olvido, una semilla": make_study(1, **OPPOSITE),
        "olvida según la semilla, sonda no válida": make_study(
            2,
            memory=[{}, {"interaction": NO_INTERACTION, "whole": NO_INTERACTION, "decay": FLAT}],
            linear={"decay": DOUBLED},
            probe={"control_share": (0.99, 0.98, 0.94)},
        ),
        "control según la semilla, sonda también": make_study(
            3,
            lstm=[{"confusion": EXCELLENT}, {"confusion": LIKE_LINEAR}, {"confusion": UNBIASED}],
            linear={"decay": (0.1, 0.05, 0.15)},
            probe=[{"cell_share": HELD}, {}, {"cell_share": LOST}],
        ),
        "la sonda se aprende sin llegar a lejos ni a cerca": make_study(2, probe={"cell_share": NEVER}),
        "la sonda lleva la cláusula según la semilla": make_study(2, probe=[{"cell_share": LOST}, {}]),
        "el control de la sonda no aprende": make_study(2, probe={"control_validation": 0.5}),
        "el único control de la sonda no aprende": make_study(
            1, probe={"control_validation": 0.5, "controls": 1}
        ),
        "el único control de la sonda no basta": make_study(
            1, probe={"control_share": (0.99, 0.98, 0.94), "controls": 1}
        ),
        "una de cuatro celdas aprende la sonda, y aguanta; un solo control": make_study(
            4, probe=[{"cell_share": HELD, "controls": 1}, *[{**UNLEARNED, "controls": 1}] * 3]
        ),
        "una de dos celdas aprende la sonda, y falla": make_study(2, probe=[{"cell_share": LOST}, UNLEARNED]),
        "dos de tres celdas aprenden la sonda, y fallan": make_study(
            3, probe=[{"cell_share": LOST}, {"cell_share": LOST}, UNLEARNED]
        ),
        "dos de tres celdas aprenden la sonda, cada una a su manera": make_study(
            3, probe=[{"cell_share": HELD}, {}, UNLEARNED]
        ),
        "ninguna celda aprende la sonda": make_study(2, probe=UNLEARNED),
        "la única celda no aprende la sonda": make_study(1, probe=UNLEARNED),
        "la única celda aguanta": make_study(1, probe={"cell_share": HELD}),
        "la única celda falla": make_study(1, probe={"cell_share": LOST}),
        "la única celda no llega ni cerca": make_study(1, probe={"cell_share": NEVER}),
        "cinco semillas, cinco resultados": make_study(5, lstm=FIVE_LSTM, gan=FIVE_GAN),
        "diez semillas, de dos en dos": make_study(10, lstm=FIVE_LSTM * 2, gan=FIVE_GAN * 2),
    }
    studies |= accuracy() | absent() | variant_cases() | of_other_networks() | of_own_data()
    studies |= brought_cases(make_study(1).judge[0])
    studies["aportado: rejillas que lee un juez con reservas"] = brought_study(
        brought_gan(images=grids(), read=(0, 3, 8, 12, 14, 15)),
        judge=make_study(1, judge={"failed": ["letters"]}).judge[0],
    )
    found = {name: (study, plain) for name, study in studies.items()}
    return (
        found
        | with_settings()
        | {
            "resultados de referencia, firmado": (replace(make_study(3), root=REFERENCE), signed),
            "otra carpeta": (replace(make_study(1), root=Path("mis-resultados")), plain),
        }
    )

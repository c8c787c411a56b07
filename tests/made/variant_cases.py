"""One study for each state of what was tried beside the base."""

from collections.abc import Sequence
from dataclasses import replace

from studies import MAX_EPOCHS, as_variant, make_study, only, with_leaf

from report.study.study import Groups, Study

# On four hundred reviews, of which the base answers 343 to 345 rightly: true and false negatives, false
# and true positives.
MUCH_BETTER, BETTER, A_LITTLE_BETTER = (196, 4, 3, 197), (181, 19, 18, 182), (174, 26, 26, 174)
AS_THE_BASE, WORSE, NOT_LEARNED = (171, 29, 28, 172), (160, 40, 40, 160), (100, 100, 100, 100)
FALLING = tuple(0.6 - 0.01 * epoch for epoch in range(MAX_EPOCHS))  # lowest at the last that is allowed
SOME_FALLING = ({}, {"val_loss": FALLING}, {})
CHANCE = {"confusion": NOT_LEARNED, "val_accuracy": (0.5,) * 5}

# Of a thousand images, those that are read at each checkpoint; of the base, some four hundred at the end.
MORE, SOME_MORE, ALIKE = (0, 200, 400, 600, 700), (0, 100, 200, 300, 480), (0, 100, 200, 300, 405)
NONE_READ = (0,) * 5
SLOW = {"gan": {"iterations": 600}, "readability": {"readable": (0, 0, 0, 0, 0, 0, 90, 170, 250)}}

NETWORKS = {
    "contexto": {"lstm": {"sequence_length": 500, "confusion": A_LITTLE_BETTER, "minutes": 230}},
    "bidireccional": {"lstm": {"bidirectional": True, "pooling": "max", "confusion": AS_THE_BASE}},
    "gru": {"lstm": {"cell": "gru", "confusion": BETTER, "minutes": 100, "val_accuracy": (0.9,) * 5}},
    "transformer": {"lstm": {"cell": "transformer", "pooling": "mean", **CHANCE, "minutes": 40}},
}
GENERATORS = {
    "larga": {
        "gan": {"iterations": 600, "minutes": 40},
        "readability": {"readable": (*MORE[:4], *[700] * 5)},
    },
    "hinge-espectral": {"gan": {"loss": "hinge", "spectral_norm": True, "minutes": 30}},
    "wgan-gp": {"gan": {"loss": "wasserstein_gp"}, "readability": {"readable": ALIKE}},
    "promedio": {"readability": {"weights": "average", "readable": SOME_MORE}},
}
SURE_GRU = {"cell": "gru", "sure": 0.97, "val_accuracy": (0.9,) * 5}
OTHER_SETTINGS = {
    **{"vocabulary_size": 20_000, "embedding_dim": 64, "feed_forward": 64, "head_dropout": 0.1, "l2": 0.001},
    **{"optimizer": "adamw", "schedule": "constant", "batch_size": 32, "max_epochs": 12},
}
AS_THE_CONTROL = {"confusion": AS_THE_BASE}  # a control with which nothing is gained


def variant_cases() -> dict[str, Study]:
    """By a name that says what is particular to each."""
    one, fewer = {"gru": NETWORKS["gru"]}, {"corta": {"lstm": {"max_reviews": 400}}}
    several = make_study(3, variants=NETWORKS | GENERATORS)
    return {
        "varias propuestas, unas ayudan": several,
        "una sola propuesta ayuda, y llega": make_study(
            3,
            variants={"vectores": {"lstm": {"embedding": "ppmi_svd", "confusion": MUCH_BETTER}}},
            linear=AS_THE_CONTROL,
            dense={"readable": MORE},
        ),
        "varias propuestas ayudan a la GAN": only(
            several, "gan", "judge", "readability",
            *(f"{kind}@{name}" for name in GENERATORS for kind in ("gan", "readability")),
        ),
        "una propuesta ayuda y no llega": make_study(
            2,
            variants={"gru": {"lstm": {"cell": "gru", "confusion": (140, 60, 60, 140)}}},
            lstm={"confusion": (120, 80, 80, 120)},
            linear={"confusion": (120, 80, 80, 120)},
        ),
        "una propuesta ayuda, reseñas de muestra": make_study(2, variants=one, sample_reviews=True),
        "ninguna propuesta ayuda": make_study(
            3,
            variants={
                "igual": {"lstm": {}},
                "corta": {"lstm": {"units": 8, "confusion": WORSE, "val_loss": FALLING}},
                "más corta": {"lstm": [{"units": 4, "confusion": WORSE, **some} for some in SOME_FALLING]},
            },
            linear=AS_THE_CONTROL,
        ),
        "dos GAN quedan por debajo y crecen aún": only(
            make_study(3, variants={"lenta": SLOW}), "gan", "judge", "readability",
            *(f"{kind}@{name}" for name in ("densa", "lenta") for kind in ("gan", "readability")),
        ),
        "propuestas con una semilla": make_study(1, variants=NETWORKS | {"larga": GENERATORS["larga"]}),
        "una sola propuesta con una semilla": only(
            make_study(1), "gan", "judge", "readability", "gan@densa", "readability@densa"
        ),
        "una propuesta con menos semillas": make_study(
            3, variants=one | {"larga": {"gan": [{"iterations": 600}]}, "corta": {"lstm": [{"units": 8}]}}
        ),
        "la base no aprende": make_study(2, variants=one, lstm=[{}, CHANCE]),
        "la base no aprende, una semilla": make_study(1, variants=one, lstm=CHANCE),
        "otras semillas y otras reseñas": of_other_seeds(make_study(4, variants=one | fewer | GENERATORS)),
        "la única red probada empeora": only(
            make_study(2, variants={"corta": {"lstm": {"units": 8, "confusion": WORSE}}}),
            "lstm", "lstm@corta",
        ),
        "una GAN mejora, y no según t": only(
            make_study(
                3,
                readability={"readable": (0, 0, 0, 0, 300)},
                variants={
                    "otra": {
                        "gan": {"beta_1": 0.6},
                        "readability": [{"readable": (0, 0, 0, 0, n)} for n in (320, 360, 400)],
                    }
                },
            ),
            "gan", "judge", "readability", "gan@otra", "readability@otra",
        ),
        "una GAN de otras semillas": only(
            of_other_seeds(make_study(4)), "gan", "judge", "readability", "gan@densa", "readability@densa"
        ),
        "una con otras reseñas": only(
            make_study(2, variants=fewer), "lstm", "lstm@corta"
        ),
        "nada se lee, ni de la base ni de la densa": make_study(
            2, readability={"readable": NONE_READ}, dense={"readable": NONE_READ}
        ),
        "de una no se lee nada, como de la base": make_study(
            2, variants={"larga": GENERATORS["larga"]}, readability={"readable": NONE_READ},
            dense={"readable": NONE_READ},
        ),
        "propuestas que cambian mucho": make_study(
            2,
            lstm={"bidirectional": True, "pooling": "max", "embedding": "ppmi_svd"},
            variants={
                "otra": {"lstm": OTHER_SETTINGS},
                "ajustada": {"gan": {"critic_steps": 2, "latent_dim": 50}},
            },
        ),
        "el conjunto con una variante pierde frente al control": make_study(
            2,
            variants={"gru": {"lstm": {**SURE_GRU, "confusion": (150, 50, 50, 150), "mended": 50}}},
            lstm={"confusion": (120, 80, 80, 120)},
            linear={"confusion": (190, 10, 10, 190)},
        ),
        "el conjunto con una variante gana al control": make_study(
            2,
            variants={"gru": {"lstm": {**SURE_GRU, "confusion": (180, 20, 20, 180), "mended": 20}}},
            lstm={"confusion": (150, 50, 50, 150)},
            linear={"confusion": (170, 30, 10, 190)},
        ),
        "una propuesta de otra máquina": of_another_machine(make_study(2, variants=one)),
        "una variante que no cambia las redes": with_elsewhere(make_study(2, variants=one), "otro"),
        "dos variantes que no cambian las redes": with_elsewhere(make_study(2), "otro", "uno"),
        "solo se prueba con las reseñas": only(several, "lstm", "linear", "gan", "lstm@gru"),
        **prolonged_cases(),
    }  # fmt: skip


# Of a thousand images, at the base's five checkpoints, 75 iterations apart, and at four more.
CLIMBING, A_LITTLE_SLOWER = (0, 100, 200, 300, 400), (0, 100, 200, 300, 380)


def prolonged_cases() -> dict[str, Study]:
    """The base's own training, gone on with."""
    in_small_steps = tuple(range(0, 390, 30))
    one = prolonged(1, in_small_steps, {"larga": (*in_small_steps, *range(366, 438, 6))}, 25)
    return {
        "prolongada, crece más despacio": prolonged(3, CLIMBING, {"larga": (*CLIMBING, 410, 420, 430, 440)}),
        "prolongada, crece más despacio, una semilla": one,
        "prolongada, crece más deprisa": prolonged(
            3, A_LITTLE_SLOWER, {"larga": (*A_LITTLE_SLOWER, 535, 690, 845, 1000)}
        ),
        "prolongada, crece igual": prolonged(3, CLIMBING, {"larga": (*CLIMBING, 500, 600, 700, 800)}),
        "prolongada, decrece": prolonged(3, CLIMBING, {"larga": (*CLIMBING, 350, 300, 250, 200)}),
        "dos prolongadas, y no se sabe": prolonged(
            3,
            CLIMBING,
            {
                "larga": (*CLIMBING, 410, 400, 390, 400),
                "más larga": (*CLIMBING, 410, 400, 390, 400, 410, 400, 390, 400),
            },
        ),
    }


def prolonged(n: int, base: Sequence[int], own: dict[str, Sequence[int]], every: int = 75) -> Study:
    """``own``, by name, what is read of each that goes on from where ``base`` ends."""
    settings = {"weights_every": every, "sample_every": every}
    variants = {
        name: {
            "gan": {"iterations": every * (len(readable) - 1), **settings},
            "readability": {"readable": tuple(readable)},
        }
        for name, readable in own.items()
    }
    return make_study(n, gan=settings, readability={"readable": tuple(base)}, variants=variants)


def of_other_seeds(study: Study) -> Study:
    """The base of the first two seeds and the variants of the others."""
    first = {
        name: getattr(study, name)[:2] for name in ("lstm", "linear", "memory", "probe", "gan", "readability")
    }
    later = {
        name: replace(groups, lstm=groups.lstm[2:], gan=groups.gan[2:], readability=groups.readability[2:])
        for name, groups in study.variants.items()
        if groups.lstm or groups.gan
    }
    return replace(study, variants=later, **first)


def of_another_machine(study: Study) -> Study:
    groups = study.variants["gru"]
    moved = tuple(with_leaf(run, "environment.processor", "aarch64") for run in groups.lstm)
    return replace(study, variants={**study.variants, "gru": replace(groups, lstm=moved)})


def with_elsewhere(study: Study, *names: str) -> Study:
    """Variants of the controls alone."""
    controls = {
        name: Groups(
            linear=tuple(as_variant(with_leaf(run, "config.min_documents", 3), name) for run in study.linear)
        )
        for name in names
    }
    return replace(study, variants={**study.variants, **controls})

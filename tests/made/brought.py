"""What an author brings, made up: records as the importing command writes them, and studies of these."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.records.base import Arrays, Run
from experiments.records.brought import (
    Brought,
    BroughtBucket,
    BroughtEpoch,
    BroughtFile,
    BroughtGan,
    BroughtLstm,
    BroughtModel,
    Gives,
    GridReading,
    TakenAs,
)
from experiments.records.built import BuiltLayer, BuiltOptimizer
from experiments.records.parts import Confusion
from experiments.records.results import Manifest
from experiments.records.storage import arrays_digest
from report.study.study import Study, make_study

ON = datetime.date(2026, 1, 15)
DIGEST = "ab" * 32
SUFFIX = {"model": "keras"}  # of what is no table

# What the training behind a report that was written by hand logged, to six digits.
HISTORY: dict[str, tuple[float, ...]] = {
    "running_loss": (
        *(0.655433, 0.393584, 0.283800, 0.229300, 0.190140),
        *(0.160926, 0.136467, 0.123790, 0.110464, 0.097397),
    ),
    "running_accuracy": (
        *(0.6346, 0.8472, 0.89955, 0.9197, 0.93655),
        *(0.94785, 0.95955, 0.96205, 0.9679, 0.9722),
    ),
    "val_loss": (
        *(0.478603, 0.338048, 0.287634, 0.308916, 0.298916),
        *(0.301842, 0.386241, 0.432091, 0.375995, 0.382462),
    ),
    "val_accuracy": (0.8112, 0.8694, 0.8866, 0.8856, 0.8882, 0.8866, 0.8832, 0.8798, 0.8858, 0.8830),
}
CONFUSION = (11_142, 1_358, 2_048, 10_452)


def brought_lstm(
    seed: int = 1,
    history: Mapping[str, Sequence[float]] | None = HISTORY,
    confusion: Sequence[int] | None = CONFUSION,
    answers: Arrays | None = None,
    typed: str = "",
    **fields: Any,
) -> Brought:
    """``answers`` are the arrays of predictions, which take the place of ``confusion``; of one that was
    ``typed`` there is no file."""
    arrays = dict(answers or {})
    names = list(history or {})
    counts = confusion_of(arrays) if arrays else confusion
    gives: list[tuple[Gives, bool]] = [
        ("history", bool(history)),
        ("predictions", bool(arrays)),
        ("confusion", bool(counts) and not arrays),
        ("model", "model" in fields),
    ]
    record = BroughtLstm(
        seed=seed,
        imported_on=ON,
        files=files_of(gives, seed, typed),
        epochs=tuple(
            BroughtEpoch(epoch=number, **dict(zip(names, values, strict=True)))
            for number, values in enumerate(zip(*history.values(), strict=True), start=1)
        )
        if history
        else (),
        confusion=Confusion(**dict(zip(Confusion.model_fields, counts, strict=True))) if counts else None,
        arrays_digest=arrays_digest(arrays),
        **fields,
    )
    return Brought(f"brought_lstm/seed-{seed}", record, arrays)


def files_of(gives: Sequence[tuple[Gives, bool]], seed: int, typed: str = "") -> tuple[BroughtFile, ...]:
    return tuple(
        BroughtFile(gives=name, name=typed or f"{name}-{seed}.{SUFFIX.get(name, 'csv')}", digest=DIGEST)
        for name, given in gives
        if given
    )


def confusion_of(arrays: Arrays) -> list[int]:
    said, real = arrays["probability"] > 0.5, arrays["label"] == 1
    return [int(n.sum()) for n in (~said & ~real, said & ~real, ~said & real, said & real)]


def answers(n: int = 400, right: float = 0.85, seed: int = 1) -> Arrays:
    """Probabilities of ``n`` reviews, half of each class, ``right`` of them on the right side of one half,
    with ids."""
    random = np.random.default_rng(seed)
    label = np.tile([0, 1], n // 2).astype(np.int8)
    sure = 0.5 + 0.49 * random.random(n)
    hit = np.arange(n) % 100 < round(100 * right)
    positive = (label == 1) == hit
    return {
        "probability": np.where(positive, sure, 1 - sure).astype(np.float32),
        "label": label,
        "review_id": np.arange(n, dtype=np.int32),
    }


def answered(*groups: tuple[int, float, int]) -> Arrays:
    """Of each group: how many reviews are given which probability, and how many of them are positive."""
    return {
        "probability": np.concatenate([np.full(n, said, np.float32) for n, said, _ in groups]),
        "label": np.concatenate([np.arange(n) < positive for n, _, positive in groups]).astype(np.int8),
    }


def without_ids(given: Arrays) -> Arrays:
    return {name: values for name, values in given.items() if name != "review_id"}


def deciles(first: int, last: int) -> tuple[BroughtBucket, ...]:
    """How many of a hundred reviews are read well, of the shorter and of the longer."""
    limits = ((10, 200), (201, 900))
    return tuple(
        BroughtBucket(low=low, high=high, n=100, lstm_correct=right)
        for (low, high), right in zip(limits, (first, last), strict=True)
    )


def gan_losses(n: int = 3_000, discriminator: float = 1.35, generator: float = 0.8, seed: int = 1) -> Arrays:
    random = np.random.default_rng(seed)
    return {
        "iteration": np.arange(1, n + 1, dtype=np.int64),
        "discriminator_loss": (discriminator + 0.05 * random.standard_normal(n)).astype(np.float32),
        "generator_loss": (generator + 0.05 * random.standard_normal(n)).astype(np.float32),
    }


def grids(steps: Sequence[int] = (500, 1_000, 1_500, 2_000, 2_500, 3_000), images: int = 25) -> Arrays:
    """Strokes that grow from step to step."""
    random = np.random.default_rng(1)
    found = np.zeros((len(steps), images, 28, 28), np.uint8)
    for step in range(len(steps)):
        for image in range(images):
            row, column = random.integers(4, 20, 2)
            found[step, image, row - 3 : row + 4, column : column + 2 + step] = 255
    return {"grid": found}


def readings(read: Sequence[int], steps: Sequence[int], n: int = 25) -> tuple[GridReading, ...]:
    """Of each step, how many images are read: spread over the ten digits."""
    return tuple(
        GridReading(
            iteration=step,
            n=n,
            readable=count,
            by_class=tuple(count // 10 + (label < count % 10) for label in range(10)),
        )
        for step, count in zip(steps, read, strict=True)
    )


STEPS = (500, 1_000, 1_500, 2_000, 2_500, 3_000)


def brought_gan(
    seed: int = 1,
    losses: Arrays | None = None,
    images: Arrays | None = None,
    read: Sequence[int] | None = None,
    form: str = "sum",
    unit: str = "iteration",
    steps: Sequence[int] = STEPS,
    **fields: Any,
) -> Brought:
    """``read``: how many images of each grid the judge reads, the first ones."""
    arrays = (losses or {}) | (images or {})
    if images and read:
        place = np.tile(np.arange(images["grid"].shape[1]), (len(read), 1))
        arrays |= {
            "grid_class": (place % 10).astype(np.uint8),
            "grid_readable": place < np.array(read)[:, None],
        }
    gives: list[tuple[Gives, bool]] = [("gan_losses", bool(losses)), ("gan_samples", bool(images))]
    record = BroughtGan(
        seed=seed,
        imported_on=ON,
        files=files_of(gives, seed),
        loss_form=form if losses else None,
        unit=unit if losses else None,
        last=int(losses["iteration"][-1]) if losses else None,
        sampled_steps=tuple(steps) if images else (),
        ink=fields.pop("ink", "bright") if images else None,
        readings=readings(read, steps, images["grid"].shape[1]) if images and read else (),
        judge=DIGEST if images and read else None,
        arrays_digest=arrays_digest(arrays),
        **fields,
    )
    return Brought(f"brought_gan/seed-{seed}", record, arrays)


def brought_study(*brought: Brought, judge: Run | None = None) -> Study:
    manifest = Manifest(
        profile=judge.record.profile if judge else None,
        runs=(judge.name,) if judge else (),
        brought=tuple(run.name for run in brought),
    )
    return make_study(Path("results/mio"), manifest, [judge] if judge else [], brought)


# --- one study for each thing that only these say ------------------------------------------


def history(**columns: Sequence[float]) -> dict[str, Sequence[float]]:
    return columns


FALLING = history(val_loss=(0.6, 0.5, 0.4), val_accuracy=(0.7, 0.75, 0.8), running_accuracy=(0.65, 0.7, 0.79))
SWINGING = history(val_loss=(0.6, 0.65, 0.62, 0.5))
SWINGING_TWICE = history(val_loss=(0.6, 0.65, 0.62, 0.64, 0.5))
FLAT = history(val_loss=(0.5, 0.4, 0.4, 0.4))
ONCE_UP = history(val_loss=(0.5, 0.4, 0.5, 0.45))
TWICE_UP = history(val_loss=(0.5, 0.4, 0.5, 0.45, 0.47))
NO_LOSS = history(val_accuracy=(0.8, 0.85), running_accuracy=(0.8, 0.9))
RISING = history(val_loss=(0.5, 0.4, 0.45, 0.5), running_loss=(0.6, 0.5, 0.4, 0.3), learning_rate=(1e-3,) * 4)
ONE_EPOCH = history(val_loss=(0.5,), val_accuracy=(0.8,), running_accuracy=(0.75,), running_loss=(0.6,))
AT_CHANCE = history(val_loss=(0.7, 0.69), val_accuracy=(0.5, 0.52), running_accuracy=(0.5, 0.6))
UNVALIDATED = history(running_loss=(0.6, 0.4), running_accuracy=(0.7, 0.8))
LATE = history(val_loss=(0.5, 0.4, 0.45), val_accuracy=(0.8, 0.85, 0.84), running_accuracy=(0.7, 0.84, 0.9))
MILD = history(val_loss=(0.5, 0.4), val_accuracy=(0.8, 0.85), running_accuracy=(0.8, 0.87))
SEVERE = history(val_loss=(0.5, 0.4, 0.6), val_accuracy=(0.8, 0.85, 0.8), running_accuracy=(0.8, 0.97, 0.99))


# By how they are calibrated: half of the reviews or a quarter of them are given each probability.
CALIBRATED = answered((500, 0.1, 50), (500, 0.9, 450))
TOO_SURE = answered((500, 0.03, 50), (500, 0.97, 400))  # and fewer are positive than negative
OFF = answered((250, 0.05, 88), (250, 0.35, 25), (250, 0.65, 225), (250, 0.95, 162))
UNCLEAR_AND_LITTLE = answered((200, 0.1, 26), (200, 0.8, 174))
UNCLEAR_AND_MUCH = answered((200, 0.2, 26), (200, 0.9, 174))
# By their order: all beyond one half though those of either class are told apart, the wrong way round, none.
MISPLACED, REVERSED = answered((200, 0.6, 40), (200, 0.9, 160)), answered((200, 0.2, 140), (200, 0.8, 60))
UNORDERED = answered((200, 0.45, 100), (200, 0.55, 100))


def network(
    reader: str = "LSTM", optimizer: str | None = "Adam", loss: str = "binary_crossentropy"
) -> BroughtModel:
    return BroughtModel(
        layers=(
            BuiltLayer(
                kind="Embedding",
                shape=(250, 128),
                parameters=3_840_000,
                settings={"input_dim": 30_000, "output_dim": 128},
            ),
            BuiltLayer(kind=reader, shape=(64,), parameters=49_408, settings={"units": 64, "dropout": 0.5}),
            BuiltLayer(
                kind="Dense", shape=(1,), parameters=65, settings={"units": 1, "activation": "sigmoid"}
            ),
        ),
        parameters=3_889_473,
        optimizer=BuiltOptimizer(kind=optimizer, settings={"learning_rate": 2e-4}) if optimizer else None,
        loss=loss if optimizer else None,
    )


NAMES = (TakenAs(file="historial.csv", name="acc", meaning="running_accuracy"),)


def with_accuracies(losses: Arrays, share: float) -> Arrays:
    n = len(losses["iteration"])
    return losses | {name: np.full(n, share, np.float32) for name in ("accuracy_real", "accuracy_fake")}


def every(step: int, losses: Arrays) -> Arrays:
    return {name: values[step - 1 :: step] for name, values in losses.items()}


def real_images() -> Arrays:
    return {"real": grids((1,))["grid"][0]}


def alike_at_last(images: Arrays) -> Arrays:
    """All those of the last step are the first of them."""
    found = images["grid"].copy()
    found[-1] = found[-1, 0]
    return images | {"grid": found}


def brought_cases(judge: Run) -> dict[str, Study]:
    """By a name that says what was brought."""
    images, drawn = grids(), gan_losses()
    two_steps = grids((1_500, 3_000)) | real_images()
    first, second = (answers(seed=seed) for seed in (1, 2))
    real = GridReading(iteration=0, n=25, readable=24, by_class=(3, 3, 3, 3, 2, 2, 2, 2, 2, 2))

    def read(*counts: int, **fields: Any) -> Study:
        return brought_study(brought_gan(images=images, read=counts, **fields), judge=judge)

    return {
        "aportado: historial, matriz, pérdidas y rejillas": brought_study(
            brought_lstm(title="IMDb"),
            brought_gan(losses=drawn, images=images, read=(0, 3, 8, 12, 14, 15), title="MNIST"),
            judge=judge,
        ),
        "aportado: un historial": brought_study(brought_lstm(confusion=None)),
        "aportado: un historial que no deja de bajar": brought_study(brought_lstm(1, FALLING, None)),
        "aportado: un historial con altibajos": brought_study(brought_lstm(1, SWINGING, None)),
        "aportado: un historial de pérdidas": brought_study(brought_lstm(1, RISING, None)),
        "aportado: un historial con más altibajos": brought_study(brought_lstm(1, SWINGING_TWICE, None)),
        "aportado: un historial que no se mueve": brought_study(brought_lstm(1, FLAT, None)),
        "aportado: historiales con una y con dos subidas": brought_study(
            brought_lstm(1, ONCE_UP, None), brought_lstm(2, TWICE_UP, None)
        ),
        "aportado: una sola subida": brought_study(brought_lstm(1, ONCE_UP, None)),
        "aportado: un historial de exactitudes": brought_study(brought_lstm(1, NO_LOSS, None)),
        "aportado: dos historiales, uno de una época": brought_study(
            brought_lstm(1, ONE_EPOCH, None), brought_lstm(2, FALLING, None)
        ),
        "aportado: la red sola": brought_study(brought_lstm(1, None, None, model=network())),
        "aportado: otra red, con ajustes escritos": brought_study(
            brought_lstm(1, model=network("Conv1D", None), settings={"max_epochs": 10})
        ),
        "aportado: otra red sola, con otra pérdida": brought_study(
            brought_lstm(1, None, None, model=network("Conv1D", loss="mi_entropia"))
        ),
        "aportado: un transformer": brought_study(brought_lstm(1, model=network("MultiHeadAttention"))),
        "aportado: nombres interpretados y ajustes escritos": brought_study(
            brought_lstm(names=NAMES, settings={"units": 64, "bidirectional": False})
        ),
        "aportado: una época": brought_study(brought_lstm(1, ONE_EPOCH, None)),
        "aportado: un historial al azar": brought_study(brought_lstm(1, AT_CHANCE, None)),
        "aportado: un historial sin validación": brought_study(brought_lstm(1, UNVALIDATED, None)),
        "aportado: sobreajuste leve": brought_study(brought_lstm(1, MILD, None)),
        "aportado: sobreajuste severo": brought_study(brought_lstm(1, SEVERE, CONFUSION)),
        "aportado: historiales de cursos distintos": brought_study(
            *(brought_lstm(seed, each, None) for seed, each in enumerate((FALLING, SEVERE, SEVERE), start=1))
        ),
        "aportado: tres historiales iguales": brought_study(*map(brought_lstm, (1, 2, 3))),
        "aportado: dos historiales sin validación": brought_study(
            *(brought_lstm(seed, UNVALIDATED, None) for seed in (1, 2))
        ),
        "aportado: dos historiales que no dejan de bajar": brought_study(
            *(brought_lstm(seed, FALLING, None) for seed in (1, 2))
        ),
        "aportado: historiales con mínimos distintos": brought_study(
            brought_lstm(1, SEVERE, None), brought_lstm(2, {**SEVERE, "val_loss": (0.4, 0.5, 0.6)}, None)
        ),
        "aportado: una matriz al azar": brought_study(brought_lstm(1, None, (100, 100, 100, 100))),
        "aportado: una matriz de dos reseñas": brought_study(brought_lstm(1, None, (1, 0, 0, 1))),
        "aportado: sobreajuste solo al final": brought_study(brought_lstm(1, LATE, None)),
        "aportado: una matriz sin errores": brought_study(brought_lstm(1, None, (100, 0, 0, 100))),
        "aportado: una matriz": brought_study(brought_lstm(1, None)),
        "aportado: una matriz escrita a mano": brought_study(
            brought_lstm(1, None, typed="11142,1358,2048,10452")
        ),
        "aportado: matrices sin errores, de clases desiguales": brought_study(
            *(brought_lstm(seed, None, (250, 0, 0, 150)) for seed in (1, 2))
        ),
        "aportado: matrices de sesgos contrarios": brought_study(
            brought_lstm(1, None, (190, 10, 60, 140)), brought_lstm(2, None, (140, 60, 10, 190))
        ),
        "aportado: predicciones": brought_study(brought_lstm(1, None, answers=first)),
        **{
            f"aportado: predicciones y longitudes, {name}": brought_study(
                brought_lstm(1, None, answers=without_ids(first), deciles=deciles(*right))
            )
            for name, right in {"baja": (95, 70), "sube": (70, 95), "igual": (85, 85)}.items()
        },
        "aportado: longitudes de dos semillas": brought_study(
            *(brought_lstm(seed, None, answers=first, deciles=deciles(85, 85)) for seed in (1, 2))
        ),
        "aportado: predicciones seguras y sin errores": brought_study(
            brought_lstm(1, None, answers=answers(right=1.0))
        ),
        "aportado: predicciones de dos semillas": brought_study(
            brought_lstm(1, answers=first, test_loss=0.4), brought_lstm(2, answers=second, test_loss=0.41)
        ),
        "aportado: historial, predicciones calibradas y longitudes": brought_study(
            brought_lstm(1, answers=CALIBRATED, deciles=deciles(95, 70))
        ),
        **{
            f"aportado: predicciones {name}": brought_study(brought_lstm(1, None, answers=said))
            for name, said in {
                "demasiado seguras, de clases desiguales": TOO_SURE,
                "mal calibradas, hacia ninguna clase": OFF,
                "de calibración dudosa, cortas con la positiva": UNCLEAR_AND_LITTLE,
                "de calibración dudosa, largas con la positiva": UNCLEAR_AND_MUCH,
                "ordenadas con un umbral que no les va": MISPLACED,
                "al revés": REVERSED,
            }.items()
        },
        "aportado: predicciones al azar de dos semillas": brought_study(
            *(brought_lstm(seed, None, answers=UNORDERED) for seed in (1, 2))
        ),
        "aportado: pérdidas": brought_study(brought_gan(losses=drawn)),
        "aportado: pérdidas en medias, por encima": brought_study(
            brought_gan(losses=gan_losses(discriminator=1.1), form="mean")
        ),
        "aportado: pérdidas por debajo, de cien en cien": brought_study(
            brought_gan(losses=every(100, gan_losses(discriminator=0.8)))
        ),
        "aportado: pérdidas por épocas": brought_study(
            brought_gan(losses=gan_losses(30), images=images, unit="epoch")
        ),
        "aportado: pérdidas de dos semillas, una hundida": brought_study(
            brought_gan(1, losses=drawn), brought_gan(2, losses=gan_losses(discriminator=0.05, seed=2))
        ),
        "aportado: pérdidas y aciertos de dos semillas": brought_study(
            *(
                brought_gan(seed, with_accuracies(gan_losses(seed=seed), 0.65), images | real_images())
                for seed in (1, 2)
            )
        ),
        "aportado: pérdidas y aciertos, y al final una sola imagen": brought_study(
            brought_gan(1, with_accuracies(drawn, 0.65), alike_at_last(images) | real_images())
        ),
        "aportado: dos rejillas de dos semillas, y al final una sola imagen en una": brought_study(
            brought_gan(1, images=alike_at_last(two_steps), steps=(1_500, 3_000)),
            brought_gan(2, images=two_steps, steps=(1_500, 3_000)),
        ),
        "aportado: rejillas": brought_study(brought_gan(images=images)),
        "aportado: una rejilla": brought_study(brought_gan(images=grids((3_000,)), steps=(3_000,))),
        "aportado: rejillas que se leen siempre": read(20, 20, 20, 21, 22, 23, real_reading=real),
        "aportado: rejillas de imágenes que el juez no lee": brought_study(
            brought_gan(
                images=images | real_images(),
                real_reading=real.model_copy(update={"readable": 2, "by_class": (2,) + (0,) * 9}),
                rescaled_from=(32, 32),
                ink="dark",
            )
        ),
        "aportado: rejillas que dejan de leerse": read(0, 3, 8, 12, 9, 2),
        "aportado: rejillas que no se leen": read(0, 0, 1, 1, 0, 1),
        "aportado: rejillas de dos semillas": brought_study(
            *(brought_gan(seed, images=images, read=(0, 3, 8, 12, 14, 15)) for seed in (1, 2)), judge=judge
        ),
        "aportado: un historial y pérdidas de dos semillas": brought_study(
            brought_lstm(1, confusion=None),
            *(brought_gan(seed, losses=gan_losses(seed=seed)) for seed in (1, 2)),
        ),
        "aportado: matrices de dos semillas y rejillas de una": brought_study(
            brought_lstm(1, None), brought_lstm(2, None), brought_gan(1, images=images)
        ),
        "aportado: un historial impreso": brought_study(
            brought_lstm(confusion=None, decimals=dict.fromkeys(HISTORY, 4))
        ),
        "aportado: dos historiales impresos de otro modo": brought_study(
            brought_lstm(1, RISING, None, decimals={"running_loss": 3, "val_loss": 2, "learning_rate": 6}),
            brought_lstm(2, RISING, None, decimals={"running_loss": 1, "val_loss": 7}),
        ),
    }

"""Made-up studies: valid records and arrays from a few parameters, without training or disk.

The same parameters give the same study, and the numbers are chosen so that each can be
followed by hand: accuracies out of a few hundred reviews, images of one bar.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import built
import measurements
import numpy as np
from measurements import ENVIRONMENT

from experiments.kinds.gan import GanConfig, GanRecord
from experiments.kinds.lstm import LstmConfig, LstmEpoch, LstmRecord, LstmSizes
from experiments.records.base import Arrays, DataInfo, Profile, Run, RunRecord
from experiments.records.parts import Confusion
from experiments.records.results import Manifest
from experiments.records.storage import arrays_digest
from report.findings.balance import DISCRIMINATOR_EQUILIBRIUM, GENERATOR_EQUILIBRIUM
from report.study.folders import LOCAL
from report.study.reduction import SAME_WORDS
from report.study.study import GROUPS, Study
from report.study.study import make_study as group

ITERATIONS, SAMPLES, GRID = 300, 20, 9
STEPS = (0, 150, 300)
MAX_EPOCHS, OFFICIAL_REVIEWS, TRAIN, VALIDATION = 10, 1_000, 800, 200
PATH_STEP = {"[": " ", "]": "", ".": " "}

Choices = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def make_study(
    seeds: int = 3,
    *,
    profile: Profile = "full",
    sample_reviews: bool = False,
    sample_digits: bool = False,
    own_reviews: DataInfo | None = None,
    own_images: DataInfo | None = None,
    lstm: Choices = (),
    gan: Choices = (),
    variants: Mapping[str, Mapping[str, Choices]] = {},
    **measured: Choices,
) -> Study:
    """``seeds`` runs of each experiment. ``lstm`` and ``gan`` hold the arguments of ``lstm_run``
    and ``gan_run``: one mapping for all seeds, or one for each. ``measured`` holds those of the
    functions of ``measurements``, by the name of the measurement, likewise. ``variants`` have, by name,
    those of the kinds of which they have runs of their own; fewer than there are seeds leave the last
    ones out. What a variant's GAN draws is read too."""
    makers = {"lstm": (lstm_run, sample_reviews, own_reviews), "gan": (gan_run, sample_digits, own_images)}

    def trained(kind: str, choices: Choices) -> list[Run]:
        make, sample, own = makers[kind]
        return [
            make(seed, **{"profile": profile, "sample": sample, "own": own, **choice})
            for seed, choice in enumerate(choices, start=1)
        ]

    runs = [
        run
        for kind, choices in (("lstm", lstm), ("gan", gan))
        for run in trained(kind, for_each(choices, seeds))
    ]
    for name, kinds in variants.items():
        for kind in filter(kinds.__contains__, makers):
            runs += [as_variant(run, name) for run in trained(kind, for_some(kinds[kind], seeds))]
    readings = {
        name: kinds.get("readability", {})
        for name, kinds in variants.items()
        if {"gan", "readability"} & kinds.keys()
    }
    return study_of(runs, readings, **measured)


def only(study: Study, *names: str) -> Study:
    """The same study, of which nothing but these groups was trained or measured: ``gan``, or
    ``gan@densa`` of a variant."""

    def others(suffix: str = "") -> dict[str, tuple[Run, ...]]:
        return {name: () for name in GROUPS if f"{name}{suffix}" not in names}

    variants = {
        variant: replace(groups, **others(f"@{variant}"))
        for variant, groups in study.variants.items()
        if any(name.endswith(f"@{variant}") for name in names)
    }
    return replace(study, variants=variants, **others())


def for_each(choices: Choices, n: int) -> list[Mapping[str, Any]]:
    each = [choices] * n if isinstance(choices, Mapping) else list(choices) or [{}] * n
    assert len(each) == n
    return each


def for_some(choices: Choices, n: int) -> list[Mapping[str, Any]]:
    """The same for the first seeds alone, where there are fewer choices."""
    return for_each(choices, n if isinstance(choices, Mapping) or not choices else len(choices))


def study_of(
    runs: Sequence[Run],
    readings: Mapping[str, Choices] = {},
    **measured: Choices,
) -> Study:
    """As if ``runs``, completed with what measures them, had just been trained here."""
    whole = beside_last_words(complete(runs, readings, **measured), measured.get("memory", ()))
    manifest = Manifest(profile=whole[0].record.profile, runs=tuple(run.name for run in whole))
    return group(LOCAL, manifest, whole)


def beside_last_words(runs: Sequence[Run], choices: Choices) -> list[Run]:
    """With what is to be found beside the linear model that reads the same words as the LSTM, in place of
    what the made-up answers give."""
    windows = {
        run.record.seed: run.record.config.sequence_length for run in runs if run.record.kind == "lstm"
    }
    measured = [run for run in runs if run.record.kind == "memory"]
    found = {}
    for run, choice in zip(measured, for_each(choices, len(measured)), strict=True):
        window = windows.get(run.record.seed)
        if window is None:
            continue  # of no network here: that is refused
        cut = run.record.deciles[-1].high > window
        told_apart = choice.get("truncated", True) or not cut
        usual = choice.get("interaction", measurements.INTERACTION) if told_apart else None
        table = measurements.same_words(choice.get("alike", usual), window, cut)
        found[run.name] = replace(run, arrays=run.arrays | {SAME_WORDS: table})
    return [found.get(run.name, run) for run in runs]


def complete(
    runs: Sequence[Run],
    readings: Mapping[str, Choices] = {},
    **measured: Choices,
) -> list[Run]:
    """``runs`` and, of each measurement that they lack, one that goes with them; ``readings`` of variants,
    which read what their own GAN draws, or that of the base."""
    lstm = [run for run in runs if run.record.kind == "lstm" and not run.record.variant]
    gan = [run for run in runs if run.record.kind == "gan" and not run.record.variant]
    found = list(runs)

    def add(name: str, make: Callable[..., Run], of: Sequence[tuple[Run, ...]]) -> None:
        """What measures each of ``of``, unless it is there."""
        if not any(run.record.kind == name for run in runs):
            choices = for_each(measured.get(name, ()), len(of))
            found.extend(make(*each, **choice) for each, choice in zip(of, choices, strict=True))

    add("linear", measurements.linear_run, [(run,) for run in lstm])
    controls = {run.record.seed: run for run in found if run.record.kind == "linear"}
    pairs = [(run, controls[run.record.seed]) for run in lstm if run.record.seed in controls]
    add("memory", measurements.memory_run, pairs)
    add("probe", measurements.probe_run, [(run,) for run in lstm])
    add("judge", measurements.judge_run, [(run,) for run in gan[:1]])
    judge = next(run for run in found if run.record.kind == "judge")
    rivals = [dense_rival(run) for run in gan if run.record.config.architecture == "convolutional"]
    if not any(run.record.kind == "readability" for run in runs):
        found += rivals
        add("readability", measurements.readability_run, [(run, judge) for run in gan])
        add("dense", measurements.readability_run, [(run, judge) for run in rivals])
    for name, choices in readings.items():
        drawn = [run for run in runs if run.record.kind == "gan" and run.record.variant == name] or gan
        read = zip(drawn, for_some(choices, len(drawn)), strict=False)
        found += [
            as_variant(measurements.readability_run(run, judge, **choice), name) for run, choice in read
        ]
    return found


def as_variant(run: Run, name: str) -> Run:
    """The same run as one of the variant ``name``."""
    kind, _, seed = run.name.partition("/")
    record = run.record.model_copy(update={"variant": name})
    return replace(run, name=f"{kind.partition('@')[0]}@{name}/{seed}", record=record)


def dense_rival(run: Run) -> Run:
    """The dense GAN that is compared with a convolutional one."""
    record = run.record
    assert isinstance(record, GanRecord)
    config = record.config.model_copy(update={"architecture": "dense"})
    networks = {"generator": built.generator(config), "discriminator": built.discriminator(config)}
    update = {"config": config, "code_digest": "b" * 64, **networks}
    return as_variant(replace(run, record=record.model_copy(update=update)), "densa")


def lstm_run(
    seed: int = 1,
    *,
    val_loss: Sequence[float] = (0.62, 0.48, 0.41, 0.43, 0.47),
    val_loss_se: float | Sequence[float] = 0.005,
    paired_se: float | None = None,
    val_accuracy: Sequence[float] | None = None,
    gap: float | Sequence[float] | None = None,
    running_gap: float = 0.02,
    learning_rate: Sequence[float] | None = None,
    confusion: tuple[int, int, int, int] | None = None,
    stopped_early: bool = False,
    negatives: int = VALIDATION // 2,
    sure: float = 0.8,
    chosen: float = 0.5,
    validated: Sequence[float] | None = None,
    mended: int = 0,
    broken: int = 0,
    lengths: Sequence[int] | None = None,
    profile: Profile = "full",
    sample: bool = False,
    minutes: float | None = None,
    own: DataInfo | None = None,
    **config: Any,
) -> Run:
    """One seed of part A. ``confusion`` is (true negative, false positive, false negative, true
    positive); ``gap`` is training minus validation accuracy, ``minutes`` those of the processor. The
    selected epoch is that of the lowest loss. ``paired_se`` is the standard error of the difference
    between any two epochs, by default a fifth of that of one, and ``negatives`` how many validation
    reviews are. Answers have the probability ``sure``; on validation the threshold ``chosen`` is the best,
    and with one of 0.4 as many false negatives are ``mended`` and true negatives ``broken``; ``validated`` is
    what each validation review is given, the negative ones first. What is not given differs a little from
    seed to seed."""
    n = len(val_loss)
    settings = LstmConfig(**{"max_epochs": MAX_EPOCHS, **config})
    accuracies = val_accuracy or [round(0.9 - loss / 10 - seed / 1000, 4) for loss in val_loss]
    ahead = round(0.02 + 0.004 * seed, 4) if gap is None else gap
    gaps = [ahead] * n if isinstance(ahead, int | float) else ahead
    errors = [val_loss_se] * n if isinstance(val_loss_se, int | float) else val_loss_se
    paired = max(errors) / 5 if paired_se is None else paired_se
    rates = learning_rate or [settings.learning_rate] * n
    tn, fp, fn, tp = confusion or (170 + seed, 30 - seed, 28, 172)
    total = tn + fp + fn + tp
    epochs = tuple(
        LstmEpoch(
            epoch=i + 1,
            running_loss=round(val_loss[i] + 0.07 + seed / 1000, 4),
            running_accuracy=min(1.0, max(0.0, round(accuracies[i] + running_gap, 4))),
            train_loss=round(val_loss[i] * 0.8 + seed / 1000, 4),
            train_accuracy=min(1.0, max(0.0, round(accuracies[i] + gaps[i], 6))),
            val_loss=val_loss[i],
            val_accuracy=accuracies[i],
            val_loss_se=errors[i],
            learning_rate=rates[i],
            duration_s=40.0 + i,
        )
        for i in range(n)
    )
    row = np.arange(total)
    positive = row >= tn + fp
    said_positive = np.concatenate([row[:tn] < 0, row[: fp + tp] >= 0, row[:fn] < 0])[:total]
    said = np.where(said_positive, sure, 1 - sure)
    said[total - mended :] = said[:broken] = 0.45
    val_label = (np.arange(VALIDATION) >= negatives).astype(np.int8)
    arrays: Arrays = {
        "probability": said.astype(np.float32),
        "label": positive.astype(np.int8),
        "length": np.array(100 + 3 * row % 400 if lengths is None else lengths, np.int32),
        "stars": np.where(positive, 9, 2).astype(np.int8),
        "review_id": row.astype(np.int32),
        "distance": np.full(total, -1, np.int32),
        "val_probability": np.asarray(
            chosen + 0.02 * (val_label - 0.5) if validated is None else validated, np.float32
        ),
        "val_label": val_label,
        "val_row": np.arange(VALIDATION, dtype=np.int32),
        "val_losses": review_losses(val_loss, max(errors), paired),
    }
    record = LstmRecord(
        seed=seed,
        profile=profile,
        data=own or data_info("sample_reviews" if sample else "imdb", OFFICIAL_REVIEWS, OFFICIAL_REVIEWS),
        environment=ENVIRONMENT,
        code_digest="a" * 64,
        finished_on=datetime.date(2026, 1, 20),
        duration_s=3_700.0 + 60 * seed,
        processor_s=7_000.0 + 100 * seed if minutes is None else 60.0 * minutes,
        arrays_digest=arrays_digest(arrays),
        config=settings,
        model=built.classifier(settings, TRAIN),
        sizes=LstmSizes(
            train=TRAIN,
            validation=VALIDATION,
            test=total,
            train_evaluated=250,
            vocabulary=5_150,
            known_vectors=4_000 + seed if settings.embedding_digest else 0,
        ),
        epochs=epochs,
        selected_epoch=val_loss.index(min(val_loss)) + 1,
        stopped_early=stopped_early,
        test_loss=0.4 + seed / 100,
        confusion=Confusion(true_negative=tn, false_positive=fp, false_negative=fn, true_positive=tp),
    )
    return Run(f"lstm/seed-{seed}", record, arrays)


def review_losses(means: Sequence[float], se: float, paired_se: float) -> np.ndarray:
    """float16[epochs, VALIDATION] with these ``means`` and standard errors: a wave over the reviews that
    all epochs share, and one of their own, each with more crests than the one before, so that all are
    orthogonal and of mean 0."""
    place = (np.arange(VALIDATION) + 0.5) / VALIDATION

    def wave(crests: int, error: float) -> np.ndarray:
        return error * np.sqrt(VALIDATION - 1) * np.sqrt(2) * np.cos(np.pi * crests * place)

    common = wave(1, se)
    each = [mean + common + wave(index + 2, paired_se / np.sqrt(2)) for index, mean in enumerate(means)]
    return np.array(each).astype(np.float16)


def gan_run(
    seed: int = 1,
    *,
    level: float | Sequence[float] = 0.9,
    right: float | Sequence[float] = 0.65,
    variety: int = 8,
    samples: int = SAMPLES,
    steps: Sequence[int] = STEPS,
    profile: Profile = "full",
    sample: bool = False,
    minutes: float | None = None,
    own: DataInfo | None = None,
    **config: Any,
) -> Run:
    """One seed of part B. ``level`` is the discriminator's loss as a fraction of 2 ln 2, and ``right``
    how often it is right, one or a value for each of as many equal stretches; ``variety`` is by how
    many columns the bars of the images of the last step differ, at most eight as those of real ones;
    ``samples`` are drawn at each step."""
    settings = GanConfig(
        **{
            "iterations": ITERATIONS,
            "sample_every": 150,
            "grid_size": GRID,
            "samples_kept": samples,
            "weights_every": 75,
            **config,
        }
    )
    n = settings.iterations
    stretch, hits = stretched(level, n), stretched(right, n)
    ripple = 0.002 * np.sin(np.arange(n) + seed)
    shown = [draw(variety if step == steps[-1] else 8) for step in steps]
    arrays: Arrays = {
        "discriminator_loss": (DISCRIMINATOR_EQUILIBRIUM * stretch + ripple).astype(np.float32),
        "generator_loss": (GENERATOR_EQUILIBRIUM / np.maximum(stretch, 0.05) + ripple).astype(np.float32),
        "d_real": (0.5 + 0.01 * seed + ripple).astype(np.float32),
        "d_fake": (0.48 - 0.01 * seed + ripple).astype(np.float32),
        "accuracy_real": (hits - 0.001 * seed + ripple).astype(np.float32),
        "accuracy_fake": (hits + 0.002 * seed + ripple).astype(np.float32),
        "grid": np.stack([images[:GRID] for images in shown]),
        "samples": np.stack([images[:samples] for images in shown]),
        "average_grid": np.stack([images[:GRID] for images in shown]),
        "real": draw(8),
    }
    record = GanRecord(
        seed=seed,
        profile=profile,
        data=own or data_info("sample_digits" if sample else "mnist", 60_000, 10_000),
        environment=ENVIRONMENT,
        code_digest="b" * 64,
        finished_on=datetime.date(2026, 1, 21),
        duration_s=610.0 + seed,
        processor_s=1_200.0 + seed if minutes is None else 60.0 * minutes,
        arrays_digest=arrays_digest(arrays),
        config=settings,
        generator=built.generator(settings),
        discriminator=built.discriminator(settings),
        n_train=60_000,
        sampled_steps=tuple(steps),
    )
    return Run(f"gan/seed-{seed}", record, arrays)


def stretched(values: float | Sequence[float], n: int) -> np.ndarray:
    """float64[n], each of the values as long as the others."""
    listed = np.atleast_1d(np.asarray(values, dtype=float))
    return np.repeat(listed, -(-n // len(listed)))[:n]


def draw(variety: int) -> np.ndarray:
    """uint8[SAMPLES, 28, 28] of a bar three pixels wide and twenty high, which begins at one of
    ``variety`` columns by turns."""
    images = np.zeros((SAMPLES, 28, 28), np.uint8)
    for place, image in enumerate(images):
        left = 10 + place % variety
        image[:20, left : left + 3] = 255
    return images


def data_info(name: str, n_train: int, n_test: int) -> DataInfo:
    return DataInfo.model_validate({"name": name, "digest": "d" * 64, "n_train": n_train, "n_test": n_test})


def own_reviews(*classes: str, title: str = "mis-resenas", language: str = "es") -> DataInfo:
    """Reviews of a user's own."""
    return data_info("own_reviews", 1_200, 300).model_copy(
        update={"title": title, "language": language, "classes": classes or ("mala", "buena")}
    )


def own_images(*classes: str, title: str = "fashion_mnist") -> DataInfo:
    """Images of a user's own, of four classes unless others are named."""
    return data_info("own_images", 6_000, 1_000).model_copy(
        update={"title": title, "classes": classes or ("bolso", "bota", "camisa", "vestido")}
    )


# --- changing one thing ------------------------------------------------------------------


def leaves(content: Any, path: str = "") -> dict[str, Any]:
    """Every value of a record by its path: ``epochs[2].val_loss``, ``config.units``."""
    if isinstance(content, Mapping):
        items = [(f"{path}.{name}" if path else name, item) for name, item in content.items()]
    elif isinstance(content, list | tuple):
        items = [(f"{path}[{index}]", item) for index, item in enumerate(content)]
    else:
        return {path: content}
    return {key: value for name, item in items for key, value in leaves(item, name).items()}


def with_leaf(run: Run, path: str, value: Any) -> Run:
    """``run`` with one other value in its record, and the networks that go with another setting.

    Raises:
        ValidationError: there is no such record.
    """
    content = run.record.model_dump()
    *parents, last = path.translate(str.maketrans(PATH_STEP)).split()
    place = content
    for step in parents:
        if step.isdecimal():
            place = list(place)[int(step)] if isinstance(place, tuple) else place[int(step)]
        else:
            place[step] = list(place[step]) if isinstance(place[step], tuple) else place[step]
            place = place[step]
    place[int(last) if last.isdecimal() else last] = value
    if path.startswith("config."):
        content = built.networks_as_configured(run.record, content)
    return replace(run, record=validate(run.record, content))


def with_array(run: Run, name: str, values: np.ndarray) -> Run:
    return replace(run, arrays={**run.arrays, name: values})


def validate(record: RunRecord, content: dict[str, Any]) -> RunRecord:
    return type(record).model_validate(content)

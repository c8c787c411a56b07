"""Made-up measurements of made-up runs: what ``studies`` adds to complete a set of results."""

import datetime
from collections.abc import Sequence
from typing import Any, Literal

import built
import numpy as np

from experiments.kinds.gan import GanRecord
from experiments.kinds.judge import Control, ControlName, JudgeConfig, JudgeRecord
from experiments.kinds.linear import (
    CONTROL,
    LINEAR_MODELS,
    Candidate,
    LinearConfig,
    LinearModel,
    LinearName,
    LinearRecord,
    LinearSizes,
    complete,
)
from experiments.kinds.lstm import LstmRecord
from experiments.kinds.memory import Bucket, Coefficient, MemoryConfig, MemoryRecord, Regression, Truncation
from experiments.kinds.probe import ProbeConfig, ProbeEpoch, ProbeNetwork, ProbeRecord, ProbeRow
from experiments.kinds.readability import (
    ClassCopies,
    Copies,
    Deformation,
    ReadabilityConfig,
    ReadabilityRecord,
    ReadableStep,
)
from experiments.records.base import Arrays, DataInfo, Environment, Run, Strict
from experiments.records.parts import Confusion, Decay, Influence
from experiments.records.storage import arrays_digest

ENVIRONMENT = Environment(
    python="3.11.2",
    platform="Linux 6.1",
    processor="x86_64",
    cores=8,
    threads=2,
    device="cpu",
    gpu=None,
    libraries={"tensorflow": "2.21.0", "numpy": "2.3.5"},
    commit="c" * 40,
    dirty=False,
)

Estimate = tuple[float, float, float]  # with the ends of its interval

INTERACTION = (-0.10, -0.18, -0.02)
DISTANCES = (0, 50, 100, 150, 200)
BUCKETS = ((10, 120), (121, 240), (241, 900))
RATINGS = ((1, 1), (4, 4), (7, 7), (10, 10))
KEPT = 200  # reviews whose truncation is tried
PROBE_DISTANCES, PROBE_REVIEWS = (10, 100, 400), 200
LIMITS = {"real": 0.9, "salt_and_pepper": 0.8, "blur": 0.8, "low_contrast": 0.8}
NOISES = {
    "uniform_noise": 0.05,
    "gaussian_noise": 0.05,
    "untrained_generator": 0.05,
    "shuffled_pixels": 0.05,
    "mean_image": 0.05,
    "inverted": 0.05,
    "patches": 0.1,
    "blends": 0.2,
    "smears": 0.05,
    "scribbles": 0.2,
    "letters": 0.1,
    "arcs": 0.2,
}
FAMILIES = {
    **dict.fromkeys(("uniform_noise", "untrained_generator", "shuffled_pixels", "mean_image"), "related"),
    **dict.fromkeys(("scribbles", "letters", "arcs"), "unseen"),
}
DRAWN = ("smears", "scribbles", "letters", "arcs")
IMAGES = 1_000


def common(run: Run, config: Strict, arrays: Arrays, code: str, **others: Any) -> dict[str, Any]:
    """What every record has, on the data of ``run`` unless ``others`` says so."""
    record = run.record
    return {
        "variant": record.variant,
        "seed": record.seed,
        "profile": record.profile,
        "data": record.data,
        "environment": ENVIRONMENT,
        "code_digest": code * 64,
        "finished_on": datetime.date(2026, 1, 22),
        "duration_s": 95.0 + record.seed,
        "processor_s": 180.0 + record.seed,
        "arrays_digest": arrays_digest(arrays),
        "config": config,
        **others,
    }


def upstream(*runs: Run) -> dict[str, str]:
    return {run.name: run.record.arrays_digest for run in runs}


# --- part A ------------------------------------------------------------------------------


def influence(decay: Estimate, scale: float) -> tuple[Influence, ...]:
    """Falls in a straight line to ``decay`` times what it is at the end."""
    return tuple(
        Influence(
            distance=distance,
            n=100 - distance // 10,
            mean=round(scale * mean, 6),
            low=round(scale * mean * 0.9, 6),
            high=round(scale * mean * 1.1, 6),
        )
        for distance in DISTANCES
        for mean in (1 - (1 - decay[0]) * distance / DISTANCES[-1],)
    )


def linear_run(
    lstm: Run,
    *,
    confusion: tuple[int, int, int, int] | None = None,
    last_words: tuple[int, int, int, int] | None = None,
    sure: float = 0.9,
    decay: Estimate = (0.95, 0.85, 1.05),
    chosen: float = 0.3,
    same_split: bool = True,
) -> Run:
    """The controls. ``confusion`` of the one that is compared, as in ``lstm_run``; by default it errs
    once in ten, on the last reviews of each class; ``last_words`` of the one that sees these alone, which
    errs twice as often. Answers have the probability ``sure``. ``chosen`` is the inverse of its penalty,
    ``same_split`` whether its validation part is that of the LSTM."""
    record = lstm.record
    assert isinstance(record, LstmRecord)
    cells, candidates = record.confusion, LinearConfig(log_count_candidates=(0.1, 0.3))
    config = complete(candidates, {"lstm": record.config, "memory": MemoryConfig()})
    negatives, positives = (
        cells.true_negative + cells.false_positive,
        cells.true_positive + cells.false_negative,
    )
    wrong = (negatives // 10, positives // 10)
    tn, fp, fn, tp = confusion or (negatives - wrong[0], wrong[0], wrong[1], positives - wrong[1])
    once_more = min(wrong[0] + 1, negatives)
    usual = (negatives - once_more, once_more, wrong[1], positives - wrong[1])
    often = (negatives - 2 * wrong[0], 2 * wrong[0], 2 * wrong[1], positives - 2 * wrong[1])
    counts = {"tfidf": usual, "log_count": (tn, fp, fn, tp), "log_count_last": last_words or often}
    label = np.repeat([0, 1], [negatives, positives])
    n, validation = len(label), record.sizes.validation
    arrays: Arrays = {
        "probability": np.stack([probability(*each, sure) for each in counts.values()]),
        "label": label.astype(np.int8),
        "length": (100 + 3 * np.arange(n) % 400).astype(np.int32),
        "stars": np.where(label == 1, 9, 2).astype(np.int8),
        "review_id": np.arange(n, dtype=np.int32),
        "distance": np.full(n, -1, np.int32),
        "val_probability": np.full((len(counts), validation), 0.9, np.float32),
        "val_label": np.ones(validation, np.int8),
        "val_row": np.arange(validation, dtype=np.int32) + (0 if same_split else 1),
        "occlusion": np.ones((3, 5), np.float32),
    }
    return Run(
        f"linear/seed-{record.seed}",
        LinearRecord(
            **common(lstm, config, arrays, "e"),
            sizes=LinearSizes(train=800, validation=validation, test=n),
            models=tuple(linear_model(name, counts[name], record.seed, chosen) for name in LINEAR_MODELS),
            influence=influence(decay, 0.2),
            decay=Decay(ratio=decay[0], low=decay[1], high=decay[2]),
        ),
        arrays,
    )


def probability(tn: int, fp: int, fn: int, tp: int, sure: float) -> np.ndarray:
    """float32[n]: what a model says that gives these counts, of the negative reviews and then of the
    positive ones; it errs on the last of each class."""
    said = np.repeat([0, 1, 1, 0], [tn, fp, tp, fn])
    return np.where(said == 1, sure, 1 - sure).astype(np.float32)


def linear_model(
    name: LinearName, confusion: tuple[int, int, int, int], seed: int, chosen: float
) -> LinearModel:
    tn, fp, fn, tp = confusion
    return LinearModel(
        name=name,
        features=61_000 + seed,
        candidates=(Candidate(c=0.1, val_accuracy=0.895), Candidate(c=0.3, val_accuracy=0.902)),
        chosen_c=chosen,
        val_accuracy=0.902,
        val_loss=0.3,
        test_loss=0.31 if name == CONTROL else 0.33,
        confusion=Confusion(true_negative=tn, false_positive=fp, false_negative=fn, true_positive=tp),
    )


def same_words(found: Estimate | None, window: int, cut: bool) -> np.ndarray:
    """float64[k, 5], as of ``beside_last_words``: answers of which the regression finds this interaction;
    none that tell, if there is to be none. Both models are right on half of the reviews at one length, and
    at another the LSTM on more or fewer; what is longer than ``window``, if some is ``cut``, is like the
    first. By as many reviews as give an interval as wide, which need not be a whole number."""
    short, long, beyond = max(1, window // 4), max(2, window // 2), 2 * window
    if found is None:
        return np.array([[short, 100.0, 0, 0, 0], [long, 100.0, 0, 0, 0]])
    estimate, low, high = found
    rows = np.array([short, long, *([beyond] if cut else [])], float)
    logs = np.log(rows)
    apart = (logs[1] - logs[0]) / logs.std()
    share = 1 / (1 + np.exp(-estimate * apart))
    half, said = (0.25, 0.25, 0.25, 0.25), (share / 2, share / 2, (1 - share) / 2, (1 - share) / 2)
    error = (high - low) / 2 / 1.959963984540054
    reviews = many = (12 + 1 / (share * (1 - share))) / (error * apart) ** 2
    for _ in range(20):  # what few reviews add to the interval depends on how many they are
        n, terms = reviews * len(rows), 6 if cut else 4
        reviews = many * n / (n - 1) * (2 * n - 1) / (2 * n - terms)
    each = [half, said, half]
    return np.array(
        [[words, *(reviews * np.array(counts))] for words, counts in zip(rows, each, strict=False)]
    )


def memory_run(
    lstm: Run,
    linear: Run,
    *,
    interaction: Estimate | None = INTERACTION,
    alike: Estimate | Literal["interaction"] | None = "interaction",
    whole: Estimate | None = (-0.12, -0.20, -0.04),
    decay: Estimate | None = (0.4, 0.3, 0.5),
    difference: tuple[float, float] | None = None,
    lengths: Sequence[float] = (0.90, 0.86, 0.80),
    linear_lengths: Sequence[float] = (0.90, 0.89, 0.88),
    stars: bool = True,
    truncated: bool = True,
    kept: Sequence[float] = (0.70, 0.85),
    limits: Sequence[tuple[int, int]] = BUCKETS,
    gradient: float = 0.99,
) -> Run:
    """Without an ``interaction`` there is no regression, without one of the reviews seen ``whole`` none of
    these, without a ``decay`` no review is long enough for one. ``alike`` is the interaction beside the
    model of the same words, by default the same, which ``studies`` makes answers of. ``difference``: the
    interval of how much the decay differs from the control's, by default as wide as both; ``lengths`` and
    ``linear_lengths``: accuracy of the LSTM and of the control in each bucket; ``truncated``: whether the
    regression can tell the reviews that are cut; ``kept``: the LSTM's accuracy with the first and with the
    last tokens alone; ``gradient``: what one word more leaves of it."""
    assert isinstance(lstm.record, LstmRecord)
    assert isinstance(linear.record, LinearRecord)
    settings, beside = MemoryConfig(budgets=(50, 200)), linear.record.decay
    own, apart = None, (None, None)
    if decay and beside:
        own = Decay(ratio=decay[0], low=decay[1], high=decay[2])
        apart = difference or (round(decay[1] - beside.high, 6), round(decay[2] - beside.low, 6))
    size = lstm.record.config.sequence_length
    seed = lstm.record.seed
    arrays: Arrays = {
        "gradient_initial": (1e-4 * (0.9 - seed / 100) ** np.arange(size)).astype(np.float32),
        "gradient_selected": (1e-2 * gradient ** np.arange(size)).astype(np.float32),
    }

    def coefficient(estimate: float, low: float, high: float) -> Coefficient:
        return Coefficient(estimate=estimate, low=low, high=high)

    def buckets(
        ranges: Sequence[tuple[int, int]], lstm: Sequence[float], control: Sequence[float]
    ) -> tuple[Bucket, ...]:
        return tuple(
            Bucket(
                low=low,
                high=high,
                n=100,
                lstm_correct=round(100 * a),
                linear_correct=round(100 * b),
                last_correct=round(99 * b),
            )
            for (low, high), a, b in zip(ranges, lstm, control, strict=True)
        )

    record = MemoryRecord(
        **common(lstm, settings, arrays, "f", upstream=upstream(lstm, linear)),
        deciles=buckets(limits, lengths, linear_lengths),
        stars=buckets(RATINGS, (0.94, 0.75, 0.74, 0.93), (0.95, 0.83, 0.82, 0.94)) if stars else (),
        regression=Regression(
            n=lstm.record.sizes.test,
            log_length=coefficient(-0.05, -0.12, 0.02),
            truncated=coefficient(-0.02 - seed / 100, -0.10, 0.06) if truncated else None,
            model=coefficient(-0.35, -0.41, -0.29),
            interaction=coefficient(*interaction),
            truncated_model=coefficient(-0.04 - seed / 100, -0.13, 0.05) if truncated else None,
        )
        if interaction
        else None,
        regression_whole=Regression(
            n=200,
            log_length=coefficient(-0.03, -0.11, 0.05),
            truncated=None,
            model=coefficient(-0.31, -0.40, -0.22),
            interaction=coefficient(*whole),
            truncated_model=None,
        )
        if whole
        else None,
        truncations=tuple(
            Truncation(keep=keep, tokens=tokens, n=KEPT, correct=round(KEPT * share) + tokens // 50 + seed)
            for keep, share in (
                ("first", kept[0]),
                ("last", kept[1]),
                ("ends", sum(kept) / 2),
                ("middle", kept[0]),
            )
            for tokens in settings.budgets
        ),
        influence=influence(decay or (1.0, 1.0, 1.0), 0.3 + seed / 100),
        decay=own,
        control_decay=beside if own else None,
        decay_difference_low=apart[0],
        decay_difference_high=apart[1],
    )
    return Run(f"memory/seed-{seed}", record, arrays)


def probe_run(
    lstm: Run,
    *,
    cell_share: Sequence[float] = (0.98, 0.90, 0.60),
    control_share: Sequence[float] = (0.99, 0.98, 0.985),
    validation: float = 0.93,
    control_validation: float = 0.99,
    controls: int = 2,
) -> Run:
    """Accuracy at each distance of the cell and of its control, and of both on the ``validation`` part;
    the first seeds, as many as ``controls``, have one."""
    seed = lstm.record.seed
    settings = ProbeConfig(
        distances=PROBE_DISTANCES, test_reviews=PROBE_REVIEWS, control_seeds=controls, epochs=3
    )
    corpus = DataInfo(name="probe_reviews", digest="1" * 64, n_train=4_000, n_test=600)
    record = ProbeRecord(
        **common(lstm, settings, {}, "0", data=corpus),
        cell=probe_network(settings, "cell", cell_share, validation),
        control=probe_network(settings, "control", control_share, control_validation)
        if seed <= controls
        else None,
    )
    return Run(f"probe/seed-{seed}", record, {})


def probe_network(config: ProbeConfig, role: str, shares: Sequence[float], validation: float) -> ProbeNetwork:
    """The second epoch is the best one."""
    n = config.validation_reviews
    return ProbeNetwork(
        model=built.probe_network(config, role),
        val_n=n,
        epochs=(
            ProbeEpoch(epoch=1, val_loss=0.69, val_correct=n // 2),
            ProbeEpoch(epoch=2, val_loss=0.4, val_correct=round(n * validation)),
            ProbeEpoch(epoch=3, val_loss=0.5, val_correct=n // 2 + 1),
        ),
        selected_epoch=2,
        rows=tuple(
            ProbeRow(distance=distance, n=PROBE_REVIEWS, correct=round(PROBE_REVIEWS * share))
            for distance, share in zip(PROBE_DISTANCES, shares, strict=True)
        ),
    )


# --- part B ------------------------------------------------------------------------------


def judge_run(
    gan: Run,
    *,
    failed: Sequence[ControlName] = (),
    without: Sequence[ControlName] = (),
    real: float = 0.95,
    accuracy: float = 0.993,
) -> Run:
    """Passes every control but those ``failed``; those ``without`` were not tried, and of own images none
    that is drawn."""
    data = gan.record.data
    untried = (*without, *(DRAWN if data.is_own else ()))
    noises = {name: limit for name, limit in NOISES.items() if name not in untried}
    shown = np.zeros((len(LIMITS) + len(noises), 4, 28, 28), np.uint8)
    shown[:, :, 4:24, 12:15] = 250
    arrays: Arrays = {"weights": np.zeros(10, np.float16), "shown": shown}

    def control(name: Any, limit: float, expected: bool) -> Control:
        passed = real if name == "real" else limit + 0.05 if expected else limit / 2
        share = passed if name not in failed else limit - 0.02 if expected else limit + 0.02
        return Control(
            name=name,
            family=FAMILIES.get(name, "trained"),
            readable_expected=expected,
            limit=limit,
            n=IMAGES,
            readable=round(IMAGES * share),
        )

    record = JudgeRecord(
        **common(gan, JudgeConfig(), arrays, "2", seed=0, variant=""),
        members=tuple(
            built.member(JudgeConfig(), place, len(data.classes) or built.CLASSES) for place in (1, 2)
        ),
        parameters=10,
        n_test=10_000,
        correct=round(10_000 * accuracy),
        ece=0.004,
        brier=0.012,
        controls=tuple(
            control(name, limit, expected)
            for limits, expected in ((LIMITS, True), (noises, False))
            for name, limit in limits.items()
        ),
    )
    return Run("judge", record, arrays)


def readability_run(
    gan: Run,
    judge: Run,
    *,
    readable: Sequence[int] | None = None,
    classes: int | Sequence[int] | None = None,
    copies: int = 1,
    caught: int = 98,
    bent: int | None = None,
    blind: Sequence[int] = (1,),
    auc: float | None = 0.45,
    p: float = 0.2,
    variance_ratio: float | None = 0.9,
    **config: Any,
) -> Run:
    """``readable`` images of ``IMAGES`` at each stored step, by default a steady climb to 400,
    spread over the first ``classes``, by default all; the remainder goes to the first. ``copies`` of those of
    the last step are counted as such, and ``caught`` of a hundred made on purpose of each class, but for
    those that are ``blind``."""
    assert isinstance(gan.record, GanRecord)
    settings = gan.record.config
    seed = gan.record.seed
    iterations = range(0, settings.iterations + 1, settings.weights_every)
    top = 200 if settings.architecture == "dense" else 400
    climb = [round(top * i / (len(iterations) - 1)) + (seed if i else 0) for i in range(len(iterations))]
    counts = list(readable or climb)
    every = len(gan.record.data.classes) or built.CLASSES
    covered = [classes or every] * len(counts) if isinstance(classes, int | None) else classes
    t, size = len(counts), settings.grid_size
    cells = np.arange(t * size).reshape(t, size)
    fresh = np.arange(t * IMAGES).reshape(t, IMAGES)
    bar = np.zeros((4, 28, 28), np.uint8)
    bar[:, 4:24, 12:15] = 250
    of_class = np.arange(4, dtype=np.uint8) % every

    def by_class(total: int, of: int) -> tuple[int, ...]:
        each = total // of
        return (total - each * (of - 1), *[each] * (of - 1), *[0] * (every - of))

    read = by_class(counts[-1], covered[-1])
    pair = np.stack([bar[0], bar[0]])
    arrays: Arrays = {
        "grid": np.zeros((t, size, 28, 28), np.uint8),
        "grid_class": (cells % covered[-1]).astype(np.uint8),
        "grid_readable": cells % 5 < 2 * np.arange(t)[:, None] // (t - 1),
        "fresh_class": (fresh % covered[-1]).astype(np.uint8),
        "fresh_readable": fresh % IMAGES < np.array(counts)[:, None],
        "above": bar,
        "above_class": of_class,
        "below": bar // 2,
        "below_class": of_class,
        "pairs": np.tile(pair, (sum(n > 0 for n in read), 1, 1, 1)),  # one of each class that is read
    }
    record = ReadabilityRecord(
        **common(gan, ReadabilityConfig(shown=4, **config), arrays, "3", upstream=upstream(gan, judge)),
        steps=tuple(
            ReadableStep(
                iteration=iteration,
                n=IMAGES,
                readable=total,
                by_class=by_class(total, of),
                score=2 + 7 * min(index / 5, 1) + seed / 100,  # the same in a training that goes on
                frechet=90.0 / (1 + index) + seed,
            )
            for index, (iteration, total, of) in enumerate(zip(iterations, counts, covered, strict=True))
        ),
        frechet_floor=1.5,
        variance_ratio=variance_ratio,
        copies=copies_of(read, copies, caught, blind, auc, p, bent),
    )
    return Run(gan.name.replace("gan", "readability"), record, arrays)


def copies_of(
    by_class: Sequence[int],
    copies: int,
    caught: int,
    blind: Sequence[int],
    auc: float | None,
    p: float,
    bent: int | None = None,
) -> Copies:
    """None where too little is read; all copies in the first class, and of those made on purpose of the
    classes ``blind`` none caught. Of a hundred that are bent, ``bent`` are."""
    n = sum(of_class for of_class in by_class if of_class >= 10)
    classes = tuple(
        ClassCopies(
            label=label,
            n_generated=of_class,
            n_real=99,
            median_generated=0.8 if of_class else None,
            median_real=0.82,
            auc=auc if of_class >= 10 else None,
            copies=(0 if label else min(copies, of_class)) if of_class >= 10 else None,
            n_control=100 if of_class >= 10 else 0,
            caught=caught if of_class >= 10 and label not in blind else 0,
        )
        for label, of_class in enumerate(by_class)
    )
    return Copies(
        limit_quantile=0.01,
        expected_share=0.01 if n else None,
        by_class=classes,
        auc=auc if n else None,
        p=p if n and auc is not None else None,
        control=(
            Deformation(name="shift", n=100, caught=100),
            Deformation(
                name="rotation",
                n=sum(each.n_control for each in classes),
                caught=sum(each.caught for each in classes),
            ),
            *((Deformation(name="bend", n=100, caught=bent),) if bent is not None else ()),
        ),
    )

"""What a trained classifier does with distance: accuracy by length, with less of the review, with a
part hidden, and where the gradient comes from; each beside the control where it has a say.

Nothing is trained or chosen here: the weights are those that validation selected.
"""

import warnings
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from scipy.special import expit

from experiments.data.sets import ReviewData
from experiments.kinds.base import Job
from experiments.kinds.linear import CONTROL, LINEAR_MODELS, LinearRecord
from experiments.kinds.lstm import WEIGHTS_FILE, LstmConfig, LstmRecord
from experiments.kinds.memory import MemoryConfig, MemoryResults
from experiments.records.base import Arrays, RecordError, Run
from experiments.reviews import influence
from experiments.reviews.by_length import Right, by_length, by_stars, regress, regress_whole
from experiments.reviews.classifier import build_model, load_weights, predict, split_at_vectors
from experiments.reviews.text import (
    PADDING,
    UNKNOWN,
    Vocabulary,
    build_vocabulary,
    choose,
    encode,
    split,
    tokenize,
)
from experiments.reviews.truncation import legible, truncate

# Settings that decide which windows are hidden and what is made of them.
OCCLUSION = ("window", "near", "far", "occluded_reviews", "bootstrap_samples")
SAME = 1e-2  # by how much a repeated prediction may differ on another machine
GRADIENT_BATCH = 100


# --- what is measured --------------------------------------------------------------------


def rebuild_vocabulary(config: LstmConfig, seed: int, data: ReviewData) -> Vocabulary:
    """The one of the training: of the same rows of the training part."""
    rows = split(data.train, data.test, config.max_reviews, config.validation_fraction, seed).train
    return build_vocabulary((tokenize(data.train.texts[row]) for row in rows), config.vocabulary_size)


def load_model(config: LstmConfig, weights: Path) -> keras.Model:
    """int32[b, sequence_length] -> float32[b, 1], the logit, with the selected weights.

    Raises:
        RecordError: no such file, or not one of this network.
    """
    model = build_model(config, logit=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # Keras goes on without what is not in the file
            load_weights(model, weights)
    except FileNotFoundError as error:
        raise _unusable(weights, "que no existe el fichero") from error
    except (OSError, ValueError, KeyError, UserWarning) as error:
        raise _unusable(weights, "un fichero dañado o de otra red") from error
    return model


def _unusable(weights: Path, found: str) -> RecordError:
    return RecordError(
        f"{weights}: se esperaban los pesos de la LSTM registrada, se encontró {found}; "
        "borre la carpeta y ejecute «make train»."
    )


def check_control(config: MemoryConfig, lstm: Run, linear: Run) -> None:
    """
    Raises:
        RecordError: ``linear`` was not measured so that it can stand beside ``lstm``.
    """
    control, network = linear.record.config, lstm.record.config
    for name in OCCLUSION:
        if getattr(control, name) != getattr(config, name):
            raise RecordError(
                f"{linear.name}: se esperaba que la influencia se midiera como en la red, con «{name}» = "
                f"{getattr(config, name)}, se encontró {getattr(control, name)}; iguale «{name}» en los "
                "ajustes de «linear» y de «memory»."
            )
    if control.last_words != network.sequence_length:
        raise RecordError(
            f"{linear.name}: se esperaba un modelo de las últimas {network.sequence_length} palabras, las "
            f"que lee {lstm.name}, se encontró uno de {control.last_words}; iguale «last_words» de «linear» "
            "y «sequence_length» de «lstm» en los ajustes."
        )
    if any(not np.array_equal(lstm.arrays[name], linear.arrays[name]) for name in ("review_id", "label")):
        raise RecordError(
            f"{linear.name}: se esperaban las mismas reseñas de prueba que en {lstm.name}, se "
            "encontraron otras; borre las dos carpetas y ejecute «make train»."
        )


# --- influence ---------------------------------------------------------------------------


def occlude(tokens: np.ndarray, window: int) -> np.ndarray:
    """int32[w, length]: the review ``tokens`` int32[length], padded at the front, with each of
    its windows replaced by the unknown token, the last one first."""
    afters = influence.distances(int((tokens != PADDING).sum()), window, len(tokens))
    copies = np.tile(tokens, (len(afters), 1))
    for copy, after in zip(copies, afters, strict=True):
        end = len(tokens) - after
        copy[end - window : end] = UNKNOWN
    return copies


def occlusion_changes(model: keras.Model, tokens: np.ndarray, window: int) -> np.ndarray:
    """|Change of the logit| for int32[n, length] as a table of ``influence``; reviews shorter than a
    window are left out."""
    copies = [occlude(review, window) for review in tokens]
    longer = [index for index, hidden in enumerate(copies) if len(hidden)]
    score = predict(model, tokens)
    hidden_score = predict(model, np.concatenate(copies))
    ends = np.cumsum([len(hidden) for hidden in copies])[:-1]
    parts = np.split(hidden_score, ends)
    return influence.to_table([np.abs(parts[index] - score[index]) for index in longer])


# --- gradient ----------------------------------------------------------------------------


def gradient_norms(model: keras.Model, tokens: np.ndarray) -> np.ndarray:
    """float32[length], by distance to the end: the norm of the gradient of the logit with
    respect to the token's embedding, mean over the reviews of int32[n, length] that reach that
    far; NaN where none does."""
    embedding, rest = split_at_vectors(model)

    @tf.function(jit_compile=True)  # type: ignore[untyped-decorator]
    def gradients(batch: tf.Tensor) -> tf.Tensor:
        vectors = embedding(batch)
        with tf.GradientTape() as tape:
            tape.watch(vectors)
            logit = rest(vectors, embedding.compute_mask(batch))
        return tape.gradient(logit, vectors)

    def norms(batch: np.ndarray) -> np.ndarray:  # float64: squares of what vanishes underflow
        return np.linalg.norm(gradients(tf.constant(batch)).numpy().astype(np.float64), axis=-1)

    spare = -len(tokens) % GRADIENT_BATCH  # whole batches: another shape would be compiled anew
    padded = np.pad(tokens, ((0, spare), (0, 0)))
    batches = [padded[start : start + GRADIENT_BATCH] for start in range(0, len(padded), GRADIENT_BATCH)]
    norm = np.concatenate([norms(batch) for batch in batches])
    reached = padded != PADDING
    total, count = np.where(reached, norm, 0).sum(axis=0), reached.sum(axis=0)
    mean = np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0)
    return mean[::-1].astype(np.float32)


# --- the experiment ----------------------------------------------------------------------


def run(config: MemoryConfig, seed: int, data: ReviewData, job: Job) -> tuple[MemoryResults, Arrays]:
    """Measure the classifier of ``job.needs["lstm"]`` beside the control of ``job.needs["linear"]``.

    Raises:
        RecordError: the weights are missing or are not those of the record, the two models were not
            measured on the same reviews in the same way, or there is nothing to measure.
    """
    lstm, linear = job.needs["lstm"].run, job.needs["linear"].run
    weights = job.needs["lstm"].folder / WEIGHTS_FILE
    assert isinstance(lstm.record, LstmRecord)
    assert isinstance(linear.record, LinearRecord)
    shape, label = lstm.record.config, lstm.arrays["label"]
    check_control(config, lstm, linear)
    budgets = legible(shape, config.budgets)
    if left_out := [str(n) for n in config.budgets if n not in budgets]:
        job.progress(
            notice=f"Memoria: no se mide con {' ni con '.join(left_out)} palabras, porque la red lee "
            f"{shape.sequence_length} como mucho."
        )
    keras.utils.set_random_seed(seed)
    untrained = build_model(shape, logit=True)  # with the weights, but for given vectors, of the first epoch
    model = load_model(shape, weights)

    job.progress(phase="palabras", done=0.0)
    vocabulary = rebuild_vocabulary(shape, seed, data)
    kept_test = choose(data.test.labels, shape.max_reviews)

    def read(rows: np.ndarray) -> list[list[str]]:
        return [tokenize(data.test.texts[row]) for row in kept_test[rows]]

    job.progress(phase="oclusión", done=0.15)
    occluded = choose(label, config.occluded_reviews)
    tokens = encode(read(occluded), vocabulary, shape.sequence_length)
    probability = expit(predict(model, tokens))
    apart = float(np.abs(probability - lstm.arrays["probability"][occluded]).max())
    if apart > SAME:
        raise _unusable(
            weights, f"otros, que predicen hasta {apart:.3f} por encima o por debajo de lo registrado"
        )
    table, control_table = occlusion_changes(model, tokens, config.window), linear.arrays["occlusion"]
    if not np.array_equal(np.isfinite(table), np.isfinite(control_table)):
        raise RecordError(
            f"{linear.name}: se esperaban ocultas las mismas ventanas de las mismas reseñas que en "
            f"{lstm.name}, se encontraron otras; borre las dos carpetas y ejecute «make train»."
        )

    job.progress(phase="gradiente", done=0.4)
    differentiated = tokens[choose(label[occluded], config.gradient_reviews)]
    arrays = {
        "gradient_initial": gradient_norms(untrained, differentiated),
        "gradient_selected": gradient_norms(model, differentiated),
    }

    rows = choose(label, config.truncated_reviews)
    documents = read(rows)
    truncations = []
    for number, budget in enumerate(budgets):
        job.progress(phase=f"{budget} palabras", done=0.5 + 0.5 * number / len(budgets))
        truncations += truncate(model, shape, documents, label[rows], vocabulary, budget)

    answers = dict(zip(LINEAR_MODELS, linear.arrays["probability"], strict=True))
    right = Right(
        *(
            (each > 0.5) == (label == 1)
            for each in (lstm.arrays["probability"], answers[CONTROL], answers["log_count_last"])
        )
    )
    length, window = lstm.arrays["length"], shape.sequence_length
    comparison = (config.window, config.near, config.far, config.bootstrap_samples)
    difference = influence.decay_difference(table, control_table, *comparison)
    results = MemoryResults(
        deciles=by_length(length, right),
        stars=by_stars(lstm.arrays["stars"], right),
        regression=regress(length, window, right.lstm, right.linear),
        regression_whole=regress_whole(length, window, right.lstm, right.linear),
        truncations=tuple(truncations),
        influence=influence.curve(table, config.window, config.bootstrap_samples),
        decay=influence.decay(table, *comparison),
        control_decay=influence.decay(control_table, *comparison),
        decay_difference_low=difference[0] if difference else None,
        decay_difference_high=difference[1] if difference else None,
    )
    return results, arrays

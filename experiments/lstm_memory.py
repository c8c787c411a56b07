"""What a trained LSTM does with distance: accuracy by length, with less of the review, with a
part hidden, and where the gradient comes from; each beside the control where it has a say.

Nothing is trained or chosen here: the weights are those that validation selected.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import keras
import numpy as np
import tensorflow as tf
from scipy.special import expit
from sklearn.model_selection import train_test_split
from statsmodels.discrete.discrete_model import Logit

from experiments import influence, lstm_imdb
from experiments.datasets import Imdb
from experiments.lstm_imdb import PADDING, UNKNOWN, Vocabulary
from experiments.records import (
    Arrays,
    Bucket,
    Coefficient,
    LstmConfig,
    LstmRecord,
    MemoryConfig,
    RecordError,
    Regression,
    Run,
    Truncation,
)

Keep = Literal["first", "last", "ends", "middle"]
KEEPS: tuple[Keep, ...] = ("first", "last", "ends", "middle")
PARTS = 10  # buckets of length
SAME = 1e-2  # by how much a repeated prediction may differ on another machine
GRADIENT_BATCH = 100

Progress = Callable[..., None]


# --- the trained model -------------------------------------------------------------------


def rebuild_vocabulary(config: LstmConfig, seed: int, data: Imdb) -> Vocabulary:
    """The one that ``lstm_imdb.run`` makes: of the same rows of the training part."""
    kept = lstm_imdb.take(data.train, config.max_reviews)
    rows, _ = train_test_split(
        kept, test_size=config.validation_fraction, stratify=data.train.labels[kept], random_state=seed
    )
    documents = (lstm_imdb.tokenize(data.train.texts[row]) for row in rows)
    return lstm_imdb.build_vocabulary(documents, config.vocabulary_size)


def scoring_model(config: LstmConfig, length: int) -> keras.Model:
    """int32[b, length] -> float32[b, 1], the logit of a positive review."""
    model = lstm_imdb.build_model(config.model_copy(update={"sequence_length": length}))
    model.layers[-1].activation = keras.activations.linear
    return model


def load_model(config: LstmConfig, weights: Path) -> keras.Model:
    """The scoring model with the selected weights.

    Raises:
        RecordError: no such file, or not one of this network.
    """
    model = scoring_model(config, config.sequence_length)
    model.optimizer.build(model.trainable_variables)  # its state is in the file
    try:
        model.load_weights(weights)
    except FileNotFoundError as error:
        raise _unusable(weights, "que no existe el fichero") from error
    except (OSError, ValueError, KeyError) as error:
        raise _unusable(weights, "un fichero dañado o de otra red") from error
    return model


def _unusable(weights: Path, found: str) -> RecordError:
    return RecordError(
        f"{weights}: se esperaban los pesos de la LSTM registrada, se encontró {found}; "
        "borre la carpeta y ejecute «make train»."
    )


# --- accuracy by length ------------------------------------------------------------------


def buckets(
    value: np.ndarray, upper: Sequence[int], lstm: np.ndarray, linear: np.ndarray
) -> tuple[Bucket, ...]:
    """``value`` int[n] up to each of the ascending ``upper`` limits, empty buckets left out;
    ``lstm`` and ``linear`` bool[n]: who is right."""
    found = []
    place = np.searchsorted(upper, value)  # value <= upper[place]
    for part in np.unique(place):
        inside = place == part
        found.append(
            Bucket(
                low=int(value[inside].min()),
                high=int(value[inside].max()),
                n=int(inside.sum()),
                lstm_correct=int(lstm[inside].sum()),
                linear_correct=int(linear[inside].sum()),
            )
        )
    return tuple(found)


def by_length(length: np.ndarray, lstm: np.ndarray, linear: np.ndarray) -> tuple[Bucket, ...]:
    """Deciles of ``length`` int[n] > 0; equal lengths stay together."""
    upper = np.quantile(length, np.arange(1, PARTS + 1) / PARTS, method="inverted_cdf")
    return buckets(length, np.unique(upper).tolist(), lstm, linear)


def by_stars(stars: np.ndarray, lstm: np.ndarray, linear: np.ndarray) -> tuple[Bucket, ...]:
    """``stars`` int[n], 0 unknown."""
    known = stars > 0
    return buckets(stars[known], np.unique(stars[known]).tolist(), lstm[known], linear[known])


def regress(length: np.ndarray, window: int, lstm: np.ndarray, linear: np.ndarray) -> Regression:
    """See ``Regression``; two rows for each review, one of each model, and a covariance
    clustered by review (Cameron & Miller, 2015).

    Raises:
        RecordError: no such regression for these answers.
    """
    logs = np.log(np.maximum(length, 1))
    z = np.tile((logs - logs.mean()) / logs.std(), 2)
    model = np.repeat([1.0, 0.0], len(length))
    columns = {"log_length": z, "model": model, "interaction": z * model}
    truncated = length > window
    if truncated.any() and not truncated.all():
        columns["truncated"] = np.tile(truncated, 2).astype(float)
    design = np.column_stack([np.ones(len(z)), *columns.values()])
    correct = np.concatenate([lstm, linear]).astype(float)
    if correct.all() or not correct.any():
        raise RecordError(
            "Regresión de los aciertos: se esperaban aciertos y errores en la prueba, se encontró "
            "solo lo uno o lo otro; entrene de nuevo con más datos."
        )
    reviews = np.tile(np.arange(len(length)), 2)
    fitted = Logit(correct, design).fit(disp=0, cov_type="cluster", cov_kwds={"groups": reviews})
    coefficients = {
        name: Coefficient(estimate=float(estimate), low=float(low), high=float(high))
        for name, estimate, (low, high) in zip(columns, fitted.params[1:], fitted.conf_int()[1:], strict=True)
    }
    return Regression(**{"truncated": None, **coefficients})


# --- less of each review -----------------------------------------------------------------


def keep_part(words: Sequence[str], keep: Keep, n: int) -> list[str]:
    """``n`` of the words, or all of them where there are no more."""
    skipped = len(words) - n
    if skipped <= 0:
        return list(words)
    start = {"first": n, "last": 0, "ends": n // 2, "middle": 0}[keep]  # what stays before the gap
    if keep == "middle":
        return list(words[skipped // 2 : skipped // 2 + n])
    return [*words[:start], *words[start + skipped :]]


def truncate(
    model: keras.Model,
    config: LstmConfig,
    documents: Sequence[Sequence[str]],
    label: np.ndarray,
    vocabulary: Vocabulary,
    tokens: int,
) -> list[Truncation]:
    """Each way to keep ``tokens`` words of the documents, read by the same weights."""
    scorer = scoring_model(config, tokens)
    scorer.set_weights(model.get_weights())
    kept = [keep_part(words, keep, tokens) for keep in KEEPS for words in documents]
    # What is shorter is the same whichever part is kept.
    distinct, place = np.unique(lstm_imdb.encode(kept, vocabulary, tokens), axis=0, return_inverse=True)
    positive = (lstm_imdb.predict(scorer, distinct) > 0)[place].reshape(len(KEEPS), -1)
    correct = (positive == (label == 1)).sum(axis=1)
    return [
        Truncation(keep=keep, tokens=tokens, n=len(label), correct=int(count))
        for keep, count in zip(KEEPS, correct, strict=True)
    ]


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
    """float64[n, w] |change of the logit| for int32[n, length]; see ``influence.to_table``."""
    copies = [occlude(review, window) for review in tokens]
    longer = [index for index, hidden in enumerate(copies) if len(hidden)]
    score = lstm_imdb.predict(model, tokens)
    hidden_score = lstm_imdb.predict(model, np.concatenate(copies))
    ends = np.cumsum([len(hidden) for hidden in copies])[:-1]
    parts = np.split(hidden_score, ends)
    return influence.to_table([np.abs(parts[index] - score[index]) for index in longer])


# --- gradient ----------------------------------------------------------------------------


def gradient_norms(model: keras.Model, tokens: np.ndarray) -> np.ndarray:
    """float32[length], by distance to the end: the norm of the gradient of the logit with
    respect to the token's embedding, mean over the reviews of int32[n, length] that reach that
    far; NaN where none does."""
    embedding, rest = model.layers[0], model.layers[1:]

    @tf.function(jit_compile=True)  # type: ignore[untyped-decorator]
    def gradients(batch: tf.Tensor) -> tf.Tensor:
        vectors, mask = embedding(batch), embedding.compute_mask(batch)
        with tf.GradientTape() as tape:
            tape.watch(vectors)
            state = vectors
            for layer in rest:
                arguments = {"mask": mask} if isinstance(layer, keras.layers.LSTM) else {}
                state = layer(state, training=False, **arguments)
        return tape.gradient(state, vectors)

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


def run(
    config: MemoryConfig,
    seed: int,
    data: Imdb,
    lstm: Run,
    weights: Path,
    linear: Run,
    progress: Progress,
) -> tuple[dict, Arrays]:
    """Measure the LSTM of ``lstm``, whose selected weights are in ``weights``, beside the control.

    Returns the fields of ``MemoryRecord`` that are results, and its arrays.

    Raises:
        RecordError: the weights are missing or are not those of the record, or the two models
            were not tested on the same reviews.
    """
    started = time.monotonic()
    trained = lstm.record
    assert isinstance(trained, LstmRecord)
    shape, label = trained.config, lstm.arrays["label"]
    if not np.array_equal(lstm.arrays["review_id"], linear.arrays["review_id"]):
        raise RecordError(
            f"{linear.name}: se esperaban las mismas reseñas de prueba que en {lstm.name}, se "
            "encontraron otras; borre las dos carpetas y ejecute «make train»."
        )
    keras.utils.set_random_seed(seed)
    untrained = scoring_model(shape, shape.sequence_length)  # the weights that training began with
    model = load_model(shape, weights)

    progress(phase="palabras", done=0.0)
    vocabulary = rebuild_vocabulary(shape, seed, data)
    kept_test = lstm_imdb.take(data.test, shape.max_reviews)

    def read(rows: np.ndarray) -> list[list[str]]:
        return [lstm_imdb.tokenize(data.test.texts[row]) for row in kept_test[rows]]

    progress(phase="oclusión", done=0.15)
    occluded = influence.choose_reviews(label, config.occluded_reviews)
    tokens = lstm_imdb.encode(read(occluded), vocabulary, shape.sequence_length)
    probability = expit(lstm_imdb.predict(model, tokens))
    apart = float(np.abs(probability - lstm.arrays["probability"][occluded]).max())
    if apart > SAME:
        raise _unusable(
            weights, f"otros, que predicen hasta {apart:.3f} por encima o por debajo de lo registrado"
        )
    table = occlusion_changes(model, tokens, config.window)

    progress(phase="gradiente", done=0.4)
    differentiated = tokens[influence.choose_reviews(label[occluded], config.gradient_reviews)]
    arrays = {
        "gradient_initial": gradient_norms(untrained, differentiated),
        "gradient_selected": gradient_norms(model, differentiated),
    }

    rows = influence.choose_reviews(label, config.truncated_reviews)
    documents = read(rows)
    truncations = []
    for number, budget in enumerate(config.budgets):
        progress(phase=f"{budget} palabras", done=0.5 + 0.5 * number / len(config.budgets))
        truncations += truncate(model, shape, documents, label[rows], vocabulary, budget)

    length, stars = lstm.arrays["length"], lstm.arrays["stars"]
    lstm_right, linear_right = (
        (run.arrays["probability"] > 0.5) == (run.arrays["label"] == 1) for run in (lstm, linear)
    )
    results = {
        "deciles": by_length(length, lstm_right, linear_right),
        "stars": by_stars(stars, lstm_right, linear_right),
        "regression": regress(length, shape.sequence_length, lstm_right, linear_right),
        "truncations": tuple(truncations),
        "influence": influence.curve(table, config.window, config.bootstrap_samples),
        "decay": influence.decay(table, config.window, config.near, config.far, config.bootstrap_samples),
        "duration_s": time.monotonic() - started,
    }
    return results, arrays

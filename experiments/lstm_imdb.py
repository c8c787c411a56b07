"""Experiment A: an LSTM that classifies IMDb reviews (Hochreiter & Schmidhuber, 1997; Maas et al., 2011).

Validation chooses the epoch; the test part is touched once, with the weights of that epoch.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from sklearn.model_selection import train_test_split

from experiments.datasets import Imdb, Reviews
from experiments.records import WORK, Arrays, Confusion, LstmConfig, LstmEpoch, LstmSizes, write_atomically

PADDING, UNKNOWN = 0, 1  # token ids
EVAL_BATCH = 500  # divides the official parts, so that XLA compiles a single shape
PROGRESS_EVERY = 20  # batches
WEIGHTS_FILE = "selected.weights.h5"
JOURNAL_FILE = "journal.json"

Progress = Callable[..., None]
Vocabulary = dict[str, int]

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


# --- data --------------------------------------------------------------------------------


def tokenize(text: str) -> list[str]:
    """Lower-case words, inner apostrophes kept; HTML line breaks are spaces."""
    return _WORD.findall(text.lower().replace("<br />", " "))


def build_vocabulary(documents: Iterable[Sequence[str]], size: int) -> Vocabulary:
    """The ``size`` - 2 most frequent words (ties in alphabetical order) -> ids from 2."""
    counts = Counter(word for document in documents for word in document)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: index for index, word in enumerate(ranked[: size - 2], start=2)}


def encode(documents: Sequence[Sequence[str]], vocabulary: Vocabulary, length: int) -> np.ndarray:
    """int32[n, length]: ids of the *last* ``length`` words, padded at the front."""
    ids = [[vocabulary.get(word, UNKNOWN) for word in document] for document in documents]
    return keras.utils.pad_sequences(ids, maxlen=length, value=PADDING, padding="pre", truncating="pre")


def take(reviews: Reviews, limit: int | None) -> np.ndarray:
    """int[k]: indices of the first ``limit`` reviews of a fixed class-balanced order; all if None."""
    indices = np.arange(len(reviews.texts))
    if limit is None or limit >= len(indices):
        return indices
    kept, _ = train_test_split(indices, train_size=limit, stratify=reviews.labels, random_state=0)
    return np.sort(kept)


# --- model -------------------------------------------------------------------------------


def build_model(config: LstmConfig) -> keras.Model:
    """int32[b, sequence_length] -> float32[b, 1], the probability of a positive review."""
    penalty = keras.regularizers.L2(config.l2)
    model = keras.Sequential(
        [
            keras.Input((config.sequence_length,), dtype="int32"),
            keras.layers.Embedding(config.vocabulary_size, config.embedding_dim, mask_zero=True),
            keras.layers.SpatialDropout1D(config.spatial_dropout),
            keras.layers.LSTM(
                config.units,
                dropout=config.dropout,
                recurrent_dropout=config.recurrent_dropout,
                kernel_regularizer=penalty,
                recurrent_regularizer=penalty,
            ),
            keras.layers.Dropout(config.head_dropout),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(config.learning_rate, clipnorm=config.clipnorm),
        loss="binary_crossentropy",
        metrics=["accuracy"],
        jit_compile=True,  # off by default on a CPU; makes one thread as fast as two without it
    )
    return model


def predict(model: keras.Model, tokens: np.ndarray) -> np.ndarray:
    """float32[n] in [0, 1] for int32[n, length], in inference mode."""
    spare = -len(tokens) % EVAL_BATCH  # whole batches: another shape would be compiled anew
    padded = np.pad(tokens, ((0, spare), (0, 0)))
    return model.predict(padded, batch_size=EVAL_BATCH, verbose=0)[: len(tokens), 0]


def cross_entropy(probability: np.ndarray, label: np.ndarray) -> np.ndarray:
    """float64[n] in nats, clipped at 1e-7 as Keras does."""
    p = np.clip(probability.astype(np.float64), 1e-7, 1 - 1e-7)
    return -np.where(label == 1, np.log(p), np.log1p(-p))


def accuracy(probability: np.ndarray, label: np.ndarray) -> float:
    return float(np.mean((probability > 0.5) == (label == 1)))


# --- training ----------------------------------------------------------------------------


class Batches:
    """Shuffled batches whose order depends on (seed, epoch) alone, so that a resumed run
    sees what an uninterrupted one would have seen."""

    def __init__(self, tokens: np.ndarray, label: np.ndarray, batch_size: int, seed: int) -> None:
        self.tokens, self.label = tokens, label.astype(np.float32)
        self.batch_size, self.seed = batch_size, seed
        self.epoch = 0

    def __len__(self) -> int:
        return -(-len(self.label) // self.batch_size)

    def __call__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        order = np.random.default_rng([self.seed, self.epoch]).permutation(len(self.label))
        for start in range(0, len(order), self.batch_size):
            rows = order[start : start + self.batch_size]
            yield self.tokens[rows], self.label[rows, None]

    def dataset(self) -> tf.data.Dataset:
        signature = (
            tf.TensorSpec((None, self.tokens.shape[1]), tf.int32),
            tf.TensorSpec((None, 1), tf.float32),
        )
        generated = tf.data.Dataset.from_generator(self, output_signature=signature)
        return generated.apply(tf.data.experimental.assert_cardinality(len(self)))


class Measure(keras.callbacks.Callback):
    """Adds to the epoch's logs what the other callbacks act on: plain cross-entropy and
    accuracy in inference mode, on the validation part and on a fixed subset of training."""

    def __init__(
        self, train: tuple[np.ndarray, np.ndarray], validation: tuple[np.ndarray, np.ndarray]
    ) -> None:
        super().__init__()
        self.tokens = np.concatenate([train[0], validation[0]])
        self.n_train = len(train[1])
        self.train_label, self.val_label = train[1], validation[1]

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:
        self.started = time.monotonic()

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        probability = predict(self.model, self.tokens)
        train, validation = probability[: self.n_train], probability[self.n_train :]
        val_losses = cross_entropy(validation, self.val_label)
        logs["train_loss"] = float(np.mean(cross_entropy(train, self.train_label)))
        logs["train_accuracy"] = accuracy(train, self.train_label)
        logs["val_loss"] = float(np.mean(val_losses))
        logs["val_accuracy"] = accuracy(validation, self.val_label)
        logs["val_loss_se"] = float(np.std(val_losses, ddof=1) / np.sqrt(len(val_losses)))
        logs["duration_s"] = time.monotonic() - self.started


class Journal(keras.callbacks.Callback):
    """Keeps in ``folder`` what a killed run needs to go on: the logs of each epoch and, written
    before them, the model and its optimiser as that epoch left them. The logs are written at
    once or not at all, and only an epoch that is in them counts: Keras' BackupAndRestore writes
    over its only copy, and forgets the callbacks' patience."""

    def __init__(
        self,
        folder: Path,
        batches: Batches,
        checkpoint: keras.callbacks.ModelCheckpoint,
        patient: Sequence[keras.callbacks.Callback],
    ) -> None:
        super().__init__()
        self.folder, self.batches, self.checkpoint, self.patient = folder, batches, checkpoint, patient
        self.epochs = read_journal(folder)[0]

    def on_train_begin(self, logs: object = None) -> None:
        """Bring the model and the other callbacks, which come before, to where they were."""
        if not self.epochs:
            return
        self.model.optimizer.build(self.model.trainable_variables)
        self.model.load_weights(state_file(self.folder, len(self.epochs)))
        rate = float(self.model.optimizer.learning_rate)
        for index, past in enumerate(self.epochs):
            for callback in self.patient:
                callback.on_epoch_end(index, dict(past))
        self.checkpoint.best = min(past["val_loss"] for past in self.epochs)
        self.model.optimizer.learning_rate = rate  # the state has it; the replay lowered it again
        self.model.stop_training = False

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:
        self.batches.epoch = epoch
        restart_dropout(self.model, epoch)

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.model.save_weights(state_file(self.folder, epoch + 1), overwrite=True)
        self.epochs.append({name: float(value) for name, value in logs.items()})
        content = {"epochs": self.epochs, "stopped": bool(self.model.stop_training)}
        write_atomically(self.folder / JOURNAL_FILE, json.dumps(content, allow_nan=False).encode())
        state_file(self.folder, epoch).unlink(missing_ok=True)


def state_file(folder: Path, epochs: int) -> Path:
    """The model and its optimiser after that many epochs."""
    return folder / f"epoch-{epochs}.weights.h5"


def restart_dropout(model: keras.Model, epoch: int) -> None:
    """Make the masks depend on (seed, epoch) alone: Keras' backup leaves their counters out."""
    for variable in model.variables:
        if variable.path.endswith("seed_generator_state"):  # int64[2]: seed, counter
            variable.assign([int(variable.numpy()[0]), epoch << 32])


def read_journal(folder: Path) -> tuple[list[dict[str, float]], bool]:
    """The epochs logged so far and whether early stopping ended the training."""
    path = folder / JOURNAL_FILE
    if not path.exists():
        return [], False
    content = json.loads(path.read_text())
    return content["epochs"], content["stopped"]


class Ticker(keras.callbacks.Callback):
    """Tells ``progress`` the epoch, the running loss and the fraction of training done."""

    def __init__(self, progress: Progress, steps: int, max_epochs: int) -> None:
        super().__init__()
        self.progress, self.steps, self.max_epochs = progress, steps, max_epochs

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:
        self.epoch = epoch

    def on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
        if (batch + 1) % PROGRESS_EVERY == 0:
            done = (self.epoch + (batch + 1) / self.steps) / self.max_epochs
            self.progress(epoch=self.epoch + 1, loss=float(logs["loss"]), done=min(done, 1.0))

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        self.progress(
            epoch=epoch + 1, loss=logs["val_loss"], done=(epoch + 1) / self.max_epochs, unit_done=True
        )


def train(
    model: keras.Model,
    batches: Batches,
    measure: Measure,
    config: LstmConfig,
    folder: Path,
    progress: Progress,
) -> tuple[list[dict[str, float]], bool]:
    """Train, or go on from what ``folder`` holds; leaves the best epoch's weights in the model.

    Returns the logs of each epoch and whether early stopping acted.
    """
    best, work = folder / WEIGHTS_FILE, folder / WORK
    epochs, stopped = read_journal(work)
    if not stopped and len(epochs) < config.max_epochs:
        monitor = {"monitor": "val_loss", "mode": "min"}
        checkpoint = keras.callbacks.ModelCheckpoint(
            best, save_best_only=True, save_weights_only=True, **monitor
        )
        # The best weights are restored from the checkpoint's file, which survives a kill.
        patient = [
            keras.callbacks.ReduceLROnPlateau(
                factor=config.reduce_lr_factor, patience=config.reduce_lr_patience, min_delta=0, **monitor
            ),
            keras.callbacks.EarlyStopping(patience=config.early_stopping_patience, **monitor),
        ]
        journal = Journal(work, batches, checkpoint, patient)
        model.fit(
            batches.dataset(),
            epochs=config.max_epochs,
            initial_epoch=len(epochs),
            shuffle=False,  # the batches are
            verbose=0,
            callbacks=[
                measure,
                checkpoint,
                *patient,
                journal,
                Ticker(progress, len(batches), config.max_epochs),
            ],
        )
        epochs, stopped = read_journal(work)
    model.load_weights(best)
    return epochs, stopped


# --- the experiment ----------------------------------------------------------------------


def run(config: LstmConfig, seed: int, data: Imdb, folder: Path, progress: Progress) -> tuple[dict, Arrays]:
    """Train one seed and measure it once on the test part.

    ``folder`` receives the selected weights and, under ``WORK``, what a resumed run needs.
    Returns the fields of ``LstmRecord`` that are results, and its arrays.
    """
    keras.utils.set_random_seed(seed)
    kept, kept_test = take(data.train, config.max_reviews), take(data.test, config.max_reviews)
    rows, val_rows = train_test_split(
        kept, test_size=config.validation_fraction, stratify=data.train.labels[kept], random_state=seed
    )
    documents = [tokenize(text) for text in data.train.texts]
    test_documents = [tokenize(data.test.texts[row]) for row in kept_test]
    vocabulary = build_vocabulary((documents[row] for row in rows), config.vocabulary_size)

    def part(indices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        chosen = [documents[row] for row in indices]
        return encode(chosen, vocabulary, config.sequence_length), data.train.labels[indices]

    train_tokens, train_label = part(rows)
    evaluated = rows[: config.train_eval_size]  # train_test_split has shuffled them
    model = build_model(config)
    epochs, stopped = train(
        model,
        Batches(train_tokens, train_label, config.batch_size, seed),
        Measure(part(evaluated), part(val_rows)),
        config,
        folder,
        progress,
    )
    trained = time.monotonic()
    best = min(range(len(epochs)), key=lambda index: epochs[index]["val_loss"])
    progress(epoch=len(epochs), loss=epochs[best]["val_loss"], done=1.0, testing=True)
    label = data.test.labels[kept_test]
    probability = predict(model, encode(test_documents, vocabulary, config.sequence_length))
    predicted = probability > 0.5
    results = {
        "sizes": LstmSizes(
            train=len(rows),
            validation=len(val_rows),
            test=len(kept_test),
            train_evaluated=len(evaluated),
            vocabulary=len(vocabulary) + 2,
            parameters=model.count_params(),
        ),
        "epochs": tuple(to_epoch(number, logs) for number, logs in enumerate(epochs, start=1)),
        "selected_epoch": best + 1,
        "stopped_early": stopped,
        "test_loss": float(np.mean(cross_entropy(probability, label))),
        "confusion": Confusion(
            true_negative=int(np.sum(~predicted & (label == 0))),
            false_positive=int(np.sum(predicted & (label == 0))),
            false_negative=int(np.sum(~predicted & (label == 1))),
            true_positive=int(np.sum(predicted & (label == 1))),
        ),
        # of the epochs, also those before an interruption, and of the evaluation
        "duration_s": sum(logs["duration_s"] for logs in epochs) + time.monotonic() - trained,
    }
    arrays = {
        "probability": probability.astype(np.float32),
        "label": label.astype(np.int8),
        "length": np.array([len(document) for document in test_documents], np.int32),
        "stars": data.test.stars[kept_test].astype(np.int8),
        "review_id": data.test.ids[kept_test].astype(np.int32),
        "distance": data.test.distances[kept_test].astype(np.int32),
    }
    return results, arrays


def to_epoch(number: int, logs: dict[str, float]) -> LstmEpoch:
    """Keras' logs of one epoch as the record states them."""
    return LstmEpoch(
        epoch=number,
        running_loss=logs["loss"],
        running_accuracy=logs["accuracy"],
        **{name: logs[name] for name in LstmEpoch.model_fields if name in logs},
    )

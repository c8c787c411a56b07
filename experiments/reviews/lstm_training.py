"""How the classifier is trained: batches, what is measured after each epoch, and how a killed
training goes on as if nothing had happened."""

import time
from collections.abc import Iterator
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from experiments.kinds.base import Job, Progress
from experiments.kinds.lstm import WEIGHTS_FILE, LstmConfig
from experiments.records.base import WORK, RecordError
from experiments.records.files import file_digest, write_atomically
from experiments.reviews.classifier import load_weights, predict
from experiments.reviews.lstm_state import State, best_file, read_last_state, write_state

PROGRESS_EVERY = 20  # batches


def cross_entropy(probability: np.ndarray, label: np.ndarray) -> np.ndarray:
    """float64[n] in nats, clipped at 1e-7 as Keras does."""
    p = np.clip(probability.astype(np.float64), 1e-7, 1 - 1e-7)
    return -np.where(label == 1, np.log(p), np.log1p(-p))


def accuracy(probability: np.ndarray, label: np.ndarray) -> float:
    return float(np.mean((probability > 0.5) == (label == 1)))


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
    accuracy in inference mode, on the validation part and on a fixed subset of training, and the
    learning rate. ``val_probability`` float32[v] is what the epoch answers to the validation part."""

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
        train, self.val_probability = probability[: self.n_train], probability[self.n_train :]
        val_losses = cross_entropy(self.val_probability, self.val_label)
        logs["train_loss"] = float(np.mean(cross_entropy(train, self.train_label)))
        logs["train_accuracy"] = accuracy(train, self.train_label)
        logs["val_loss"] = float(np.mean(val_losses))
        logs["val_accuracy"] = accuracy(self.val_probability, self.val_label)
        logs["val_loss_se"] = float(np.std(val_losses, ddof=1) / np.sqrt(len(val_losses)))
        logs["learning_rate"] = float(self.model.optimizer.learning_rate)
        logs["duration_s"] = time.monotonic() - self.started
        if not np.isfinite([logs["loss"], logs["train_loss"], logs["val_loss"]]).all():
            raise RecordError(
                f"Época {epoch + 1}: se esperaba una pérdida finita, se encontró que el entrenamiento "
                "diverge; pruebe una learning_rate menor o un clipnorm."
            )


class Journal(keras.callbacks.Callback):
    """Goes on from ``state``, and keeps it in ``folder`` after each epoch: Keras' BackupAndRestore
    writes over its only copy, and forgets the callbacks' patience."""

    def __init__(
        self,
        folder: Path,
        state: State,
        batches: Batches,
        measure: Measure,
        patient: list[keras.callbacks.Callback],
    ) -> None:
        super().__init__()
        self.folder, self.state = folder, state
        self.batches, self.measure, self.patient = batches, measure, patient

    def on_train_begin(self, logs: object = None) -> None:
        """Bring the model and the other callbacks, which come before, to where they were."""
        if not self.state.epochs:
            return
        for index, past in enumerate(self.state.logs):
            for callback in self.patient:
                callback.on_epoch_end(index, dict(past))
        self.model.stop_training = False
        # last, because the replay has lowered the learning rate again
        for variable, value in zip(variables(self.model), self.state.variables, strict=True):
            variable.assign(value)

    def on_epoch_begin(self, epoch: int, logs: object = None) -> None:
        self.batches.epoch = epoch
        restart_dropout(self.model, epoch)

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        state = self.state
        state.logs.append({name: float(value) for name, value in logs.items()})
        state.probability.append(self.measure.val_probability)
        state.stopped = bool(self.model.stop_training)
        state.variables = [variable.numpy() for variable in variables(self.model)]
        losses = [past["val_loss"] for past in state.logs]
        if losses.index(min(losses)) == epoch:
            path = best_file(self.folder, epoch + 1)
            self.model.save_weights(path, overwrite=True)
            state.best, state.best_digest = epoch + 1, file_digest(path)
        write_state(self.folder, state)


def variables(model: keras.Model) -> list[keras.Variable]:
    """All that an epoch changes: of the network and of its optimiser."""
    model.optimizer.build(model.trainable_variables)
    return [*model.variables, *model.optimizer.variables]


def restart_dropout(model: keras.Model, epoch: int) -> None:
    """Make the masks depend on (seed, epoch) alone, not on the batches that were read before."""
    for variable in model.variables:
        if variable.path.endswith("seed_generator_state"):  # int64[2]: seed, counter
            variable.assign([int(variable.numpy()[0]), epoch << 32])


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


def train(model: keras.Model, batches: Batches, measure: Measure, config: LstmConfig, job: Job) -> State:
    """Train, or go on from what ``job`` has in its folder; leaves the best epoch's weights in the
    model and in ``WEIGHTS_FILE``. What is damaged is set aside, and done again."""
    work = job.folder / WORK
    state, damaged = read_last_state(work)
    if damaged:
        job.progress(notice=_notice(damaged, state.epochs))
    if not state.stopped and state.epochs < config.max_epochs:
        patient = _patient(config)
        model.fit(
            batches.dataset(),
            epochs=config.max_epochs,
            initial_epoch=state.epochs,
            shuffle=False,  # the batches are
            verbose=0,
            callbacks=[
                measure,
                *patient,
                Journal(work, state, batches, measure, patient),
                Ticker(job.progress, len(batches), config.max_epochs),
            ],
        )
    best = best_file(work, state.best)
    load_weights(model, best)
    write_atomically(job.folder / WEIGHTS_FILE, best.read_bytes())
    return state


def _patient(config: LstmConfig) -> list[keras.callbacks.Callback]:
    """The callbacks that wait for an epoch to be better."""
    monitor = {"monitor": "val_loss", "mode": "min"}
    stopping = keras.callbacks.EarlyStopping(patience=config.early_stopping_patience, **monitor)
    if config.schedule != "plateau":
        return [stopping]
    lowering = keras.callbacks.ReduceLROnPlateau(
        factor=config.reduce_lr_factor, patience=config.reduce_lr_patience, min_delta=0, **monitor
    )
    return [lowering, stopping]


def _notice(damaged: list[Path], epochs: int) -> str:
    names = ", ".join(path.name for path in damaged)
    goes_on = f"sigue tras la época {epochs}" if epochs else "empieza de nuevo"
    return (
        "Se esperaba lo guardado de un entrenamiento interrumpido tal como se escribió, se encontró "
        f"dañado: queda aparte ({names}) y el entrenamiento {goes_on}."
    )

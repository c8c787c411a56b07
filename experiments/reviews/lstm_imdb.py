"""Experiment A: a network that classifies reviews (Maas et al., 2011).

Validation chooses the epoch; the test part is touched once, with the weights of that epoch.
"""

from collections.abc import Sequence

import keras
import numpy as np

from experiments.data.sets import DataError, ReviewData
from experiments.describe import as_written, describe
from experiments.kinds.base import Job
from experiments.kinds.lstm import (
    LEARNED,
    LOSS,
    PPMI_SVD,
    ROLE,
    LstmConfig,
    LstmEpoch,
    LstmResults,
    LstmSizes,
)
from experiments.records.base import Arrays
from experiments.records.files import file_digest
from experiments.records.parts import Confusion
from experiments.reviews.classifier import build_model, predict
from experiments.reviews.embeddings import ppmi_svd, read_vectors
from experiments.reviews.lstm_training import Batches, Measure, cross_entropy, train
from experiments.reviews.text import Vocabulary, build_vocabulary, encode, split, tokenize


def run(config: LstmConfig, seed: int, data: ReviewData, job: Job) -> tuple[LstmResults, Arrays]:
    """Train one seed and measure it once on the test part.

    ``job.folder`` receives the selected weights and, under ``WORK``, what a resumed run needs.

    Raises:
        DataError: the file of vectors is not what it should be.
        RecordError: training diverges.
    """
    parts = split(data.train, data.test, config.max_reviews, config.validation_fraction, seed)
    documents = [tokenize(data.train.texts[row]) for row in parts.train]
    vocabulary = build_vocabulary(documents, config.vocabulary_size)
    vectors, known = initial_vectors(config, seed, documents, vocabulary, job)

    def numbered(documents: Sequence[Sequence[str]]) -> np.ndarray:
        return encode(documents, vocabulary, config.sequence_length)

    train_tokens, train_label = numbered(documents), data.train.labels[parts.train]
    val_tokens = numbered([tokenize(data.train.texts[row]) for row in parts.validation])
    val_label = data.train.labels[parts.validation]
    evaluated = slice(config.train_eval_size)  # the split has shuffled them
    batches = Batches(train_tokens, train_label, config.batch_size, seed)
    measure = Measure((train_tokens[evaluated], train_label[evaluated]), (val_tokens, val_label))

    keras.utils.set_random_seed(seed)
    model = build_model(config, vectors=vectors, steps_per_epoch=len(batches))
    built = describe(model, ROLE, model.optimizer, LOSS)
    state = train(model, batches, measure, config, job)

    best = state.best - 1
    job.progress(epoch=state.epochs, loss=state.logs[best]["val_loss"], done=1.0, testing=True)
    test_documents = [tokenize(data.test.texts[row]) for row in parts.test]
    probability, label = predict(model, numbered(test_documents)), data.test.labels[parts.test]
    results = LstmResults(
        model=built,
        sizes=LstmSizes(
            train=len(parts.train),
            validation=len(parts.validation),
            test=len(parts.test),
            train_evaluated=measure.n_train,
            vocabulary=len(vocabulary) + 2,
            known_vectors=known,
        ),
        epochs=tuple(to_epoch(number, logs) for number, logs in enumerate(state.logs, start=1)),
        selected_epoch=state.best,
        stopped_early=state.stopped,
        test_loss=float(np.mean(cross_entropy(probability, label))),
        confusion=confusion(probability, label),
    )
    arrays = {
        "probability": probability.astype(np.float32),
        "label": label.astype(np.int8),
        "length": np.array([len(document) for document in test_documents], np.int32),
        "stars": data.test.stars[parts.test].astype(np.int8),
        "review_id": data.test.ids[parts.test].astype(np.int32),
        "distance": data.test.distances[parts.test].astype(np.int32),
        "val_probability": state.probability[best].astype(np.float32),
        "val_label": val_label.astype(np.int8),
        "val_row": parts.validation.astype(np.int32),
        "val_losses": np.stack([cross_entropy(p, val_label) for p in state.probability]).astype(np.float16),
    }
    return results, arrays


def initial_vectors(
    config: LstmConfig,
    seed: int,
    documents: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
    job: Job,
) -> tuple[np.ndarray | None, int]:
    """float32[vocabulary_size, embedding_dim] where the words' vectors begin, None where Keras'
    own start is meant, and how many words have one in a file. Ids without a word stay at 0.

    Raises:
        DataError: the file of vectors is not the configured one, or is none.
    """
    if config.embedding == LEARNED:
        return None, 0
    if config.embedding == PPMI_SVD:
        job.progress(phase="vectores de las palabras", done=0.0)
        fitted, known = ppmi_svd(documents, vocabulary, config.embedding_dim, seed), 0
    else:
        path = job.files["embedding"]
        fitted, known = read_vectors(path, vocabulary, config.embedding_dim, seed)
        digest = file_digest(path)
        if digest != config.embedding_digest:
            raise DataError(
                f"{path}: se esperaba el fichero de vectores de la configuración, con huella "
                f"{(config.embedding_digest or 'desconocida')[:12]}, se encontró otro, con huella "
                f"{digest[:12]}; repita la orden."
            )
    vectors = np.zeros((config.vocabulary_size, config.embedding_dim), np.float32)
    vectors[: len(fitted)] = fitted
    return vectors, known


def to_epoch(number: int, logs: dict[str, float]) -> LstmEpoch:
    """Keras' logs of one epoch as the record states them."""
    measured = {name: logs[name] for name in LstmEpoch.model_fields if name in logs}
    measured |= {"running_loss": logs["loss"], "running_accuracy": logs["accuracy"]}
    measured["learning_rate"] = float(as_written(logs["learning_rate"]))
    return LstmEpoch(epoch=number, **measured)


def confusion(probability: np.ndarray, label: np.ndarray) -> Confusion:
    """Of ``probability`` float32[n] of the positive class; a half is no positive answer."""
    predicted, positive = probability > 0.5, label == 1
    return Confusion(
        true_negative=int(np.sum(~predicted & ~positive)),
        false_positive=int(np.sum(predicted & ~positive)),
        false_negative=int(np.sum(~predicted & positive)),
        true_positive=int(np.sum(predicted & positive)),
    )

"""The shared contract: what a run leaves behind.

A run is one folder with ``record.json`` (configuration, provenance, per-epoch
metrics, counts) and ``arrays.npz`` (per-example and per-iteration arrays).
This module knows nothing of TensorFlow, so that ``report`` can import it.

Rates are in [0, 1]; losses are mean cross-entropies in nats; durations in seconds.
"""

import ast
import datetime
import hashlib
import io
import json
import os
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

SCHEMA_VERSION = 1

MANIFEST_FILE = "manifest.json"
RECORD_FILE = "record.json"
ARRAYS_FILE = "arrays.npz"
WORK = "work"  # subfolder of an unfinished run: what it needs to go on

Rate = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]
Loss = Annotated[float, Field(ge=0)]
Seconds = Annotated[float, Field(ge=0)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class RecordError(Exception):
    """A record that cannot be used; the message is one Spanish sentence for the user."""


class Strict(BaseModel):
    """Immutable, no unknown keys, no NaN or infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


# --- configuration -----------------------------------------------------------------------


class LstmConfig(Strict):
    """Hyperparameters of the IMDb classifier: those of the report that this project replaces."""

    vocabulary_size: Positive = 30_000  # including padding (0) and the unknown token (1)
    sequence_length: Positive = 250  # padded and truncated at the front: the last tokens are kept
    embedding_dim: Positive = 128
    spatial_dropout: Rate = 0.3
    units: Positive = 64
    dropout: Rate = 0.5
    recurrent_dropout: Rate = 0.3
    l2: float = Field(1e-4, ge=0)  # on the kernel and on the recurrent kernel
    head_dropout: Rate = 0.2
    learning_rate: float = Field(2e-4, gt=0)
    clipnorm: float = Field(1.0, gt=0)
    batch_size: Positive = 64
    max_epochs: Positive = 10
    validation_fraction: float = Field(0.2, gt=0, lt=1)
    early_stopping_patience: Positive = 3
    reduce_lr_patience: Positive = 2  # one less than stopping, so that it can act before
    reduce_lr_factor: float = Field(0.5, gt=0, lt=1)
    train_eval_size: Positive = (
        5_000  # fixed subset measured in inference mode: the size of the validation part
    )
    max_reviews: Positive | None = None  # of each official part; None takes all


class GanConfig(Strict):
    """Hyperparameters of the MNIST GAN."""

    architecture: Literal["convolutional", "dense"] = "convolutional"
    latent_dim: Positive = 100
    batch_size: Positive = 128
    learning_rate: float = Field(2e-4, gt=0)
    beta_1: Rate = 0.5  # Radford et al. (2016): the default 0.9 makes a GAN oscillate
    leaky_slope: Rate = 0.2
    discriminator_dropout: Rate = 0.3
    iterations: Positive = 3_000
    sample_every: Positive = 500
    grid_size: Positive = 25  # images drawn from one fixed z
    samples_kept: Positive = 1_000  # images from fresh z, for measuring
    weights_every: Positive = 100


class LinearConfig(Strict):
    """Hyperparameters of the control: logistic regression on TF-IDF of words and word pairs."""

    min_documents: Positive = 2  # a word or pair seen in a single review says nothing of others
    candidates: tuple[float, ...] = (1.0, 4.0, 16.0, 64.0)  # inverse penalty; validation chooses
    validation_fraction: float = Field(0.2, gt=0, lt=1)
    occluded_reviews: Positive = 1_000
    window: Positive = 10  # words
    max_reviews: Positive | None = None  # of each official part; None takes all


class MemoryConfig(Strict):
    """What is asked of one trained LSTM."""

    budgets: tuple[Positive, ...] = (50, 100, 200, 400)  # tokens kept at test time
    truncated_reviews: Positive = 5_000  # fixed balanced subset of the test part
    occluded_reviews: Positive = 1_000  # the same reviews as in the control
    window: Positive = 10  # tokens replaced by the unknown token at once
    near: Positive = 50  # tokens to the end: windows nearer than this ...
    far: Positive = 150  # ... are compared with those at least this far
    gradient_reviews: Positive = 500
    bootstrap_samples: Positive = 2_000


class ProbeConfig(Strict):
    """The synthetic corpus with the decisive clause at a set distance from the end, and the two
    networks that read it: the classifier's cell, and a pooled bidirectional one as control."""

    distances: tuple[Count, ...] = (10, 25, 50, 100, 200, 400)  # words after the clause
    train_reviews: Positive = 4_000  # a mixture of all distances
    test_reviews: Positive = 500  # at each distance
    sequence_length: Positive = 420  # holds the longest review whole
    embedding_dim: Positive = 32
    units: Positive = 64  # as in the classifier
    learning_rate: float = Field(1e-3, gt=0)
    batch_size: Positive = 64
    epochs: Positive = 4  # twice as many as the control needs on other corpora


class JudgeConfig(Strict):
    """Who decides whether an image is a readable digit."""

    members: Positive = 2  # differently built networks that must agree
    epochs: Positive = 8
    batch_size: Positive = 128
    learning_rate: float = Field(2e-3, gt=0)  # the highest; it falls to 0 along half a cosine
    threshold: Rate = 0.8  # of each member's probability; see ``digit_judge``
    control_images: Positive = 1_000  # of each control


class ReadabilityConfig(Strict):
    """How one GAN's images are measured with the judge."""

    images: Positive = 1_000  # fresh, at each stored step
    compared_images: Positive = 1_000  # nearest training image of generated and of real ones
    shown: Positive = 8  # images in each strip


# --- provenance --------------------------------------------------------------------------

Profile = Literal["full", "quick", "test"]
DataName = Literal["imdb", "mnist", "sample_reviews", "sample_digits", "probe_reviews"]


class DataInfo(Strict):
    """Which data a run used; ``digest`` is taken over their content, never over an archive."""

    name: DataName
    digest: Sha256
    n_train: Positive  # examples in the official training part
    n_test: Positive

    @property
    def is_sample(self) -> bool:
        return self.name.startswith("sample_")  # the probe's corpus is made on purpose


class Environment(Strict):
    """Where a run took place."""

    python: str
    platform: str
    processor: str
    cores: Positive
    threads: Positive  # that the run itself used
    libraries: dict[str, str]
    commit: str | None  # None outside a git checkout
    dirty: bool


class RunRecord(Strict):
    """What every experiment's record has."""

    schema_version: Literal[1] = 1
    seed: Count
    profile: Profile
    data: DataInfo
    environment: Environment
    code_digest: Sha256
    finished_on: datetime.date  # UTC; dates a document that is given no date of its own
    duration_s: Seconds
    arrays_digest: Sha256


class DerivedRecord(RunRecord):
    """A run that measures what others left behind; ``upstream`` has, by the name of each of
    these, the digest of its arrays."""

    upstream: dict[str, Sha256]


# --- Part A ------------------------------------------------------------------------------


class LstmEpoch(Strict):
    """One epoch. ``running_*`` are Keras' averages during training, with dropout on and the
    L2 penalty in the loss; all others are measured after the epoch in inference mode, as
    plain cross-entropy. ``learning_rate`` is the one used during this epoch."""

    epoch: Positive
    running_loss: Loss
    running_accuracy: Rate
    train_loss: Loss
    train_accuracy: Rate
    val_loss: Loss
    val_accuracy: Rate
    val_loss_se: Loss  # sd of the per-example loss / sqrt(n)
    learning_rate: float = Field(gt=0)
    duration_s: Seconds


class Confusion(Strict):
    """Counts on the test part; positive = a favourable review."""

    true_negative: Count
    false_positive: Count
    false_negative: Count
    true_positive: Count


class LstmSizes(Strict):
    """How many reviews and words the run really used."""

    train: Positive
    validation: Positive
    test: Positive
    train_evaluated: Positive
    vocabulary: Positive  # entries in use, padding and unknown token included
    parameters: Positive


class LstmRecord(RunRecord):
    """One seed of the IMDb classifier.

    Arrays, one row per test review in the order of the data digest:
    ``probability`` float32[n] of the positive class, ``label`` int8[n] (0, 1),
    ``length`` int32[n] in tokens before truncation, ``stars`` int8[n] (1-10; 0 unknown),
    ``review_id`` int32[n] (number in the file name), ``distance`` int32[n] (words from the
    decisive clause to the end in the synthetic sample; -1 unknown).
    """

    kind: Literal["lstm"] = "lstm"
    config: LstmConfig
    sizes: LstmSizes
    epochs: Annotated[tuple[LstmEpoch, ...], Field(min_length=1)]
    selected_epoch: Positive  # lowest validation loss; its weights made the test predictions
    stopped_early: bool
    test_loss: Loss
    confusion: Confusion


class Candidate(Strict):
    """One inverse penalty and what it reached on the validation part."""

    c: float = Field(gt=0)
    val_accuracy: Rate


class LinearSizes(Strict):
    train: Positive
    validation: Positive
    test: Positive
    features: Positive


class Influence(Strict):
    """Mean absolute change of the logit when one window of words is hidden, by the distance in
    words from the window's last word to the end of the review, with a 95 % bootstrap band over
    reviews; ``n`` reviews reach that far."""

    distance: Count
    n: Positive
    mean: float = Field(ge=0)
    low: float = Field(ge=0)
    high: float = Field(ge=0)


class Decay(Strict):
    """Mean influence of the far windows divided by that of the near ones, both within the reviews
    that reach the far ones, with a 95 % bootstrap interval over reviews: under 1, what is far
    from the end weighs less."""

    ratio: float = Field(ge=0)
    low: float = Field(ge=0)
    high: float = Field(ge=0)


class LinearRecord(RunRecord):
    """The control of part A. Arrays as in ``LstmRecord``."""

    kind: Literal["linear"] = "linear"
    config: LinearConfig
    sizes: LinearSizes
    candidates: Annotated[tuple[Candidate, ...], Field(min_length=1)]
    chosen_c: float = Field(gt=0)
    test_loss: Loss
    confusion: Confusion
    influence: Annotated[tuple[Influence, ...], Field(min_length=1)]
    decay: Decay


class Bucket(Strict):
    """Reviews of ``low`` to ``high`` words (or stars), and how many each model gets right."""

    low: Count
    high: Count
    n: Positive
    lstm_correct: Count
    linear_correct: Count


class Coefficient(Strict):
    """A log odds ratio with its 95 % interval, robust to the same review counting twice."""

    estimate: float
    low: float
    high: float


class Regression(Strict):
    """Logistic regression of *correct* on the standardised logarithm of the length, on whether
    the review is longer than the LSTM's window, and on the model (1 the LSTM, 0 the control),
    with the interaction of length and model."""

    log_length: Coefficient
    truncated: Coefficient | None  # None where every review fits, or none does
    model: Coefficient
    interaction: Coefficient


class Truncation(Strict):
    """Accuracy when only ``tokens`` tokens of each test review are given: the first, the last,
    half from each end, or the middle."""

    keep: Literal["first", "last", "ends", "middle"]
    tokens: Positive
    n: Positive
    correct: Count


class MemoryRecord(DerivedRecord):
    """What one trained LSTM does with distance, beside the control.

    Arrays: ``gradient_initial`` and ``gradient_selected`` float32[sequence_length]: norm of the
    gradient of the logit with respect to the token's embedding, by distance to the end in
    tokens (0 is the last), mean over the reviews that reach that far.
    """

    kind: Literal["memory"] = "memory"
    config: MemoryConfig
    deciles: Annotated[tuple[Bucket, ...], Field(min_length=1)]  # of original length
    stars: tuple[Bucket, ...]  # empty where the data have none
    regression: Regression
    truncations: Annotated[tuple[Truncation, ...], Field(min_length=1)]
    influence: Annotated[tuple[Influence, ...], Field(min_length=1)]
    decay: Decay


class ProbeRow(Strict):
    distance: Count
    n: Positive
    lstm_correct: Count
    bilstm_correct: Count


class ProbeRecord(RunRecord):
    """One seed of the controlled probe. No arrays."""

    kind: Literal["probe"] = "probe"
    config: ProbeConfig
    rows: Annotated[tuple[ProbeRow, ...], Field(min_length=1)]


# --- Part B ------------------------------------------------------------------------------


class GanSizes(Strict):
    train: Positive
    generator_parameters: Positive
    discriminator_parameters: Positive


class GanRecord(RunRecord):
    """One seed of the MNIST GAN.

    Arrays, one row per iteration: ``discriminator_loss`` float32[t] (sum of the real and the
    fake half), ``generator_loss`` float32[t] (non-saturating), ``d_real`` and ``d_fake``
    float32[t] (mean discriminator output in [0, 1]), ``accuracy_real`` and ``accuracy_fake``
    float32[t]. One row per step of ``sampled_steps``: ``grid`` uint8[s, grid_size, 28, 28]
    from one fixed z, ``samples`` uint8[s, samples_kept, 28, 28] from fresh z; ink bright.
    """

    kind: Literal["gan"] = "gan"
    config: GanConfig
    sizes: GanSizes
    sampled_steps: Annotated[tuple[Count, ...], Field(min_length=1)]


ControlName = Literal[
    "real",
    "salt_and_pepper",
    "blur",
    "low_contrast",
    "uniform_noise",
    "gaussian_noise",
    "untrained_generator",
    "shuffled_pixels",
    "mean_image",
    "inverted",
    "patches",
    "blends",
]


class Control(Strict):
    """Images whose answer is known beforehand: at least (``readable_expected``) or less than
    ``limit`` of them must be called readable."""

    name: ControlName
    readable_expected: bool
    limit: Rate
    n: Positive
    readable: Count


class JudgeRecord(RunRecord):
    """The judge and the controls that it passed or failed on held-out images.

    Arrays: ``weights`` float16[p], those of all members one after the other; ``shown``
    uint8[c, k, 28, 28], some images of each control in the order of ``controls``.
    """

    kind: Literal["judge"] = "judge"
    config: JudgeConfig
    parameters: Positive
    n_test: Positive
    correct: Count  # digits of the test part read rightly, readable or not
    ece: Rate  # expected calibration error, 15 bins (Guo et al., 2017)
    brier: Annotated[float, Field(ge=0, le=2)]
    controls: Annotated[tuple[Control, ...], Field(min_length=1)]


class ReadableStep(Strict):
    """Images from fresh z at one stored step; ``by_digit``: the readable ones by digit read."""

    iteration: Count
    n: Positive
    readable: Count
    by_digit: Annotated[tuple[Count, ...], Field(min_length=10, max_length=10)]
    mnist_score: float = Field(ge=1, le=10)  # analogue of Salimans et al. (2016) on the judge
    frechet: float = Field(ge=0)  # distance to real training digits on the judge's features


class Memorisation(Strict):
    """Euclidean distance (pixels in [0, 1]) to the nearest training image, of generated and of
    real test images. ``auc``: probability that a generated image is nearer than a real one;
    ``p`` of the two-sided Mann-Whitney test."""

    n: Positive
    median_generated: float = Field(ge=0)
    median_real: float = Field(ge=0)
    auc: Rate
    p: Rate


class ReadabilityRecord(DerivedRecord):
    """What the judge says of one GAN.

    Arrays: ``grid_digit`` int8[s, grid_size] the digit read in each image of the GAN's grids and
    ``grid_readable`` bool[s, grid_size]; at the last step, ``above`` and ``below``
    uint8[shown, 28, 28] the images nearest to the threshold on either side and ``pairs``
    uint8[shown, 2, 28, 28] the generated images nearest to a training image, each with it.
    """

    kind: Literal["readability"] = "readability"
    config: ReadabilityConfig
    architecture: Literal["convolutional", "dense"]
    steps: Annotated[tuple[ReadableStep, ...], Field(min_length=1)]
    frechet_floor: float = Field(ge=0)  # real test digits against real training digits, same n
    variance_ratio: float | None = Field(ge=0)  # mean within-class variance, generated / real, last step
    memorisation: Memorisation


Record = LstmRecord | GanRecord | LinearRecord | MemoryRecord | ProbeRecord | JudgeRecord | ReadabilityRecord
Config = LstmConfig | GanConfig | LinearConfig | MemoryConfig | ProbeConfig | JudgeConfig | ReadabilityConfig
Kind = Literal["lstm", "gan", "linear", "memory", "probe", "judge", "readability"]
KINDS: dict[str, type[Record]] = {
    "lstm": LstmRecord,
    "gan": GanRecord,
    "linear": LinearRecord,
    "memory": MemoryRecord,
    "probe": ProbeRecord,
    "judge": JudgeRecord,
    "readability": ReadabilityRecord,
}

LSTM_ARRAYS = ("probability", "label", "length", "stars", "review_id", "distance")
GAN_CURVES = (
    "discriminator_loss",
    "generator_loss",
    "d_real",
    "d_fake",
    "accuracy_real",
    "accuracy_fake",
)
GAN_ARRAYS = (*GAN_CURVES, "grid", "samples", "real")
ARRAYS: dict[str, tuple[str, ...]] = {
    "lstm": LSTM_ARRAYS,
    "gan": GAN_ARRAYS,
    "linear": LSTM_ARRAYS,
    "memory": ("gradient_initial", "gradient_selected"),
    "probe": (),
    "judge": ("weights", "shown"),
    "readability": ("grid_digit", "grid_readable", "above", "below", "pairs"),
}

Arrays = dict[str, np.ndarray]


class Manifest(Strict):
    """The runs that make one complete set of results, as folders relative to the manifest."""

    schema_version: Literal[1] = 1
    profile: Profile
    runs: Annotated[tuple[str, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Run:
    """A record with its arrays; ``name`` is its folder within a set of results."""

    name: str
    record: Record
    arrays: Arrays


# --- the code that produces a record -----------------------------------------------------

SOURCES = {
    "lstm": ("lstm_imdb.py",),
    "gan": ("gan_mnist.py",),
    "linear": ("linear_imdb.py", "influence.py"),
    "memory": ("lstm_memory.py", "influence.py"),
    "probe": ("memory_probe.py", "sample_reviews.py"),
    "judge": ("digit_judge.py", "digit_controls.py"),
    "readability": ("gan_readability.py",),
}


def code_digest(kind: str) -> str:
    """SHA-256 of the experiment's sources, comments, docstrings and layout left aside, so
    that only a change that can alter results makes a record stale."""
    digest = hashlib.sha256()
    for name in SOURCES[kind]:
        tree = ast.parse((Path(__file__).parent / name).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                first = node.body[0] if node.body else None
                if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                    node.body = node.body[1:]
        digest.update(ast.unparse(tree).encode())
    return digest.hexdigest()


# --- what a run depends on ---------------------------------------------------------------


class Identity(Strict):
    """All that decides a run's result: two runs with the same identity need not be repeated."""

    kind: Kind
    seed: Count
    config: Config
    data_digest: Sha256
    code_digest: Sha256
    libraries: dict[str, str]
    upstream: dict[str, Sha256] = {}

    @classmethod
    def of(cls, record: Record) -> "Identity":
        return cls(
            kind=record.kind,
            seed=record.seed,
            config=record.config,
            data_digest=record.data.digest,
            code_digest=record.code_digest,
            libraries=record.environment.libraries,
            upstream=record.upstream if isinstance(record, DerivedRecord) else {},
        )


def differences(old: Identity, new: Identity) -> list[str]:
    """What changed from ``old`` to ``new``, in Spanish; empty if nothing that matters."""
    changes = []
    if (old.kind, old.seed) != (new.kind, new.seed):
        changes.append(f"la semilla ({old.kind} {old.seed} → {new.kind} {new.seed})")
    before, after = old.config.model_dump(), new.config.model_dump()
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            changes.append(f"la configuración ({name}: {before.get(name)} → {after.get(name)})")
    if old.data_digest != new.data_digest:
        changes.append(f"los datos (huella {old.data_digest[:12]} → {new.data_digest[:12]})")
    if old.code_digest != new.code_digest:
        changes.append(f"el código del experimento (huella {old.code_digest[:12]} → {new.code_digest[:12]})")
    for name in sorted(old.libraries.keys() | new.libraries.keys()):
        if old.libraries.get(name) != new.libraries.get(name):
            versions = f"{old.libraries.get(name)} → {new.libraries.get(name)}"
            changes.append(f"la versión de {name} ({versions})")
    for name in sorted(old.upstream.keys() | new.upstream.keys()):
        if old.upstream.get(name) != new.upstream.get(name):
            changes.append(f"lo que se mide ({name})")
    return changes


# --- reading and writing -----------------------------------------------------------------


def write_run(folder: Path, record: Record, arrays: Arrays) -> None:
    """Write ``arrays.npz`` and then ``record.json``, each atomically: a folder with a record
    is complete. ``record.arrays_digest`` must be ``pack_arrays(arrays)[1]``."""
    data, digest = pack_arrays(arrays)
    if digest != record.arrays_digest:
        raise ValueError(f"arrays_digest: expected {digest}, found {record.arrays_digest}")
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / ARRAYS_FILE, data)
    write_atomically(folder / RECORD_FILE, record_to_json(record).encode())


def pack_arrays(arrays: Arrays) -> tuple[bytes, str]:
    """NPZ bytes and the digest of the arrays' content (name, dtype, shape, bytes)."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **{name: arrays[name] for name in sorted(arrays)})  # type: ignore[arg-type]
    return buffer.getvalue(), arrays_digest(arrays)


def arrays_digest(arrays: Arrays) -> str:
    digest = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {array.dtype.str} {array.shape}\0".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def record_to_json(record: Record) -> str:
    """Readable JSON that carries the digest of its own content, so that an edit shows."""
    content = record.model_dump(mode="json")
    return json.dumps(content | {"digest": _content_digest(content)}, indent=1, allow_nan=False) + "\n"


def parse_record(text: str, place: str) -> Record:
    """The record in ``text``; ``place`` names it in errors."""
    try:
        content = json.loads(text, parse_constant=_refuse_constant)
    except ValueError as error:
        raise RecordError(
            f"{place}: se esperaba un registro JSON completo y sin NaN, se encontró «{error}»; "
            "bórrelo y ejecute «make train»."
        ) from error
    if not isinstance(content, dict):
        raise RecordError(
            f"{place}: se esperaba un objeto JSON, se encontró «{type(content).__name__}»; "
            "bórrelo y ejecute «make train»."
        )
    version = content.get("schema_version")
    if version != SCHEMA_VERSION:
        raise RecordError(
            f"{place}: se esperaba la versión {SCHEMA_VERSION} del esquema, se encontró «{version}»; "
            "ejecute «make train» con esta versión del programa."
        )
    kind = content.get("kind")
    if kind not in KINDS:
        raise RecordError(
            f"{place}: se esperaba un registro de tipo {', '.join(KINDS)}, se encontró «{kind}»; "
            "bórrelo y ejecute «make train»."
        )
    stored = content.pop("digest", None)
    if stored != _content_digest(content):
        raise RecordError(
            f"{place}: se esperaba un registro sin modificar, se encontró un contenido que no "
            "corresponde a su huella; restáurelo o bórrelo y ejecute «make train»."
        )
    try:
        return KINDS[kind].model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RecordError(
            f"{place}: se esperaba un valor válido en «{where}», se encontró «{first['input']!r}» "
            f"({first['msg']}); bórrelo y ejecute «make train»."
        ) from error


def read_run(folder: Path, name: str | None = None) -> Run:
    """Read and verify one run.

    Raises:
        RecordError: missing, truncated, edited or foreign files.
    """
    try:
        text = (folder / RECORD_FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(
            f"{folder / RECORD_FILE}: se esperaba un registro legible, se encontró «{error}»; "
            "ejecute «make train»."
        ) from error
    record = parse_record(text, str(folder / RECORD_FILE))
    return Run(name or folder.name, record, _read_arrays(folder / ARRAYS_FILE, record))


def write_manifest(root: Path, manifest: Manifest) -> None:
    write_atomically(root / MANIFEST_FILE, (manifest.model_dump_json(indent=1) + "\n").encode())


def read_results(root: Path) -> tuple[Manifest, list[Run]]:
    """A complete set of results.

    Raises:
        RecordError: no manifest, or a run that it names cannot be used.
    """
    path = root / MANIFEST_FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["schema_version"] != SCHEMA_VERSION:
            raise RecordError(
                f"{path}: se esperaba la versión {SCHEMA_VERSION} del esquema, se encontró "
                f"«{content['schema_version']}»; ejecute «make train» con esta versión del programa."
            )
        manifest = Manifest.model_validate(content)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(
            f"{path}: se esperaba la lista de ejecuciones, se encontró «{str(error).splitlines()[0]}»; "
            "ejecute «make train»."
        ) from error
    return manifest, [read_run(root / name, name) for name in manifest.runs]


def _read_arrays(path: Path, record: Record) -> Arrays:
    try:
        # opened here, because NumPy leaves a damaged file open
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    # TypeError: a single array; RuntimeError: a compression or an encryption unknown here
    except (OSError, ValueError, EOFError, TypeError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise RecordError(
            f"{path}: se esperaban los datos de la ejecución, se encontró «{error}»; "
            "restáurelos o borre la carpeta y ejecute «make train»."
        ) from error
    if set(arrays) != set(ARRAYS[record.kind]) or arrays_digest(arrays) != record.arrays_digest:
        raise RecordError(
            f"{path}: se esperaban los datos con huella {record.arrays_digest[:12]}, se encontró "
            f"{arrays_digest(arrays)[:12]}; restáurelos o borre la carpeta y ejecute «make train»."
        )
    return arrays


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file that is either whole or absent; an existing one stays until then."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)  # mkstemp makes it private
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _content_digest(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} no es JSON")

"""Where a document comes from: the runs, their data, the programs and the machine."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import auto
from typing import Any

from experiments.records.base import Environment, Run
from experiments.records.brought import Brought
from experiments.records.storage import record_to_json
from report.findings.base import Cell, Code, Named, Row, grouped, seed
from report.findings.gan.losses import form_of
from report.findings.lstm.network import Classifier, classifier_of
from report.findings.networks import network_of, quantity_of
from report.findings.variants import name_of
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import DURATION, ITERATION, SEED, TEXT
from report.ledger.spanish import date
from report.proof.state import program
from report.study.folders import LOCAL, REFERENCE
from report.study.study import AnyRun, Study, at, brought_gan_record, group_of, lstm_record

DIGEST_LENGTH = 12

AS_TOLD = ("id", "review_id")
COUNTS = re.compile(r"[^\w.]*(\d+[^\w.]+){3}\d+[^\w.]*")  # a matrix as it is typed: no file has such a name


class Source(Code):
    LOCAL = auto()
    REFERENCE = auto()
    OTHER = auto()
    BROUGHT = auto()


class Experiment(Code):
    """A group of runs, in capitals; those of the classifier go by the kind of their network, and its
    variants, which have a name, as ``NETWORK``."""

    LINEAR = auto()
    MEMORY = auto()
    PROBE = auto()
    NETWORK = auto()
    GAN = auto()
    JUDGE = auto()
    READABILITY = auto()


class Gave(Code):
    """What a file gave, as in the records, in capitals."""

    HISTORY = auto()
    PREDICTIONS = auto()
    CONFUSION = auto()
    MODEL = auto()
    GAN_LOSSES = auto()
    GAN_SAMPLES = auto()
    REAL = auto()


class Meaning(Code):
    """What a name in a file that was brought was taken for, as the readers call it, in capitals."""

    RUNNING_LOSS = auto()
    RUNNING_ACCURACY = auto()
    VAL_LOSS = auto()
    VAL_ACCURACY = auto()
    LEARNING_RATE = auto()
    Y_TRUE = auto()
    Y_PROB = auto()
    Y_PRED = auto()
    LENGTH = auto()
    REVIEW_ID = auto()
    DISCRIMINATOR_LOSS = auto()
    GENERATOR_LOSS = auto()
    DISCRIMINATOR_LOSS_REAL = auto()
    DISCRIMINATOR_LOSS_FAKE = auto()
    D_REAL = auto()
    D_FAKE = auto()
    ACCURACY_REAL = auto()
    ACCURACY_FAKE = auto()
    ACCURACY = auto()
    ITERATION = auto()
    EPOCH = auto()
    GRID = auto()
    SAMPLED_STEPS = auto()
    REAL = auto()


class Way(Code):
    """How it came, where it is no file of that name."""

    TYPED = auto()  # on the command line
    STEPS = auto()  # several files, one for each


class Of(Code):
    """Whose setting it is."""

    CLASSIFIER = auto()
    GAN = auto()


class Choice(Code):
    """The value of a setting that may be on or off."""

    YES = auto()
    NO = auto()


class Typed(Code):
    """A setting that an author may type: the fields of both configurations, in capitals."""

    CELL = auto()
    BIDIRECTIONAL = auto()
    POOLING = auto()
    EMBEDDING = auto()
    EMBEDDING_DIGEST = auto()
    VOCABULARY_SIZE = auto()
    SEQUENCE_LENGTH = auto()
    EMBEDDING_DIM = auto()
    SPATIAL_DROPOUT = auto()
    UNITS = auto()
    DROPOUT = auto()
    RECURRENT_DROPOUT = auto()
    L2 = auto()
    HEADS = auto()
    FEED_FORWARD = auto()
    HEAD_DROPOUT = auto()
    OPTIMIZER = auto()
    LEARNING_RATE = auto()
    CLIPNORM = auto()
    SCHEDULE = auto()
    BATCH_SIZE = auto()
    MAX_EPOCHS = auto()
    VALIDATION_FRACTION = auto()
    EARLY_STOPPING_PATIENCE = auto()
    REDUCE_LR_PATIENCE = auto()
    REDUCE_LR_FACTOR = auto()
    TRAIN_EVAL_SIZE = auto()
    MAX_REVIEWS = auto()
    ARCHITECTURE = auto()
    LOSS = auto()
    SPECTRAL_NORM = auto()
    GRADIENT_PENALTY = auto()
    CRITIC_STEPS = auto()
    EMA = auto()
    LATENT_DIM = auto()
    GENERATOR_LEARNING_RATE = auto()
    DISCRIMINATOR_LEARNING_RATE = auto()
    BETA_1 = auto()
    BETA_2 = auto()
    LEAKY_SLOPE = auto()
    DISCRIMINATOR_DROPOUT = auto()
    ITERATIONS = auto()
    SAMPLE_EVERY = auto()
    GRID_SIZE = auto()
    SAMPLES_KEPT = auto()
    WEIGHTS_EVERY = auto()


class Item(Code):
    """What the second table tells."""

    DATA = auto()  # where there is a single part
    DATA_A = auto()
    DATA_PROBE = auto()
    DATA_B = auto()
    DATA_JUDGE = auto()  # where it reads images that an author brought
    RECORDS = auto()
    READ = auto()  # in its place, of what an author brought
    SOURCES = auto()
    PYTHON = auto()
    SYSTEM = auto()
    PROCESSOR = auto()
    GPU = auto()  # where any run used one
    CORES = auto()
    THREADS = auto()


@dataclass(frozen=True)
class Commit:
    """A version of the program; ``number`` is None outside a git checkout, ``dirty`` if there were
    changes that no commit holds."""

    number: Number | None
    dirty: bool


@dataclass(frozen=True)
class GivenFile:
    """What an author brought, and the training that it is of. ``is_typed``: its ``name`` is what was typed
    on the command line. ``steps`` are those of the files that match it, if it is a pattern."""

    gives: Gave
    name: Number
    digest: Number
    seed: Number
    is_typed: bool
    steps: tuple[Number, ...]

    @property
    def named(self) -> Cell:
        if self.is_typed:
            return Named(Way.TYPED, self.name)
        return (self.name, Named(Way.STEPS, self.steps[0]), *self.steps[1:]) if self.steps else self.name


@dataclass(frozen=True)
class Provenance:
    """The rows of both tables; ``commits`` stand between ``before`` and ``after``. Of what an author
    brought, ``files`` are all files, of several trainings of a part if so ``of_several``, ``read_on`` the
    day on which they were read, ``names`` what was taken for what in them, and ``typed`` the settings that
    they say were used."""

    source: Source
    files: tuple[GivenFile, ...]
    of_several: bool
    read_on: Number | None
    names: tuple[Row, ...]
    typed: tuple[Row, ...]
    runs: tuple[Row, ...]
    before: tuple[Row, ...]
    commits: tuple[Commit, ...]
    after: tuple[Row, ...]

    @property
    def file_rows(self) -> tuple[Row, ...]:
        """What it gave, its name and digest; between these the training, if there are several."""
        return tuple(
            (each.gives, each.named, *((each.seed,) if self.of_several else ()), each.digest)
            for each in self.files
        )


def provenance(study: Study, files: Mapping[str, str] | None = None) -> Provenance:
    """``files`` of the program, by default those of this one."""
    every: tuple[AnyRun, ...] = (*study.runs, *study.brought)
    records = Leaf([record_to_json(run.record) for run in every], "registros de las ejecuciones")
    digest = program.sources_digest() if files is None else program.digest_of_sources(files)
    sources = Leaf(digest, "programa: plantillas y código que componen")
    both = study.part_a and study.part_b
    data = (
        (Item.DATA_A if both else Item.DATA, study.lstm or study.linear),
        (Item.DATA_PROBE, study.probe),
        (Item.DATA_B if both else Item.DATA, study.gan or (() if study.brought else study.judge)),
        (Item.DATA_JUDGE, study.judge if study.brought else ()),
    )
    return Provenance(
        source=source_of(study),
        files=tuple(each for run in study.brought for each in files_of(run)),
        of_several=max(len(study.brought_lstm), len(study.brought_gan)) > 1,
        read_on=read_on(study.brought) if study.brought else None,
        names=each_once(row for run in study.brought for row in name_rows(run)),
        typed=tuple(typed_rows(study)),
        runs=tuple(run_rows(study)),
        before=(
            *((item, distinct(runs, "data.digest", short)) for item, runs in data if runs),
            (Item.READ if study.brought else Item.RECORDS, TEXT(derive("huella", short_digest, records))),
            (Item.SOURCES, TEXT(derive("primeros caracteres", short, sources))),
        ),
        commits=commits(study.runs),
        after=tuple(machine_rows(study.runs)),
    )


def source_of(study: Study) -> Source:
    if study.brought:
        return Source.BROUGHT
    return {LOCAL: Source.LOCAL, REFERENCE: Source.REFERENCE}.get(study.root, Source.OTHER)


def files_of(run: Brought) -> list[GivenFile]:
    return [
        GivenFile(
            gives=Gave[file.gives.upper()],
            name=TEXT(at(run, f"files[{place}].name")),
            digest=TEXT(derive("primeros caracteres", short, at(run, f"files[{place}].digest"))),
            seed=seed(run),
            is_typed=file.gives == "confusion" and COUNTS.fullmatch(file.name) is not None,
            steps=steps_of(run) if file.gives == "gan_samples" and "{" in file.name else (),
        )
        for place, file in enumerate(run.record.files)
    ]


def steps_of(run: Brought) -> tuple[Number, ...]:
    steps = brought_gan_record(run).sampled_steps
    return tuple(ITERATION(at(run, f"sampled_steps[{place}]")) for place in range(len(steps)))


def read_on(brought: Sequence[Brought]) -> Number:
    """The day on which the last of it was read."""
    latest = max(brought, key=lambda run: run.record.imported_on)
    return TEXT(derive("fecha", date, at(latest, "imported_on")))


def name_rows(run: Brought) -> list[Row]:
    """But for «id», which is how the user is told to call it."""
    return [
        (
            TEXT(at(run, f"names[{place}].file")),
            TEXT(at(run, f"names[{place}].name")),
            meaning_of(at(run, f"names[{place}].meaning")),
        )
        for place, taken in enumerate(run.record.names)
        if (taken.name, taken.meaning) != AS_TOLD
    ]


def each_once(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Of those that print alike, the first: all seeds may have the same names."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        found.setdefault(tuple(each.value if isinstance(each, Number) else each for each in row), row)
    return tuple(found.values())


def meaning_of(said: Leaf) -> Cell:
    """As it stands where it is no name but a formula."""
    return Meaning.__members__.get(said.value.upper(), TEXT(said))


def typed_rows(study: Study) -> Iterator[Row]:
    """What an author says of their trainings, the same for all seeds."""
    for of, runs in ((Of.CLASSIFIER, study.brought_lstm), (Of.GAN, study.brought_gan)):
        for run in runs[:1]:
            for name in run.record.settings:
                yield of, Typed[name.upper()], said(at(run, f"settings.{name}"))
    if study.brought_gan and study.gan_losses:
        yield Of.GAN, Meaning.DISCRIMINATOR_LOSS, form_of(study)


def said(value: Leaf) -> Cell:
    if isinstance(value.value, bool):
        return Choice.YES if value.value else Choice.NO
    return quantity_of(value)


def run_rows(study: Study) -> list[Row]:
    """One row for each experiment, and for each variant of it; its seeds and durations in the same
    order."""
    return [
        (
            named(runs[0]),
            tuple(SEED(at(run, "seed")) for run in runs),
            tuple(DURATION(at(run, "duration_s")) for run in runs),
            distinct(runs, "finished_on", str),
            distinct(runs, "code_digest", short),
        )
        for runs in grouped(study.runs, lambda run: (run.record.variant, group_of(run))).values()
    ]


def named(run: Run) -> Cell:
    """The experiment that a run is of and, where it is one, the variant."""
    is_classifier, is_variant = group_of(run) == "lstm", bool(run.record.variant)
    if is_classifier and not is_variant:
        return classifier(run)
    experiment = Experiment.NETWORK if is_classifier else Experiment[group_of(run).upper()]
    return (experiment, name_of([run])) if is_variant else experiment


def classifier(run: Run) -> Classifier:
    return classifier_of(network_of(run, "model", lstm_record(run).model))


def machine_rows(runs: Sequence[Run]) -> list[Row]:
    """Programs and machine; where runs differ, each different value is given once."""
    if not runs:
        return []
    libraries = [
        (TEXT(Leaf(name, "environment.libraries")), each_different(versions_of(name, runs), str))
        for name in dict.fromkeys(name for run in runs for name in run.record.environment.libraries)
    ]
    machine = (
        (Item.SYSTEM, "platform"),
        (Item.PROCESSOR, "processor"),
        (Item.GPU, "gpu"),
        (Item.CORES, "cores"),
        (Item.THREADS, "threads"),
    )
    return [
        (Item.PYTHON, distinct(runs, "environment.python", str)),
        *libraries,
        *(
            (item, values)
            for item, field in machine
            if (values := distinct(runs, f"environment.{field}", str))
        ),
    ]


def versions_of(library: str, runs: Sequence[Run]) -> list[Leaf]:
    """Of those that noted it; its name may be anything, so that it is no path."""
    return [
        Leaf(noted[library], f"{run.name}:environment.libraries.{library}")
        for run in runs
        if library in (noted := run.record.environment.libraries)
    ]


def commits(runs: Sequence[Run]) -> tuple[Commit, ...]:
    """Each different one, once."""
    found: dict[tuple[str | None, bool], Commit] = {}
    for run in runs:
        environment = run.record.environment
        number = TEXT(derive("texto", short_commit, at(run, "environment"))) if environment.commit else None
        found.setdefault((environment.commit, environment.dirty), Commit(number, environment.dirty))
    return tuple(found.values())


def distinct(runs: Sequence[Run], path: str, form: Callable[[Any], str]) -> tuple[Number, ...]:
    """As ``each_different``, of what ``runs`` have at ``path``; those that have none give none."""
    return each_different((leaf for run in runs if (leaf := at(run, path)).value is not None), form)


def each_different(leaves: Iterable[Leaf], form: Callable[[Any], str]) -> tuple[Number, ...]:
    """Each different value once, in its ``form``."""
    found: dict[str, Number] = {}
    for leaf in leaves:
        found.setdefault(form(leaf.value), TEXT(derive("texto", form, leaf)))
    return tuple(found.values())


def short_commit(environment: Environment) -> str:
    return short(environment.commit or "")


def short(digest: str) -> str:
    return digest[:DIGEST_LENGTH]


def short_digest(texts: list[str]) -> str:
    return short(hashlib.sha256("".join(texts).encode()).hexdigest())

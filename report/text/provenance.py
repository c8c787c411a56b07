"""Where a document comes from: the runs, their data, the programs and the machine."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import auto
from typing import Any

from experiments.records.base import Environment, Run
from experiments.records.brought import Brought
from experiments.records.built import Setting
from experiments.records.storage import record_to_json
from report.findings.base import Cell, Code, Row, grouped, seed
from report.findings.gan.losses import form_of
from report.findings.lstm.network import Classifier, classifier_of
from report.findings.networks import network_of
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import DURATION, SEED, TEXT
from report.proof.state import program
from report.study.folders import LOCAL, REFERENCE
from report.study.study import AnyRun, Study, at, group_of, lstm_record

DIGEST_LENGTH = 12


class Source(Code):
    LOCAL = auto()
    REFERENCE = auto()
    OTHER = auto()
    BROUGHT = auto()


class Experiment(Code):
    """A group of runs, in capitals; those of the classifier go by the kind of their network."""

    LINEAR = auto()
    MEMORY = auto()
    PROBE = auto()
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


class Item(Code):
    """What the second table tells."""

    DATA = auto()  # where there is a single part
    DATA_A = auto()
    DATA_PROBE = auto()
    DATA_B = auto()
    DATA_JUDGE = auto()  # where it reads images that an author brought
    RECORDS = auto()
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
class Provenance:
    """The rows of both tables; ``commits`` stand between ``before`` and ``after``. Of what an author
    brought, ``files`` gives each file with its digest, ``names`` what was taken for what in them, and
    ``typed`` the settings that they say were used."""

    source: Source
    files: tuple[Row, ...]
    names: tuple[Row, ...]
    typed: tuple[Row, ...]
    runs: tuple[Row, ...]
    before: tuple[Row, ...]
    commits: tuple[Commit, ...]
    after: tuple[Row, ...]


def provenance(study: Study) -> Provenance:
    every: tuple[AnyRun, ...] = (*study.runs, *study.brought)
    records = Leaf([record_to_json(run.record) for run in every], "registros de las ejecuciones")
    sources = Leaf(program.sources_digest(), "programa: plantillas y código que componen")
    both = study.part_a and study.part_b
    data = (
        (Item.DATA_A if both else Item.DATA, study.lstm or study.linear),
        (Item.DATA_PROBE, study.probe),
        (Item.DATA_B if both else Item.DATA, study.gan or (() if study.brought else study.judge)),
        (Item.DATA_JUDGE, study.judge if study.brought else ()),
    )
    return Provenance(
        source=source_of(study),
        files=tuple(row for run in study.brought for row in file_rows(run)),
        names=each_once(row for run in study.brought for row in name_rows(run)),
        typed=tuple(typed_rows(study)),
        runs=tuple(run_rows(study)),
        before=(
            *((item, distinct(runs, "data.digest", short)) for item, runs in data if runs),
            (Item.RECORDS, TEXT(derive("huella", short_digest, records))),
            (Item.SOURCES, TEXT(derive("primeros caracteres", short, sources))),
        ),
        commits=commits(study.runs),
        after=tuple(machine_rows(study.runs)),
    )


def source_of(study: Study) -> Source:
    if study.brought:
        return Source.BROUGHT
    return {LOCAL: Source.LOCAL, REFERENCE: Source.REFERENCE}.get(study.root, Source.OTHER)


def file_rows(run: Brought) -> list[Row]:
    return [
        (
            Gave[file.gives.upper()],
            TEXT(at(run, f"files[{place}].name")),
            seed(run),
            TEXT(derive("primeros caracteres", short, at(run, f"files[{place}].digest"))),
        )
        for place, file in enumerate(run.record.files)
    ]


def name_rows(run: Brought) -> list[Row]:
    return [
        (
            TEXT(at(run, f"names[{place}].file")),
            TEXT(at(run, f"names[{place}].name")),
            meaning_of(at(run, f"names[{place}].meaning")),
        )
        for place in range(len(run.record.names))
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
    for kind, runs in (("lstm", study.brought_lstm), ("gan", study.brought_gan)):
        for run in runs[:1]:
            for name in run.record.settings:
                value = derive("texto", written, at(run, f"settings.{name}"))
                yield TEXT(Leaf(f"{kind}.{name}", f"{run.name}:settings")), TEXT(value)
    if study.brought_gan and study.gan_losses:
        yield Meaning.DISCRIMINATOR_LOSS, form_of(study)


def written(value: Setting) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


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
    experiment = classifier(run) if group_of(run) == "lstm" else Experiment[group_of(run).upper()]
    return (experiment, TEXT(at(run, "variant"))) if run.record.variant else experiment


def classifier(run: Run) -> Classifier:
    return classifier_of(network_of(run, "model", lstm_record(run).model))


def machine_rows(runs: Sequence[Run]) -> list[Row]:
    """Programs and machine; where runs differ, each different value is given once."""
    if not runs:
        return []
    libraries = [
        (name, distinct(runs, f"environment.libraries.{name}", str))
        for name in runs[0].record.environment.libraries
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


def commits(runs: Sequence[Run]) -> tuple[Commit, ...]:
    """Each different one, once."""
    found: dict[tuple[str | None, bool], Commit] = {}
    for run in runs:
        environment = run.record.environment
        number = TEXT(derive("texto", short_commit, at(run, "environment"))) if environment.commit else None
        found.setdefault((environment.commit, environment.dirty), Commit(number, environment.dirty))
    return tuple(found.values())


def distinct(runs: Sequence[Run], path: str, form: Callable[[Any], str]) -> tuple[Number, ...]:
    """Each different value once, in its ``form``; runs that have none give none."""
    found: dict[str, Number] = {}
    for leaf in (at(run, path) for run in runs):
        if leaf.value is not None:
            found.setdefault(form(leaf.value), TEXT(derive("texto", form, leaf)))
    return tuple(found.values())


def short_commit(environment: Environment) -> str:
    return short(environment.commit or "")


def short(digest: str) -> str:
    return digest[:DIGEST_LENGTH]


def short_digest(texts: list[str]) -> str:
    return short(hashlib.sha256("".join(texts).encode()).hexdigest())

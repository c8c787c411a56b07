"""What the templates may speak of besides the findings: settings, rows of tables, provenance.

Only traced values and names; how they are worded is the templates' business.
"""

import hashlib
from collections.abc import Iterator
from string import ascii_lowercase
from typing import Any

from experiments.records import Environment, GanConfig, LstmConfig, Run, record_to_json
from report import content_memory, program
from report.figures.data import are_named
from report.figures_data import WINDOW, shown_gan
from report.findings.base import Finding
from report.findings.gan_losses import tail_mean
from report.findings.gan_steps import Texture
from report.findings.lstm_selection import selected_index
from report.folders import LOCAL, REFERENCE
from report.numbers import Leaf, Number, Quantity, derive
from report.quantities import (
    ACCURACY,
    COUNT,
    DURATION,
    EPOCH,
    GAN_LOSS,
    ITERATION,
    LEARNING_RATE,
    LOSS,
    PROBABILITY,
    SEED,
    SETTING,
    SHARE,
    TEXT,
)
from report.results import Study, at, group_of, lstm_record
from report.settings import Settings
from report.spanish import date

DIGEST_LENGTH = 12
CAPTION_FRAMES = 3  # ways to say that a sampled step looks like the one before

DATA_NAMES = {
    "imdb": "IMDb",
    "mnist": "MNIST",
    "sample_reviews": "reseñas sintéticas",
    "sample_digits": "muestra de MNIST",
}


def context(study: Study, findings: dict[str, Finding], settings: Settings) -> dict[str, Any]:
    """All names that ``informe.md.j2`` uses."""
    return {
        "h": findings,
        "titulo": setting("title", settings.title),
        "autor": setting("author", settings.author) if settings.author else None,
        "lugar": [
            setting(key, value) for key in ("course", "institution") if (value := getattr(settings, key))
        ],
        "fecha": document_date(study, settings),
        "a": part_a(study),
        "control": content_memory.control(study),
        "b": part_b(study, findings),
        "tablas": {
            "metricas": list(metric_rows(findings["lstm.final_metrics"])),
            "prueba": [
                *test_rows(findings["lstm.test_accuracy"]),
                content_memory.control_row(findings["lstm.control"]),
            ],
            **content_memory.tables(findings),
            "subidas": list(rise_rows(findings["lstm.val_loss_shape"])),
            "epocas": [epoch_table(run, index) for index, run in enumerate(study.lstm)],
            "sesgo": list(bias_rows(findings["lstm.confusion"])),
            "clases": list(class_rows(findings["lstm.confusion"])),
            "competicion": [balance_row(run) for run in study.gan],
            "pasos": list(ink_rows(findings["gan.steps"])),
            "competicion_pasos": list(loss_rows(findings["gan.steps"])),
            "controles": list(control_rows(findings["gan.controls"])),
            "lectura": list(reading_rows(findings["gan.recognisable_from"])),
            "peldanos": list(rung_rows(findings["gan.recognisable_from"])),
            "ejecuciones": list(run_rows(study)),
            "huellas": list(provenance_rows(study)),
        },
        "letras": ascii_lowercase,
        "turnos": CAPTION_FRAMES,
        "rotuladas": are_named(len(study.lstm)),
        "origen": {LOCAL: "local", REFERENCE: "referencia"}.get(study.root, "otra"),
    }


def setting(key: str, value: str) -> Number:
    return TEXT(Leaf(value, f"informe.toml:{key}"))


def document_date(study: Study, settings: Settings) -> Number:
    """The user's date, or the day on which the last run ended."""
    if settings.date != "auto":
        return TEXT(derive("fecha", date, Leaf(settings.date, "informe.toml:date")))
    last = max(study.runs, key=lambda run: run.record.finished_on)
    return TEXT(derive("fecha", date, at(last, "finished_on")))


# --- part A ------------------------------------------------------------------------------


def part_a(study: Study) -> dict[str, Any]:
    """The settings and the sizes, which all seeds share but for that of the vocabulary."""
    run = study.lstm[0]
    vocabularies = [COUNT(at(each, "sizes.vocabulary")) for each in study.lstm]
    return {
        **settings_of(run, LstmConfig),
        **{name: COUNT(at(run, f"sizes.{name}")) for name in type(lstm_record(run).sizes).model_fields},
        "vocabulary": tuple({n.value: n for n in vocabularies}.values()),  # each size once
        "data_name": DATA_NAMES[run.record.data.name],
        "truncated": SHARE(
            derive(
                "proporción de largas",
                lambda counts: float(counts[0] / counts[1]),
                at(run, "arrays.long_counts"),
            )
        ),
    }


def settings_of(run: Run, config: type[LstmConfig] | type[GanConfig]) -> dict[str, Any]:
    """Every number of the configuration: counts as integers, the rest as given."""
    found: dict[str, Any] = {}
    for name in config.model_fields:
        leaf = at(run, f"config.{name}")
        if isinstance(leaf.value, int):
            found[name] = COUNT(leaf)
        elif isinstance(leaf.value, float):
            found[name] = SETTING(leaf)
        else:
            found[name] = leaf.value
    return found


METRIC_LABELS = {
    "train_accuracy": "Exactitud de entrenamiento",
    "val_accuracy": "Exactitud de validación",
    "train_loss": "Pérdida de entrenamiento",
    "val_loss": "Pérdida de validación",
    "running_accuracy": "Exactitud en marcha",
    "running_loss": "Pérdida en marcha",
}


def metric_rows(final: Finding) -> Iterator[list[Any]]:
    for name, label in METRIC_LABELS.items():
        yield [label, final.values["selected"][name], final.values["last"][name]]


def test_rows(test: Finding) -> Iterator[list[Any]]:
    values = test.values
    for seed, hits, accuracy, (low, high) in zip(
        values["seeds"], values["hits"], values["accuracy"].each, values["wilson"], strict=True
    ):
        yield [seed, hits, accuracy, low, high]


def rise_rows(shape: Finding) -> Iterator[list[Any]]:
    for row in shape.values["rows"]:
        yield [row[name] for name in ("seed", "steps", "rises", "real_rises", "sign_changes", "minimum")]


EPOCH_COLUMNS: dict[str, Quantity] = {
    "epoch": EPOCH,
    "running_loss": LOSS,
    "running_accuracy": ACCURACY,
    "train_loss": LOSS,
    "train_accuracy": ACCURACY,
    "val_loss": LOSS,
    "val_loss_se": LOSS,
    "val_accuracy": ACCURACY,
    "learning_rate": LEARNING_RATE,
}


def epoch_table(run: Run, index: int) -> dict[str, Any]:
    rows = [
        [quantity(at(run, f"epochs[{row}].{name}")) for name, quantity in EPOCH_COLUMNS.items()]
        for row in range(len(lstm_record(run).epochs))
    ]
    return {
        "semilla": SEED(at(run, "seed")),
        "ancla": ascii_lowercase[index],
        "filas": rows,
        "marcadas": [selected_index(run)],
    }


def bias_rows(confusion: Finding) -> Iterator[list[Any]]:
    for row in confusion.values["rows"]:
        yield [row["seed"], row["false_negative"], row["false_positive"], row["p"]]


CLASS_LABELS = {"negative": "negativa", "positive": "positiva"}
UNDEFINED = "no definida"
NONE = "—"


def class_rows(confusion: Finding) -> Iterator[list[Any]]:
    for name, label in CLASS_LABELS.items():
        scores = confusion.values["classes"][name]
        yield [label, *(scores[score] or UNDEFINED for score in ("precision", "recall", "f1"))]


# --- part B ------------------------------------------------------------------------------


def part_b(study: Study, findings: dict[str, Finding]) -> dict[str, Any]:
    run = study.gan[0]
    return {
        **settings_of(run, GanConfig),
        "train": COUNT(at(run, "sizes.train")),
        "generator_parameters": COUNT(at(run, "sizes.generator_parameters")),
        "discriminator_parameters": COUNT(at(run, "sizes.discriminator_parameters")),
        "data_name": DATA_NAMES[run.record.data.name],
        "shown_seed": SEED(at(shown_gan(study), "seed")),
        "controles": control_names(findings["gan.controls"]),
        "controles_fallidos": [
            CONTROL_NAMES[row["name"]] for row in findings["gan.controls"].values["failed"]
        ],
        "window": ITERATION(Leaf(WINDOW, "figura:perdidas.ventana")),
    }


def balance_row(run: Run) -> list[Any]:
    def mean(name: str, quantity: Quantity) -> Number:
        return quantity(derive("media del último tercio", tail_mean, at(run, f"arrays.{name}")))

    return [
        SEED(at(run, "seed")),
        mean("discriminator_loss", GAN_LOSS),
        mean("generator_loss", GAN_LOSS),
        *(mean(name, PROBABILITY) for name in ("d_real", "d_fake", "accuracy_real", "accuracy_fake")),
    ]


def ink_rows(steps: Finding) -> Iterator[list[Any]]:
    for row in steps.values["steps"]:
        inked = row["texture"] is not Texture.GREY  # where all is grey, half of it passes for ink
        ink = [row["ink"], row["loose"] or NONE, row["speckled"]] if inked else [NONE, NONE, NONE]
        yield [row["step"], *ink, row["grey"]]


def loss_rows(steps: Finding) -> Iterator[list[Any]]:
    """Of each step but the first, what happened since the one before."""
    for row in steps.values["steps"][1:]:
        yield [
            row["step"],
            *(row[name] for name in ("discriminator_loss", "generator_loss", "d_real", "d_fake")),
        ]


CONTROL_NAMES = {
    "real": "dígitos reales",
    "salt_and_pepper": "con sal y pimienta",
    "blur": "desenfocados",
    "low_contrast": "con menos contraste",
    "uniform_noise": "ruido uniforme",
    "gaussian_noise": "ruido gaussiano",
    "untrained_generator": "generador sin entrenar",
    "shuffled_pixels": "píxeles barajados",
    "mean_image": "imagen media",
    "inverted": "dígitos invertidos",
    "patches": "recortes pegados",
    "blends": "mezclas de dígitos",
}


def control_names(controls: Finding) -> list[str]:
    return [CONTROL_NAMES[row["name"]] for row in controls.values["rows"]]


def control_rows(controls: Finding) -> Iterator[list[Any]]:
    for row in controls.values["rows"]:
        at_least = "al menos" if row["readable_expected"] else "menos del"
        outcome = "superado" if row["passed"] else "fallido"
        yield [CONTROL_NAMES[row["name"]], row["n"], row["readable"], at_least, row["limit"], outcome]


def reading_rows(recognisable: Finding) -> Iterator[list[Any]]:
    """Of each sampled step that was measured."""
    for row in recognisable.values["steps"]:
        if "share" in row:
            yield [
                *(row[name] for name in ("iteration", "share", "classes", "score", "frechet")),
                row["dense"] or NONE,
            ]


def rung_rows(recognisable: Finding) -> Iterator[list[Any]]:
    for row in recognisable.values["rungs"]:
        each = tuple(number or NONE for number in row["each"])
        yield [row["share"], row["classes"], each, row["median"] or NONE]


# --- provenance --------------------------------------------------------------------------


EXPERIMENTS = {
    "lstm": "LSTM",
    "linear": "Control lineal",
    "memory": "Memoria de la LSTM",
    "probe": "Sonda",
    "gan": "GAN convolucional",
    "dense": "GAN densa",
    "judge": "Juez",
    "readability": "Legibilidad",
    "dense_readability": "Legibilidad (GAN densa)",
}


def run_rows(study: Study) -> Iterator[list[Any]]:
    """One row for each experiment; its seeds and durations in the same order."""
    groups: dict[str, list[Run]] = {}
    for run in study.runs:
        groups.setdefault(group_of(run), []).append(run)
    for name, runs in groups.items():
        yield [
            EXPERIMENTS[name],
            tuple(SEED(at(run, "seed")) for run in runs),
            tuple(DURATION(at(run, "duration_s")) for run in runs),
            distinct(tuple(runs), "finished_on", str),
            distinct(tuple(runs), "code_digest", short),
        ]


def provenance_rows(study: Study) -> Iterator[list[Any]]:
    """Data, programs and machine; where runs differ, each different value is given once."""
    for label, runs in (
        ("Datos de la parte A", study.lstm),
        ("Datos de la sonda", study.probe),
        ("Datos de la parte B", study.gan),
    ):
        yield [label, distinct(runs, "data.digest", short)]
    everything = study.runs
    records = Leaf([record_to_json(run.record) for run in everything], "registros de las ejecuciones")
    yield ["Registros de las ejecuciones", TEXT(derive("huella", short_digest, records))]
    sources = Leaf(program.sources_digest(), "programa: plantillas y código que componen")
    yield ["Plantillas y código que componen", TEXT(derive("primeros caracteres", short, sources))]
    yield ["Versión del entrenamiento (commit)", distinct(everything, "environment", commit)]
    yield ["Python", distinct(everything, "environment.python", str)]
    for name in study.lstm[0].record.environment.libraries:
        yield [name, distinct(everything, f"environment.libraries.{name}", str)]
    yield ["Sistema", distinct(everything, "environment.platform", str)]
    yield ["Procesador", distinct(everything, "environment.processor", str)]
    yield ["Núcleos", distinct(everything, "environment.cores", str)]
    yield ["Hilos por ejecución", distinct(everything, "environment.threads", str)]


def distinct(runs: tuple[Run, ...], path: str, form: Any) -> tuple[Number, ...]:
    found: dict[str, Number] = {}
    for run in runs:
        found.setdefault(form(at(run, path).value), TEXT(derive("texto", form, at(run, path))))
    return tuple(found.values())


def short(digest: str) -> str:
    return digest[:DIGEST_LENGTH]


def short_digest(texts: list[str]) -> str:
    return short(hashlib.sha256("".join(texts).encode()).hexdigest())


def commit(environment: Environment) -> str:
    if environment.commit is None:
        return "desconocida"
    changed = " con cambios sin confirmar" if environment.dirty else ""
    return short(environment.commit) + changed

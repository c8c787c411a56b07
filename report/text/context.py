"""What the templates may speak of: findings, the settings of both networks, and where all comes from.

Only traced values and names; how they are worded is the templates' business.
"""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from experiments.kinds.gan import GanConfig
from experiments.kinds.linear import CONTROL
from experiments.kinds.lstm import LstmConfig
from experiments.records.base import Run
from report.findings.collection import WINGS, Findings
from report.findings.lstm.linear import model_path
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import COUNT, SETTING, SHARE, TEXT
from report.ledger.spanish import date
from report.settings import AUTO, Settings
from report.study.study import Study, at
from report.text.absent import absent_from
from report.text.provenance import provenance
from report.text.reflection import PLACE


def context(
    study: Study, findings: Findings, settings: Settings, sources: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """All names that the templates use besides functions and filters; ``sources`` as in ``compose``."""
    return {
        **{name: findings.wing(name) for name in WINGS},
        "ausentes": absent_from(study),
        "hay_a": bool(study.part_a or study.brought_lstm),
        "hay_b": bool(study.gan or study.brought_gan or (study.judge and not study.brought)),
        "aportada_a": bool(study.brought_lstm),
        "aportada_b": bool(study.brought_gan),
        "breve": settings.is_brief,
        "reflexion": PLACE if settings.reflection else None,
        "titulo": None if settings.title == AUTO else setting("title", settings.title),
        "autores": [setting(f"author[{index}]", name) for index, name in enumerate(settings.author)],
        "lugar": [
            setting(key, value) for key in ("course", "institution") if (value := getattr(settings, key))
        ],
        "fecha": document_date(study, settings),
        "a": part_a(study.lstm) if study.lstm else None,
        "control": control(study.linear) if study.linear else None,
        "b": part_b(study) if study.gan else None,
        "procedencia": provenance(study, sources),
    }


def setting(key: str, value: str) -> Number:
    """What the user wrote."""
    return TEXT(Leaf(value, f"informe.toml:{key}"))


def document_date(study: Study, settings: Settings) -> Number:
    """The user's date, or the day on which the last run ended or what an author brought was read."""
    if settings.date != AUTO:
        return TEXT(derive("fecha", date, Leaf(settings.date, "informe.toml:date")))
    if study.brought:
        latest = max(study.brought, key=lambda run: run.record.imported_on)
        return TEXT(derive("fecha", date, at(latest, "imported_on")))
    last = max(study.runs, key=lambda run: run.record.finished_on)
    return TEXT(derive("fecha", date, at(last, "finished_on")))


def part_a(runs: tuple[Run, ...]) -> SimpleNamespace:
    """The settings and the sizes of the LSTM, which all seeds share but for that of the vocabulary."""
    return SimpleNamespace(
        **settings_of(runs[0], LstmConfig)
        | counts(runs[0], "sizes")
        | {
            "vocabulary": distinct(runs, "sizes.vocabulary"),
            "parameters": COUNT(at(runs[0], "model.parameters")),
            "truncated": SHARE(
                derive(
                    "proporción de largas",
                    lambda longer: float(longer[0] / longer[1]),
                    at(runs[0], "arrays.long_counts"),
                )
            ),
        }
    )


def control(runs: tuple[Run, ...]) -> SimpleNamespace:
    """How the control of each seed was fitted; what all share but for the number of its features."""
    names = ("sizes.train", "sizes.validation", "config.min_documents")
    return SimpleNamespace(
        **{name.partition(".")[2]: COUNT(at(runs[0], name)) for name in names},
        features=distinct(runs, f"{model_path(CONTROL)}.features"),
    )


def distinct(runs: tuple[Run, ...], path: str) -> tuple[Number, ...]:
    """The counts at ``path``, each once."""
    numbers = [COUNT(at(run, path)) for run in runs]
    return tuple({number.value: number for number in numbers}.values())


def part_b(study: Study) -> SimpleNamespace:
    """The settings and the sizes of the GAN, which all seeds share."""
    run = study.gan[0]
    return SimpleNamespace(
        **settings_of(run, GanConfig),
        train=COUNT(at(run, "n_train")),
        generator_parameters=COUNT(at(run, "generator.parameters")),
        discriminator_parameters=COUNT(at(run, "discriminator.parameters")),
    )


def settings_of(run: Run, config: type[LstmConfig] | type[GanConfig]) -> dict[str, Any]:
    """Every number of the configuration: counts as integers, the rest as given."""
    found: dict[str, Any] = {}
    for name in config.model_fields:
        leaf = at(run, f"config.{name}")
        if isinstance(leaf.value, int) and not isinstance(leaf.value, bool):
            found[name] = COUNT(leaf)
        elif isinstance(leaf.value, float):
            found[name] = SETTING(leaf)
        else:
            found[name] = leaf.value
    return found


def counts(run: Run, group: str) -> dict[str, Any]:
    return {name: COUNT(at(run, f"{group}.{name}")) for name in type(at(run, group).value).model_fields}

"""What the templates may say of the control and of the memory of the LSTM: settings and tables."""

from collections.abc import Iterator
from typing import Any

from report.findings.base import Finding
from report.findings.lstm_truncation import Part
from report.numbers import Number
from report.quantities import COUNT
from report.results import Study, at

CONTROL = "control lineal"
NONE = "—"
PARTS = {
    Part.FIRST: "El comienzo",
    Part.LAST: "El final",
    Part.ENDS: "Comienzo y final",
    Part.MIDDLE: "El centro",
}


def control(study: Study) -> dict[str, Number]:
    """How the control was fitted."""
    names = ("sizes.train", "sizes.validation", "sizes.features", "config.min_documents")
    return {name.partition(".")[2]: COUNT(at(study.linear, name)) for name in names}


def tables(findings: dict[str, Finding]) -> dict[str, Any]:
    truncation = findings["lstm.truncation"].values
    return {
        "mcnemar": list(mcnemar_rows(findings["lstm.control"])),
        "longitudes": bucket_columns(findings["lstm.length"].values["deciles"]),
        "estrellas": bucket_columns(findings["lstm.length"].values["stars"]),
        "regresion": list(regression_rows(findings["lstm.length"])),
        "recortes": [[PARTS[part], *cells] for part, cells in truncation["table"].items()],
        "condiciones": list(condition_rows(findings["lstm.memory"])),
        "sonda": list(probe_rows(findings["lstm.probe"])),
    }


def control_row(finding: Finding) -> list[Any]:
    """Of the table of test accuracies, after the seeds of the LSTM."""
    return [CONTROL, finding.values["hits"], finding.values["accuracy"], *finding.values["wilson"]]


def mcnemar_rows(finding: Finding) -> Iterator[list[Any]]:
    for row in finding.values["rows"]:
        yield [row[name] for name in ("seed", "only_lstm", "only_control", "p")]


def bucket_columns(buckets: Any) -> dict[str, Any]:
    """One column for each bucket, headed by its upper limit; of the LSTM, the mean."""
    return {
        "columnas": [bucket["high"] for bucket in buckets],
        "filas": [
            ["Reseñas", *(bucket["n"] for bucket in buckets)],
            ["LSTM", *(bucket["lstm"].mean for bucket in buckets)],
            ["Control", *(bucket["linear"] for bucket in buckets)],
        ],
    }


def regression_rows(finding: Finding) -> Iterator[list[Any]]:
    for row in finding.values["regression"]:
        yield [row["seed"], *(row[term] or NONE for term in ("log_length", "truncated", "model"))]


def condition_rows(finding: Finding) -> Iterator[list[Any]]:
    for row in finding.values["rows"]:
        yield [row["seed"], row["interaction"], row["decay"]]
    yield [CONTROL, NONE, finding.values["control"]]


def probe_rows(finding: Finding) -> Iterator[list[Any]]:
    """Of the cell, each seed: where one learns the task and another does not, a mean is nobody's."""
    for row in finding.values["rows"]:
        yield [row["distance"], *row["cell"].each, row["control"]]

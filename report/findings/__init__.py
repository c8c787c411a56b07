"""Records -> findings: pure functions, no input or output, no prose."""

from collections.abc import Callable
from enum import StrEnum

from report.findings import (
    gan_controls,
    gan_diversity,
    gan_losses,
    gan_recognisable,
    gan_steps,
    lstm_confusion,
    lstm_control,
    lstm_forgetting,
    lstm_length,
    lstm_metrics,
    lstm_overfitting,
    lstm_probe,
    lstm_selection,
    lstm_stopping,
    lstm_truncation,
    lstm_val_loss,
    study,
)
from report.findings.base import Finding
from report.results import Study

# In the order of the document: id -> (what decides it, all its verdicts).
FINDINGS: dict[str, tuple[Callable[[Study], Finding], type[StrEnum]]] = {
    "study.profile": (study.find_profile, study.Profile),
    "study.data": (study.find_data, study.Data),
    "lstm.selected_epoch": (lstm_selection.find_selected, lstm_selection.Selected),
    "lstm.criteria": (lstm_selection.find_criteria, lstm_selection.Criteria),
    "lstm.final_metrics": (lstm_metrics.find_final, lstm_metrics.Final),
    "lstm.test_accuracy": (lstm_metrics.find_test, lstm_metrics.Test),
    "lstm.linear_reference": (lstm_metrics.find_linear, lstm_metrics.Linear),
    "lstm.control": (lstm_control.find, lstm_control.Control),
    "lstm.overfitting": (lstm_overfitting.find_selected, lstm_overfitting.Overfitting),
    "lstm.overfitting_last": (lstm_overfitting.find_last, lstm_overfitting.Overfitting),
    "lstm.onset": (lstm_overfitting.find_onset, lstm_overfitting.Onset),
    "lstm.val_loss_shape": (lstm_val_loss.find, lstm_val_loss.Shape),
    "lstm.stopping": (lstm_stopping.find_stopping, lstm_stopping.Stopping),
    "lstm.learning_rate": (lstm_stopping.find_schedule, lstm_stopping.Schedule),
    "lstm.confusion": (lstm_confusion.find, lstm_confusion.Bias),
    "lstm.length": (lstm_length.find, lstm_length.Trend),
    "lstm.truncation": (lstm_truncation.find, lstm_truncation.Kept),
    "lstm.probe": (lstm_probe.find, lstm_probe.Probe),
    "lstm.memory": (lstm_forgetting.find, lstm_forgetting.Memory),
    "gan.losses": (gan_losses.find, gan_losses.Balance),
    "gan.steps": (gan_steps.find, gan_steps.Steps),
    "gan.controls": (gan_controls.find, gan_controls.Controls),
    "gan.recognisable_from": (gan_recognisable.find, gan_recognisable.Recognisable),
    "gan.comparison": (gan_diversity.find_comparison, gan_diversity.Comparison),
    "gan.coverage": (gan_diversity.find_coverage, gan_diversity.Coverage),
    "gan.memorisation": (gan_diversity.find_memorisation, gan_diversity.Memorisation),
}


def find_all(results: Study) -> dict[str, Finding]:
    return {id_: find(results) for id_, (find, _) in FINDINGS.items()}

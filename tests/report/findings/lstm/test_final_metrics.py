"""Metrics of one epoch each."""

import pytest
from studies import make_study

from report.findings.lstm.final_metrics import Final, Metric, find


def test_metrics_of_the_selected_and_of_the_last_epoch_do_not_mix():
    results = make_study(
        1, lstm={"val_loss": (0.6, 0.4, 0.5), "val_accuracy": (0.7, 0.8, 0.85), "gap": (0, 0.05, 0.1)}
    )
    finding = find(results)
    selected, last = finding.selected, finding.last
    assert finding.verdict == Final.DIFFERENT
    assert (selected.val_loss.mean.value, last.val_loss.mean.value) == (0.4, 0.5)
    assert (selected.val_accuracy.mean.value, last.val_accuracy.mean.value) == (0.8, 0.85)
    assert selected.train_accuracy.mean.value == pytest.approx(0.85)
    assert last.train_accuracy.mean.value == pytest.approx(0.95)


def test_the_selected_epoch_can_be_the_last():
    assert find(make_study(2, lstm={"val_loss": (0.5, 0.4)})).verdict == Final.SAME_EPOCH
    assert find(make_study(1, lstm={"val_loss": (0.5,)})).verdict == Final.SAME_EPOCH
    some = make_study(2, lstm=[{"val_loss": (0.5, 0.4)}, {"val_loss": (0.4, 0.5)}])
    assert find(some).verdict == Final.DIFFERENT


def test_the_rows_name_each_metric_at_both_epochs():
    finding = find(make_study(1, lstm={"val_loss": (0.6, 0.4, 0.5)}))
    rows = {row[0]: row[1:] for row in finding.rows}
    assert list(rows) == list(Metric)
    assert [summary.mean.value for summary in rows[Metric.VAL_LOSS]] == [0.4, 0.5]
    assert rows[Metric.RUNNING_ACCURACY] == (
        finding.selected.running_accuracy,
        finding.last.running_accuracy,
    )

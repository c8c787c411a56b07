"""A record that contradicts itself is refused."""

import pytest
from studies import lstm_run, make_study, with_leaf

from experiments.records.base import RecordError
from report.study.consistency import refuse_contradiction


def test_what_follows_is_accepted():
    for run in make_study(2).runs:
        refuse_contradiction(run)


def test_of_two_equal_losses_the_first_epoch_is_kept():
    run = lstm_run(1, val_loss=(0.5, 0.4, 0.4))
    refuse_contradiction(run)
    with pytest.raises(RecordError, match="la 2, la de menor pérdida de validación, se encontró la 3"):
        refuse_contradiction(with_leaf(run, "selected_epoch", 3))


def test_another_epoch_is_refused_by_name():
    with pytest.raises(RecordError, match=r"lstm/seed-1: se esperaba como época elegida la 3"):
        refuse_contradiction(with_leaf(lstm_run(1), "selected_epoch", 1))

"""The catalogue of quantities: one name, one way of printing."""

from collections import Counter

from report.ledger import quantities
from report.ledger.ledger import Leaf, Ledger, Quantity
from report.ledger.spanish import Style

ALL = [value for value in vars(quantities).values() if isinstance(value, Quantity)]


def test_no_two_quantities_share_a_name():
    assert len(ALL) > 10
    assert [name for name, n in Counter(quantity.name for quantity in ALL).items() if n > 1] == []


def test_what_is_compared_is_printed_with_the_same_decimals():
    """A gap is a difference of accuracies: it must come out when the reader subtracts them."""
    assert quantities.GAP.decimals == quantities.ACCURACY.decimals


def test_examples():
    ledger = Ledger(Style())

    def printed(quantity, value):
        return ledger.plain(quantity(Leaf(value, "a:b")))

    assert printed(quantities.ACCURACY, 0.86572) == "0.8657"
    assert printed(quantities.LEARNING_RATE, 2e-4) == "0.0002"
    assert printed(quantities.SHARE, 0.1374) == "13.7\u00a0%"
    assert printed(quantities.P_VALUE, 3e-8) == "<\u00a00.001"
    assert printed(quantities.COUNT, 25_000) == "25\u00a0000"
    assert printed(quantities.DURATION, 754.3) == "12\u00a0min\u00a034\u00a0s"

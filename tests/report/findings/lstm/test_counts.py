"""The matrix as it was brought."""

from brought import CONFUSION, brought_lstm, brought_study

from report.findings.lstm.confusion import Sentiment
from report.findings.lstm.counts import Read, find


def test_a_line_for_each_real_class_of_each_seed():
    finding = find(brought_study(brought_lstm(1, None), brought_lstm(2, None)))
    assert finding.verdict is Read.ERRORS
    assert [row[1] for row in finding.rows] == [Sentiment.NEGATIVE, Sentiment.POSITIVE] * 2
    first, second = finding.rows[:2]
    assert [number.value for number in (*first[2:], *second[2:])] == list(CONFUSION)


def test_no_errors():
    assert find(brought_study(brought_lstm(1, None, (3, 0, 0, 4)))).verdict is Read.NO_ERRORS

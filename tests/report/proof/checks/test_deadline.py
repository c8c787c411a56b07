"""Work is interrupted once it has taken its time, and not after."""

import signal
import time

import pytest

from report.proof.checks.deadline import deadline


def test_what_is_waited_for_too_long_is_interrupted():
    with pytest.raises(TimeoutError, match=r"más de 0\.05 s"), deadline(20, 0.05):
        time.sleep(20)


def work_without_end():
    while True:
        pass


def test_what_works_too_long_is_interrupted():
    with pytest.raises(TimeoutError, match=r"más de 0\.03 s"), deadline(0.03, 20):
        work_without_end()


def test_what_ends_in_time_is_not():
    before = signal.getsignal(signal.SIGALRM), signal.getsignal(signal.SIGPROF)
    with deadline(0.05, 0.05):
        pass
    time.sleep(0.1)
    assert (signal.getsignal(signal.SIGALRM), signal.getsignal(signal.SIGPROF)) == before

"""Fixtures of the tests of what trains, and of what is around it."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import toys

from experiments.records import closure

code_digest_once = cache(closure.code_digest)


@pytest.fixture
def only_toys() -> Iterator[None]:
    """No kinds of runs but those that take no time."""
    with toys.installed():
        yield


@pytest.fixture
def lasting_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The code of the runs stays the same, and its digest is taken once."""
    monkeypatch.setattr(closure, "code_digest", code_digest_once)


@pytest.fixture
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Graphs that XLA does not turn into machine code, which takes several times as long as the few
    steps of a test. As the user has them they are run by ``trained`` and ``test_resume``."""
    import tensorflow

    function = tensorflow.function

    def interpreted(*arguments: Any, **options: Any) -> Any:
        return function(*arguments, **options | {"jit_compile": False})

    monkeypatch.setattr(tensorflow, "function", interpreted)

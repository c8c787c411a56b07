"""Fixtures of the tests that train networks."""

import pytest


@pytest.fixture
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks that XLA does not turn into machine code, which takes longer than the few steps of a
    test. As the user has them they are trained by ``trained``, and here where they must learn."""
    import keras

    compile_ = keras.Model.compile
    monkeypatch.setattr(
        keras.Model,
        "compile",
        lambda model, **options: compile_(model, **options | {"jit_compile": False}),
    )

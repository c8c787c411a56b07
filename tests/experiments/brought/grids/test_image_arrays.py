"""What is told of images that are read."""

from pathlib import Path

from experiments.brought.grids.image_arrays import size_notice


def test_another_size_is_told() -> None:
    assert size_notice(Path("a.npz"), 28, 28) == ()
    assert size_notice(Path("b/a.npz"), 32, 64) == (
        "Las imágenes de «a.npz», de 32 × 64 píxeles, se llevan a 28 × 28.",
    )

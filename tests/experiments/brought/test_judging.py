"""What the judge reads in the images of a training that was brought."""

import os
import subprocess
import sys

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from grid_pictures import digits
from judges import judge_run

from experiments.brought.judging import read_with_judge, step_readings
from experiments.images.digit_judge import Judge
from experiments.paths import ROOT
from experiments.records.brought import GridReading


def test_each_image_is_read_by_itself() -> None:
    images, run = digits(2, 3), judge_run(threshold=0.05)
    classes, readable = read_with_judge(images, run)
    expected = Judge.load(run).read(images.reshape(6, 28, 28))
    assert (classes.dtype, classes.shape, readable.dtype, readable.shape) == (
        np.uint8,
        (2, 3),
        np.bool_,
        (2, 3),
    )
    np.testing.assert_array_equal(classes.ravel(), expected.label)
    np.testing.assert_array_equal(readable.ravel(), expected.readable)


@pytest.mark.parametrize("images", [digits(1, 2)[0], digits(1, 2)[..., :20], digits(1, 2) / 255])
def test_other_images_are_an_error_of_the_program(images: np.ndarray) -> None:
    with pytest.raises(ValueError, match="images: expected uint8"):
        read_with_judge(images, judge_run())


def test_readings_by_hand() -> None:
    classes = np.uint8([[0, 1, 1, 2], [2, 2, 0, 0]])
    readable = np.array([[True, True, False, True], [False, False, False, False]])
    assert step_readings((0, 500), classes, readable, 3) == (
        GridReading(iteration=0, n=4, readable=3, by_class=(1, 1, 1)),
        GridReading(iteration=500, n=4, readable=0, by_class=(0, 0, 0)),
    )


def test_readers_do_not_load_tensorflow() -> None:
    modules = "grids.reader grids.real_images gan_losses.reader judging"
    program = (
        "import importlib, sys;"
        f"[importlib.import_module(f'experiments.brought.{{name}}') for name in '{modules}'.split()];"
        "sys.exit('tensorflow' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)

"""How much images differ from one another."""

import numpy as np
import pytest
from studies import make_study

from report.findings.variety import quotient, variance_ratio
from report.study.reduction import pixel_variance


def test_the_variance_of_a_pixel_from_image_to_image():
    """Four pixels, of which one is 0 in one image and 20 in the other: 200 / 4."""
    images = np.zeros((2, 2, 2), np.uint8)
    images[1, 0, 0] = 20
    assert pixel_variance(images) == pytest.approx(50.0)
    assert pixel_variance(np.stack([images[1]] * 3)) == 0
    assert np.isnan(pixel_variance(images[:1]))


@pytest.mark.parametrize(
    ("generated", "real", "expected"), [(1.0, 2.0, 0.5), (0.0, 2.0, 0.0), (1.0, 0.0, None)]
)
def test_a_ratio_needs_real_images_that_differ(generated, real, expected):
    assert quotient(generated, real) == expected


def test_too_few_images_have_no_ratio():
    assert quotient(float("nan"), 1.0) is None
    assert quotient(1.0, float("nan")) is None


def test_it_is_that_of_the_last_step():
    assert variance_ratio(make_study(1).gan[0]).value == pytest.approx(1.0)
    assert variance_ratio(make_study(1, gan={"variety": 1}).gan[0]).value == 0

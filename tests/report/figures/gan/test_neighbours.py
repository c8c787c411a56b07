"""The nearest pairs: a generated image over one of training."""

import numpy as np
from artists import drawn
from gan_drawings import prepared
from studies import make_study

from report.figures.labels import texts


def test_the_generated_one_stands_over_its_neighbour():
    study = make_study(2)
    data = prepared("vecinas", study)
    pairs = study.readability[0].arrays["pairs"]
    np.testing.assert_array_equal(data.rows.images[0], pairs[:, 0])
    np.testing.assert_array_equal(data.rows.images[1], pairs[:, 1])
    assert texts(drawn("vecinas", data)) == ["generada", "de entrenamiento"]

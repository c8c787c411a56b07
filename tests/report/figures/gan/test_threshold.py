"""What the judge hardly accepts and hardly refuses."""

import numpy as np
from artists import drawn
from gan_drawings import prepared
from studies import make_study

from report.figures.labels import texts


def test_what_is_accepted_stands_over_what_is_refused():
    study = make_study(2)
    data = prepared("umbral", study)
    arrays = study.readability[0].arrays
    np.testing.assert_array_equal(data.rows.images[0], arrays["above"])
    np.testing.assert_array_equal(data.rows.images[1], arrays["below"])
    seen = [str(label) for label in arrays["above_class"]], [str(label) for label in arrays["below_class"]]
    assert texts(drawn("umbral", data)) == ["legibles por poco", *seen[0], "ilegibles por poco", *seen[1]]
    assert data.none == "ninguna"

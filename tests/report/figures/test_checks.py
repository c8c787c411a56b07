"""What cannot be drawn is refused, with what was expected and what was found."""

import numpy as np
import pytest

from report.figures.checks import Level, check_numbers


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_number_that_is_none_is_refused(bad):
    with pytest.raises(ValueError, match="level: se esperaban números finitos, se encontró NaN o infinito"):
        Level(bad, "x")


def test_other_shapes_and_nothing_are_refused():
    check_numbers("x", np.ones(3), (3,))
    with pytest.raises(ValueError, match=r"x: se esperaba una matriz de forma \(3,\), se encontró \(2,\)"):
        check_numbers("x", np.ones(2), (3,))
    with pytest.raises(ValueError, match="x: se esperaban números finitos, se encontró nada"):
        check_numbers("x", np.array([]))

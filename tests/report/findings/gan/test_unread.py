"""Images that are not like those of the judge."""

import pytest
from brought import brought_gan, brought_study, grids, real_images

from experiments.records.brought import GridReading
from report.findings.collection import find_all
from report.findings.gan.grid_readings import GridReadings
from report.findings.gan.unread import Unread, find

REAL = GridReading(iteration=0, n=25, readable=2, by_class=(2,) + (0,) * 9)


def test_only_what_is_read_of_the_real_ones_is_told():
    """Wilson's interval of 2 in 25 is 0.0222 to 0.2497 (equation 5)."""
    study = brought_study(brought_gan(images=grids() | real_images(), real_reading=REAL))
    finding = find(study)
    assert (finding.n.value, finding.real.value.value) == (25, 0.08)
    ends = (finding.real.low.value, finding.real.high.value)
    assert ends == pytest.approx((0.0222, 0.2497), abs=5e-5)
    assert find_all(study).get(GridReadings) is None


def test_without_real_images_nobody_knows():
    assert find_all(brought_study(brought_gan(images=grids()))).get(Unread) is None

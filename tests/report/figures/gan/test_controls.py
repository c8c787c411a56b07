"""Examples of each control, by the names that the table gives them."""

from artists import drawn
from gan_drawings import prepared
from studies import make_study

from report.figures.gan.controls import IMAGES
from report.figures.labels import texts


def test_a_few_images_of_each_control_stand_over_its_name():
    study = make_study(1)
    data = prepared("controles", study)
    assert data.groups.names[:2] == ("imágenes reales", "con sal y pimienta")
    assert {len(images) for images in data.groups.images} == {IMAGES}
    assert len(data.groups.images) == len(study.judge[0].arrays["shown"])
    assert texts(drawn("controles", data)) == list(data.groups.names)

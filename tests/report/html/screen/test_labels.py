"""What a figure or a table is called."""

import pytest

from report.html.screen.labels import label_of


@pytest.mark.parametrize("caption", ["<strong>Figura 3.</strong> Pie.", "\n<strong>Figura 3.</strong>"])
def test_a_caption_begins_with_its_label(caption):
    assert label_of(caption) == "Figura 3"


def test_a_caption_without_one_is_no_caption():
    with pytest.raises(AssertionError):
        label_of("Pie con <strong>negrita</strong>")

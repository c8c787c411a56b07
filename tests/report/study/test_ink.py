"""Ink and loose ink of small images, counted by hand."""

import numpy as np

from report.study import ink


def image(*rows: str) -> np.ndarray:
    """«#» ink, «+» grey, anything else paper."""
    shades = {"#": 255, "+": 128}
    return np.array([[[shades.get(c, 0) for c in row] for row in rows]], np.uint8)


def test_a_stroke_is_not_loose():
    counts = ink.image_counts(image("......", ".###..", ".###..", "......"))[0]
    assert ink.ink_share(counts) == 6 / 24
    assert ink.loose_ink_share(counts) == 0


def test_a_speck_and_a_pair_are_loose_and_a_line_has_loose_ends():
    assert ink.loose_ink_share(ink.image_counts(image("#..", "...", "..#"))[0]) == 1
    assert ink.loose_ink_share(ink.image_counts(image("#..", ".#.", "..."))[0]) == 1
    assert ink.loose_ink_share(ink.image_counts(image("####"))[0]) == 0.5


def test_neighbours_are_of_the_same_image():
    two = np.concatenate([image("..#"), image("#..")])
    assert ink.loose_ink_share(ink.image_counts(two).sum(axis=0)) == 1


def test_without_ink_nothing_can_be_loose():
    counts = ink.image_counts(image("...", "..."))[0]
    assert ink.ink_share(counts) == 0
    assert ink.loose_ink_share(counts) is None


def test_grey_reaches_from_64_to_191():
    counts = ink.image_counts(np.array([[[63, 64, 191, 192]]], np.uint8))[0]
    assert ink.grey_share(counts) == 0.5


def test_images_with_more_loose_ink_than_nearly_all_real_ones_are_speckled():
    """Of a hundred real digits with 1 to 100 loose pixels in 1,000, NumPy's linear quantile 0.95
    is at 95.05: 95 are within it and 96 are not; an image without ink has no specks."""
    real = np.array([[10_000, 1_000, loose, 0] for loose in range(1, 101)])
    images = np.array([[10_000, 1_000, 95, 0], [10_000, 1_000, 96, 0], [10_000, 0, 0, 0], [10_000, 10, 1, 0]])
    assert ink.speckled(images, real) == 2  # the last has a tenth of its ink loose

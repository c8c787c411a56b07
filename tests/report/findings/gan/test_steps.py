"""What is said of the sampled images: ink, loose ink, and what changed."""

import numpy as np
import pytest
from studies import make_study

from report.findings.gan import steps
from report.findings.gan.steps import AtTheEnd, Change, Ink, Texture

REAL = np.array([10_000, 5_000, 0, 0])  # pixels, ink, loose, grey: half is ink


@pytest.mark.parametrize(
    ("counts", "speckled", "texture"),
    [
        ((10_000, 5_000, 0, 5_000), 1.0, Texture.GREY),  # half, equal to the threshold
        ((10_000, 1_000, 0, 4_999), 0.0, Texture.STROKES),
        ((10_000, 0, 0, 0), 0.0, Texture.BLANK),
        ((10_000, 499, 499, 0), 1.0, Texture.BLANK),
        ((10_000, 500, 0, 0), 0.0, Texture.STROKES),  # a tenth of the real ink, equal to the threshold
        ((10_000, 1_000, 10, 0), 0.5, Texture.STROKES),  # half of the images, equal to the threshold
        ((10_000, 1_000, 10, 0), 0.501, Texture.SPECKLED),
    ],
)
def test_texture(counts, speckled, texture):
    assert steps.texture(np.array(counts), REAL, speckled) == texture


@pytest.mark.parametrize(("seeds_with_specks", "texture"), [(1, Texture.STROKES), (2, Texture.SPECKLED)])
def test_the_texture_is_that_of_all_seeds_together(seeds_with_specks, texture):
    """Of three seeds, whose images all have specks or none."""
    looks = [(GREY, SPECKLED, SPECKLED if seed < seeds_with_specks else STROKES) for seed in range(3)]
    step = find(*looks).steps[2]
    assert step.texture == texture
    assert step.speckled.value == pytest.approx(seeds_with_specks / 3)


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [
        (0.0, Ink.LESS),
        (0.799, Ink.LESS),
        (0.8, Ink.SIMILAR),
        (1.0, Ink.SIMILAR),
        (1.25, Ink.SIMILAR),
        (1.251, Ink.MORE),
    ],
)
def test_ink(ratio, verdict):
    assert steps.ink_verdict(ratio) == verdict


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (None, [0.1], Change.FIRST),
        (None, [0.1, 0.2], Change.FIRST),
        ([None, 0.1], [0.1, 0.1], Change.FIRST),  # nothing to compare with in one seed
        ([0.1], [0.2], Change.ONE_SEED),
        ([0.10, 0.12], [0.20, 0.21], Change.MORE),
        ([0.20, 0.21], [0.10, 0.12], Change.LESS),
        ([0.1, 0.2], [0.1, 0.2], Change.UNCLEAR),
        ([0.10, 0.10], [0.20, 0.09], Change.UNCLEAR),  # the signs differ
        ([0.10, 0.10], [0.101, 0.30], Change.UNCLEAR),  # a mean of 0.10, a deviation of 0.14
        ([0.25, 0.25], [0.25, 0.75], Change.UNCLEAR),
    ],
)
def test_change(before, after, change):
    assert steps.change(before, after) == change


def test_a_change_within_the_spread_is_not_clear():
    """Steps of 1, 3 and 5 have a mean of 3 and a deviation of 2; of 0.5 and 4.5, 2.5 and 2.83."""
    assert steps.change([0.0] * 3, [1.0, 3.0, 5.0]) == Change.MORE
    assert steps.change([0.0] * 2, [0.5, 4.5]) == Change.UNCLEAR
    assert steps.change([0.0] * 2, [-0.5, -4.5]) == Change.UNCLEAR


def find(*looks, **choices):
    study = make_study(len(looks), gan=[{"looks": each, "steps": (0, 150, 300), **choices} for each in looks])
    return steps.find(study)


GREY, BLANK, SPECKLED, STROKES = Texture.GREY, Texture.BLANK, Texture.SPECKLED, Texture.STROKES


@pytest.mark.parametrize(
    ("last", "verdict"),
    [
        ((STROKES,), AtTheEnd.STROKES),
        ((STROKES, STROKES), AtTheEnd.STROKES),
        ((SPECKLED, SPECKLED), AtTheEnd.NO_STROKES),
        ((BLANK,), AtTheEnd.NO_STROKES),
        ((GREY,), AtTheEnd.NO_STROKES),
    ],
)
def test_verdict_on_the_last_step(last, verdict):
    assert find(*((GREY, SPECKLED, each) for each in last)).verdict == verdict


def test_numbers_of_a_step_by_hand():
    """A bar of 3 by 20 and one speck: 61 of 784 pixels, of which one is loose."""
    rows = find((GREY, SPECKLED, STROKES)).steps
    assert rows[1].ink.mean.value == pytest.approx(61 / 784)
    assert rows[1].loose.mean.value == pytest.approx(1 / 61)
    assert rows[2].ink.mean.value == pytest.approx(60 / 784)
    assert rows[2].loose.mean.value == 0


def test_a_grey_image_has_no_ink():
    """What is neither paper nor ink is not ink."""
    assert find((GREY, SPECKLED, STROKES)).steps[0].ink.mean.value == 0


def test_without_ink_nothing_is_loose():
    row = find((BLANK, BLANK, BLANK)).steps[-1]
    assert row.loose is None
    assert (row.ink_verdict, row.texture) == (Ink.LESS, Texture.BLANK)


def test_losses_are_of_the_iterations_since_the_step_before():
    """The first half at 0.5, the second at 1.5 times 2 ln 2."""
    study = make_study(1, gan={"level": (0.5, 1.5)})
    rows = steps.find(study).steps
    assert rows[0].since is None  # before training there is none
    assert rows[1].since.discriminator_loss.mean.value == pytest.approx(0.6931, abs=0.001)
    assert rows[2].since.discriminator_loss.mean.value == pytest.approx(2.0794, abs=0.001)


def test_a_first_step_after_training_began_counts_from_the_start():
    study = make_study(1, gan={"level": (0.5, 1.5), "looks": (STROKES,), "steps": (300,)})
    assert steps.find(study).steps[0].since.discriminator_loss.mean.value == pytest.approx(1.3863, abs=0.001)


def test_a_grey_row_says_only_how_grey_it_is():
    grey, specks, _ = find((GREY, SPECKLED, STROKES)).ink_rows
    assert grey[1:4] == (None, None, None)
    assert grey[4].mean.value == 1
    assert specks[1].mean.value == pytest.approx(61 / 784)
    assert specks[3].value == 1


def test_rows_of_the_competition_begin_with_the_second_step():
    finding = find((GREY, SPECKLED, STROKES))
    assert [row[0].value for row in finding.competition_rows] == [150, 300]
    assert finding.competition_rows[0][1] is finding.steps[1].since.discriminator_loss

"""Whether the LSTM forgets: three conditions, at and around their bounds."""

from dataclasses import replace

import pytest
from studies import make_study

from experiments.records.base import RecordError
from report.findings.conditions import Basis, Condition
from report.findings.lstm import memory
from report.findings.lstm.memory import Joint, Line, Side, Support, Which

FALLS, TOUCHES, RISES = (-0.2, -0.3, -0.1), (-0.1, -0.2, 0.0), (0.2, 0.1, 0.3)  # with length
SHORT_OF = (-0.1, -0.2001, 0.0001)  # what is worked out from answers ends at no bound to the last digit
LESS, SAME, MORE = (-0.6, -0.2), (-0.3, 0.1), (0.1, 0.4)  # the ratio beside the control's
SHORT = ((10, 120), (121, 200), (201, 250))  # all within the window of 250 words


def seed(length=FALLS, whole=FALLS, distance=LESS, **others):
    return {"interaction": length, "whole": whole, "difference": distance, **others}


def find(*seeds, control=(0.95, 0.85, 1.05), **config):
    return memory.find(make_study(len(seeds), memory=list(seeds), linear={"decay": control}, lstm=config))


HOLDS = seed()


@pytest.mark.parametrize(
    ("seeds", "verdict"),
    [
        ([HOLDS] * 2, Support.SUPPORTED),
        ([HOLDS] * 3, Support.SUPPORTED),
        ([seed(length=SHORT_OF)] * 2, Support.PARTIAL),
        ([seed(whole=TOUCHES)] * 2, Support.PARTIAL),  # an interval that ends at its bound does not do
        ([seed(whole=RISES)] * 2, Support.PARTIAL),
        ([seed(distance=SAME)] * 2, Support.PARTIAL),
        ([seed(distance=MORE)] * 2, Support.PARTIAL),
        ([seed(whole=TOUCHES, distance=SAME)] * 2, Support.NOT_SUPPORTED),
        ([seed(length=SHORT_OF, distance=SAME)] * 2, Support.NOT_SUPPORTED),
        ([seed(length=RISES, whole=RISES, distance=MORE)] * 2, Support.NOT_SUPPORTED),
        # of two, each must show it
        ([HOLDS, seed(distance=SAME)], Support.PARTIAL),
        ([HOLDS, seed(whole=TOUCHES)], Support.PARTIAL),
        ([HOLDS, seed(length=SHORT_OF, distance=SAME)], Support.NOT_SUPPORTED),
        ([seed(distance=SAME), seed(length=SHORT_OF)], Support.NOT_SUPPORTED),
        # what cannot be measured supports nothing
        ([seed(whole=None)] * 2, Support.PARTIAL),
        ([seed(length=None)] * 2, Support.PARTIAL),
        ([seed(decay=None)] * 2, Support.PARTIAL),
        ([seed(whole=None, distance=SAME)] * 2, Support.NOT_SUPPORTED),
        ([seed(whole=TOUCHES, decay=None)] * 2, Support.NOT_SUPPORTED),
        ([seed(whole=None, decay=None)] * 2, Support.CANNOT_TELL),
        ([seed(length=None, whole=None, decay=None)], Support.CANNOT_TELL),
    ],
)
def test_verdict(seeds, verdict):
    assert find(*seeds).verdict is verdict
    assert find(*reversed(seeds)).verdict is verdict


@pytest.mark.parametrize("one", [HOLDS, seed(distance=SAME), seed(whole=TOUCHES), seed(decay=None)])
def test_one_seed_supports_nothing(one):
    assert find(one).verdict is Support.SINGLE
    assert find(seed(whole=TOUCHES, distance=SAME)).verdict is Support.NOT_SUPPORTED


def test_the_verdict_hangs_on_no_single_seed():
    """0.1 apart from the others, and not below the bound: the mean is, by far."""
    strong = {"length": (-0.3, -0.35, -0.25), "whole": (-0.3, -0.35, -0.25), "distance": (-0.6, -0.5)}
    almost = seed(length=(-0.1, -0.25, 0.05), whole=(-0.1, -0.25, 0.05), distance=(-0.6, 0.1))
    finding = find(*[seed(**strong)] * 9, almost)
    assert finding.verdict is Support.SUPPORTED
    assert finding.length.basis is finding.whole.basis is Basis.MEAN
    nothing = seed((0.0, -0.1, 0.1), (0.0, -0.1, 0.1), (-0.1, 0.1), decay=(0.95, 0.85, 1.05))
    assert find(*[nothing] * 9, HOLDS).verdict is Support.NOT_SUPPORTED


def test_less_than_near_is_not_less_than_the_control():
    """A ratio below 1, which the control without memory has too, is no support by itself."""
    finding = find(
        *[seed(SHORT_OF, TOUCHES, decay=(0.76, 0.70, 0.80), distance=(-0.1, 0.1))] * 2,
        control=(0.76, 0.73, 0.80),
    )
    assert finding.decay.verdict is finding.control_decay.verdict is Condition.HOLDS
    assert finding.distance.verdict is Condition.NOT_SHOWN
    assert finding.verdict is Support.NOT_SUPPORTED


def test_more_than_near_may_be_less_than_the_control():
    """The pairs decide, whatever each ratio does by itself."""
    finding = find(*[seed(decay=(1.5, 1.2, 1.8), distance=(-0.9, -0.1))] * 2, control=(2.0, 1.8, 2.2))
    assert finding.decay.verdict is finding.control_decay.verdict is Condition.OPPOSITE
    assert finding.distance.verdict is Condition.HOLDS


def test_a_regression_that_does_not_part_what_is_cut_decides_nothing():
    """Some reviews are longer than the window of 250 words, and there is no term for them."""
    finding = find(*[seed(truncated=False)] * 2)
    assert finding.length.verdict is Condition.NOT_MEASURED
    assert (finding.by_length, finding.stricter) == (Joint.NOT_MEASURED, Which.LENGTH)
    assert finding.verdict is Support.PARTIAL


def test_where_nothing_is_cut_all_reviews_are_seen_whole():
    finding = find(*[seed(truncated=False, limits=SHORT, whole=None)] * 2)
    assert finding.length.verdict is finding.whole.verdict is Condition.HOLDS
    assert finding.verdict is Support.SUPPORTED
    longer = find(*[seed(truncated=False, limits=(*SHORT[:2], (201, 251)), whole=None)] * 2)
    assert longer.by_length is Joint.NOT_MEASURED


@pytest.mark.parametrize(
    ("length", "whole", "joint", "stricter"),
    [
        (FALLS, (-0.5, -0.6, -0.4), Joint.HOLDS, Which.LENGTH),  # of both that hold, by less
        ((-0.5, -0.6, -0.4), FALLS, Joint.HOLDS, Which.WHOLE),
        (FALLS, TOUCHES, Joint.FAILS, Which.WHOLE),
        (SHORT_OF, FALLS, Joint.FAILS, Which.LENGTH),
        (SHORT_OF, RISES, Joint.FAILS, Which.WHOLE),  # of both that fail, by more
        (FALLS, None, Joint.NOT_MEASURED, Which.WHOLE),
        (None, FALLS, Joint.NOT_MEASURED, Which.LENGTH),
        (SHORT_OF, None, Joint.FAILS, Which.LENGTH),  # it fails whatever the other is
        (None, TOUCHES, Joint.FAILS, Which.WHOLE),
    ],
)
def test_the_condition_of_length_is_the_stricter_of_two(length, whole, joint, stricter):
    finding = find(*[seed(length, whole)] * 2)
    assert (finding.by_length, finding.stricter) == (joint, stricter)


def test_shuffled_labels_give_no_support():
    """Both models at chance: no interaction, and what is far weighs as much as what is near."""
    chance = (100, 100, 100, 100)
    study = make_study(
        3,
        lstm={"confusion": chance},
        linear={"confusion": chance, "decay": (1.01, 0.93, 1.1)},
        memory=[
            {"interaction": one, "whole": one, "decay": decay, "lengths": (0.5, 0.51, 0.49)}
            for one, decay in (
                ((-0.02, -0.07, 0.03), (0.98, 0.91, 1.05)),
                ((0.01, -0.04, 0.06), (1.02, 0.94, 1.1)),
                ((-0.01, -0.06, 0.04), (1.0, 0.92, 1.08)),
            )
        ],
    )
    finding = memory.find(study)
    assert finding.verdict is Support.NOT_SUPPORTED
    assert {each.verdict for each in (finding.length, finding.whole, finding.distance)} == {
        Condition.NOT_SHOWN
    }


@pytest.mark.parametrize(
    ("changes", "margin", "nearest"),
    [
        # ends at -0.09 and at -0.2, 0.8 and 1 half widths of 0.11 and 0.2
        ({"length": (-0.2, -0.31, -0.09)}, 0.09, Which.LENGTH),
        # the distance by 2 half widths of 0.1, the length by 3
        ({"length": (-0.4, -0.5, -0.3), "whole": (-0.4, -0.5, -0.3), "distance": (-0.4, -0.2)}, 0.2, "D"),
        ({"whole": (-0.15, -0.25, -0.05)}, 0.05, Which.WHOLE),
        ({"whole": None}, 0.2, "D"),  # the length is not decided
        ({"length": (-0.2, -0.31, -0.09), "decay": None}, 0.09, Which.LENGTH),
    ],
)
def test_the_margin_is_that_of_the_condition_nearest_to_its_bound(changes, margin, nearest):
    finding = find(*[seed(**changes)] * 2)
    nearest = Which.DISTANCE if nearest == "D" else nearest
    assert finding.nearest is nearest
    assert finding.margin.value == pytest.approx(margin)
    name = "razón de influencias" if nearest is Which.DISTANCE else "coeficiente logístico"
    assert finding.margin.quantity.name == name


def test_without_anything_measured_there_is_no_margin():
    finding = find(*[seed(length=None, whole=None, decay=None)] * 2)
    assert (finding.margin, finding.nearest, finding.deciding) == (None, None, (None, None))
    assert finding.decay.verdict is finding.control_decay.verdict is Condition.NOT_MEASURED
    assert [row[1:] for row in finding.rows] == [(None,) * 4] * 2


def test_the_table_tells_each_seed_and_the_mean():
    finding = find(HOLDS, seed(whole=TOUCHES), seed(SHORT_OF, TOUCHES, SAME))
    *rows, mean = finding.rows
    assert [row[0].value for row in rows] == [1, 2, 3]
    assert [row[4] for row in rows] == [
        (Which.LENGTH, Which.WHOLE, Which.DISTANCE),
        (Which.LENGTH, Which.DISTANCE),
        None,
    ]
    assert mean[0] is Line.MEAN
    assert mean[1].value.value == pytest.approx((-0.2 - 0.2 - 0.1) / 3)
    _, length, whole, distance, _ = rows[0]
    assert (length.value.value, whole.high.value) == (pytest.approx(-0.2), -0.1)
    # 0.4 - 0.95 of the ratios, between the ends of the pairs
    ends = (distance.low.value, distance.value.value, distance.high.value)
    assert ends == pytest.approx((-0.6, 0.4 - 0.95, -0.2))
    assert [row[0] for row in find(HOLDS, HOLDS).rows if row[0] is Line.MEAN] == []


def test_the_ratios_of_both_models():
    study = make_study(2, linear=[{"decay": (0.5, 0.4, 0.6)}, {"decay": (0.9, 0.8, 1.0)}])
    finding = memory.find(study)
    assert [row[2].value.value for row in finding.ratio_rows] == [0.5, 0.9]
    assert [row[1].value.value for row in finding.ratio_rows] == [0.4, 0.4]
    assert (finding.control_decay.verdict, finding.control_decay.count.value) == (Condition.SOME, 1)


def test_no_interval_of_a_mean_ratio_is_below_zero():
    """0.02, 0.05 and 0.2: around their mean, 0.09, Student's interval would reach -0.15; the geometric mean
    is the cube root of 0.0002."""
    ratios = [(0.02, 0.01, 0.03), (0.05, 0.03, 0.06), (0.2, 0.15, 0.25)]
    finding = memory.find(make_study(3, linear=[{"decay": each} for each in ratios]))
    line, _, control = finding.ratio_rows[-1]
    assert line is Line.GEOMETRIC_MEAN
    assert control.value.value == pytest.approx(0.0002 ** (1 / 3))
    assert 0 < control.low.value < 0.02 < 0.2 < control.high.value


def test_ratios_of_which_one_may_be_none_at_all_have_no_mean():
    ratios = [(0.02, 0.0, 0.03), (0.05, 0.03, 0.06), (0.2, 0.15, 0.25)]
    finding = memory.find(make_study(3, linear=[{"decay": each} for each in ratios]))
    assert finding.control_decay.mean is None
    assert [row[-1] for row in finding.ratio_rows if row[0] is Line.GEOMETRIC_MEAN] == [None]


def test_reviews_of_which_nothing_can_be_hidden_are_refused():
    study = make_study(2)
    first, second = study.memory
    short = replace(first, record=first.record.model_copy(update={"influence": ()}))
    with pytest.raises(RecordError, match=r"^memory/seed-1: .* al menos 10 palabras.*rebaje memory\.window"):
        memory.find(replace(study, memory=(short, second)))


def test_where_the_curves_of_influence_cross():
    """Lines from 0.31 to 0.31 times 0.4 and from 0.2 to 0.2 times 0.95, at 200 words: 0.31 - 0.00093 d falls
    under 0.2 - 0.00005 d past 125 words."""
    crosses = find(seed(decay=(0.4, 0.3, 0.5)))
    assert crosses.sides == (Side.ABOVE, Side.BELOW)
    distances = [place.distance for place in memory.memory_record(make_study(1).memory[0]).influence]
    assert crosses.crossing.value == min(each for each in distances if each > 125)
    above = find(seed(decay=(0.9, 0.8, 1.0)))
    assert (above.sides, above.crossing) == ((Side.ABOVE, Side.ABOVE), None)


def test_of_reviews_that_are_cut_the_model_of_the_same_words_decides():
    """What the LSTM does not see grows with the length: beside the control, which sees it, that is in it."""
    finding = find(*[seed(alike=(0.0, -0.1, 0.1))] * 3)
    assert (finding.cut, finding.unequal.verdict) == (True, Condition.HOLDS)
    assert (finding.length.verdict, finding.by_length) == (Condition.NOT_SHOWN, Joint.FAILS)
    assert finding.verdict is Support.PARTIAL
    assert finding.rows[0][1].value.value == pytest.approx(0.0, abs=1e-9)


def test_where_nothing_is_cut_the_control_is_that_model():
    finding = find(*[seed(truncated=False, limits=SHORT, whole=None, alike=(0.0, -0.1, 0.1))] * 3)
    assert (finding.cut, finding.unequal, finding.by_length) == (False, None, Joint.HOLDS)


def test_without_the_answers_of_that_model_the_length_is_not_measured():
    """A document of a version that did not keep them."""
    study = make_study(2)
    bare = [replace(run, arrays={}) for run in study.memory]
    assert memory.find(replace(study, memory=tuple(bare))).length.verdict is Condition.NOT_MEASURED

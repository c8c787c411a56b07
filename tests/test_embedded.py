"""What travels inside the PDF comes back as it was, and makes the same document."""

from dataclasses import replace

import numpy as np
import pytest
import studies

from experiments.records import record_to_json
from report import figures_data
from report.document import compose
from report.embed import EmbeddedResults, results_json
from report.embedded import unpack_study
from report.reduce import reduce
from report.settings import Settings

SETTINGS = Settings(author="Ana Ruiz", decimal=",", date="2026-03-01")


@pytest.fixture(scope="module")
def study():
    made = studies.make_study(2)
    return replace(made, lstm=tuple(map(reduce, made.lstm)), gan=tuple(map(reduce, made.gan)))


def again(study):
    return unpack_study(EmbeddedResults.model_validate_json(results_json(study, SETTINGS)))


def test_records_come_back_whole_and_arrays_bit_for_bit(study):
    back = again(study)

    assert [run.name for run in (*back.lstm, *back.gan)] == [run.name for run in (*study.lstm, *study.gan)]
    for old, new in zip((*study.lstm, *study.gan), (*back.lstm, *back.gan), strict=True):
        assert record_to_json(new.record) == record_to_json(old.record)
        for name, array in new.arrays.items():
            assert array.dtype == old.arrays[name].dtype
            np.testing.assert_array_equal(array, old.arrays[name])


def test_only_the_seed_that_is_shown_brings_its_images(study):
    back = again(study)

    assert [("grid" in run.arrays) for run in back.gan] == [True, False]
    assert figures_data.shown_gan(back).name == "gan/seed-1"


def test_the_embedded_study_makes_the_same_text(study):
    assert compose(again(study), SETTINGS).marked == compose(study, SETTINGS).marked

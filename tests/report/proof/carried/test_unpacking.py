"""What travels inside the PDF comes back as it was, and makes the same document; what contradicts its
own digests is noticed before anything is made of it."""

import numpy as np
import pytest
import studies
import tampering

from experiments.records.storage import record_to_json
from report.proof.carried.opening import FileError
from report.proof.carried.packing import SHOWN_ONLY, EmbeddedResults, results_json
from report.proof.carried.unpacking import AlteredError, unpack_study
from report.settings import Settings
from report.study.study import GROUPS, shown_gan
from report.text.document import compose

SETTINGS = Settings(author="Ana Ruiz", decimal=",", date="2026-03-01")
PARTS = {
    "todo": GROUPS,
    "solo la LSTM": ("lstm",),
    "la LSTM y su control": ("lstm", "linear"),
    "la LSTM y la memoria": ("lstm", "linear", "memory"),
    "solo la sonda": ("probe",),
    "solo la GAN": ("gan",),
    "la GAN y el juez": ("gan", "judge", "readability"),
    "sin las densas": ("lstm", "linear", "memory", "probe", "gan", "judge", "readability"),
}


@pytest.fixture(scope="module")
def study():
    return studies.make_study(2)


def again(study):
    return unpack_study(EmbeddedResults.model_validate_json(results_json(study, SETTINGS)))


def same(one, other):
    """Whether two studies hold the same records, and the same arrays but for the images of the
    seeds that are not shown and the names of the reviews, which are the same for all."""
    for name in GROUPS:
        for before, after in zip(getattr(one, name), getattr(other, name), strict=True):
            assert (after.name, record_to_json(after.record)) == (before.name, record_to_json(before.record))
            assert all(SHOWN_ONLY.fullmatch(name) for name in before.arrays.keys() - after.arrays.keys())
            for key, array in after.arrays.items():
                assert array.dtype == before.arrays[key].dtype
                np.testing.assert_array_equal(array, before.arrays[key])
    return (one.root, one.profile) == (other.root, other.profile)


@pytest.mark.parametrize("part", PARTS)
def test_records_come_back_whole_and_arrays_bit_for_bit(study, part):
    made = studies.only(study, *PARTS[part])
    assert same(made, again(made))


@pytest.mark.parametrize(
    "made",
    [
        studies.make_study(3, lstm={"gap": 0.001}),
        studies.make_study(1, profile="quick", sample_reviews=True, sample_digits=True),
        studies.make_study(2, gan={"architecture": "dense"}),
    ],
    ids=["tres semillas", "rápido, de muestra, una semilla", "GAN densa"],
)
def test_other_studies_come_back_too(made):
    assert same(made, again(made))
    assert compose(again(made), SETTINGS).marked == compose(made, SETTINGS).marked


def test_only_the_seed_that_is_shown_brings_its_images(study):
    back = again(study)

    assert [("grid" in run.arrays) for run in back.gan] == [True, False]
    assert shown_gan(back).name == "gan/seed-1"


def test_only_the_first_seed_brings_the_names_of_the_reviews(study):
    assert [{"stars", "numbers"} <= run.arrays.keys() for run in again(study).lstm] == [True, False]


def test_of_what_was_read_only_the_grid_at_which_digits_begin_travels():
    """That of the third checkpoint of the second seed, the first in which they do."""
    curves = [{"readable": (0,) * 5}, {"readable": (0, 0, 300, 300, 300)}]
    made = studies.make_study(2, readability=curves)
    grids = [[name for name in run.arrays if SHOWN_ONLY.fullmatch(name)] for run in again(made).readability]
    assert grids == [[], ["grid_2"]]
    assert compose(again(made), SETTINGS).marked == compose(made, SETTINGS).marked


def test_the_embedded_study_makes_the_same_text(study):
    assert compose(again(study), SETTINGS).marked == compose(study, SETTINGS).marked


# --- what was altered --------------------------------------------------------------------


def altered(study, edit):
    """The study out of ``resultados.json`` after an ``edit`` by hand."""
    return unpack_study(EmbeddedResults.model_validate_json(edit(results_json(study, SETTINGS))))


@pytest.mark.parametrize("name", tampering.RECORD_EDITS)
def test_a_changed_record_contradicts_its_digest(study, name):
    with pytest.raises(AlteredError, match="el registro no corresponde a su huella"):
        altered(study, tampering.record_edit(name, sign=False))


def test_changed_arrays_contradict_their_digest(study):
    def swap(results):
        arrays = tampering.run_in(results, "gan/seed-1")["arrays"]
        arrays["d_real"], arrays["d_fake"] = arrays["d_fake"], arrays["d_real"]

    with pytest.raises(AlteredError, match=r"gan/seed-1: los vectores no corresponden a su huella"):
        altered(study, tampering.as_json(swap))


@pytest.mark.parametrize(
    "array",
    [
        {"shape": [2**20, 2**20]},  # before it takes room
        {"shape": [0, 2**70]},  # more than a shape can have, of nothing
        {"shape": [-1]},
        {"shape": [1] * 5},
        {"dtype": "<f8"},
        {"data": "no es base64"},
        {"data": ""},
    ],
    ids=str,
)
def test_what_is_no_array_of_ours_is_refused(study, array):
    def edit(results):
        tampering.run_in(results, "gan/seed-1")["arrays"]["d_real"].update(array)

    with pytest.raises(FileError, match=r"se esperaba un vector en resultados\.json, gan/seed-1, d_real"):
        altered(study, tampering.as_json(edit))


def test_runs_that_are_no_study_contradict_themselves(study):
    def lose(results):
        results["runs"] = [run for run in results["runs"] if run["name"] != "lstm/seed-2"]

    with pytest.raises(AlteredError, match="las ejecuciones no forman un conjunto de resultados"):
        altered(study, tampering.as_json(lose))  # memory was measured on it

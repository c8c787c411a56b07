"""Which results a document is about, and traced access to what they hold."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import studies
from brought import brought_gan, brought_study, grids
from stored import current, runs, write_results

from experiments.records.base import RecordError
from experiments.records.results import Manifest
from report.errors import RenderError
from report.ledger.ledger import Leaf
from report.study import folders
from report.study.consistency import refuse_stale
from report.study.folders import LOCAL, REFERENCE, choose_results
from report.study.named import GIVEN, ROWS, SURE_WRONG
from report.study.reduction import ENSEMBLE, SAME_WORDS, beside_control, beside_last_words, reduce
from report.study.study import GROUPS, at, find_study, group_of, make_study

FOUR = runs(2)
WHOLE = studies.complete(FOUR)
BASE = [run for run in WHOLE if not run.record.variant]
RUN, SECOND, _, GAN = FOUR


# --- access ------------------------------------------------------------------------------


def test_a_path_leads_to_a_value_and_is_its_origin():
    assert at(RUN, "config.units") == Leaf(64, "lstm/seed-1:config.units")
    assert at(RUN, "confusion.true_positive") == Leaf(172, "lstm/seed-1:confusion.true_positive")
    assert at(GAN, "seed") == Leaf(2, "gan/seed-2:seed")


def test_an_index_counts_from_zero():
    assert at(RUN, "epochs[2].val_loss") == Leaf(0.41, "lstm/seed-1:epochs[2].val_loss")
    assert at(RUN, "epochs[2].epoch").value == 3
    assert at(GAN, "sampled_steps[1]").value == 150


def test_a_star_gathers():
    losses = at(RUN, "epochs[*].val_loss")
    assert losses == Leaf([0.62, 0.48, 0.41, 0.43, 0.47], "lstm/seed-1:epochs[*].val_loss")
    assert at(GAN, "sampled_steps[*]").value == [0, 150, 300]


def test_arrays_are_reached_by_name():
    leaf = at(RUN, "arrays.label")
    assert leaf.origin == "lstm/seed-1:arrays.label"
    np.testing.assert_array_equal(leaf.value, RUN.arrays["label"])


def test_a_key_may_have_a_hyphen():
    libraries = {"scikit-learn": "1.9.1"}
    environment = studies.ENVIRONMENT.model_copy(update={"libraries": libraries})
    run = replace(RUN, record=RUN.record.model_copy(update={"environment": environment}))
    leaf = at(run, "environment.libraries.scikit-learn")
    assert leaf == Leaf("1.9.1", "lstm/seed-1:environment.libraries.scikit-learn")


@pytest.mark.parametrize(
    "path",
    [
        "config.unidades",
        "epochs[9].val_loss",
        "arrays.logits",
        "environment.libraries.jax",
        "epochs[-1].epoch",
    ],
)
def test_a_path_to_nothing_is_an_error(path):
    with pytest.raises((AttributeError, IndexError, KeyError)):
        at(RUN, path)


# --- finding -----------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """A project folder without any results, of a program that none accompany."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(folders, "ACCOMPANYING", tmp_path / "ninguno")
    return tmp_path


def test_without_results_the_user_is_told_what_to_run(project):
    message = (
        "Se esperaban resultados completos en results/local o en results/reference, no se encontró "
        "ningún manifest.json; ejecute «make train»."
    )
    with pytest.raises(RenderError, match=f"^{re.escape(message)}$"):
        find_study(None)


def test_the_results_that_accompany_the_program_are_found_from_anywhere(project, monkeypatch):
    monkeypatch.setattr(folders, "ACCOMPANYING", write_results(project / "program" / REFERENCE, FOUR))
    assert choose_results(None) == project / "program" / REFERENCE
    write_results(project / LOCAL, FOUR)
    assert choose_results(None) == LOCAL


def test_the_reference_is_used_when_there_is_nothing_local(project):
    write_results(project / REFERENCE, FOUR)
    assert find_study(None).root == REFERENCE


def test_complete_local_results_come_first(project):
    write_results(project / REFERENCE, FOUR)
    write_results(project / LOCAL, runs(1))
    study = find_study(None)
    assert (study.root, len(study.lstm), len(study.gan)) == (LOCAL, 1, 1)


def test_local_runs_without_a_manifest_are_not_complete(project):
    write_results(project / REFERENCE, FOUR)
    write_results(project / LOCAL, FOUR)
    (project / LOCAL / "manifest.json").unlink()
    assert find_study(None).root == REFERENCE


def test_a_chosen_folder_wins_and_must_be_complete(project):
    write_results(project / LOCAL, FOUR)
    write_results(project / "otros", runs(1))
    assert find_study(Path("otros")).root == Path("otros")
    with pytest.raises(RecordError, match=r"ninguno/manifest\.json: se esperaba la lista de ejecuciones"):
        find_study(Path("ninguno"))


def test_runs_come_in_order_of_seed_and_whole(project):
    study = find_study(write_results(project / LOCAL, FOUR[::-1]))
    assert [run.record.seed for run in study.lstm] == [1, 2]
    assert [run.name for run in study.gan] == ["gan/seed-1", "gan/seed-2"]
    assert study.profile == "full"
    for found, written in zip((*study.lstm, *study.gan), FOUR, strict=True):
        assert found.record == current(written).record
        reduced = reduce(written).arrays
        named = {ROWS, GIVEN, SURE_WRONG} if found.record.kind == "lstm" else set()
        assert found.arrays.keys() == reduced.keys() | named
        assert all(np.array_equal(found.arrays[name], array) for name, array in reduced.items())


def test_results_of_other_code_are_refused(project, monkeypatch):
    root = write_results(project / LOCAL, FOUR)
    monkeypatch.setattr("report.study.consistency.code_digest_of", lambda kind: "f" * 64)
    old = current(RUN).record.code_digest[:12]
    message = (
        "lstm/seed-1: se esperaban resultados del código actual (huella ffffffffffff), se encontraron "
        f"los de otro (huella {old}); ejecute «make train»."
    )
    with pytest.raises(RecordError, match=f"^{re.escape(message)}$"):
        refuse_stale(find_study(root).runs)


def test_of_what_was_brought_the_judge_is_imported_again(monkeypatch):
    monkeypatch.setattr("report.study.consistency.code_digest_of", lambda kind: "f" * 64)
    judge = studies.make_study(1).judge[0]
    study = brought_study(brought_gan(images=grids(), read=(0, 3, 8, 12, 14, 15)), judge=judge)
    with pytest.raises(RecordError, match=r"^judge: .*; vuelva a importarlo\.$"):
        refuse_stale(study.runs, study.again)


# --- grouping ----------------------------------------------------------------------------

PLACE = Path("results/local")
MANIFEST = Manifest(profile="full", runs=("x",))


def test_a_seed_stands_once():
    with pytest.raises(
        RecordError, match="ejecuciones de gan con semillas distintas, se encontró la semilla 2"
    ):
        make_study(PLACE, MANIFEST, [*WHOLE, GAN])


GROUPS_TOGETHER = [
    ("lstm",),
    ("linear",),
    ("probe",),
    ("gan",),
    ("judge",),
    ("lstm", "linear"),
    ("lstm", "linear", "memory"),
    ("gan", "judge"),
    ("gan", "judge", "readability"),
    ("lstm", "linear", "memory", "probe"),
]


@pytest.mark.parametrize("kinds", GROUPS_TOGETHER, ids=" ".join)
def test_any_group_may_be_absent(kinds):
    runs = [run for run in BASE if group_of(run) in kinds]
    study = make_study(PLACE, MANIFEST, runs)
    assert {name for name in GROUPS if getattr(study, name)} == set(kinds)
    assert [run.name for run in study.runs] == [run.name for run in runs]
    assert bool(study.part_a) == bool({"lstm", "linear", "probe"} & set(kinds))


@pytest.mark.parametrize("kind", ["memory", "readability"])
def test_each_seed_is_measured_or_none(kind):
    runs = [run for run in WHOLE if run.record.kind != kind]
    assert getattr(make_study(PLACE, MANIFEST, runs), kind) == ()
    some = [run for run in WHOLE if run.name not in ("memory/seed-2", "readability/seed-2")]
    with pytest.raises(RecordError, match=r"con las semillas \[1, 2\], se encontró las semillas \[1\]"):
        make_study(PLACE, MANIFEST, some)


def test_what_is_measured_must_be_there():
    runs = [run for run in WHOLE if run.record.kind != "linear"]
    with pytest.raises(RecordError, match="memory/seed-1: se esperaban medidas de la ejecución linear/s"):
        make_study(PLACE, MANIFEST, runs)


def test_each_seed_has_its_control():
    assert [run.record.kind for run in WHOLE[4:6]] == ["linear"] * 2
    other = replace(WHOLE[5], record=WHOLE[5].record.model_copy(update={"seed": 7}))
    alone = [run for run in WHOLE if run.record.kind not in ("linear", "memory")]
    with pytest.raises(RecordError, match=r"con las semillas \[1, 2\], se encontró las semillas \[1, 7\]"):
        make_study(PLACE, MANIFEST, [*alone, WHOLE[4], other])


def test_there_is_one_judge_alone():
    (judge,) = (run for run in WHOLE if run.record.kind == "judge")
    second = replace(judge, record=judge.record.model_copy(update={"seed": 7}))
    with pytest.raises(RecordError, match=r"ejecuciones de judge .* se encontró más de una"):
        make_study(PLACE, MANIFEST, [*WHOLE, second])


@pytest.mark.parametrize(("measured", "place"), [("lstm/seed-1", "memory/seed-1"), ("judge", "readability")])
def test_a_measurement_is_of_these_very_runs(measured, place):
    other = [
        studies.with_leaf(run, "arrays_digest", "9" * 64) if run.name == measured else run for run in WHOLE
    ]
    with pytest.raises(RecordError, match=f"{place}.*: se esperaban medidas de la ejecución {measured}"):
        make_study(PLACE, MANIFEST, other)


def test_a_dense_gan_alone_is_the_one_of_the_report():
    study = studies.make_study(2, gan={"architecture": "dense"})
    assert [run.name for run in study.gan] == ["gan/seed-1", "gan/seed-2"]
    assert study.variants == {}
    beside = studies.make_study(2).variants["densa"]
    assert {run.record.config.architecture for run in beside.gan} == {"dense"}
    assert [run.name for run in beside.readability] == [
        "readability@densa/seed-1",
        "readability@densa/seed-2",
    ]


def variant(run, name):
    kind, _, seed = run.name.partition("/")
    return replace(
        run,
        name=f"{kind.partition('@')[0]}@{name}/{seed}",
        record=run.record.model_copy(update={"variant": name}),
    )


def test_variants_stand_apart_by_name():
    others = [variant(run, "otra") for run in FOUR[:2]]
    study = make_study(PLACE, MANIFEST, [*others[::-1], *WHOLE])
    assert list(study.variants) == ["densa", "otra"]
    assert [run.name for run in study.lstm] == ["lstm/seed-1", "lstm/seed-2"]
    assert [run.name for run in study.variants["otra"].lstm] == ["lstm@otra/seed-1", "lstm@otra/seed-2"]
    assert study.part_a[-2:] == study.variants["otra"].lstm
    assert study.runs == (*study.part_a, *study.part_b)
    assert len(study.runs) == len(WHOLE) + 2


def test_a_variant_is_one_of_something():
    with pytest.raises(RecordError, match=r"lstm@otra/seed-1: se esperaban también .* de lstm sin variante"):
        make_study(PLACE, MANIFEST, [variant(RUN, "otra"), GAN])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("config.batch_size", 32),
        ("data.digest", "e" * 64),
        ("data.name", "sample_reviews"),
        ("profile", "quick"),
    ],
)
def test_seeds_may_differ_in_nothing_but_the_seed(path, value):
    other = studies.with_leaf(SECOND, path, value)
    with pytest.raises(
        RecordError, match="lstm/seed-2: se esperaban el perfil, los datos y la configuración"
    ):
        make_study(PLACE, MANIFEST, [RUN, other, *FOUR[2:]])


def test_runs_of_another_profile_than_the_set_are_refused():
    with pytest.raises(RecordError, match="lstm/seed-1: se esperaban el perfil"):
        make_study(PLACE, Manifest(profile="quick", runs=("x",)), FOUR)


# --- variants ----------------------------------------------------------------------------


def test_variants_are_those_of_a_part_of_which_something_can_be_compared():
    study = studies.make_study(1, variants={"gru": {"lstm": {"cell": "gru"}}})
    assert set(study.lstm_variants) == {"gru"}
    assert set(study.gan_variants) == {"densa"}
    assert list(study.compared) == ["densa", "gru"]
    unread = studies.only(study, "gan", "judge", "gan@densa")
    assert (unread.gan_variants, unread.compared) == ({}, {})


def test_of_each_network_the_answers_with_its_control_are_kept_where_there_are_variants():
    """The control says 0.9 or 0.1 and the network 0.8 or 0.2: the control decides."""
    study = studies.make_study(2, variants={"gru": {"lstm": {"cell": "gru"}}})
    for run, control in zip(study.variants["gru"].lstm, study.linear, strict=True):
        np.testing.assert_array_equal(run.arrays[ENSEMBLE], control.arrays["right"][1])
    assert all(ENSEMBLE in run.arrays for run in study.lstm)
    assert not any(ENSEMBLE in run.arrays for run in studies.make_study(2).lstm)


def test_answers_of_other_reviews_or_of_no_recurrent_network_are_not_put_together():
    (control,) = (run for run in WHOLE if run.name == "linear/seed-1")
    whole = beside_control(RUN, control)
    assert whole.arrays[ENSEMBLE].nbytes == RUN.record.sizes.test / 8
    other = {**RUN.arrays, "review_id": RUN.arrays["review_id"] + 1}
    for run in (
        replace(RUN, arrays=other),
        studies.lstm_run(1, cell="transformer", pooling="mean"),
        GAN,
        reduce(whole),
    ):
        assert beside_control(run, control) is run
    assert beside_control(RUN, None) is RUN


def test_the_mean_of_both_probabilities_decides_beyond_one_half():
    arrays = {
        **RUN.arrays,
        "probability": np.array([0.9, 0.4, 0.5, 0.3], np.float32),
        "label": np.array([1, 1, 0, 0], np.int8),
        "review_id": np.arange(4, dtype=np.int32),
    }
    theirs = np.array([[0] * 4, [0.2, 0.5, 0.5, 0.8], [0] * 4], np.float32)  # means 0.55, 0.45, 0.5, 0.55
    control = replace(GAN, arrays={**arrays, "probability": theirs})
    both = beside_control(replace(RUN, arrays=arrays), control).arrays[ENSEMBLE]
    assert np.unpackbits(both, count=4).tolist() == [1, 0, 1, 0]


# --- beside the model of the same words --------------------------------------------------


def test_what_both_answer_is_counted_by_length():
    """Counted again, review by review."""
    linear, memory = measured()
    table = beside_last_words(memory, RUN, linear).arrays[SAME_WORDS]
    length, positive = RUN.arrays["length"], RUN.arrays["label"] == 1
    first = (RUN.arrays["probability"] > 0.5) == positive
    other = (linear.arrays["probability"][2] > 0.5) == positive
    for words, both, alone, beside, neither in table.tolist():
        here = length == words
        assert both == sum(a and b for a, b in zip(first[here], other[here], strict=True))
        assert alone == sum(a and not b for a, b in zip(first[here], other[here], strict=True))
        assert beside == sum(b and not a for a, b in zip(first[here], other[here], strict=True))
        assert neither == sum(not a and not b for a, b in zip(first[here], other[here], strict=True))
    assert table[:, 1:].sum() == len(length)
    assert table[:, 0].tolist() == sorted(set(length.tolist()))


def test_what_has_it_already_or_cannot_have_it_stays():
    linear, memory = measured()
    once = beside_last_words(memory, RUN, linear)
    assert beside_last_words(once, RUN, linear) is once
    assert beside_last_words(memory, None, linear) is memory
    assert beside_last_words(memory, reduce(RUN), linear) is memory
    assert beside_last_words(linear, RUN, linear) is linear


def measured():
    linear = studies.measurements.linear_run(RUN)
    return linear, studies.measurements.memory_run(RUN, linear)

"""Which runs make a set of results, what each needs, and which of them must be done."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import studies
from experiments.profiles import DENSE_SAMPLES, PROFILES
from experiments.tasks import (
    IDENTITY_FILE,
    NAMES,
    ON_DIGITS,
    ON_REVIEWS,
    Task,
    load_data,
    plan,
    plan_all,
    reason_to_run,
    select_pending,
    settle,
)
from planned import changed, task_of

from experiments import runtime
from experiments.records import (
    ARRAYS_FILE,
    RECORD_FILE,
    WORK,
    Bucket,
    Coefficient,
    DataInfo,
    Decay,
    GanConfig,
    Identity,
    Influence,
    Kind,
    LstmConfig,
    MemoryRecord,
    ProbeConfig,
    RecordError,
    Regression,
    Truncation,
    code_digest,
    pack_arrays,
    write_run,
)

REAL = DataInfo(name="mnist", digest="e" * 64, n_train=60_000, n_test=10_000)
SAMPLE = DataInfo(name="sample_digits", digest="f" * 64, n_train=4_000, n_test=1_000)
LSTM = studies.lstm_run(1)
SOURCES: dict[Kind, Any] = {
    **dict.fromkeys(ON_REVIEWS, (Path("aclImdb"), REAL)),
    **dict.fromkeys(ON_DIGITS, (Path("mnist.npz"), REAL)),
    "probe": (None, REAL),
}


@pytest.fixture
def task(tmp_path: Path) -> Task:
    return task_of(LSTM, tmp_path)


# --- planning ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "profile", "architecture", "info", "name"),
    [
        ("lstm", "full", None, REAL, "lstm/seed-7"),
        ("lstm", "quick", None, REAL, "lstm-quick/seed-7"),
        ("lstm", "test", None, SAMPLE, "lstm-test-sample/seed-7"),
        ("lstm", "full", "dense", REAL, "lstm/seed-7"),  # the LSTM has no architectures
        ("gan", "full", None, REAL, "gan/seed-7"),
        ("gan", "full", "convolutional", REAL, "gan/seed-7"),
        ("gan", "full", "dense", REAL, "gan-dense/seed-7"),
        ("gan", "full", None, SAMPLE, "gan-sample/seed-7"),
        ("gan", "quick", None, REAL, "gan-dense-quick/seed-7"),
        ("gan", "quick", "convolutional", REAL, "gan-quick/seed-7"),
        ("gan", "quick", None, SAMPLE, "gan-dense-quick-sample/seed-7"),
        ("gan", "test", "dense", SAMPLE, "gan-dense-test-sample/seed-7"),
        ("readability", "full", None, REAL, "readability/seed-7"),
        ("readability", "full", "dense", REAL, "readability-dense/seed-7"),
        ("readability", "quick", None, SAMPLE, "readability-dense-quick-sample/seed-7"),
        ("memory", "full", "dense", REAL, "memory/seed-7"),
        ("probe", "quick", None, REAL, "probe-quick/seed-7"),
        ("linear", "full", None, REAL, "linear"),
        ("judge", "test", None, SAMPLE, "judge-test-sample"),
    ],
)
def test_folders_tell_sets_of_results_apart(
    tmp_path: Path, kind: Kind, profile: Any, architecture: str | None, info: DataInfo, name: str
) -> None:
    task = plan(kind, 7, profile, architecture, None, info, tmp_path)
    assert task.name == name
    assert task.folder == tmp_path / name


def test_a_task_knows_all_that_decides_its_result(tmp_path: Path) -> None:
    task = plan("gan", 7, "full", "dense", Path("mnist.npz"), REAL, tmp_path)
    assert task.data == Path("mnist.npz")
    dense = GanConfig(architecture="dense", samples_kept=DENSE_SAMPLES)
    assert task.config == dense
    assert task.identity == Identity(
        kind="gan",
        seed=7,
        config=dense,
        data_digest="e" * 64,
        code_digest=code_digest("gan"),
        libraries=runtime.library_versions(),
    )


def test_the_quick_profile_is_what_the_documentation_says(tmp_path: Path) -> None:
    lstm = plan("lstm", 1, "quick", None, None, REAL, tmp_path).config
    assert lstm == LstmConfig(max_reviews=5_000, max_epochs=3)
    gan = plan("gan", 1, "quick", None, None, REAL, tmp_path).config
    assert gan == GanConfig(architecture="dense", iterations=1_000, samples_kept=DENSE_SAMPLES)


@pytest.mark.parametrize(
    ("kind", "architecture", "label"),
    [
        ("lstm", None, "LSTM, semilla 7"),
        ("gan", None, "GAN, semilla 7"),
        ("gan", "dense", "GAN densa, semilla 7"),
        ("readability", None, "Legibilidad, semilla 7"),
        ("readability", "dense", "Legibilidad de la GAN densa, semilla 7"),
        ("linear", None, "Modelo lineal"),
    ],
)
def test_labels_tell_runs_apart(tmp_path: Path, kind: Kind, architecture: Any, label: str) -> None:
    assert plan(kind, 7, "full", architecture, None, REAL, tmp_path).label == label


@pytest.mark.parametrize(
    ("kind", "profile", "architecture", "info", "needs"),
    [
        ("lstm", "full", None, REAL, ()),
        ("memory", "full", None, REAL, ("lstm/seed-7", "linear")),
        ("memory", "quick", None, SAMPLE, ("lstm-quick-sample/seed-7", "linear-quick-sample")),
        ("readability", "full", None, REAL, ("gan/seed-7", "judge")),
        ("readability", "full", "dense", REAL, ("gan-dense/seed-7", "judge")),
    ],
)
def test_what_measures_needs_what_it_measures(
    tmp_path: Path, kind: Kind, profile: Any, architecture: Any, info: DataInfo, needs: tuple
) -> None:
    assert plan(kind, 7, profile, architecture, None, info, tmp_path).needs == needs


def test_a_set_has_all_runs_and_each_comes_after_what_it_needs(tmp_path: Path) -> None:
    tasks = plan_all("full", [1, 2], None, SOURCES, tmp_path)
    names = [task.name for task in tasks]
    assert names == [
        *("gan/seed-1", "gan/seed-2", "judge", "lstm/seed-1", "lstm/seed-2"),
        *("probe/seed-1", "probe/seed-2", "gan-dense/seed-1", "gan-dense/seed-2", "linear"),
        *("readability/seed-1", "readability/seed-2", "readability-dense/seed-1", "readability-dense/seed-2"),
        *("memory/seed-1", "memory/seed-2"),
    ]
    for position, task in enumerate(tasks):
        assert set(task.needs) <= set(names[:position])
    assert {task.kind for task in tasks} == set(NAMES)
    assert len({task.label for task in tasks}) == len(tasks)
    assert [tasks[index].data for index in (0, 3, 5)] == [Path("mnist.npz"), Path("aclImdb"), None]


@pytest.mark.parametrize(("profile", "architecture"), [("full", "dense"), ("quick", None)])
def test_a_dense_gan_is_not_compared_with_itself(tmp_path: Path, profile: Any, architecture: Any) -> None:
    kinds = [task.kind for task in plan_all(profile, [1], architecture, SOURCES, tmp_path)]
    assert sorted(kinds) == sorted(NAMES)


def test_every_profile_has_every_kind_and_the_full_one_is_the_default() -> None:
    for configs in PROFILES.values():
        assert set(configs) == set(NAMES)
    for config in PROFILES["full"].values():
        assert config == type(config)()


@pytest.mark.parametrize("profile", PROFILES)
def test_the_control_is_tested_on_the_reviews_of_the_lstm(profile: Any) -> None:
    lstm, linear = (PROFILES[profile][kind].model_dump() for kind in ("lstm", "linear"))
    assert lstm["max_reviews"] == linear["max_reviews"]


def test_the_probe_brings_its_own_reviews() -> None:
    config = PROFILES["test"]["probe"]
    assert isinstance(config, ProbeConfig)
    info = load_data("probe", "test", None).info
    assert (info.name, info.n_train) == ("probe_reviews", config.train_reviews)


# --- whether to run ----------------------------------------------------------------------


def test_what_was_never_run_must_be(task: Task) -> None:
    assert reason_to_run(task) == "no se ha ejecutado"


def test_a_complete_and_valid_run_is_not_repeated(task: Task) -> None:
    write_run(task.folder, LSTM.record, LSTM.arrays)
    assert reason_to_run(task) is None


def test_a_run_that_was_cut_short_goes_on(task: Task) -> None:
    (task.folder / WORK).mkdir(parents=True)
    (task.folder / WORK / IDENTITY_FILE).write_text(task.identity.model_dump_json())
    assert reason_to_run(task) == "se reanuda"
    assert reason_to_run(changed(task, data_digest="0" * 64)) == "no se ha ejecutado"
    (task.folder / WORK / IDENTITY_FILE).write_text("{")
    assert reason_to_run(task) == "no se ha ejecutado"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"config": LSTM.record.config.model_copy(update={"units": 32})},
            "la configuración (units: 64 → 32)",
        ),
        ({"data_digest": "0" * 64}, "los datos (huella dddddddddddd → 000000000000)"),
        ({"code_digest": "0" * 64}, "el código del experimento (huella aaaaaaaaaaaa → 000000000000)"),
        (
            {"libraries": {"tensorflow": "2.22.0", "numpy": "2.3.5"}},
            "la versión de tensorflow (2.21.0 → 2.22.0)",
        ),
        (
            {"seed": 2, "data_digest": "0" * 64},
            "la semilla (lstm 1 → lstm 2), los datos (huella dddddddddddd → 000000000000)",
        ),
    ],
)
def test_a_run_of_something_else_is_repeated_and_the_reason_is_given(
    task: Task, change: dict, reason: str
) -> None:
    write_run(task.folder, LSTM.record, LSTM.arrays)
    assert reason_to_run(changed(task, **change)) == f"ha cambiado {reason}"


def test_an_edited_record_is_repeated_and_the_reason_is_given(task: Task) -> None:
    write_run(task.folder, LSTM.record, LSTM.arrays)
    path = task.folder / RECORD_FILE
    path.write_text(path.read_text().replace('"seed": 1', '"seed": 4'))
    reason = reason_to_run(task)
    assert reason is not None
    assert reason.startswith(f"el registro no sirve: {path}: se esperaba un registro sin modificar")


def test_a_record_without_its_arrays_is_repeated(task: Task) -> None:
    write_run(task.folder, LSTM.record, LSTM.arrays)
    (task.folder / ARRAYS_FILE).unlink()
    assert str(reason_to_run(task)).startswith(f"el registro no sirve: {task.folder / ARRAYS_FILE}: ")


# --- what measures others ----------------------------------------------------------------


@pytest.fixture
def memory(tmp_path: Path) -> Task:
    """A measurement whose needs are done: the record of ``LSTM`` and, for the control, another."""
    for name, run in (("lstm/seed-1", LSTM), ("linear", studies.lstm_run(2))):
        write_run(tmp_path / name, run.record, run.arrays)
    return plan("memory", 1, "full", None, None, REAL, tmp_path)


def write_measurement(task: Task) -> None:
    """A record of ``task`` as it is settled now."""
    identity = settle(task).identity
    arrays = {"gradient_initial": np.ones(3, np.float32), "gradient_selected": np.ones(3, np.float32)}
    none = Coefficient(estimate=0, low=-1, high=1)
    record = MemoryRecord(
        **LSTM.record.model_dump(include={"seed", "profile", "data", "environment", "finished_on"})
        | {"data": LSTM.record.data.model_copy(update={"digest": identity.data_digest})}
        | {"environment": LSTM.record.environment.model_copy(update={"libraries": identity.libraries})},
        config=identity.config,
        code_digest=identity.code_digest,
        duration_s=1,
        arrays_digest=pack_arrays(arrays)[1],
        upstream=identity.upstream,
        deciles=(Bucket(low=1, high=9, n=4, lstm_correct=2, linear_correct=3),),
        stars=(),
        regression=Regression(log_length=none, truncated=None, model=none, interaction=none),
        truncations=(Truncation(keep="last", tokens=5, n=4, correct=2),),
        influence=(Influence(distance=0, n=4, mean=1, low=1, high=1),),
        decay=Decay(ratio=1, low=1, high=1),
    )
    write_run(task.folder, record, arrays)


def replace_lstm(root: Path, probability: float) -> None:
    arrays = LSTM.arrays | {"probability": LSTM.arrays["probability"] * 0 + probability}
    record = LSTM.record.model_copy(update={"arrays_digest": pack_arrays(arrays)[1]})
    write_run(root / "lstm/seed-1", record, arrays)


def test_the_identity_of_a_measurement_has_what_it_measures(memory: Task) -> None:
    assert memory.identity.upstream == {}
    assert settle(memory).identity.upstream == {
        "lstm/seed-1": LSTM.record.arrays_digest,
        "linear": studies.lstm_run(2).record.arrays_digest,
    }


def test_a_measurement_is_repeated_only_if_what_it_measures_came_out_otherwise(memory: Task) -> None:
    assert reason_to_run(memory) == "no se ha ejecutado"
    write_measurement(memory)
    assert reason_to_run(memory) is None
    replace_lstm(memory.root, 0.75)
    assert reason_to_run(memory) == "ha cambiado lo que se mide (lstm/seed-1)"
    replace_lstm(memory.root, 0.5)
    write_measurement(memory)
    assert reason_to_run(memory) is None


def test_without_what_it_measures_there_is_nothing_to_measure(memory: Task) -> None:
    (memory.root / "linear" / RECORD_FILE).unlink()
    with pytest.raises(RecordError, match="se esperaba un registro legible"):
        reason_to_run(memory)


def test_a_measurement_of_what_must_be_repeated_is_pending(memory: Task) -> None:
    write_measurement(memory)
    lstm = plan("lstm", 1, "full", None, None, REAL, memory.root)  # of other data than the stored one
    linear = plan("linear", 0, "full", None, None, REAL, memory.root)
    said: list[str] = []
    assert select_pending([lstm, linear, memory], said.append) == [lstm, linear, memory]
    assert said[0].startswith("LSTM, semilla 1: ha cambiado ")
    assert said[1].startswith("Modelo lineal: ha cambiado ")
    assert said[2] == "Memoria, semilla 1: depende de LSTM, semilla 1 y Modelo lineal."


def test_what_is_complete_and_valid_is_not_pending(memory: Task) -> None:
    write_measurement(memory)
    said: list[str] = []
    assert select_pending([memory], said.append) == []
    assert said == ["Memoria, semilla 1: completa y válida, no se repite."]

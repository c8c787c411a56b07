"""Which runs make a set of results, in which order, and what each needs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import toys
from planned import toy_run, toy_task

from experiments import runtime
from experiments.data.source import Source
from experiments.kinds.gan import GanConfig
from experiments.kinds.lstm import LstmConfig
from experiments.records.base import DataInfo, Device, Profile
from experiments.records.closure import code_digest_of
from experiments.records.identity import Identity
from experiments.records.storage import write_run
from experiments.running import found, plan
from experiments.running.environment import library_versions
from experiments.running.execution import execute
from experiments.running.found import IMAGES, REVIEWS, Found
from experiments.running.left import LIST_FILE
from experiments.running.plan import complete_variants, plan_all, select_pending, variant_settings
from experiments.running.task import Task
from experiments.settings import Experiment

IMDB = DataInfo(name="imdb", digest="d" * 64, n_train=25_000, n_test=25_000)
MNIST = DataInfo(name="mnist", digest="e" * 64, n_train=60_000, n_test=10_000)
REAL = {
    REVIEWS: Found(Source(official=Path("/datos/aclImdb")), IMDB),
    IMAGES: Found(Source(official=Path("/datos/mnist.npz")), MNIST),
}
SAMPLE = {
    REVIEWS: Found(Source(), IMDB.model_copy(update={"name": "sample_reviews"})),
    IMAGES: Found(Source(), MNIST.model_copy(update={"name": "sample_digits"})),
}
OWN = {
    REVIEWS: Found(Source(), IMDB.model_copy(update={"name": "own_reviews"})),
    IMAGES: Found(Source(), MNIST.model_copy(update={"name": "own_images"})),
}
PROBE = DataInfo(name="probe_reviews", digest="f" * 64, n_train=4_000, n_test=3_000)
DENSE = {"gan.architecture": "dense"}


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The probe's corpus takes as long as all the rest; nor does the order hang on the reference."""
    monkeypatch.setattr(plan, "made", lambda module, config: Found(Source(), PROBE))
    monkeypatch.setattr(plan, "processor_seconds", lambda task: None)


def planned(
    root: Path,
    data: dict[str, Found] = REAL,
    profile: Profile = "full",
    variants: dict[str, dict[str, Any]] | None = None,
    seeds: Sequence[int] = (7,),
    device: Device = "cpu",
    base: dict[str, Any] | None = None,
) -> dict[str, Task]:
    """By their names, in their order."""
    experiment = Experiment(profile, base or {}, variants or {})
    tasks = plan_all(experiment, list(variants or {}), seeds, data, root, device)
    assert len({task.name for task in tasks}) == len(tasks)
    return {task.name: task for task in tasks}


# --- names -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({}, ["lstm/seed-7", "gan/seed-7", "memory/seed-7", "readability/seed-7", "linear/seed-7", "judge"]),
        (
            {"profile": "quick"},
            ["lstm-quick/seed-7", "gan-quick/seed-7", "probe-quick/seed-1", "judge-quick"],
        ),
        (
            {"profile": "test", "data": SAMPLE},
            ["lstm-test-sample/seed-7", "judge-test-sample", "probe-test/seed-1"],
        ),
        ({"data": SAMPLE}, ["gan-sample/seed-7", "readability-sample/seed-7", "linear-sample/seed-7"]),
        ({"data": OWN}, ["lstm-own/seed-7", "gan-own/seed-7", "judge-own", "probe/seed-1"]),
        ({"device": "gpu"}, ["lstm-gpu/seed-7", "judge-gpu", "probe-gpu/seed-10"]),
        (
            {"profile": "quick", "data": OWN, "device": "gpu", "variants": {"densa": {"gan.beta_1": 0.6}}},
            [
                "gan@densa-quick-own-gpu/seed-7",
                "readability@densa-quick-own-gpu/seed-7",
                "judge-quick-own-gpu",
            ],
        ),
        (
            {"variants": {"densa": DENSE, "gru": {"lstm.cell": "gru"}}},
            ["gan/seed-7", "gan@densa/seed-7", "readability@densa/seed-7", "lstm@gru/seed-7"],
        ),
    ],
)
def test_folders_tell_sets_of_results_apart(tmp_path: Path, options: Any, names: list[str]) -> None:
    tasks = planned(tmp_path, **options)
    assert set(names) <= tasks.keys()
    for name in names:
        assert tasks[name].folder == tmp_path / name


def test_own_data_of_one_sort_leave_the_others_alone(tmp_path: Path) -> None:
    names = planned(tmp_path, REAL | {IMAGES: OWN[IMAGES]}).keys()
    assert {"lstm/seed-7", "linear/seed-7", "gan-own/seed-7", "readability-own/seed-7"} <= names


def test_no_two_sets_of_results_have_a_folder_in_common(tmp_path: Path) -> None:
    names = [
        name
        for profile in ("full", "quick", "test")
        for data in (REAL, SAMPLE, OWN)
        for device in ("cpu", "gpu")
        for name in planned(tmp_path, data, profile, {"a": DENSE | {"gan.beta_1": 0.6}}, device=device)
        if not name.startswith("probe")  # its reviews are always its own
    ]
    assert len(names) == len(set(names)) == 3 * 3 * 2 * 8


def test_labels_tell_runs_apart(tmp_path: Path) -> None:
    tasks = planned(tmp_path, variants={"densa": DENSE})
    labels = {name: task.label for name, task in tasks.items()}
    assert labels["lstm/seed-7"] == "LSTM, semilla 7"
    assert labels["gan/seed-7"] == "GAN, semilla 7"
    assert labels["gan@densa/seed-7"] == "GAN «densa», semilla 7"
    assert labels["readability@densa/seed-7"] == "Legibilidad «densa», semilla 7"
    assert labels["linear/seed-7"] == "Modelos lineales, semilla 7"
    assert labels["judge"] == "Juez"
    assert len(set(labels.values())) == len(labels)


# --- what a task knows -------------------------------------------------------------------


def test_a_task_knows_all_that_decides_its_result(tmp_path: Path) -> None:
    task = planned(tmp_path, variants={"densa": DENSE}, device="gpu")["gan@densa-gpu/seed-7"]
    assert (task.kind, task.seed, task.variant, task.profile) == ("gan", 7, "densa", "full")
    assert task.source == REAL[IMAGES].source
    assert task.config == GanConfig(architecture="dense")
    assert task.identity == Identity(
        kind="gan",
        seed=7,
        config=GanConfig(architecture="dense").model_dump(mode="json"),
        data_digest="e" * 64,
        code_digest=code_digest_of("gan"),
        libraries=library_versions(),
        device="gpu",
    )


def test_a_task_survives_its_way_to_another_process(tmp_path: Path) -> None:
    for task in planned(tmp_path, variants={"densa": DENSE}).values():
        assert Task.model_validate_json(task.model_dump_json()) == task


def test_the_quick_profile_is_what_the_documentation_says(tmp_path: Path) -> None:
    tasks = planned(tmp_path, profile="quick")
    assert tasks["lstm-quick/seed-7"].config == LstmConfig(max_reviews=5_000, max_epochs=3)
    assert tasks["gan-quick/seed-7"].config == GanConfig(architecture="dense", iterations=1_000)


def test_settings_of_the_user_are_over_those_of_the_profile(tmp_path: Path) -> None:
    tasks = planned(tmp_path, profile="quick", base={"lstm.units": 7, "lstm.max_epochs": 4})
    expected = LstmConfig(max_reviews=5_000, max_epochs=4, units=7)
    assert tasks["lstm-quick/seed-7"].config == expected


def test_each_run_has_the_data_that_its_kind_reads(tmp_path: Path) -> None:
    tasks = planned(tmp_path)
    digests = {task.kind: task.identity.data_digest[0] for task in tasks.values()}
    assert digests == {
        **dict.fromkeys(("lstm", "linear", "memory"), "d"),
        **dict.fromkeys(("gan", "judge", "readability"), "e"),
        "probe": "f",
    }
    assert tasks["probe/seed-1"].source == Source()


def test_data_that_are_made_from_the_settings_are_those_of_the_same_settings(
    tmp_path: Path, only_toys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not those of the base, nor those of the profile that was first thought of."""
    monkeypatch.setattr(plan, "made", found.made)
    tasks = planned(tmp_path, {}, variants={"otra": {"toy.corpus": "b"}})
    # SHA-256 of "a" and of "b"
    assert tasks["toy/seed-7"].identity.data_digest[:16] == "ca978112ca1bbdca"
    assert tasks["toy@otra/seed-7"].identity.data_digest[:16] == "3e23e8160039594a"


def test_a_run_knows_the_files_that_it_reads(tmp_path: Path, only_toys: None) -> None:
    (tmp_path / "palabras.txt").write_bytes(b"abc")
    experiment = Experiment("full", {"toy.words": "palabras.txt"}, folder=tmp_path)
    tasks = {task.kind: task for task in plan_all(experiment, [], [1], {}, tmp_path / "results")}
    assert tasks["toy"].files == {"words": tmp_path / "palabras.txt"}
    assert tasks["toy"].config.words_digest.startswith("ba7816bf8f01cfea")  # FIPS 180-2, appendix B.1
    assert tasks["rule"].files == {}


# --- seeds, needs, order -----------------------------------------------------------------


def test_a_set_has_all_runs_and_each_comes_after_what_it_needs(tmp_path: Path) -> None:
    tasks = planned(tmp_path, seeds=[1, 2], variants={"densa": DENSE})
    names = list(tasks)
    each = ("gan", "gan@densa", "linear", "lstm", "memory", "readability", "readability@densa")
    assert sorted(names) == sorted(
        ["judge", *(f"{name}/seed-{seed}" for name in each for seed in (1, 2))]
        + [f"probe/seed-{seed}" for seed in range(1, 11)]  # its own number of them
    )
    for position, task in enumerate(tasks.values()):
        assert set(task.waits_for) <= set(names[:position])


@pytest.mark.parametrize(
    ("options", "name", "needs"),
    [
        ({}, "lstm/seed-7", {}),
        ({}, "memory/seed-7", {"lstm": "lstm/seed-7", "linear": "linear/seed-7"}),
        (
            {"profile": "quick", "data": SAMPLE},
            "memory-quick-sample/seed-7",
            {"lstm": "lstm-quick-sample/seed-7", "linear": "linear-quick-sample/seed-7"},
        ),
        ({}, "readability/seed-7", {"gan": "gan/seed-7", "judge": "judge"}),
    ],
)
def test_what_measures_needs_what_it_measures(
    tmp_path: Path, options: Any, name: str, needs: dict[str, str]
) -> None:
    assert planned(tmp_path, **options)[name].needs == needs


def test_the_longest_come_first_among_those_that_wait_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = {"lstm": 500.0, "gan": 900.0, "linear": 200.0, "memory": 9_999.0, "judge": 300.0}
    monkeypatch.setattr(plan, "processor_seconds", lambda task: seconds.get(task.kind))
    kinds = [task.kind for task in planned(tmp_path, profile="quick").values()]
    # of the probe and of the readability nothing is known
    assert kinds == ["gan", "lstm", "judge", "linear", "probe", "memory", "readability"]


# --- variants ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "own"),
    [
        ({"lstm.cell": "gru"}, {"lstm"}),
        ({"gan.loss": "hinge"}, {"gan", "readability"}),
        ({"readability.weights": "average"}, {"readability"}),
        ({"judge.epochs": 2}, {"judge"}),
        ({"probe.units": 8}, {"probe"}),
        # the linear control hides windows as the measure of memory does
        ({"memory.window": 7}, {"memory", "linear"}),
        ({"lstm.units": 8, "gan.beta_1": 0.6}, {"lstm", "gan", "readability"}),
    ],
)
def test_a_variant_has_runs_of_what_it_changes_and_of_what_follows(
    tmp_path: Path, changes: dict[str, Any], own: set[str]
) -> None:
    base = planned(tmp_path)
    tasks = planned(tmp_path, variants={"x": changes})
    assert {task.kind for name, task in tasks.items() if name not in base} == own
    assert {name: task for name, task in tasks.items() if name in base} == base


def test_a_variant_measures_its_own_runs_and_else_those_of_the_base(tmp_path: Path) -> None:
    variants = {
        "promedio": {"readability.weights": "average"},
        "densa": DENSE,
        "otro-juez": {"judge.epochs": 2},
        "ventana": {"memory.window": 7},
    }
    needs = {name: task.needs for name, task in planned(tmp_path, variants=variants).items()}
    assert needs["readability@promedio/seed-7"] == {"gan": "gan/seed-7", "judge": "judge"}
    assert needs["readability@densa/seed-7"] == {"gan": "gan@densa/seed-7", "judge": "judge"}
    assert needs["readability/seed-7"] == {"gan": "gan/seed-7", "judge": "judge"}
    assert needs["memory@ventana/seed-7"] == {"lstm": "lstm/seed-7", "linear": "linear@ventana/seed-7"}


@pytest.mark.parametrize(
    "options", [{"profile": "quick"}, {"base": DENSE}], ids=["whose GAN is dense", "as the user says"]
)
def test_a_dense_gan_is_not_compared_with_itself(tmp_path: Path, options: Any) -> None:
    densa = planned(tmp_path, variants={"densa": DENSE | {"lstm.units": 8}}, **options)
    assert {task.kind for task in densa.values() if task.variant} == {"lstm"}


def test_a_dense_gan_differs_in_nothing_else(tmp_path: Path) -> None:
    tasks = planned(tmp_path, variants={"densa": DENSE})
    dense, convolutional = (tasks[f"{name}/seed-7"].config for name in ("gan@densa", "gan"))
    assert dense.model_dump() == convolutional.model_dump() | {"architecture": "dense"}


@pytest.mark.parametrize(
    ("changes", "shorter"),
    [
        ({"gan.iterations": 6_000}, "gan/seed-7"),
        ({"gan.iterations": 1_000}, None),
        ({"gan.iterations": 6_000, "gan.beta_1": 0.6}, None),
        ({"gan.iterations": 6_000, "readability.images": 9}, "gan/seed-7"),  # the same GAN
        ({"gan.beta_1": 0.6}, None),
    ],
)
def test_what_only_goes_on_for_longer_may_go_on_from_the_base(
    tmp_path: Path, changes: dict[str, Any], shorter: str | None
) -> None:
    tasks = planned(tmp_path, variants={"x": changes})
    assert {name: task.shorter for name, task in tasks.items() if task.shorter} == (
        {"gan@x/seed-7": shorter} if shorter else {}
    )
    if shorter:
        names = list(tasks)
        assert names.index("gan@x/seed-7") > names.index(shorter)


def test_what_sets_each_variant_apart_is_known() -> None:
    experiment = Experiment("full", {}, {"a": {"lstm.units": 8}, "b": DENSE})
    assert variant_settings(experiment, ["b"]) == {"b": {"gan.architecture": "dense"}}


# --- what is to be done ------------------------------------------------------------------


@pytest.fixture
def pending(tmp_path: Path, only_toys: None) -> list[Task]:
    return plan_all(Experiment("full"), [], [1], {}, tmp_path)


def write(task: Task) -> None:
    run = toy_run(config=task.config, data=PROBE)
    environment = run.record.environment.model_copy(update={"libraries": library_versions()})
    record = run.record.model_copy(
        update={"code_digest": task.identity.code_digest, "environment": environment}
    )
    write_run(task.folder, record, run.arrays)


def test_a_measurement_of_what_must_be_done_is_pending(pending: list[Task]) -> None:
    said: list[str] = []
    assert select_pending(pending, said.append) == pending
    assert said == [
        "Regla: no se ha ejecutado.",
        "Juguete, semilla 1: no se ha ejecutado.",
        "Medida, semilla 1: depende de Regla y Juguete, semilla 1.",
    ]


def test_what_is_complete_and_valid_is_not_pending(pending: list[Task]) -> None:
    rule, toy, _ = pending
    write(toy)
    said: list[str] = []
    assert select_pending([rule, toy], said.append) == [rule]
    assert said[1] == "Juguete, semilla 1: completa y válida, no se repite."


def test_a_record_that_cannot_be_used_is_said_in_one_sentence(pending: list[Task]) -> None:
    _, toy, _ = pending
    toy.folder.mkdir(parents=True)
    (toy.folder / "record.json").write_text("{")
    said: list[str] = []
    assert select_pending([toy], said.append) == [toy]
    assert said[0].startswith(
        f"Juguete, semilla 1: el registro no sirve: {toy.folder}/record.json: se esperaba "
    )
    assert said[0].endswith("ejecute «make train».")


def test_what_is_going_to_be_measured_is_made_again_where_it_is_not_as_it_was_left(
    tmp_path: Path, only_toys: None, lasting_code: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "prepare", lambda device: None)
    rule = toy_task(tmp_path, seed=0, config=toys.RuleConfig(width=1))
    toy = toy_task(tmp_path)
    measure = toy_task(tmp_path, config=toys.MeasureConfig(), needs={"rule": rule.name, "toy": toy.name})
    tasks = [rule, toy, measure]
    for task in (rule, toy):
        execute(task, lambda **event: None)
    assert select_pending(tasks, lambda _: None) == [measure]
    weights = toy.folder / toys.WEIGHTS / "1.txt"
    weights.write_text("7")
    said: list[str] = []
    assert select_pending(tasks, said.append) == [toy, measure]
    assert said == [
        "Regla: completa y válida, no se repite.",
        "Juguete, semilla 1: weights/1.txt no es lo que había dejado.",
        "Medida, semilla 1: depende de Juguete, semilla 1.",
    ]
    for task in (toy, measure):
        execute(task, lambda **event: None)
    assert weights.read_text() == "2"

    # what has been measured is not needed any more
    weights.unlink()
    (toy.folder / LIST_FILE).unlink()
    assert select_pending(tasks, lambda _: None) == []
    (measure.folder / "record.json").unlink()
    assert select_pending(tasks, lambda _: None) == [toy, measure]
    assert complete_variants(tasks[:2]) == [""]  # the records are valid

"""``train``: what is run by default, and one sentence for each thing that goes wrong."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.__main__ import main
from experiments.commands import train as command
from experiments.data.sets import DataError
from experiments.data.source import Source
from experiments.errors import TrainError
from experiments.paths import ROOT
from experiments.records.base import DataInfo
from experiments.running import devices, plan
from experiments.running.found import IMAGES, REVIEWS, Found
from experiments.running.task import Task

INFOS = {
    "imdb": DataInfo(name="imdb", digest="a" * 64, n_train=25_000, n_test=25_000),
    "mnist": DataInfo(name="mnist", digest="b" * 64, n_train=60_000, n_test=10_000),
    "sample_reviews": DataInfo(name="sample_reviews", digest="c" * 64, n_train=5_000, n_test=5_000),
    "sample_digits": DataInfo(name="sample_digits", digest="d" * 64, n_train=4_000, n_test=1_000),
}
PROBE = DataInfo(name="probe_reviews", digest="e" * 64, n_train=4_000, n_test=3_000)


def use_data(monkeypatch: pytest.MonkeyPatch, reviews: str, digits: str) -> None:
    """Data that are found at once and verified."""
    found = {
        module: Found(
            Source(official=None if name.startswith("sample_") else Path(f"/datos/{name}")), INFOS[name]
        )
        for module, name in ((REVIEWS, reviews), (IMAGES, digits))
    }
    monkeypatch.setattr(command, "find_all", lambda experiment, folder, real, say: found)
    monkeypatch.setattr(plan, "made", lambda module, config: Found(Source(), PROBE))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but the test's, and an order that does not hang on the reference."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(plan, "processor_seconds", lambda task: None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "results"


@pytest.fixture
def real_data(monkeypatch: pytest.MonkeyPatch) -> None:
    use_data(monkeypatch, "imdb", "mnist")


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch, root: Path) -> list[list[Task]]:
    """What each call of ``run_here`` got to run; nothing is, and counts as complete afterwards."""
    calls: list[list[Task]] = []
    reason = plan.reason_to_run

    def note(todo: list[Task], jobs: int, show: object) -> None:
        root.mkdir(exist_ok=True)
        calls.append(todo)

    def unless_done(task: Task) -> str | None:
        return None if any(task in call for call in calls) else reason(task)

    monkeypatch.setattr(command, "run_here", note)
    monkeypatch.setattr(plan, "reason_to_run", unless_done)
    monkeypatch.setattr(plan, "damage", lambda task: None)
    return calls


def train(root: Path, *arguments: str) -> int:
    return main(["train", "--results", str(root), *arguments])


def fail_with(error: BaseException) -> Callable:
    def fail(*arguments: object) -> None:
        raise error

    return fail


def no_space() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def sentence(text: str) -> str:
    """``text``, which must be a single line that ends as a sentence does."""
    assert text.count("\n") == 1
    assert text.endswith(".\n")
    return text.removesuffix("\n")


def test_a_wrong_seed_is_refused_before_any_data_are_fetched(tmp_path: Path) -> None:
    results = tmp_path / "results"
    arguments = [sys.executable, "-m", "experiments", "train", "--seeds=abc", "--results", str(results)]
    environment = os.environ | {"KERAS_HOME": str(tmp_path), "HTTPS_PROXY": "http://127.0.0.1:9"}
    ended = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert sentence(ended.stderr).startswith("SEEDS: se esperaban enteros no negativos")
    assert "«abc»" in ended.stderr
    assert ended.stdout == ""
    assert not results.exists()


# --- what is run -------------------------------------------------------------------------


def of_seeds(kind: str, *seeds: int) -> list[str]:
    return [f"{kind}/seed-{seed}" for seed in seeds]


FULL = [
    *(*of_seeds("gan", 1, 2, 3), "judge", *of_seeds("linear", 1, 2, 3), *of_seeds("lstm", 1, 2, 3)),
    *(*of_seeds("probe", *range(1, 11)), *of_seeds("memory", 1, 2, 3), *of_seeds("readability", 1, 2, 3)),
]


@pytest.mark.usefixtures("real_data")
def test_the_default_is_three_seeds_of_all_runs(root: Path, done: list) -> None:
    assert train(root) == 0
    assert [task.name for task in done[0]] == FULL
    data = {task.kind: str(task.source.official) for task in done[0]}
    assert data == {
        **dict.fromkeys(("lstm", "linear", "memory"), "/datos/imdb"),
        **dict.fromkeys(("gan", "judge", "readability"), "/datos/mnist"),
        "probe": "None",
    }
    assert {task.identity.device for task in done[0]} == {"cpu"}


@pytest.mark.usefixtures("real_data")
def test_the_quick_profile_takes_one_seed_unless_told(root: Path, done: list) -> None:
    assert train(root, "--profile", "quick") == 0
    assert train(root, "--profile", "quick", "--seeds", "5,6", "--set", "gan.architecture=convolutional") == 0
    assert [task.name for task in done[0]] == [
        *("gan-quick/seed-1", "judge-quick", "linear-quick/seed-1", "lstm-quick/seed-1"),
        *("probe-quick/seed-1", "memory-quick/seed-1", "readability-quick/seed-1"),
    ]
    assert [task.name for task in done[1]][:2] == ["gan-quick/seed-5", "gan-quick/seed-6"]
    assert [task.name for task in done[1]][-1] == "readability-quick/seed-6"
    assert [calls[0].config.architecture for calls in done] == ["dense", "convolutional"]


def test_on_the_sample_the_quick_profile_is_the_default(
    root: Path, done: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_data(monkeypatch, "sample_reviews", "mnist")
    assert train(root) == 0
    assert [task.name for task in done[0]][3] == "lstm-quick-sample/seed-1"
    assert train(root, "--profile", "full") == 0
    assert "lstm-sample/seed-1" in [task.name for task in done[1]]


@pytest.mark.usefixtures("real_data")
def test_settings_come_from_the_file_and_from_the_command_line(root: Path, done: list) -> None:
    Path("experimento.toml").write_text(
        '[lstm]\nunits = 8\ndropout = 0.25\n[variantes.densa]\ngan.loss="hinge"\n'
    )
    assert train(root, "--seeds=1", "--set", "lstm.units=16 gan.beta_1=0.25") == 0
    configs = {task.kind: task.config for task in done[0]}
    assert (configs["lstm"].units, configs["lstm"].dropout, configs["gan"].beta_1) == (16, 0.25, 0.25)


@pytest.mark.usefixtures("real_data")
@pytest.mark.parametrize(
    ("arguments", "variants"),
    [
        ((), {""}),
        (("--variants",), {"", "hinge", "gru"}),
        (("--variants", ""), {"", "hinge", "gru"}),
        (("--variants", "gru"), {"", "gru"}),
    ],
)
def test_variants_are_trained_besides_where_they_are_asked_for(
    root: Path, done: list, arguments: tuple[str, ...], variants: set[str]
) -> None:
    Path("experimento.toml").write_text('[variantes]\nhinge.gan.loss = "hinge"\ngru.lstm.cell = "gru"\n')
    assert train(root, "--seeds=1", *arguments) == 0
    assert {task.variant for task in done[0]} == variants
    manifest = json.loads((root / "manifest.json").read_text())
    changes = {"hinge": {"gan.loss": "hinge"}, "gru": {"lstm.cell": "gru"}}
    assert manifest["variants"] == {name: changes[name] for name in changes if name in variants}
    assert set(manifest["runs"]) == {task.name for task in done[0]}


@pytest.mark.usefixtures("real_data")
def test_variants_that_were_trained_before_stay_in_the_results(root: Path, done: list) -> None:
    Path("experimento.toml").write_text('[variantes]\nhinge.gan.loss = "hinge"\ngru.lstm.cell = "gru"\n')
    for variants in (("--variants", "gru"), (), ("--variants", "hinge")):
        assert train(root, "--seeds=1", *variants) == 0
    assert [{task.variant for task in call} for call in done] == [{"", "gru"}, set(), {"hinge"}]
    assert list(json.loads((root / "manifest.json").read_text())["variants"]) == ["hinge", "gru"]
    Path("experimento.toml").write_text('[variantes]\nhinge.gan.loss = "hinge"\n')
    assert train(root, "--seeds=1") == 0
    assert list(json.loads((root / "manifest.json").read_text())["variants"]) == ["hinge"]


@pytest.mark.usefixtures("real_data")
def test_a_variant_that_fails_leaves_the_base_declared(
    root: Path, done: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("experimento.toml").write_text('[variantes]\ngru.lstm.cell = "gru"\n')
    assert train(root, "--seeds=1") == 0
    (root / "manifest.json").unlink()
    monkeypatch.setattr(command, "run_here", fail_with(KeyboardInterrupt()))
    assert train(root, "--seeds=1", "--variants") == 2
    manifest = json.loads((root / "manifest.json").read_text())
    assert (set(manifest["runs"]), manifest["variants"]) == ({task.name for task in done[0]}, {})


@pytest.mark.usefixtures("real_data")
def test_the_base_is_trained_before_its_variants(root: Path, done: list) -> None:
    Path("experimento.toml").write_text('[variantes]\ngru.lstm.cell = "gru"\n')
    assert train(root, "--seeds=1", "--variants") == 0
    variants = [task.variant for task in done[0]]
    assert variants == sorted(variants)


@pytest.mark.usefixtures("real_data")
def test_only_what_is_missing_is_run_and_the_rest_is_said(
    root: Path, done: list, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        plan, "reason_to_run", lambda task: "se reanuda" if task.name == "gan/seed-2" and not done else None
    )
    assert train(root, "--seeds", "1 2") == 0
    assert [task.name for task in done[0]] == ["gan/seed-2", "readability/seed-2"]
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == [
        "GAN, semilla 1: completa y válida, no se repite.",
        "GAN, semilla 2: se reanuda.",
        "Juez: completa y válida, no se repite.",
    ]
    assert "Legibilidad, semilla 2: depende de GAN, semilla 2." in said
    assert len(said) == len(FULL) - 5  # one seed of each kind but the judge and the probe
    manifest = json.loads((root / "manifest.json").read_text())
    seeds = {name for name in FULL if "seed-3" not in name} | {"probe/seed-3"}
    assert manifest["runs"] == sorted(seeds)


@pytest.mark.usefixtures("real_data")
def test_a_failed_set_is_not_declared_complete(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "run_here", fail_with(TrainError("GAN, semilla 1: se detuvo.")))
    assert train(root) == 2
    assert sentence(capsys.readouterr().err) == "GAN, semilla 1: se detuvo."
    assert not root.exists()


def test_the_set_that_is_complete_is_declared(
    root: Path, monkeypatch: pytest.MonkeyPatch, only_toys: None, done: list
) -> None:
    monkeypatch.setattr(plan, "made", lambda module, config: Found(Source(), PROBE))
    Path("experimento.toml").write_text("[variantes.larga]\ntoy.steps = 9\n")
    assert train(root, "--profile=quick", "--seeds=4", "--variants=larga") == 0
    assert json.loads((root / "manifest.json").read_text()) == {
        "schema_version": 2,
        "profile": "quick",
        "runs": [
            *("measure-quick/seed-4", "measure@larga-quick/seed-4", "rule-quick"),
            *("toy-quick/seed-4", "toy@larga-quick/seed-4"),
        ],
        "variants": {"larga": {"toy.steps": 9}},
        "brought": [],
    }


# --- a GPU -------------------------------------------------------------------------------


@pytest.mark.usefixtures("real_data")
def test_without_a_gpu_nothing_is_trained_on_one(
    root: Path, done: list, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(devices, "_sees_gpu", lambda: False)
    monkeypatch.setattr(command, "find_all", fail_with(AssertionError("before any data are fetched")))
    assert train(root, "--device", "gpu") == 2
    assert sentence(capsys.readouterr().err) == (
        "DEVICE: se esperaba una GPU que TensorFlow pueda usar, no se encontró ninguna; instale sus "
        "controladores y bibliotecas o quite DEVICE=gpu."
    )
    assert done == []


@pytest.mark.usefixtures("real_data")
def test_on_a_gpu_one_run_is_done_at_a_time(root: Path, done: list, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_sees_gpu", lambda: True)
    jobs: list[int] = []
    note = command.run_here

    def with_jobs(todo: list[Task], at_once: int, show: object) -> None:
        jobs.append(at_once)
        note(todo, at_once, show)

    monkeypatch.setattr(command, "run_here", with_jobs)
    assert train(root, "--device=gpu", "--seeds=1") == 0
    assert jobs == [1]
    assert {task.identity.device for task in done[0]} == {"gpu"}
    assert {task.name for task in done[0]} >= {"lstm-gpu/seed-1", "judge-gpu"}


@pytest.mark.parametrize(("code", "seen"), [(0, True), (1, False)])
def test_whether_there_is_a_gpu_is_asked_with_all_of_them_visible(
    code: int, seen: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\n[ "$CUDA_VISIBLE_DEVICES" = 5 ] || exit 9\necho noise\nexit {code}\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "5")
    assert devices._sees_gpu() is seen


# --- what goes wrong ---------------------------------------------------------------------


@pytest.mark.usefixtures("real_data")
def test_wrong_data_are_one_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "find_all", fail_with(DataError("IMDb: se esperaban los datos reales.")))
    assert train(root, "--data", "real") == 2
    assert sentence(capsys.readouterr().err) == "IMDb: se esperaban los datos reales."


@pytest.mark.usefixtures("real_data")
def test_a_file_where_results_should_go_is_one_sentence(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root.write_text("not a folder")
    assert train(root, "--jobs", "1") == 2
    message = sentence(capsys.readouterr().err)
    assert message.startswith(f"{root}/gan/seed-")
    assert (
        "se esperaba poder leer y escribir, se encontró un fichero donde debía haber una carpeta; " in message
    )
    assert root.read_text() == "not a folder"


@pytest.mark.usefixtures("real_data")
@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_permission_is_one_sentence(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o500)
    assert train(root, "--jobs", "1") == 2
    assert "se encontró que no hay permiso; libere espacio o revise los permisos" in sentence(
        capsys.readouterr().err
    )


@pytest.mark.usefixtures("real_data", "done")
def test_a_full_disk_is_one_sentence_and_leaves_no_manifest(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "fsync", fail_with(no_space()))
    assert train(root) == 2
    message = sentence(capsys.readouterr().err)
    assert message.lower().startswith(
        "el disco: se esperaba poder leer y escribir, se encontró que no queda sitio".lower()
    )
    assert message.endswith("; libere espacio o revise los permisos y repita la orden: seguirá donde quedó.")
    assert list(root.iterdir()) == []


@pytest.mark.usefixtures("real_data")
def test_an_interruption_is_one_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "run_here", fail_with(KeyboardInterrupt()))
    assert train(root) == 2
    assert sentence(capsys.readouterr().err) == "Interrumpido: la próxima vez seguirá donde quedó."


@pytest.mark.usefixtures("real_data")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--jobs=0",), "JOBS: se esperaba un entero positivo, se encontró «0»; "),
        (("--jobs=-1",), "JOBS: se esperaba un entero positivo, se encontró «-1»; "),
        (("--jobs=abc",), "JOBS: se esperaba un entero positivo, se encontró «abc»; "),
        (("--jobs=2", "--device=gpu"), "JOBS: se esperaba 1 con DEVICE=gpu"),
        (("--seeds=",), "SEEDS: se esperaban enteros no negativos"),
        (("--set=lstm.units=0",), "lstm.units: se esperaba un valor mayor o igual que 1, se encontró «0»; "),
        (('--set="',), "SET: se esperaban las comillas por pares"),
        (("--settings=falta.toml",), "falta.toml: se esperaba un fichero de ajustes, no se encontró; "),
        (("--variants=gru",), "VARIANTS: se esperaba alguna de las de experimento.toml; se encontró «gru»"),
        (("--variants",), "experimento.toml: se esperaba alguna variante, no se encontró ninguna; "),
    ],
)
def test_a_wrong_value_is_one_sentence(
    root: Path, done: list, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert train(root, *arguments) == 2
    assert sentence(capsys.readouterr().err).startswith(said)
    assert done == []


@pytest.mark.usefixtures("real_data")
@pytest.mark.parametrize(
    ("option", "legal"),
    [("profile", "full o quick o test"), ("data", "real"), ("device", "cpu o gpu")],
)
def test_an_unknown_choice_is_refused_with_the_legal_ones(
    option: str, legal: str, root: Path, done: list, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(root, f"--{option}", "otro") == 2
    assert sentence(capsys.readouterr().err) == (
        f"{option.upper()}: se esperaba {legal}, se encontró «otro»; escriba uno de ellos o ninguno."
    )
    assert done == []

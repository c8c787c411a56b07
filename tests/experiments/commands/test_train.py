"""The command line: what is run by default, and one sentence for each thing that goes wrong."""

import errno
import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from experiments import datasets, runs, runtime, tasks
from experiments.__main__ import main, parse_seeds
from experiments.datasets import DataError
from experiments.probe_reviews import make_probe
from experiments.records import DataInfo
from experiments.runs import TrainError
from experiments.tasks import Task

INFOS = {
    "imdb": DataInfo(name="imdb", digest="a" * 64, n_train=25_000, n_test=25_000),
    "mnist": DataInfo(name="mnist", digest="b" * 64, n_train=60_000, n_test=10_000),
    "sample_reviews": DataInfo(name="sample_reviews", digest="c" * 64, n_train=5_000, n_test=5_000),
    "sample_digits": DataInfo(name="sample_digits", digest="d" * 64, n_train=4_000, n_test=1_000),
}


made_once = functools.cache(make_probe)  # a corpus takes as long as all the rest of a test


def use_data(monkeypatch: pytest.MonkeyPatch, reviews: str, digits: str) -> None:
    """Data that are found at once and verified."""
    for experiment, name in (("imdb", reviews), ("mnist", digits)):
        path = None if name.startswith("sample_") else Path(f"/datos/{name}")
        found = SimpleNamespace(info=INFOS[name])
        monkeypatch.setattr(datasets, f"find_{experiment}", lambda folder, real, say, path=path: path)
        monkeypatch.setattr(datasets, f"load_{experiment}", lambda path, found=found: found)
    monkeypatch.setattr(tasks, "make_probe", made_once)


@pytest.fixture
def real_data(monkeypatch: pytest.MonkeyPatch) -> None:
    use_data(monkeypatch, "imdb", "mnist")


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[list[Task]]:
    """What each call of ``run_all`` got to run; nothing is."""
    calls: list[list[Task]] = []
    monkeypatch.setattr(runs, "run_all", lambda todo, jobs, show: calls.append(todo))
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


# --- seeds -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("1 2 3", [1, 2, 3]),
        ("1,2", [1, 2]),
        (" 3,  1 ", [3, 1]),
        ("2 1 2 2", [2, 1]),
        ("0", [0]),
        ("007", [7]),
        ("268435455", [2**28 - 1]),
    ],
)
def test_seeds_are_separated_by_spaces_or_commas(text: str, seeds: list[int]) -> None:
    assert parse_seeds(text) == seeds


@pytest.mark.parametrize(
    "text", ["abc", "", " ", ",", "-1", "1.5", "1 dos", "1;2", "²", "1e3", "268435456", "9" * 5_000]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(TrainError) as error:
        parse_seeds(text)
    assert str(error.value) == (
        f"SEEDS: se esperaban enteros no negativos separados por espacios, se encontró «{text}»; "
        'escriba, por ejemplo, SEEDS="1 2 3".'
    )


def test_a_wrong_seed_is_refused_before_any_data_are_fetched(tmp_path: Path) -> None:
    results = tmp_path / "results"
    command = [sys.executable, "-m", "experiments", "train", "--seeds=abc", "--results", str(results)]
    environment = os.environ | {"KERAS_HOME": str(tmp_path), "HTTPS_PROXY": "http://127.0.0.1:9"}
    ended = subprocess.run(
        command, cwd=runtime.ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert sentence(ended.stderr).startswith("SEEDS: se esperaban enteros no negativos")
    assert "«abc»" in ended.stderr
    assert ended.stdout == ""
    assert not results.exists()


# --- what is run -------------------------------------------------------------------------


FULL = [
    *("gan/seed-1", "gan/seed-2", "gan/seed-3", "judge"),
    *("lstm/seed-1", "lstm/seed-2", "lstm/seed-3", "probe/seed-1", "probe/seed-2", "probe/seed-3"),
    *("gan-dense/seed-1", "gan-dense/seed-2", "gan-dense/seed-3", "linear"),
    *("readability/seed-1", "readability/seed-2", "readability/seed-3"),
    *("readability-dense/seed-1", "readability-dense/seed-2", "readability-dense/seed-3"),
    *("memory/seed-1", "memory/seed-2", "memory/seed-3"),
]


@pytest.mark.usefixtures("real_data")
def test_the_default_is_three_seeds_of_all_runs(tmp_path: Path, done: list) -> None:
    assert train(tmp_path) == 0
    assert [task.name for task in done[0]] == FULL
    data = {task.kind: str(task.data) for task in done[0]}
    assert data == {
        **dict.fromkeys(("lstm", "linear", "memory"), "/datos/imdb"),
        **dict.fromkeys(("gan", "judge", "readability"), "/datos/mnist"),
        "probe": "None",
    }


@pytest.mark.usefixtures("real_data")
def test_the_quick_profile_takes_one_seed_unless_told(tmp_path: Path, done: list) -> None:
    assert train(tmp_path, "--profile", "quick") == 0
    assert train(tmp_path, "--profile", "quick", "--seeds", "5,6", "--architecture", "convolutional") == 0
    assert [task.name for task in done[0]] == [
        *("gan-dense-quick/seed-1", "judge-quick", "lstm-quick/seed-1", "probe-quick/seed-1"),
        *("linear-quick", "readability-dense-quick/seed-1", "memory-quick/seed-1"),
    ]
    assert [task.name for task in done[1]][:2] == ["gan-quick/seed-5", "gan-quick/seed-6"]
    assert [task.name for task in done[1]][-1] == "memory-quick/seed-6"


def test_on_the_sample_the_quick_profile_is_the_default(
    tmp_path: Path, done: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_data(monkeypatch, "sample_reviews", "mnist")
    assert train(tmp_path) == 0
    assert [task.name for task in done[0]][2] == "lstm-quick-sample/seed-1"
    assert train(tmp_path, "--profile", "full") == 0
    assert [task.name for task in done[1]][4] == "lstm-sample/seed-1"


@pytest.mark.usefixtures("real_data")
def test_only_what_is_missing_is_run_and_the_rest_is_said(
    tmp_path: Path, done: list, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        tasks, "reason_to_run", lambda task: "se reanuda" if task.name == "gan/seed-2" else None
    )
    assert train(tmp_path, "--seeds", "1 2") == 0
    assert [task.name for task in done[0]] == ["gan/seed-2", "readability/seed-2"]
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == [
        "GAN, semilla 1: completa y válida, no se repite.",
        "GAN, semilla 2: se reanuda.",
        "Juez: completa y válida, no se repite.",
    ]
    assert "Legibilidad, semilla 2: depende de GAN, semilla 2." in said
    assert len(said) == len(FULL) - 7  # one seed of each kind but the shared ones
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["runs"] == sorted(name for name in FULL if "seed-3" not in name)


@pytest.mark.usefixtures("real_data")
def test_a_failed_set_is_not_declared_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runs, "run_all", fail_with(TrainError("GAN, semilla 1: se detuvo.")))
    assert train(tmp_path) == 2
    assert sentence(capsys.readouterr().err) == "GAN, semilla 1: se detuvo."
    assert list(tmp_path.iterdir()) == []


# --- what goes wrong ---------------------------------------------------------------------


def test_wrong_data_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(datasets, "find_imdb", fail_with(DataError("IMDb: se esperaban los datos reales.")))
    assert train(tmp_path, "--data", "real") == 2
    assert sentence(capsys.readouterr().err) == "IMDb: se esperaban los datos reales."


@pytest.mark.usefixtures("real_data")
def test_a_file_where_results_should_go_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "results").write_text("not a folder")
    assert train(tmp_path / "results", "--jobs", "1") == 2
    message = sentence(capsys.readouterr().err)
    assert message.startswith(f"{tmp_path / 'results'}/gan/seed-")
    assert "se esperaba poder leer y escribir, se encontró «Not a directory»; " in message
    assert (tmp_path / "results").read_text() == "not a folder"


@pytest.mark.usefixtures("real_data")
@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_permission_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o500)
    assert train(tmp_path / "results", "--jobs", "1") == 2
    assert "se encontró «Permission denied»; libere espacio o revise los permisos" in sentence(
        capsys.readouterr().err
    )


@pytest.mark.usefixtures("real_data", "done")
def test_a_full_disk_is_one_sentence_and_leaves_no_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "fsync", fail_with(no_space()))
    assert train(tmp_path) == 2
    message = sentence(capsys.readouterr().err)
    assert message.lower().startswith(
        "el disco: se esperaba poder leer y escribir, se encontró «No space".lower()
    )
    assert message.endswith("; libere espacio o revise los permisos y repita la orden: seguirá donde quedó.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("real_data")
def test_an_interruption_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runs, "run_all", fail_with(KeyboardInterrupt()))
    assert train(tmp_path) == 2
    assert sentence(capsys.readouterr().err) == "Interrumpido: la próxima vez seguirá donde quedó."


@pytest.mark.usefixtures("real_data", "done")
@pytest.mark.parametrize("jobs", ["0", "-1", "abc"])
def test_a_wrong_number_of_jobs_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    assert train(tmp_path, f"--jobs={jobs}") == 2
    message = sentence(capsys.readouterr().err)
    assert message.startswith(f"JOBS: se esperaba un entero positivo, se encontró «{jobs}»; ")


@pytest.mark.usefixtures("real_data")
@pytest.mark.parametrize(
    ("option", "legal"),
    [("profile", "full o quick o test"), ("data", "real"), ("architecture", "convolutional o dense")],
)
def test_an_unknown_choice_is_refused_with_the_legal_ones(
    option: str, legal: str, tmp_path: Path, done: list, capsys: pytest.CaptureFixture
) -> None:
    assert train(tmp_path, f"--{option}", "otro") == 2
    assert sentence(capsys.readouterr().err) == (
        f"{option.upper()}: se esperaba {legal}, se encontró «otro»; escriba uno de ellos o ninguno."
    )
    assert done == []


# --- one run, which its starter listens to -----------------------------------------------

RUN = ["run", "lstm", "--seed", "4", "--profile", "test", "--data", "/datos/imdb", "--results"]


@pytest.mark.usefixtures("real_data")
def test_a_run_is_the_same_task_that_train_plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executed: list[tuple] = []
    monkeypatch.setattr(runs, "execute", lambda task, data, progress: executed.append((task, data.info)))
    assert main([*RUN, str(tmp_path)]) == 0
    info = INFOS["imdb"]
    planned = tasks.plan("lstm", 4, "test", None, Path("/datos/imdb"), info, tmp_path.resolve())
    assert executed == [(planned, info)]


@pytest.mark.usefixtures("real_data")
def test_a_measurement_without_what_it_measures_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "memory", *RUN[2:], str(tmp_path)]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error.startswith(f"{tmp_path}/lstm-test/seed-4/record.json: se esperaba un registro legible")


@pytest.mark.usefixtures("real_data")
def test_a_run_tells_its_starter_what_went_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runs, "execute", fail_with(no_space()))
    assert main([*RUN, str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "se encontró «No space left on device»; libere espacio" in json.loads(printed.out)["error"]


def test_a_reader_who_leaves_is_not_told():
    program = (
        "import sys; from experiments import __main__ as command_line\n"
        "command_line.train = lambda options: print('entrena') or 0\n"
        "sys.exit(command_line.main(['train']))"
    )
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=runtime.ROOT, stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (2, b"")

"""Fixtures that several modules share."""

import fcntl
import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

# As many tests go on at once as there are cores, so that one core is what each has to itself; read when
# NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from systems import BARE

from report.assembly.workshop import Crew
from report.paths import ROOT

if TYPE_CHECKING:
    import phrases

TESTS = Path(__file__).parent
# The files that take longest, in that order, so that the processes that share the tests out by file
# end together; but what needs the training of the first one never waits for it.
LONGEST = (
    "test_end_to_end.py",
    "report/proof/checks/test_made_up_studies.py",
    "report/html/screen/test_in_browser.py",
    "experiments/test_resume.py",
    "report/text/test_substitution.py",
    "report/proof/checks/test_verification.py",
    "experiments/running/test_cluster.py",
    "report/text/test_perturbation.py",
    "report/assembly/test_making.py",
    "test_readme.py",
    "report/office/test_writing.py",
    "experiments/images/test_gan_mnist_runs.py",
    "test_recipe.py",
    "experiments/reviews/test_classifier.py",
    "experiments/reviews/test_lstm_imdb.py",
    "experiments/reviews/test_lstm_memory.py",
    "experiments/images/test_gan_mnist.py",
    "experiments/running/test_processes.py",
    "report/assembly/test_workshop.py",
    "report/test_main.py",
    "experiments/running/test_execution.py",
    "report/audit/test_auditing.py",
    "experiments/brought/history/test_reader.py",
    "report/figures/test_family.py",
    "experiments/images/test_judge_images.py",
    "report/pdf/test_layout.py",
    "report/audit/test_own_documents.py",
    "experiments/images/test_digit_judge.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, in the order in which they are named; the others as they come."""
    order = {TESTS / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(order)))


def pytest_collection_finish() -> None:
    """What the tests have imported stays until the end: whoever looks for garbage need not look there."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all of pytest's processes have in common."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """``folder`` as ``make`` fills it, by the first of pytest's processes that wants it."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.with_suffix(".done").exists():
            make(folder)
            folder.with_suffix(".done").touch()
    return folder


def done_by_user(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """``python -m`` with ``command``, which must end well."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="session")
def trained(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of a tiny training run of all experiments on the built-in sample, done as a user on
    a machine without network or data would do it, and ``train.out``, what that printed."""
    empty = tmp_path_factory.mktemp("keras")

    def train(results: Path) -> None:
        done = done_by_user(
            *("experiments", "train", "--profile", "test", "--results", str(results)),
            KERAS_HOME=str(empty),
            HTTPS_PROXY="http://127.0.0.1:9",
        )
        (results / "train.out").write_text(done.stdout + done.stderr)

    return once(shared / "trained", train)


@pytest.fixture(scope="session")
def reference(shared: Path) -> Path:
    """The document of the reference results as the user builds it, and ``build.out``, what that
    printed."""

    def build(folder: Path) -> None:
        options = ("--results", "results/reference", "--build", str(folder))
        done = done_by_user("report.informe", "build", *options, **BARE)
        assert done.stderr == ""
        (folder / "build.out").write_text(done.stdout)

    return once(shared / "reference", build)


@pytest.fixture(scope="session")
def heard(shared: Path) -> "phrases.Heard":
    """What the documents of all cases say, read once for all who look at it."""
    import phrases

    def read(file: Path) -> None:
        file.write_bytes(pickle.dumps(phrases.heard()))

    return pickle.loads(once(shared / "heard.pickle", read).read_bytes())


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """The two processes that draw and typeset, for all tests that make documents: their start takes
    longer than a short document. ``open_workshop(folder, crew)`` has them."""
    with Crew() as hired:
        yield hired

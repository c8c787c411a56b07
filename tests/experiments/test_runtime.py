"""How the machine is set up for a run: silence, threads, device."""

import sys
from types import SimpleNamespace

import pytest

from experiments import runtime


def test_a_run_is_silent_and_uses_the_processor_alone() -> None:
    variables = runtime.environment_variables("cpu")
    assert variables["TF_CPP_MIN_LOG_LEVEL"] == "3"
    assert variables["CUDA_VISIBLE_DEVICES"] == "-1"
    assert variables["OMP_NUM_THREADS"] == "1"


def test_on_a_gpu_those_that_the_user_lets_it_see_are_seen() -> None:
    cpu, gpu = runtime.environment_variables("cpu"), runtime.environment_variables("gpu")
    assert cpu.items() - gpu.items() == {("CUDA_VISIBLE_DEVICES", "-1")}
    assert gpu.items() <= cpu.items()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What TensorFlow is asked for, on a machine with two GPUs."""
    found: dict[str, object] = {}
    threading = SimpleNamespace(
        set_intra_op_parallelism_threads=lambda n: found.update(intra=n),
        set_inter_op_parallelism_threads=lambda n: found.update(inter=n),
    )
    experimental = SimpleNamespace(set_memory_growth=lambda gpu, grows: found.update({gpu: grows}))
    config = SimpleNamespace(
        threading=threading,
        experimental=experimental,
        list_physical_devices=lambda kind: [f"{kind} 0", f"{kind} 1"],
    )
    monkeypatch.setitem(sys.modules, "tensorflow", SimpleNamespace(config=config))
    return found


def test_a_run_keeps_to_one_thread(asked: dict[str, object]) -> None:
    runtime.prepare("cpu")
    assert asked == {"intra": 1, "inter": 1}


def test_a_run_takes_no_more_of_a_gpu_than_it_needs(asked: dict[str, object]) -> None:
    runtime.prepare("gpu")
    assert asked == {"intra": 1, "inter": 1, "GPU 0": True, "GPU 1": True}

"""Where a run takes place."""

import importlib.metadata
import os
import platform
import subprocess
from contextlib import suppress
from pathlib import Path

from experiments.paths import ROOT
from experiments.records.base import Device, Environment
from experiments.runtime import THREADS

LIBRARIES = ("tensorflow", "keras", "numpy", "scipy", "scikit-learn", "statsmodels")


def environment(device: Device) -> Environment:
    """Of this process; on a GPU it imports TensorFlow, which knows its name."""
    commit, dirty = _git_state()
    return Environment(
        python=platform.python_version(),
        platform=platform.platform(terse=True),
        processor=_processor(),
        cores=os.cpu_count() or 1,
        threads=THREADS,
        device=device,
        gpu=gpu_name() if device == "gpu" else None,
        libraries=library_versions(),
        commit=commit,
        dirty=dirty,
    )


def gpu_name() -> str | None:
    """Of the first GPU that TensorFlow sees; None without one."""
    import tensorflow as tf

    for gpu in tf.config.list_physical_devices("GPU"):
        return str(tf.config.experimental.get_device_details(gpu).get("device_name", "GPU"))
    return None


def library_versions() -> dict[str, str]:
    """Versions of the libraries that can alter a result."""
    return {name: importlib.metadata.version(name) for name in LIBRARIES}


def _git_state() -> tuple[str | None, bool]:
    def git(*arguments: str) -> str | None:
        if not (ROOT / ".git").exists():  # installed, perhaps somewhere below a project of its user's
            return None
        try:
            done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        except OSError:
            return None
        return done.stdout.strip() if done.returncode == 0 else None

    commit = git("rev-parse", "HEAD")
    return commit, commit is not None and bool(git("status", "--porcelain", "--untracked-files=no"))


def _processor() -> str:
    """The processor's model name, or the architecture where the system does not tell."""
    with suppress(OSError):  # only Linux has it
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

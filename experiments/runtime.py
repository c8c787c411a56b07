"""Threads, noise, the environment of a run, and the events that it sends to whoever started it."""

import importlib.metadata
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from experiments.records import Environment

ROOT = Path(__file__).parent.parent
THREADS = 1  # per run: runs are independent processes, as many at once as there are cores
LIBRARIES = ("tensorflow", "keras", "numpy", "scikit-learn")

# Set before TensorFlow is imported: silence at start-up, and the processor alone, so that
# the same seed gives the same run on machines with and without an accelerator.
ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "OMP_NUM_THREADS": str(THREADS),
    "PYTHONHASHSEED": "0",
}


def limit_threads() -> None:
    """Keep TensorFlow within ``THREADS``; call before any operation."""
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)


def environment() -> Environment:
    commit, dirty = _git_state()
    return Environment(
        python=platform.python_version(),
        platform=platform.platform(terse=True),
        processor=_processor(),
        cores=os.cpu_count() or 1,
        threads=THREADS,
        libraries=library_versions(),
        commit=commit,
        dirty=dirty,
    )


def library_versions() -> dict[str, str]:
    """Versions of the libraries that can alter a result."""
    return {name: importlib.metadata.version(name) for name in LIBRARIES}


def emit(**event: object) -> None:
    """One JSON line on standard output. If nobody reads it any more, the process that
    started this run is gone, and so ends the run."""
    try:
        print(json.dumps(event), flush=True)
    except BrokenPipeError:
        os._exit(2)


def _git_state() -> tuple[str | None, bool]:
    def git(*arguments: str) -> str | None:
        try:
            done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        except OSError:
            return None
        return done.stdout.strip() if done.returncode == 0 else None

    commit = git("rev-parse", "HEAD")
    return commit, commit is not None and bool(git("status", "--porcelain", "--untracked-files=no"))


def _processor() -> str:
    """The processor's model name, or the architecture where the system does not tell."""
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

"""Whether the device that the user asks for is there."""

import os
import subprocess
import sys

from experiments.errors import SettingsError
from experiments.paths import ROOT
from experiments.records.base import Device
from experiments.runtime import environment_variables

ASK = "import sys; from experiments.running.environment import gpu_name; sys.exit(gpu_name() is None)"


def expect_device(device: Device) -> None:
    """Raises SettingsError if it is a GPU and TensorFlow sees none."""
    if device == "gpu" and not _sees_gpu():
        raise SettingsError(
            "DEVICE: se esperaba una GPU que TensorFlow pueda usar, no se encontró ninguna; instale sus "
            "controladores y bibliotecas o quite DEVICE=gpu."
        )


def _sees_gpu() -> bool:
    """Asked in a process of its own: TensorFlow takes seconds to import, and says much while it looks."""
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env=os.environ | environment_variables("gpu"),
        capture_output=True,
        check=False,
    )
    return asked.returncode == 0

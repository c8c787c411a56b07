"""Both networks, trained once on a corpus that is learned in seconds."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from experiments import memory_probe
from experiments.data.probe_reviews import ProbeReviews, make_probe
from experiments.kinds.base import Job
from experiments.kinds.probe import CELL, CONTROL, ProbeConfig, ProbeEpoch, ProbeResults, contradictions
from experiments.memory_probe import Corpus, Encoded, build_cell, build_control, probabilities, read, run, train

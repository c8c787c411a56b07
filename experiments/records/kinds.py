"""All kinds of records together, a run, and a complete set of results."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from experiments.records.base import Arrays, Profile, Strict
from experiments.records.configs import (
    GanConfig,
    JudgeConfig,
    LinearConfig,
    LstmConfig,
    MemoryConfig,
    ProbeConfig,
    ReadabilityConfig,
)
from experiments.records.part_a import LinearRecord, LstmRecord, MemoryRecord, ProbeRecord
from experiments.records.part_b import GanRecord, JudgeRecord, ReadabilityRecord

Record = LstmRecord | GanRecord | LinearRecord | MemoryRecord | ProbeRecord | JudgeRecord | ReadabilityRecord
Config = LstmConfig | GanConfig | LinearConfig | MemoryConfig | ProbeConfig | JudgeConfig | ReadabilityConfig
Kind = Literal["lstm", "gan", "linear", "memory", "probe", "judge", "readability"]
KINDS: dict[str, type[Record]] = {
    "lstm": LstmRecord,
    "gan": GanRecord,
    "linear": LinearRecord,
    "memory": MemoryRecord,
    "probe": ProbeRecord,
    "judge": JudgeRecord,
    "readability": ReadabilityRecord,
}

LSTM_ARRAYS = ("probability", "label", "length", "stars", "review_id", "distance")
GAN_CURVES = (
    "discriminator_loss",
    "generator_loss",
    "d_real",
    "d_fake",
    "accuracy_real",
    "accuracy_fake",
)
GAN_ARRAYS = (*GAN_CURVES, "grid", "samples", "real")
ARRAYS: dict[str, tuple[str, ...]] = {
    "lstm": LSTM_ARRAYS,
    "gan": GAN_ARRAYS,
    "linear": LSTM_ARRAYS,
    "memory": ("gradient_initial", "gradient_selected"),
    "probe": (),
    "judge": ("weights", "shown"),
    "readability": ("grid_digit", "grid_readable", "above", "below", "pairs"),
}


class Manifest(Strict):
    """The runs that make one complete set of results, as folders relative to the manifest."""

    schema_version: Literal[1] = 1
    profile: Profile
    runs: Annotated[tuple[str, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Run:
    """A record with its arrays; ``name`` is its folder within a set of results."""

    name: str
    record: Record
    arrays: Arrays

"""What all records share: their types, where they come from, and how they fail."""

import datetime
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

Rate = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]
PositiveFloat = Annotated[float, Field(gt=0)]
NonNegative = Annotated[float, Field(ge=0)]
Fraction = Annotated[float, Field(gt=0, lt=1)]
Loss = Annotated[float, Field(ge=0)]
Seconds = Annotated[float, Field(ge=0)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

Arrays = dict[str, np.ndarray]

Profile = Literal["full", "quick", "test"]
DataName = Literal[
    "imdb", "mnist", "sample_reviews", "sample_digits", "probe_reviews", "own_reviews", "own_images"
]
Device = Literal["cpu", "gpu"]

SCHEMA_VERSION = 2
WORK = "work"  # subfolder of an unfinished run: what it needs to go on


class RecordError(Exception):
    """A record that cannot be used; the message is one Spanish sentence for the user."""


class Strict(BaseModel):
    """Immutable, no unknown keys, no NaN or infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class DataInfo(Strict):
    """Which data a run used; ``digest`` is taken over their content, never over an archive."""

    name: DataName
    digest: Sha256
    n_train: Positive  # examples in the training part
    n_test: Positive
    title: str = ""  # what the user calls own data
    language: str = ""  # of own reviews: an ISO 639-1 code
    classes: tuple[str, ...] = ()  # of own data: the words for labels 0, 1, ...

    @property
    def is_sample(self) -> bool:
        return self.name.startswith("sample_")  # the probe's corpus is made on purpose

    @property
    def is_own(self) -> bool:
        return self.name.startswith("own_")


class Environment(Strict):
    """Where a run took place."""

    python: str
    platform: str
    processor: str
    cores: Positive
    threads: Positive  # that the run itself used
    device: Device
    gpu: str | None  # its name, where one was used
    libraries: dict[str, str]
    commit: str | None  # None outside a git checkout
    dirty: bool


class RunRecord(Strict):
    """What every experiment's record has."""

    schema_version: Literal[2] = 2
    kind: str
    config: Any  # each kind's own
    variant: str = ""  # empty: the base
    seed: Count
    profile: Profile
    data: DataInfo
    environment: Environment
    code_digest: Sha256
    finished_on: datetime.date  # UTC; dates a document that is given no date of its own
    duration_s: Seconds  # by the clock, interruptions left out
    processor_s: Seconds  # of all threads
    arrays_digest: Sha256


class DerivedRecord(RunRecord):
    """A run that measures what others left behind; ``upstream`` has, by the name of each of
    these, the digest of its arrays."""

    upstream: dict[str, Sha256]


@dataclass(frozen=True)
class Run:
    """A record with its arrays; ``name`` is its folder within a set of results."""

    name: str
    record: RunRecord
    arrays: Arrays

"""Who decides whether an image shows a readable digit, or an object of the user's classes."""

from typing import Annotated, Literal

from pydantic import Field

from experiments.kinds.base import Kind, Tolerance
from experiments.records.base import Arrays, Count, Positive, PositiveFloat, Rate, RunRecord, Strict
from experiments.records.built import BuiltModel


class JudgeConfig(Strict):
    """How it is trained and controlled."""

    members: Positive = 2  # differently built networks that must agree
    epochs: Positive = 8
    batch_size: Positive = 128
    learning_rate: PositiveFloat = 2e-3  # the highest; it falls to 0 along half a cosine
    threshold: Rate = 0.8  # of each member's probability; see ``digit_judge``
    control_images: Positive = 1_000  # of each control


ControlName = Literal[
    "real",
    "salt_and_pepper",
    "blur",
    "low_contrast",
    "uniform_noise",
    "gaussian_noise",
    "untrained_generator",
    "shuffled_pixels",
    "mean_image",
    "inverted",
    "patches",
    "blends",
    "smears",
    "scribbles",
    "letters",
    "arcs",
]


class Control(Strict):
    """Images whose answer is known beforehand: at least (``readable_expected``) or less than
    ``limit`` of them must be called readable. ``family`` says what the judge had seen in training:
    the same sort of images, a related one, or none like them."""

    name: ControlName
    family: Literal["trained", "related", "unseen"]
    readable_expected: bool
    limit: Rate
    n: Positive
    readable: Count

    @property
    def passed(self) -> bool:
        return (self.readable >= self.limit * self.n) == self.readable_expected


class JudgeResults(Strict):
    members: Annotated[tuple[BuiltModel, ...], Field(min_length=1)]
    parameters: Positive  # of all members
    n_test: Positive
    correct: Count  # images of the test part read rightly, readable or not
    ece: Rate  # expected calibration error, 15 bins (Guo et al., 2017)
    brier: Annotated[float, Field(ge=0, le=2)]
    controls: Annotated[tuple[Control, ...], Field(min_length=1)]


class JudgeRecord(RunRecord, JudgeResults):
    """The judge and the controls that it passed or failed on held-out images.

    Arrays: ``weights`` float16[p], those of all members one after the other; ``shown``
    uint8[c, k, 28, 28], some images of each control in the order of ``controls``.
    """

    kind: Literal["judge"] = "judge"
    config: JudgeConfig


def _real(record: JudgeRecord, arrays: Arrays) -> float:
    real = next(control for control in record.controls if control.name == "real")
    return real.readable / real.n


KIND = Kind(
    name="judge",
    title="Juez",
    config=JudgeConfig,
    record=JudgeRecord,
    arrays=("weights", "shown"),
    experiment="experiments.digit_judge",
    data="experiments.data.images",
    shared=True,
    profiles={
        "full": JudgeConfig(),
        "quick": JudgeConfig(epochs=1, control_images=300),
        "test": JudgeConfig(epochs=1, control_images=40),
    },
    tolerances=(
        Tolerance[JudgeRecord](
            "exactitud del juez", lambda record, arrays: record.correct / record.n_test, 0.005, 4
        ),
        Tolerance[JudgeRecord]("imágenes reales legibles", _real, 0.03, 3),
    ),
)

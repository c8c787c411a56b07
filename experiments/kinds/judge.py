"""Who decides whether an image shows a readable digit, or an object of the user's classes."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from experiments.kinds.base import Kind, Tolerance
from experiments.records.base import (
    Arrays,
    Count,
    DataInfo,
    Positive,
    PositiveFloat,
    Rate,
    RunRecord,
    Strict,
)
from experiments.records.built import BuiltModel

DIGITS = 10


def are_digits(data: DataInfo) -> bool:
    """Whether it is known what the classes are, and so what shows none of them."""
    return data.name in ("mnist", "sample_digits")


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

# ``trained``: the judge learnt from the same sort, here made anew of other images; ``related``: it
# learnt from something alike; ``unseen``: from nothing like it.
Family = Literal["trained", "related", "unseen"]


class Control(Strict):
    """Images whose answer is known beforehand: at least (``readable_expected``) or less than
    ``limit`` of them must be called readable."""

    name: ControlName
    family: Family
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
    controls: Annotated[tuple[Control, ...], Field(min_length=1)]  # those that apply to the data

    @property
    def n_classes(self) -> int:
        """What the members tell apart, beside what is none of it."""
        return outputs(self.members[0]) - 1


class JudgeRecord(RunRecord, JudgeResults):
    """The judge and the controls that it passed or failed on held-out images.

    Arrays: ``weights`` float16[p], those of all members one after the other; ``shown``
    uint8[c, k, 28, 28], some images of each control in the order of ``controls``.
    """

    kind: Literal["judge"] = "judge"
    config: JudgeConfig

    @model_validator(mode="after")
    def _is_built_as_configured(self) -> Self:
        if complaints := contradictions(self.config, self.data, self.members, self.parameters):
            raise ValueError(f"las redes construidas no son las de la configuración: {'; '.join(complaints)}")
        return self


def outputs(member: BuiltModel) -> int:
    """How many answers it gives; 0 if it has no layers or an unknown number."""
    return (member.layers[-1].shape[-1] or 0) if member.layers else 0


def contradictions(
    config: JudgeConfig, data: DataInfo, members: tuple[BuiltModel, ...], parameters: int
) -> list[str]:
    """Where the networks that were built are not what ``config`` and ``data`` say, in Spanish."""
    found = []

    def expect(what: str, expected: object, built: object) -> None:
        if expected != built:
            found.append(f"{what}: se esperaba {expected}, se encontró {built}")

    expect("members", config.members, len(members))
    expect("parameters", parameters, sum(member.parameters for member in members))
    classes = DIGITS if are_digits(data) else len(data.classes) or outputs(members[0]) - 1
    for member in members:
        expect(f"clases ({member.role})", max(classes, 2), outputs(member) - 1)
        expect(f"optimizer ({member.role})", "Adam", member.optimizer.kind)
        rate = member.optimizer.settings.get("learning_rate.initial_learning_rate")
        expect(f"learning_rate ({member.role})", config.learning_rate, rate)
    return found


def _real(record: JudgeRecord, arrays: Arrays) -> float:
    real = next(control for control in record.controls if control.name == "real")
    return real.readable / real.n


KIND = Kind(
    name="judge",
    title="Juez",
    config=JudgeConfig,
    record=JudgeRecord,
    arrays=("weights", "shown"),
    experiment="experiments.images.digit_judge",
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

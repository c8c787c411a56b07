"""Who decides whether an image can be read."""

from typing import get_args

from experiments.kinds.judge import Control, ControlName, Family, JudgeRecord, are_digits
from experiments.records.base import Arrays
from experiments.records.coherence import common
from experiments.records.coherence.arrays import PICTURE
from experiments.records.coherence.complaints import Complaint, Complaints, expect, expect_at_most, told

# As the experiment has them, which cannot be imported without TensorFlow: family, whether the images must be
# readable, and of how many at least, or of how many less.
ASKED: dict[ControlName, tuple[Family, bool, float]] = {
    "real": ("trained", True, 0.90),
    "salt_and_pepper": ("trained", True, 0.80),
    "blur": ("trained", True, 0.80),
    "low_contrast": ("trained", True, 0.80),
    "uniform_noise": ("related", False, 0.05),
    "gaussian_noise": ("trained", False, 0.05),
    "untrained_generator": ("related", False, 0.05),
    "shuffled_pixels": ("related", False, 0.05),
    "mean_image": ("related", False, 0.05),
    "inverted": ("trained", False, 0.05),
    "patches": ("trained", False, 0.10),
    "blends": ("trained", False, 0.20),
    "smears": ("trained", False, 0.05),
    "scribbles": ("unseen", False, 0.20),
    "letters": ("unseen", False, 0.10),
    "arcs": ("unseen", False, 0.20),
}
DRAWN: tuple[ControlName, ...] = ("smears", "scribbles", "letters", "arcs")  # for digits alone


def of_record(record: JudgeRecord) -> Complaints:
    yield from expect("n_test", record.data.n_test, record.n_test, "las imágenes de «data»")
    yield from expect_at_most("correct", record.n_test, record.correct, "su «n_test»")
    # two probabilities of a half are the least that a wrong answer costs
    least = (1 - record.correct / record.n_test) / 2
    if record.brier < least - 1e-9:
        yield Complaint("brier", f"a lo menos {told(least)}, con esos aciertos", told(record.brier))
    for place, member in enumerate(record.members):
        yield from common.of_model(f"members[{place}]", member)
    names = [name for name in get_args(ControlName) if are_digits(record.data) or name not in DRAWN]
    yield from expect("controls[*].name", names, [control.name for control in record.controls])
    n = min(record.config.control_images, record.n_test)
    for place, control in enumerate(record.controls):
        yield from _control(f"controls[{place}]", control, n)


def _control(field: str, control: Control, n: int) -> Complaints:
    family, readable, limit = ASKED[control.name]
    yield from expect(f"{field}.family", family, control.family)
    yield from expect(f"{field}.readable_expected", readable, control.readable_expected)
    yield from expect(f"{field}.limit", limit, control.limit)
    yield from expect(f"{field}.n", n, control.n, "control_images")
    yield from expect_at_most(f"{field}.readable", control.n, control.readable, "su «n»")


def of_arrays(record: JudgeRecord, arrays: Arrays) -> Complaints:
    weights, shown = arrays["weights"], arrays["shown"]
    found = f"{weights.dtype} {weights.shape}"
    yield from expect("arrays.weights", f"float16 {(record.parameters,)}", found, "los de «parameters»")
    kept = shown.shape[1] if shown.ndim > 1 else 0
    expected = f"uint8 {(len(record.controls), kept, *PICTURE)}"
    yield from expect("arrays.shown", expected, f"{shown.dtype} {shown.shape}", "unas por control")
    yield from expect_at_most("arrays.shown", min(control.n for control in record.controls), kept)

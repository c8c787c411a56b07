"""What the judge of images may be trusted with: its controls, whose answer is known beforehand."""

from experiments.kinds.judge import Control, JudgeRecord
from report.ledger.ledger import Number, derive
from report.ledger.quantities import SHARE
from report.study.study import Study, at

MIN_ACCURACY = 0.99  # on real images of the test part, readable or not
UNSEEN = "unseen"  # the family of which the judge learnt nothing

# Images that are noise to anyone: nothing that a generator draws may pass for readable unless it
# is read more often than these.
NOISES = (
    *("uniform_noise", "gaussian_noise", "untrained_generator"),
    *("shuffled_pixels", "mean_image", "inverted"),
)


def judge_record(study: Study) -> JudgeRecord:
    record = study.judge[0].record
    assert isinstance(record, JudgeRecord)
    return record


def is_accurate(study: Study) -> bool:
    """Whether the judge knows real images."""
    judge = judge_record(study)
    return judge.correct / judge.n_test >= MIN_ACCURACY


def is_usable(study: Study) -> bool:
    """Whether the judge does what it was taught to. How far that reaches, its other controls say: that it
    fails one of them qualifies what it reads and does not disqualify it."""
    return is_accurate(study) and all(
        control.passed for control in judge_record(study).controls if taught(control)
    )


def taught(control: Control) -> bool:
    """Whether the judge learnt from images like these."""
    return control.family != UNSEEN


def readable_share(study: Study, index: int) -> Number:
    """Of the images of one control, those that the judge calls readable."""
    place = f"controls[{index}]"
    readable, n = at(study.judge[0], f"{place}.readable"), at(study.judge[0], f"{place}.n")
    return SHARE(derive("cociente", lambda a, b: a / b, readable, n))


def real_share(study: Study) -> Number:
    """Of held-out real images, those that the judge calls readable."""
    names = [control.name for control in judge_record(study).controls]
    return readable_share(study, names.index("real"))


def noise_ceiling(study: Study) -> Number:
    """The most that the judge calls readable of any kind of noise."""
    shares = [
        readable_share(study, index)
        for index, control in enumerate(judge_record(study).controls)
        if control.name in NOISES
    ]
    return max(shares, key=lambda share: share.value)

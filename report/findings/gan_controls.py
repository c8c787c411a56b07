"""Whether the judge of digits may be believed: controls whose answer is known beforehand."""

from enum import StrEnum
from typing import Any

from experiments.records import Control, JudgeRecord
from report.findings.base import Finding, Rule, threshold
from report.numbers import Number, derive
from report.quantities import ACCURACY, COUNT, RATE, SHARE, SHARE_WHOLE
from report.results import Study, at

MIN_ACCURACY = 0.99  # on real digits of the test part, readable or not

# Images that are noise to anyone: nothing that a generator draws may pass for readable unless it
# is read more often than these.
NOISES = (
    *("uniform_noise", "gaussian_noise", "untrained_generator"),
    *("shuffled_pixels", "mean_image", "inverted"),
)


class Controls(StrEnum):
    PASSED = "superados"
    FAILED = "fallidos"


def passed(control: Control) -> bool:
    """At least the limit where the images are readable, less than it where they are not."""
    share = control.readable / control.n
    return share >= control.limit if control.readable_expected else share < control.limit


def judge_record(study: Study) -> JudgeRecord:
    assert isinstance(study.judge.record, JudgeRecord)
    return study.judge.record


def is_valid(study: Study) -> bool:
    """Whether the judge may be used at all."""
    judge = judge_record(study)
    return judge.correct / judge.n_test >= MIN_ACCURACY and all(map(passed, judge.controls))


def find(study: Study) -> Finding:
    """All controls, and the accuracy on real digits, must be passed."""
    run, controls = study.judge, judge_record(study).controls
    accuracy = derive("cociente", lambda hits, n: hits / n, at(run, "correct"), at(run, "n_test"))
    rows: tuple[dict[str, Any], ...] = tuple(
        {
            "name": control.name,
            "readable_expected": control.readable_expected,
            "readable": readable_share(study, index),
            "limit": SHARE_WHOLE(at(run, f"controls[{index}].limit")),
            "n": COUNT(at(run, f"controls[{index}].n")),
            "passed": passed(control),
        }
        for index, control in enumerate(controls)
    )
    values = {
        "rows": rows,
        "failed": tuple(row for row in rows if not row["passed"]),
        "accuracy": ACCURACY(accuracy),
        "accurate": accuracy.value >= MIN_ACCURACY,
        "n_test": COUNT(at(run, "n_test")),
        "ece": RATE(at(run, "ece")),
        "brier": RATE(at(run, "brier")),
        "parameters": COUNT(at(run, "parameters")),
        "members": COUNT(at(run, "config.members")),
        "confidence": SHARE_WHOLE(at(run, "config.threshold")),
    }
    rule = Rule(
        "controles positivos y negativos",
        "convention",
        {"accuracy": threshold("gan.controls", "exactitud", MIN_ACCURACY, ACCURACY)},
    )
    demands = [(row["readable"], row["limit"]) for row in rows]
    demands.append((values["accuracy"], rule.thresholds["accuracy"]))
    nearest = min(
        (
            derive("distancia al límite", lambda a, b: abs(a - b), measured.leaf, limit.leaf)
            for measured, limit in demands
        ),
        key=lambda leaf: leaf.value,
    )
    verdict = Controls.PASSED if is_valid(study) else Controls.FAILED
    alone = COUNT(derive("jueces", lambda correct: 1, at(run, "correct")))
    return Finding("gan.controls", verdict, values, rule, alone, RATE(nearest))


def readable_share(study: Study, index: int) -> Number:
    place = f"controls[{index}]"
    readable, n = at(study.judge, f"{place}.readable"), at(study.judge, f"{place}.n")
    return SHARE(derive("cociente", lambda a, b: a / b, readable, n))


def real_share(study: Study) -> Number:
    """Of held-out real digits, those that the judge calls readable."""
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

"""The best recurrent network and the linear control of its seed, whose probabilities are averaged."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto

from experiments.kinds.linear import CONTROL
from experiments.records.base import Run
from report.findings.base import Code, Estimate
from report.findings.lstm.linear import model_path, right_path
from report.findings.measures import mean
from report.findings.review_by_review import Answers, answers_of, mean_difference, same_reviews
from report.findings.variants import Own, in_pairs, name_of
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import ACCURACY
from report.study.reduction import ENSEMBLE
from report.study.study import Study, at, lstm_record


class Adds(Code):
    """What a network does to the control that it is averaged with."""

    GAINS = auto()
    LOSES = auto()
    NOT_SHOWN = auto()


@dataclass(frozen=True)
class Ensemble:
    """``network`` is the recurrent network whose mean accuracy over the seeds is the highest on the
    validation part, ``val_accuracy``. ``over_control``, in points, is what it adds to the control, and
    ``adds`` what the interval says of that."""

    network: Number | Own
    val_accuracy: Number
    over_control: Estimate
    adds: Adds


@dataclass(frozen=True)
class Member:
    """A recurrent network that could be the one, and its runs."""

    network: Number | Own
    runs: tuple[Run, ...]

    @property
    def val_accuracy(self) -> Leaf:
        return derive("media", mean, gather(val_accuracy(run) for run in self.runs))


def val_accuracy(run: Run) -> Leaf:
    """At the selected epoch."""
    return at(run, f"epochs[{lstm_record(run).selected_epoch - 1}].val_accuracy")


def chosen(study: Study) -> Member | None:
    """The best on the validation part, the base first among equals; None where no network has the
    answers that it gives together with the control of its seed."""
    members = [Member(Own.BASE, study.lstm)]
    members += [Member(name_of(groups.lstm), groups.lstm) for groups in study.lstm_variants.values()]
    able = [member for member in members if is_able(study.lstm, member.runs)]
    return max(able, key=lambda member: member.val_accuracy.value, default=None)


def is_able(base: Sequence[Run], runs: Sequence[Run]) -> bool:
    """Whether it can be compared with the base, seed by seed, together with the control."""
    pairs = in_pairs(base, runs)
    return len(pairs) == len(base) and all(
        ENSEMBLE in own.arrays and same_reviews(run, own) for run, own in pairs
    )


def ensemble_of(member: Member, controls: Sequence[Run]) -> Ensemble:
    over_control = beside_control(member, controls)
    return Ensemble(member.network, ACCURACY(member.val_accuracy), over_control, adds(over_control))


def adds(over_control: Estimate) -> Adds:
    if over_control.low.value > 0:
        return Adds.GAINS
    return Adds.LOSES if over_control.high.value < 0 else Adds.NOT_SHOWN


def together(run: Run) -> Answers:
    """What a network answers with its control."""
    return answers_of(run, ENSEMBLE)


def parameters(run: Run, control: Run) -> Leaf:
    """Of both."""
    own = at(run, "model.parameters")
    return derive("suma con el control", lambda a, b: a + b, own, control_parameters(control))


def control_parameters(control: Run) -> Leaf:
    """A weight for each of its features, and one more."""
    features = at(control, f"{model_path(CONTROL)}.features")
    return derive("pesos del control", lambda n: n + 1, features)


def alone(run: Run, control: Run) -> Answers:
    """What the control answers, to the reviews of ``run``."""
    return Answers(at(control, f"arrays.{right_path(CONTROL)}"), at(run, "sizes.test"))


def seconds(run: Run, control: Run) -> Leaf:
    """Of the processor, for both. Those of the control are of all models that were fitted with it."""
    return derive("suma", lambda a, b: a + b, at(run, "processor_s"), at(control, "processor_s"))


def beside_control(member: Member, controls: Sequence[Run]) -> Estimate:
    """In points, how many more the ensemble is right than its control alone, which has read the same
    reviews."""
    by_seed = {run.record.seed: run for run in controls}
    pairs = [(run, by_seed[run.record.seed]) for run in member.runs if run.record.seed in by_seed]
    return mean_difference([(together(run), alone(run, control)) for run, control in pairs])

"""Whether the convolutional network draws more that can be read than the dense one."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import CONVENTION, Code, Finding, Rule, Summary, seeds
from report.findings.gan.controls import Controls
from report.findings.judging import noise_ceiling
from report.findings.measures import standard_deviation
from report.findings.readability import is_enough, last_checkpoint, readability_record, share_at
from report.ledger.ledger import Number, derive
from report.ledger.quantities import COUNT, SHARE
from report.study.study import GroupName, Groups, Study, at, dense


class Compared(Code):
    NONE = auto()
    NOTHING_READ = auto()
    ONE_SEED = auto()
    CONVOLUTIONAL = auto()
    DENSE = auto()
    UNCLEAR = auto()


@dataclass(frozen=True, kw_only=True)
class Comparison(Finding):
    """What is read of both at the last step, and the parameters of the dense one; None where there is
    no dense one to compare with."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan", "judge", "readability")
    presupposes: ClassVar = (Controls,)
    rule: ClassVar = Rule("difference_beyond_spread_of_seeds", CONVENTION)

    verdict: Compared
    convolutional: Summary | None = None
    dense: Summary | None = None
    dense_generator: Number | None = None
    dense_discriminator: Number | None = None


def find(study: Study) -> Comparison:
    """By what is read at the last step. Said only if every seed of one is above every seed of the
    other and the difference of the means exceeds the spread of both."""
    rival = dense(study)
    if not rival.readability:
        return Comparison(verdict=Compared.NONE, n_seeds=seeds(study.gan))
    last = last_checkpoint(study)
    here, there = share_at(study.readability, last), share_at(rival.readability, last)
    verdict = compare(here, there) if is_read(study, rival) else Compared.NOTHING_READ
    return Comparison(
        verdict=verdict,
        n_seeds=seeds(study.gan),
        margin=None if verdict in (Compared.ONE_SEED, Compared.NOTHING_READ) else margin(here, there),
        convolutional=here,
        dense=there,
        dense_generator=COUNT(at(rival.gan[0], "generator.parameters")),
        dense_discriminator=COUNT(at(rival.gan[0], "discriminator.parameters")),
    )


def is_read(study: Study, rival: Groups) -> bool:
    """Whether enough is read of some network of either."""
    noise = noise_ceiling(study).value
    last = [readability_record(run).steps[-1] for run in (*study.readability, *rival.readability)]
    return any(is_enough(step, noise) for step in last)


def compare(here: Summary, there: Summary) -> Compared:
    a, b = [n.value for n in here.each], [n.value for n in there.each]
    if len(a) == 1:
        return Compared.ONE_SEED
    spread = max(standard_deviation(a) or 0.0, standard_deviation(b) or 0.0)
    if abs(here.mean.value - there.mean.value) <= spread:
        return Compared.UNCLEAR
    if min(a) > max(b):
        return Compared.CONVOLUTIONAL
    return Compared.DENSE if min(b) > max(a) else Compared.UNCLEAR


def margin(here: Summary, there: Summary) -> Number:
    """How far the difference of the means is from the spread."""
    return SHARE(
        derive(
            "diferencia menos dispersión",
            lambda a, b, sd_a, sd_b: abs(abs(a - b) - max(sd_a, sd_b)),
            *(n.leaf for n in (here.mean, there.mean, here.sd, there.sd) if n is not None),
        )
    )

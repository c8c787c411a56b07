"""Images of an author that are not like those that the judge learnt from: it does not read the real ones."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import Code, Estimate, Finding, Rule, seeds
from report.findings.gan.grid_readings import real_of
from report.ledger.ledger import Number
from report.ledger.quantities import COUNT
from report.study.study import Need, Study, at


class Foreign(Code):
    NOT_READ = auto()


@dataclass(frozen=True, kw_only=True)
class Unread(Finding):
    """``real``: the share that is read of ``n`` real images."""

    needs: ClassVar[tuple[Need, ...]] = ("gan_unread",)
    rule: ClassVar = Rule("share_read_of_real_images", "wilson_1927")

    verdict: Foreign
    n: Number
    real: Estimate


def find(study: Study) -> Unread:
    run = study.gan_unread[0]
    real = real_of(run)
    assert real is not None
    return Unread(
        verdict=Foreign.NOT_READ,
        n_seeds=seeds(study.gan_unread),
        n=COUNT(at(run, "real_reading.n")),
        real=real,
    )

"""The cell that the probe examines, as it was built; the control beside it reads both ways."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.kinds.probe import ProbeRecord
from report.findings.base import CONVENTION, Code, Finding, Rule, seeds
from report.findings.lstm.network import classifier_of
from report.findings.networks import Network, network_of
from report.study.study import GroupName, Study


class Probed(Code):
    """The cells that a probe may examine, by the names of the classifiers that have them."""

    LSTM = auto()


@dataclass(frozen=True, kw_only=True)
class ProbeCell(Finding):
    """The same for all seeds."""

    needs: ClassVar[tuple[GroupName, ...]] = ("probe",)
    rule: ClassVar[Rule] = Rule("network as built", CONVENTION)

    verdict: Probed
    built: Network


def find(study: Study) -> ProbeCell:
    run = study.probe[0]
    assert isinstance(run.record, ProbeRecord)
    built = network_of(run, "cell.model", run.record.cell.model)
    return ProbeCell(verdict=Probed[classifier_of(built).name], n_seeds=seeds(study.probe), built=built)

"""What one run of the probe gives, and one network over several."""

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.kinds.probe import ProbeRecord
from experiments.records.base import Run
from report.findings import measures, probing
from report.findings.base import Estimate, Summary, summarize
from report.findings.hits import share_of_hits
from report.findings.intervals import Interval, seeds_interval, wilson_interval
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import ACCURACY, COUNT, DIFFERENCE
from report.study.study import at


@dataclass(frozen=True)
class Network:
    """One network over some seeds, at one distance: their accuracies and the interval of their mean,
    widened so that those of all distances hold together."""

    accuracy: Summary
    band: Interval

    @property
    def estimate(self) -> Estimate:
        return Estimate(self.accuracy.mean, *self.band)


@dataclass(frozen=True)
class AtDistance:
    """Both networks with the clause ``distance`` words from the end; of the cell the seeds that learn
    the task, ``above`` of them above chance, None where none learns."""

    distance: Number
    cell: Network | None
    above: Number | None
    control: Network


# --- one run -----------------------------------------------------------------------------


def probe_record(run: Run) -> ProbeRecord:
    assert isinstance(run.record, ProbeRecord)
    return run.record


def validation(run: Run, network: str) -> tuple[Leaf, Leaf]:
    """The hits of a network on the validation part at the epoch that was chosen, and its size."""
    chosen = at(run, f"{network}.selected_epoch").value - 1
    return at(run, f"{network}.epochs[{chosen}].val_correct"), at(run, f"{network}.val_n")


def has_learned(run: Run, network: str, tries: int) -> bool:
    hits, n = validation(run, network)
    return probing.above_chance(hits.value, n.value, tries)


def counts(run: Run, network: str, place: int) -> tuple[Leaf, Leaf]:
    """The hits of a network at one of the distances, and the reviews."""
    row = f"{network}.rows[{place}]"
    return at(run, f"{row}.correct"), at(run, f"{row}.n")


def seed_change(run: Run, last: int) -> Estimate:
    """Of the cell, its accuracy at the distance ``last``, counted from 0, less that at the first."""
    near, far = counts(run, "cell", 0), counts(run, "cell", last)
    shares = share_of_hits(*far), share_of_hits(*near)
    ends = [gather(end.leaf for end in wilson_interval(*each)) for each in (far, near)]
    inputs = (shares[0], ends[0], shares[1], ends[1])
    low = derive("Newcombe, inferior", lambda *each: measures.difference_interval(*each)[0], *inputs)
    high = derive("Newcombe, superior", lambda *each: measures.difference_interval(*each)[1], *inputs)
    value = derive("diferencia", lambda far, near: far - near, *shares)
    return Estimate(DIFFERENCE(value), DIFFERENCE(low), DIFFERENCE(high))


# --- several, at one distance --------------------------------------------------------------


def network(each: Sequence[tuple[Leaf, Leaf]], distances: int) -> Network:
    """``each`` has the hits and the reviews of one seed."""
    shares, confidence = [share_of_hits(*one) for one in each], 1 - probing.shared_out(distances)
    intervals = [wilson_interval(*one, confidence) for one in each]
    return Network(
        summarize(ACCURACY, shares),
        seeds_interval(list(zip(shares, intervals, strict=True)), confidence),
    )


def at_distance(learned: Sequence[Run], controlled: Sequence[Run], place: int, distances: int) -> AtDistance:
    cell = [counts(run, "cell", place) for run in learned]
    return AtDistance(
        distance=COUNT(at(controlled[0], f"control.rows[{place}].distance")),
        cell=network(cell, distances) if cell else None,
        above=COUNT(
            derive(
                "celdas por encima del azar",
                lambda each: sum(probing.above_chance(hits, n, distances) for hits, n in each),
                gather(map(gather, cell)),
            )
        )
        if cell
        else None,
        control=network([counts(run, "control", place) for run in controlled], distances),
    )


def slack(learned: Sequence[Run], index: int, place: AtDistance, distances: int) -> Leaf:
    """How far the cells that have learned are from not carrying the clause."""
    assert place.cell
    each = [counts(run, "cell", index) for run in learned]
    return derive(
        "holgura sobre el azar",
        lambda hits, n, low: probing.slack(hits, n, low, distances),
        gather(hits for hits, _ in each),
        each[0][1],
        place.cell.band[0].leaf,
    )

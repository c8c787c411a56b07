"""What the judge reads in the images of a grid, as it is printed beside them."""

from experiments.kinds.readability import ReadabilityRecord
from report.figures.base import Source
from report.findings.gan.grid_readings import GridReadings
from report.findings.gan.readings import Readings
from report.findings.readability import class_name, readability_record
from report.ledger.ledger import Leaf, Number
from report.ledger.quantities import COUNT
from report.study.study import AnyRun, at, gan_record, shown_gan


def read_in_grid(source: Source, run: AnyRun, place: int, n: int) -> tuple[str, ...]:
    """In each of the first ``n`` images of the ``place``-th grid of ``run``; empty where nothing is
    read."""
    readable = run.arrays["grid_readable"][place].astype(bool)

    def name(index: int) -> Number:
        labels = at(run, f"arrays.grid_class[{place}]")
        label = Leaf(int(labels.value[index]), f"{labels.origin}[{index}]")
        return class_name(run, label) if isinstance(run.record, ReadabilityRecord) else COUNT(label)

    return tuple(source.plain(name(index)) if readable[index] else "" for index in range(n))


def read_in_step(source: Source, step: int, n: int) -> tuple[str, ...]:
    """The same at a sampled step of the seed that is shown; nothing where no judge was asked."""
    if source.findings.get(GridReadings):
        return read_in_grid(source, shown_gan(source.study), step, n)
    readings = source.findings.get(Readings)
    if readings is None or readings.steps[step] is None:
        return ("",) * n
    run = source.study.readability[0]
    checkpoints = [each.iteration for each in readability_record(run).steps]
    iteration = gan_record(source.study.gan[0]).sampled_steps[step]
    return read_in_grid(source, run, checkpoints.index(iteration), n)

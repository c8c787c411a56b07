"""Does the LSTM forget what is far away? Two conditions decide, each in every seed: accuracy
falls with length more than the control's, and influence falls with the distance to the end."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import numpy as np

from experiments.records import Run
from report.findings.base import Estimate, Finding, Rule, Summary, seeds, summarize, threshold
from report.findings.lstm_length import estimate
from report.numbers import Number, Quantity, derive, gather
from report.quantities import COEFFICIENT, COUNT, INFLUENCE, RATIO, SEED, SHARE_WHOLE
from report.results import Study, at

NO_INTERACTION = 0.0  # both models lose alike with length
NO_DECAY = 1.0  # far and near weigh the same
REACH = 0.01  # of its largest value: below it, a gradient no longer arrives

SETTINGS = ("window", "near", "far", "gradient_reviews", "bootstrap_samples")


class Memory(StrEnum):
    SUPPORTED = "respaldada"
    PARTIAL = "parcial"
    NOT_SUPPORTED = "no respaldada"


class Condition(StrEnum):
    HOLDS = "se cumple"
    SOME = "se cumple en algunas semillas"
    OPPOSITE = "ocurre lo contrario"
    NOT_SHOWN = "no se demuestra"


class Which(StrEnum):
    LENGTH = "longitud"
    DISTANCE = "distancia"


class Beside(StrEnum):
    """The decay of the LSTM beside that of the control."""

    MORE = "decae más que en el control"
    ALIKE = "no se distingue del control"
    LESS = "decae menos que en el control"


Interval = tuple[float, float]


def condition_of(intervals: Sequence[Interval], bound: float) -> Condition:
    """Whether each seed's interval lies below ``bound``; touching it does not do."""
    below = [high < bound for _, high in intervals]
    if any(below):
        return Condition.HOLDS if all(below) else Condition.SOME
    return Condition.OPPOSITE if all(low > bound for low, _ in intervals) else Condition.NOT_SHOWN


def verdict_of(length: Condition, distance: Condition) -> Memory:
    held = [condition is Condition.HOLDS for condition in (length, distance)]
    if all(held):
        return Memory.SUPPORTED
    return Memory.PARTIAL if any(held) else Memory.NOT_SUPPORTED


def beside_of(intervals: Sequence[Interval], control: Interval) -> Beside:
    """Alike if the interval of any seed touches the control's, else more only if all lie below."""
    low, high = control
    if any(each[0] <= high and each[1] >= low for each in intervals):
        return Beside.ALIKE
    return Beside.MORE if all(each[1] < low for each in intervals) else Beside.LESS


def find(study: Study) -> Finding:
    runs = study.memory
    interactions = [estimate(run, "regression.interaction") for run in runs]
    decays = [decay(run) for run in runs]
    control = decay(study.linear)
    length = condition_of([ends(each) for each in interactions], NO_INTERACTION)
    distance = condition_of([ends(each) for each in decays], NO_DECAY)
    margins = {
        Which.LENGTH: distance_to(interactions, NO_INTERACTION, COEFFICIENT),
        Which.DISTANCE: distance_to(decays, NO_DECAY, RATIO),
    }
    nearest = min(margins, key=lambda which: margins[which].value)
    values = {
        "length": length,
        "distance": distance,
        "rows": tuple(
            {"seed": SEED(at(run, "seed")), "interaction": interaction, "decay": decay}
            for run, interaction, decay in zip(runs, interactions, decays, strict=True)
        ),
        "length_count": seeds_below(interactions, NO_INTERACTION),
        "distance_count": seeds_below(decays, NO_DECAY),
        "control": control,
        "control_decay": condition_of([ends(control)], NO_DECAY),
        "beside": beside_of([ends(each) for each in decays], ends(control)),
        "deciding": {
            Which.LENGTH: deciding(interactions),
            Which.DISTANCE: deciding(decays),
        },
        "margins": margins,
        "nearest": nearest,
        "influence": influence_ends(runs),
        "control_influence": influence_ends((study.linear,)),
        "reach_initial": reaches(runs, "gradient_initial"),
        "reach_selected": reaches(runs, "gradient_selected"),
        "occluded": COUNT(at(runs[0], "influence[0].n")),
        **{name: COUNT(at(runs[0], f"config.{name}")) for name in SETTINGS},
    }
    rule = Rule(
        "la exactitud cae con la longitud más que la del control y la influencia, con la distancia",
        "convention",
        {
            "interaction": threshold("lstm.memory", "interacción", NO_INTERACTION),
            "decay": threshold("lstm.memory", "razón", NO_DECAY),
            "reach": threshold("lstm.memory", "alcance", REACH, SHARE_WHOLE),
        },
    )
    verdict = verdict_of(length, distance)
    return Finding("lstm.memory", verdict, values, rule, seeds(runs), margins[nearest], headlines=("rows",))


def decay(run: Run) -> Estimate:
    """Influence of what is far from the end over that of what is near."""
    ratio, low, high = (RATIO(at(run, f"decay.{name}")) for name in ("ratio", "low", "high"))
    return Estimate(ratio, low, high)


def ends(estimate: Estimate) -> Interval:
    return estimate.low.value, estimate.high.value


def seeds_below(estimates: Sequence[Estimate], bound: float) -> Number:
    highs = gather(each.high.leaf for each in estimates)
    return COUNT(derive("semillas por debajo", lambda ends: sum(end < bound for end in ends), highs))


def distance_to(estimates: Sequence[Estimate], bound: float, quantity: Quantity) -> Number:
    end = deciding(estimates).leaf
    return quantity(derive("distancia al límite", lambda end: abs(end - bound), end))


def deciding(estimates: Sequence[Estimate]) -> Number:
    """Of the seed that decides, the one whose interval ends highest, that end."""
    return max((each.high for each in estimates), key=lambda end: end.value)


def influence_ends(runs: Sequence[Run]) -> dict[str, Any]:
    """What the nearest and the farthest window that all runs have weigh, in logits."""
    last = min(len(at(run, "influence").value) for run in runs) - 1

    def over_seeds(index: int) -> Summary:
        return summarize(INFLUENCE, [at(run, f"influence[{index}].mean") for run in runs])

    return {
        "near": over_seeds(0),
        "far": over_seeds(last),
        "distance": COUNT(at(runs[0], f"influence[{last}].distance")),
        "n_far": COUNT(at(runs[0], f"influence[{last}].n")),
    }


def reaches(runs: Sequence[Run], name: str) -> dict[str, Any]:
    """How far the gradient has ``REACH`` of its largest value: of the ``seeds`` in which it fades,
    ``each`` greatest distance to the end, in words, where it still has it; of ``whole_seeds`` no
    such limit is known, since it has it in all words that are read, as many as ``whole``."""
    norms = [at(run, f"arrays.{name}") for run in runs]
    fading = [farthest(leaf.value) < last(leaf.value) for leaf in norms]
    return {
        "whole_seeds": tuple(
            SEED(at(run, "seed")) for run, fades in zip(runs, fading, strict=True) if not fades
        ),
        "whole": COUNT(derive("palabras con gradiente", lambda values: last(values) + 1, norms[0])),
        "seeds": tuple(SEED(at(run, "seed")) for run, fades in zip(runs, fading, strict=True) if fades),
        "each": tuple(
            COUNT(derive("alcance del gradiente", farthest, leaf))
            for leaf, fades in zip(norms, fading, strict=True)
            if fades
        ),
    }


def last(norms: np.ndarray) -> int:
    """The greatest distance at which any review has a word; 0 if there is none."""
    known = np.flatnonzero(~np.isnan(norms))
    return int(known[-1]) if known.size else 0


def farthest(norms: np.ndarray) -> int:
    """``norms`` float[n] by distance, NaN where no review reaches; 0 without any gradient."""
    known = np.nan_to_num(np.asarray(norms, dtype=np.float64))
    return int(np.flatnonzero(known >= REACH * known.max())[-1]) if known.max() > 0 else 0

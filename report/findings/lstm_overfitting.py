"""The gap between training and validation at one and the same epoch, and when it matters."""

from enum import StrEnum

from experiments.records import Run
from report import statistics
from report.findings.base import Finding, Rule, Summary, seeds, summarize, threshold
from report.findings.lstm_selection import selected_index
from report.numbers import Leaf, Number, derive, gather
from report.quantities import COUNT, EPOCH, GAP, SHARE_WHOLE
from report.results import Study, at, lstm_record

# Accuracy points by which training is ahead; a convention of this report.
MILD, MODERATE, SEVERE = 0.01, 0.05, 0.10
GL, GL_HELD = 0.02, 2  # Prechelt's GL above 2 %, in two epochs running


class Overfitting(StrEnum):
    NONE = "nulo"
    MILD = "leve"
    MODERATE = "moderado"
    SEVERE = "severo"


class Spread(StrEnum):
    """Whether every seed would have been given the verdict of the mean."""

    SINGLE_SEED = "una semilla"
    UNANIMOUS = "unánime"
    DIVIDED = "dividido"


class Onset(StrEnum):
    ALL = "en todas"
    SOME = "en algunas"
    NONE = "en ninguna"
    UNKNOWN = "indeterminado"


def grade(gap: float) -> Overfitting:
    """The verdict on a gap in accuracy; a gap equal to a threshold has passed it."""
    for verdict, bound in (
        (Overfitting.SEVERE, SEVERE),
        (Overfitting.MODERATE, MODERATE),
        (Overfitting.MILD, MILD),
    ):
        if gap >= bound:
            return verdict
    return Overfitting.NONE


def margin(gap: Leaf) -> Number:
    """Signed distance to the nearest threshold: positive above it, negative below."""
    return GAP(derive("distancia al umbral más próximo", distance, gap))


def distance(gap: float) -> float:
    return min((gap - bound for bound in (MILD, MODERATE, SEVERE)), key=abs)


def find_selected(study: Study) -> Finding:
    """At the epoch whose weights were measured on the test part."""
    return find_gap("lstm.overfitting", study, [selected_index(run) for run in study.lstm], ("gap",))


def find_last(study: Study) -> Finding:
    """At the last epoch trained."""
    last = [len(lstm_record(run).epochs) - 1 for run in study.lstm]
    return find_gap("lstm.overfitting_last", study, last, ())


def find_gap(id_: str, study: Study, indices: list[int], headlines: tuple[str, ...]) -> Finding:
    gaps, running = [], []
    for run, index in zip(study.lstm, indices, strict=True):
        val = at(run, f"epochs[{index}].val_accuracy")
        gaps.append(derive("diferencia", minus, at(run, f"epochs[{index}].train_accuracy"), val))
        running.append(derive("diferencia", minus, at(run, f"epochs[{index}].running_accuracy"), val))
    summary = summarize(GAP, gaps)
    values = {
        "gap": summary,
        "running_gap": summarize(GAP, running),
        "spread": spread(summary),
        "margin": GAP(
            derive("distancia al umbral más próximo", lambda g: abs(distance(g)), summary.mean.leaf)
        ),
        "epochs": tuple(
            EPOCH(at(run, f"epochs[{index}].epoch")) for run, index in zip(study.lstm, indices, strict=True)
        ),
    }
    rule = Rule(
        "brecha de exactitud en modo de inferencia",
        "convention",
        {
            name: threshold("lstm.overfitting", name, value, GAP)
            for name, value in (("mild", MILD), ("moderate", MODERATE), ("severe", SEVERE))
        },
    )
    return Finding(
        id_, grade(summary.mean.value), values, rule, seeds(study.lstm), margin(summary.mean.leaf), headlines
    )


def spread(summary: Summary) -> Spread:
    if len(summary.each) == 1:
        return Spread.SINGLE_SEED
    verdicts = {grade(number.value) for number in summary.each}
    return Spread.UNANIMOUS if verdicts == {grade(summary.mean.value)} else Spread.DIVIDED


def find_onset(study: Study) -> Finding:
    """The epoch from which the validation loss stays above its minimum, by Prechelt's GL."""
    leaves = [onset_of(run) for run in study.lstm]
    found = [leaf for leaf in leaves if leaf.value is not None]
    too_short = any(len(lstm_record(run).epochs) <= GL_HELD for run in study.lstm)
    if too_short:
        verdict = Onset.UNKNOWN
    elif not found:
        verdict = Onset.NONE
    else:
        verdict = Onset.ALL if len(found) == len(leaves) else Onset.SOME
    rule = Rule(
        "GL de Prechelt",
        "prechelt_1998",
        {
            "gl": threshold("lstm.onset", "gl", GL, SHARE_WHOLE),
            "held": threshold("lstm.onset", "épocas", GL_HELD, COUNT),
        },
    )
    values = {
        "epochs": tuple(EPOCH(leaf) for leaf in found),
        "count": COUNT(derive("recuento", lambda epochs: sum(e is not None for e in epochs), gather(leaves))),
    }
    return Finding("lstm.onset", verdict, values, rule, seeds(study.lstm))


def onset_of(run: Run) -> Leaf:
    """Of one seed; its value is None where there is no onset."""
    losses = at(run, "epochs[*].val_loss")
    return derive("inicio por GL de Prechelt", lambda values: statistics.onset(values, GL, GL_HELD), losses)


def minus(a: float, b: float) -> float:
    """Of two rates of a few digits, so that 0.95 - 0.90 is 0.05 and reaches that threshold."""
    return round(a - b, 12)

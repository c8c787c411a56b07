"""Whether the generator draws all digits, and whether it copies those that it was shown."""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from report.findings.base import Finding, Rule, Summary, seeds, summarize, threshold
from report.findings.gan_controls import is_valid
from report.findings.gan_recognisable import COVERED, covered, last_checkpoint, readability_record, share_at
from report.numbers import Leaf, Number, derive
from report.quantities import COUNT, DISTANCE, ENTROPY, P_VALUE, RATE, SEED, SHARE, SHARE_WHOLE
from report.results import Study, at
from report.statistics import standard_deviation

CLASSES = 10
FEW_CLASSES = 5  # fewer in every seed: mode collapse, as the first rung of the ladder asks for them
SIGNIFICANCE = 0.05
PARTS = ("generator", "discriminator")
CHANCE = 0.5  # neither generated nor real images are nearer


class Coverage(StrEnum):
    NO_JUDGE = "sin juez válido"
    UNREADABLE = "sin imágenes legibles"
    ALL = "todas las clases"
    SOME = "faltan clases"
    COLLAPSE = "colapso de modos"


class Memorisation(StrEnum):
    """Of the generated images beside real ones that were not trained on."""

    NEARER = "más cerca que los de prueba"
    NOT_NEARER = "no más cerca que los de prueba"
    MIXED = "distinto según la semilla"


class Comparison(StrEnum):
    NONE = "sin comparación"
    NO_JUDGE = "sin juez válido"
    ONE_SEED = "una semilla"
    CONVOLUTIONAL = "se lee más la convolucional"
    DENSE = "se lee más la densa"
    UNCLEAR = "no se distinguen"


def entropy(by_digit: Sequence[int]) -> float:
    """Shannon entropy of the digits read, relative to that of ten equally frequent ones: 0 for a
    single digit, 1 for all alike (0 where none is read)."""
    total = sum(by_digit)
    shares = [n / total for n in by_digit if n]
    return -sum(share * math.log(share) for share in shares) / math.log(CLASSES) + 0.0 if shares else 0.0


def find_coverage(study: Study) -> Finding:
    """At the last step of each seed."""
    digits = [at(run, f"steps[{last_checkpoint(study)}].by_digit") for run in study.readability]
    counts = [len(covered(leaf.value)) for leaf in digits]
    if not is_valid(study):
        verdict = Coverage.NO_JUDGE
    elif min(counts) == 0:
        verdict = Coverage.UNREADABLE
    elif min(counts) == CLASSES:
        verdict = Coverage.ALL
    else:
        verdict = Coverage.COLLAPSE if max(counts) < FEW_CLASSES else Coverage.SOME
    ratios = [at(run, "variance_ratio") for run in study.readability]
    rows: tuple[dict[str, Any], ...] = tuple(
        {
            "seed": SEED(at(run, "seed")),
            "classes": COUNT(derive("clases cubiertas", lambda n: len(covered(n)), leaf)),
            "missing": tuple(
                COUNT(derive(f"clase {digit} que falta", lambda n, digit=digit: digit, leaf))
                for digit in range(CLASSES)
                if digit not in covered(leaf.value)
            ),
        }
        for run, leaf in zip(study.readability, digits, strict=True)
    )
    values = {
        "rows": rows,
        "incomplete": tuple(row for row in rows if row["missing"]),
        "entropy": summarize(ENTROPY, [derive("entropía relativa", entropy, leaf) for leaf in digits]),
        "variance_ratio": None if any(leaf.value is None for leaf in ratios) else summarize(RATE, ratios),
    }
    name = "gan.coverage"
    rule = Rule(
        "dígitos entre las imágenes legibles",
        "convention",
        {
            "covered": threshold(name, "clase cubierta", COVERED, SHARE_WHOLE),
            "classes": threshold(name, "clases", CLASSES, COUNT),
            "few": threshold(name, "pocas clases", FEW_CLASSES, COUNT),
        },
    )
    return Finding(name, verdict, values, rule, seeds(study.gan), coverage_margin(digits))


def coverage_margin(digits: Sequence[Leaf]) -> Number | None:
    """Of the digit and seed nearest to the share that counts as covered, its distance to it; None
    where nothing is read."""

    def distance(by_digit: Sequence[int]) -> float:
        return min(abs(n / sum(by_digit) - COVERED) for n in by_digit)

    if any(sum(leaf.value) == 0 for leaf in digits):
        return None
    leaves = [derive("distancia a la clase cubierta", distance, leaf) for leaf in digits]
    return SHARE(min(leaves, key=lambda leaf: leaf.value))


def find_memorisation(study: Study) -> Finding:
    """Nearer than real test digits are, in every seed and beyond chance: a sign of copying."""
    nearer = [
        memorisation.auc > CHANCE and memorisation.p < SIGNIFICANCE
        for memorisation in (readability_record(run).memorisation for run in study.readability)
    ]
    if all(nearer):
        verdict = Memorisation.NEARER
    else:
        verdict = Memorisation.MIXED if any(nearer) else Memorisation.NOT_NEARER

    def over_seeds(name: str) -> list:
        return [at(run, f"memorisation.{name}") for run in study.readability]

    farther = all(
        auc.value < CHANCE and p.value < SIGNIFICANCE
        for auc, p in zip(over_seeds("auc"), over_seeds("p"), strict=True)
    )
    worst = max(over_seeds("p"), key=lambda leaf: leaf.value)
    values = {
        "generated": summarize(DISTANCE, over_seeds("median_generated")),
        "real": summarize(DISTANCE, over_seeds("median_real")),
        "auc": summarize(RATE, over_seeds("auc")),
        "p": tuple(P_VALUE(leaf) for leaf in over_seeds("p")),
        "worst_p": P_VALUE(worst),
        "farther": farther,
        "n": COUNT(at(study.readability[0], "memorisation.n")),
        "shown": COUNT(at(study.readability[0], "config.shown")),
    }
    name = "gan.memorisation"
    rule = Rule(
        "distancia a la imagen de entrenamiento más próxima",
        "mann_whitney_1947",
        {
            "significance": threshold(name, "significación", SIGNIFICANCE),
            "chance": threshold(name, "azar", CHANCE, RATE),
        },
    )
    nearest = min(over_seeds("auc"), key=lambda leaf: abs(leaf.value - CHANCE))
    margin = RATE(derive("distancia al azar", lambda auc: abs(auc - CHANCE), nearest))
    return Finding(name, verdict, values, rule, seeds(study.gan), margin)


def find_comparison(study: Study) -> Finding:
    """The convolutional network beside the dense one, by what is read at the last step. Said only
    if every seed of one is above every seed of the other and the difference of the means exceeds
    the spread of both."""
    values: dict[str, Any] = {}
    margin = None
    if not study.dense_readability:
        verdict = Comparison.NONE
    else:
        last = last_checkpoint(study)
        here, there = share_at(study.readability, last), share_at(study.dense_readability, last)
        values = {
            "convolutional": here,
            "dense": there,
            **{f"dense_{part}": COUNT(at(study.dense[0], f"sizes.{part}_parameters")) for part in PARTS},
        }
        if not is_valid(study):
            verdict = Comparison.NO_JUDGE
        elif len(here.each) == 1:
            verdict = Comparison.ONE_SEED
        else:
            verdict = compare(here, there)
            margin = SHARE(
                derive(
                    "diferencia menos dispersión",
                    lambda a, b, sd_a, sd_b: abs(abs(a - b) - max(sd_a, sd_b)),
                    *(n.leaf for n in (here.mean, there.mean, here.sd, there.sd) if n is not None),
                )
            )
    rule = Rule("diferencia mayor que la dispersión entre semillas", "convention")
    return Finding("gan.comparison", verdict, values, rule, seeds(study.gan), margin)


def compare(here: Summary, there: Summary) -> Comparison:
    a, b = [n.value for n in here.each], [n.value for n in there.each]
    spread = max(standard_deviation(a) or 0.0, standard_deviation(b) or 0.0)
    if abs(here.mean.value - there.mean.value) <= spread:
        return Comparison.UNCLEAR
    if min(a) > max(b):
        return Comparison.CONVOLUTIONAL
    return Comparison.DENSE if min(b) > max(a) else Comparison.UNCLEAR

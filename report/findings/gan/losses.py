"""How the competition of both networks ends: who has the advantage, and how large it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from report.findings import balance
from report.findings.balance import Balance, Ends
from report.findings.base import (
    Code,
    Estimate,
    Finding,
    Row,
    Rule,
    Summary,
    grouped,
    seed,
    seeds,
    shared,
    summarize,
    threshold,
)
from report.findings.batches import BATCHES, earlier_means, tail_length, tail_mean, tail_start
from report.findings.readability import FEW, classes_drawn
from report.findings.variety import variance_ratio
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import (
    COUNT,
    DISTANCE_SLOPE,
    GAN_LOSS,
    ITERATION,
    MARGIN,
    PROBABILITY,
    SHARE,
    SHARE_WHOLE,
)
from report.study.study import AnyRun, Need, Study, at, brought_gan_record, gan_record

PER = 1_000  # iterations, to which a slope is referred
MANY = 2.0  # times the value at equilibrium, from which no percentage is told
WINDOW = 51  # iterations of the running means that are drawn; odd, so that they are centred
ROUNDED = 0.005  # a deviation that is printed as 0 %


class LossName(Code):
    """As in the records, in capitals."""

    NON_SATURATING = auto()
    HINGE = auto()
    WASSERSTEIN_GP = auto()


class Form(Code):
    """What the discriminator's loss is, of its halves over real and over generated images."""

    SUM = auto()
    MEAN = auto()


class Unit(Code):
    """By what the losses are logged."""

    ITERATION = auto()
    EPOCH = auto()


class Side(Code):
    """Of a loss, beside its value at equilibrium."""

    BELOW = auto()
    AT = auto()
    ABOVE = auto()
    MANY_TIMES = auto()


@dataclass(frozen=True)
class Thresholds:
    """``discriminator`` is its loss at equilibrium where it is the sum of its halves, ``halves`` where it is
    their mean. ``slight`` to ``collapse`` are accuracies of the discriminator; ``swing`` a deviation of them;
    ``tolerance`` of its loss at equilibrium, ``alike`` of the variance of real images, ``few`` of the
    classes; a slope is that of ``per`` iterations."""

    discriminator: Number
    halves: Number
    generator: Number
    half: Number
    slight: Number
    clear: Number
    dominates: Number
    collapse: Number
    swing: Number
    tolerance: Number
    alike: Number
    few: Number
    batches: Number
    per: Number


@dataclass(frozen=True)
class Level:
    """A loss beside its value at equilibrium: on which ``side``, how far ``off`` in parts of it, and how
    many ``times`` it."""

    side: Side
    off: Number
    times: Number


@dataclass(frozen=True)
class Ending:
    """Of one seed. ``accuracy`` has its interval, which also touches the degrees that it has
    ``reached``; it is ``steady`` if no batch lies in another. None of a Wasserstein critic, which has
    the ``slope`` of the distance that it estimates, in a thousand iterations; all None where the last
    third is too short."""

    seed: Number
    balance: Balance
    accuracy: Estimate | None
    reached: tuple[Balance, ...]
    steady: bool
    slope: Estimate | None


@dataclass(frozen=True, kw_only=True)
class Losses(Finding):
    """Means over the last third, which begins at the iteration ``tail_from``. Accuracies are None of a
    Wasserstein critic and where nobody counted them, ``d_real`` and ``d_fake`` also where they are no
    probabilities, and the levels where the losses have no known equilibrium. ``earlier`` has the accuracy
    in the first and in the second third, None where that of the last is or there is too little before it.
    ``near_untrained``: in all seeds, the discriminator's loss is near that of one that cannot tell.
    ``window``: of how many iterations running means are drawn, None where too few were logged."""

    needs: ClassVar[tuple[Need, ...]] = ("gan_losses",)
    rule: ClassVar = Rule("accuracy_of_discriminator", "goodfellow_2014")
    thresholds: ClassVar[Thresholds] = Thresholds(
        discriminator=threshold("gan.losses", "2 ln 2", balance.DISCRIMINATOR_EQUILIBRIUM, GAN_LOSS),
        halves=threshold("gan.losses", "media de mitades", balance.DISCRIMINATOR_EQUILIBRIUM / 2, GAN_LOSS),
        generator=threshold("gan.losses", "ln 2", balance.GENERATOR_EQUILIBRIUM, GAN_LOSS),
        half=threshold("gan.losses", "azar", balance.HALF, SHARE_WHOLE),
        slight=threshold("gan.losses", "ventaja leve", balance.HALF + balance.SLIGHT, SHARE_WHOLE),
        clear=threshold("gan.losses", "ventaja clara", balance.HALF + balance.CLEAR, SHARE_WHOLE),
        dominates=threshold("gan.losses", "dominio", balance.HALF + balance.DOMINATES, SHARE_WHOLE),
        collapse=threshold("gan.losses", "colapso", balance.HALF + balance.COLLAPSE, SHARE_WHOLE),
        swing=threshold("gan.losses", "oscilación", balance.SWING, SHARE_WHOLE),
        tolerance=threshold("gan.losses", "tolerancia de la pérdida", balance.LOSS_TOLERANCE, SHARE_WHOLE),
        alike=threshold("gan.losses", "imágenes iguales", balance.ALIKE, SHARE_WHOLE),
        few=threshold("gan.losses", "pocas clases", FEW, SHARE_WHOLE),
        batches=threshold("gan.losses", "lotes", BATCHES, COUNT),
        per=threshold("gan.losses", "iteraciones de la pendiente", PER, ITERATION),
    )
    headlines: ClassVar = ("discriminator", "generator")

    verdict: Balance
    loss: LossName
    form: Form
    unit: Unit
    discriminator: Summary
    generator: Summary
    discriminator_level: Level | None
    generator_level: Level | None
    near_untrained: bool
    d_real: Summary | None
    d_fake: Summary | None
    accuracy_real: Summary | None
    accuracy_fake: Summary | None
    accuracy: Summary | None
    earlier: tuple[Summary, Summary] | None
    endings: tuple[Ending, ...]
    iterations: Number
    tail_from: Number
    window: Number | None

    @property
    def equilibrium(self) -> Number:
        """Of the discriminator's loss."""
        return self.thresholds.discriminator if self.form is Form.SUM else self.thresholds.halves

    @property
    def is_critic(self) -> bool:
        return self.loss is LossName.WASSERSTEIN_GP

    @property
    def groups(self) -> dict[Balance, tuple[Ending, ...]]:
        """The seeds that end alike, in the order of the first of each."""
        return grouped(self.endings, lambda ending: ending.balance)

    @property
    def steady(self) -> bool:
        return all(ending.steady for ending in self.endings)

    @property
    def straddling(self) -> tuple[Ending, ...]:
        """The seeds whose interval touches another degree than theirs."""
        return tuple(ending for ending in self.endings if ending.reached)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Of each seed: its number, both losses and, if there are any, the accuracies with real and
        generated images and that with all, or of a critic the slope of the distance."""
        pairs = (self.discriminator, self.generator, self.accuracy_real, self.accuracy_fake)
        columns = [column.each for column in pairs if column]
        return tuple(
            (ending.seed, *each, *self._decides(ending))
            for ending, *each in zip(self.endings, *columns, strict=True)
        )

    def _decides(self, ending: Ending) -> Row:
        if self.accuracy:
            return (ending.accuracy,)
        return (ending.slope,) if self.is_critic else ()


def find(study: Study) -> Losses:
    runs = study.gan_losses
    loss, form = loss_of(study), form_of(study)
    classes = classes_drawn(study)
    endings = tuple(ending(run, loss, form, n) for run, n in zip(runs, classes, strict=True))
    losses, accuracies = ("discriminator_loss", "generator_loss"), ("accuracy_real", "accuracy_fake")

    def over_seeds(name: str) -> list[Leaf]:
        return [derive("media del último tercio", tail_mean, at(run, f"arrays.{name}")) for run in runs]

    discriminator, generator = (summarize(GAN_LOSS, over_seeds(name)) for name in losses)
    counted = loss is not LossName.WASSERSTEIN_GP and all(has_curves(run, *accuracies) for run in runs)
    right = [over_seeds(name) for name in accuracies] if counted else None
    known = loss is LossName.NON_SATURATING
    outputs = known and all(has_curves(run, "d_real", "d_fake") for run in runs)
    iterations, tail_from = length_of(runs[0])
    n_averaged, every = window_of(runs[0].arrays.get("iteration"))
    return Losses(
        verdict=shared((ending.balance for ending in endings), Balance.MIXED),
        n_seeds=seeds(runs),
        margin=margin(endings),
        loss=loss,
        form=form,
        unit=unit_of(study),
        discriminator=discriminator,
        generator=generator,
        discriminator_level=level(discriminator, equilibrium_of(form)) if known else None,
        generator_level=level(generator, balance.GENERATOR_EQUILIBRIUM) if known else None,
        near_untrained=known and all(is_near_untrained(each, form) for each in discriminator.each),
        d_real=summarize(PROBABILITY, over_seeds("d_real")) if outputs else None,
        d_fake=summarize(PROBABILITY, over_seeds("d_fake")) if outputs else None,
        accuracy_real=summarize(SHARE, right[0]) if right else None,
        accuracy_fake=summarize(SHARE, right[1]) if right else None,
        accuracy=summarize(SHARE, [mean_of(*pair) for pair in zip(*right, strict=True)]) if right else None,
        earlier=earlier_accuracy(runs) if all(each.accuracy for each in endings) else None,
        endings=endings,
        iterations=ITERATION(iterations),
        tail_from=ITERATION(tail_from),
        window=ITERATION(Leaf(n_averaged * every, "figura:perdidas.ventana")) if n_averaged > 1 else None,
    )


def window_of(iterations: np.ndarray | None) -> tuple[int, int]:
    """How many values the running mean takes, odd, and how many iterations go by from one to the next."""
    if iterations is None or len(iterations) < 2:
        return WINDOW, 1
    every = int(np.median(np.diff(iterations)))
    return WINDOW // every // 2 * 2 + 1, every


def loss_of(study: Study) -> LossName:
    """An author is asked what their discriminator's loss is, which only has an answer for this one."""
    return LossName[gan_record(study.gan[0]).config.loss.upper()] if study.gan else LossName.NON_SATURATING


def form_of(study: Study) -> Form:
    if study.gan:
        return Form.SUM
    return Form[str(brought_gan_record(study.brought_gan[0]).loss_form).upper()]


def unit_of(study: Study) -> Unit:
    if study.gan:
        return Unit.ITERATION
    return Unit[str(brought_gan_record(study.brought_gan[0]).unit).upper()]


def equilibrium_of(form: Form) -> float:
    halves = balance.DISCRIMINATOR_EQUILIBRIUM / 2
    return balance.DISCRIMINATOR_EQUILIBRIUM if form is Form.SUM else halves


def has_curves(run: AnyRun, *names: str) -> bool:
    return all(name in run.arrays for name in names)


def length_of(run: AnyRun) -> tuple[Leaf, Leaf]:
    """How many iterations there are, and that at which the last third begins."""
    if "iteration" not in run.arrays:
        iterations = at(run, "config.iterations")
        return iterations, derive("inicio del último tercio", tail_start, iterations)
    logged = at(run, "arrays.iteration")
    return (
        derive("última iteración", lambda values: int(values[-1]), logged),
        derive("inicio del último tercio", lambda values: int(values[-tail_length(len(values))]), logged),
    )


def mean_of(real: Leaf, fake: Leaf) -> Leaf:
    return derive("media", lambda a, b: (a + b) / 2, real, fake)


def earlier_accuracy(runs: Sequence[AnyRun]) -> tuple[Summary, Summary]:
    def third(place: int, name: str) -> Summary:
        def measure(real: np.ndarray, fake: np.ndarray) -> float:
            return earlier_means(balance.accuracy_curve(real, fake))[place]

        curves = ((at(run, "arrays.accuracy_real"), at(run, "arrays.accuracy_fake")) for run in runs)
        return summarize(SHARE, [derive(f"media del {name} tercio", measure, *pair) for pair in curves])

    return third(0, "primer"), third(1, "segundo")


def level(loss: Summary, equilibrium: float) -> Level:
    times = derive("cociente", lambda mean: mean / equilibrium, loss.mean.leaf)
    off = derive("desvío relativo", lambda times: abs(times - 1), times)
    return Level(side_of(times.value), SHARE_WHOLE(off), MARGIN(times))


def side_of(times: float) -> Side:
    if abs(times - 1) < ROUNDED:
        return Side.AT
    if times < 1:
        return Side.BELOW
    return Side.MANY_TIMES if times >= MANY else Side.ABOVE


def is_near_untrained(loss: Number, form: Form) -> bool:
    return bool(abs(loss.value / equilibrium_of(form) - 1) <= balance.LOSS_TOLERANCE)


# --- one seed ----------------------------------------------------------------------------


def ending(run: AnyRun, loss: LossName, form: Form, classes: float | None) -> Ending:
    """``classes`` of all that the generator of this seed draws, None where nobody could tell."""
    collapse = balance.collapse_of_generator(variance_ratio(run).value, classes)
    if loss is LossName.WASSERSTEIN_GP:
        code, found = balance.of_distance(run.arrays["discriminator_loss"])
        return Ending(seed(run), collapse or code, None, (), False, slope_of(run) if found else None)
    relative = tail_mean(run.arrays["discriminator_loss"]) / equilibrium_of(form)
    if not has_curves(run, "accuracy_real", "accuracy_fake"):
        return Ending(seed(run), collapse or balance.of_loss(relative), None, (), False, None)
    real, fake = run.arrays["accuracy_real"], run.arrays["accuracy_fake"]
    ends = balance.ends(balance.accuracy_curve(real, fake))
    code = balance.of_accuracy(ends, relative if loss is LossName.NON_SATURATING else None)
    decided = ends is not None and code is ends.degree and not collapse
    return Ending(
        seed=seed(run),
        balance=collapse or code,
        accuracy=accuracy_of(run) if ends else None,
        reached=ends.reached if ends and decided else (),
        steady=bool(ends and decided and ends.steady),
        slope=None,
    )


def accuracy_of(run: AnyRun) -> Estimate:
    """With the interval that the batches give."""

    def ended(real: np.ndarray, fake: np.ndarray) -> Ends:
        found = balance.ends(balance.accuracy_curve(real, fake))
        assert found is not None
        return found

    curves = at(run, "arrays.accuracy_real"), at(run, "arrays.accuracy_fake")
    found = derive("aciertos del último tercio por lotes", ended, *curves)
    return Estimate(
        SHARE(derive("media", lambda ends: ends.mean, found)),
        SHARE(derive("extremo inferior", lambda ends: ends.interval[0], found)),
        SHARE(derive("extremo superior", lambda ends: ends.interval[1], found)),
    )


def slope_of(run: AnyRun) -> Estimate:
    """Of the estimated distance, in ``PER`` iterations."""

    def slope(losses: np.ndarray) -> tuple[float, float, float]:
        _, found = balance.of_distance(losses)
        assert found is not None
        value, (low, high) = found
        return PER * value, PER * low, PER * high

    found = derive("pendiente de la distancia por lotes", slope, at(run, "arrays.discriminator_loss"))
    return Estimate(
        DISTANCE_SLOPE(derive("valor", lambda each: each[0], found)),
        DISTANCE_SLOPE(derive("extremo inferior", lambda each: each[1], found)),
        DISTANCE_SLOPE(derive("extremo superior", lambda each: each[2], found)),
    )


def margin(endings: tuple[Ending, ...]) -> Number | None:
    """Of the seed nearest to another degree, the distance of its accuracy to it; None where some seed
    is told by something else."""
    told = [each.accuracy.value.leaf for each in endings if each.accuracy and each.balance in balance.TOLD]
    if len(told) < len(endings):
        return None
    leaves = [derive("distancia al límite más próximo", balance.nearest_bound, leaf) for leaf in told]
    return SHARE(min(leaves, key=lambda leaf: leaf.value))

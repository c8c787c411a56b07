"""What is told of the epochs of each training: values, best, growth, gap, limits, and who is ahead."""

import math
from collections.abc import Callable, Iterator

from scoped_facts import Epoch, Training
from scoped_telling import Lie, Teller, Told, first_different, lies, limits, others_of


def of_epochs(teller: Teller) -> Iterator[Told]:
    for index, unit in enumerate(teller.units):
        yield from _values(teller, index, unit.training.epochs)
        yield from _bests(teller, index, unit.training.epochs)
        yield from _paths(teller, index, unit.training.epochs)
        yield from _limits(teller, index, unit.training.epochs)
    yield from _ahead(teller)


def _values(teller: Teller, index: int, epochs: tuple[Epoch, ...]) -> Iterator[Told]:
    random = teller.random
    yield _rate(teller, index, "final_val", lambda each: each.epochs[-1].val_accuracy)
    yield _rate(teller, index, "final_train", lambda each: each.epochs[-1].accuracy)
    yield _loss(teller, index, "final_val_loss", lambda each: each.epochs[-1].val_loss)
    at = random.randrange(len(epochs))
    fields = {"ep": str(at + teller.first)}
    written = [
        teller.rate(each.training.epochs[at].val_accuracy) if at < len(each.training.epochs) else ""
        for each in teller.units
    ]
    wrong = teller.rate(teller.other(epochs[at].val_accuracy, 0.004, 0.03))
    yield Told(
        "at_epoch",
        fields | {"v": written[index]},
        lies(Lie(fields | {"v": wrong}), _borrowed(written, index, fields)),
        index,
    )
    at = random.randrange(len(epochs))
    fields = {"ep": str(at + teller.first)}
    losses = [epoch.val_loss for epoch in epochs]
    other = teller.loss(teller.other(losses[at], 0.006, 0.05, losses))
    yield Told("at_epoch_loss", fields | {"v": teller.loss(losses[at])}, (Lie(fields | {"v": other}),), index)
    count = len(epochs)
    counts = [str(len(each.training.epochs)) for each in teller.units]
    unused = [str(n) for n in (count - 2, count + 1, count + 3, 11, 12) if str(n) not in counts]
    found = first_different(counts, index)
    borrowed = None if found is None else Lie({"n": counts[found]}, borrowed=True)
    yield Told("epochs", {"n": str(count)}, lies(Lie({"n": random.choice(unused)}), borrowed), index)


def _rate(teller: Teller, index: int, key: str, value: Callable[[Training], float]) -> Told:
    written = [teller.rate(value(each.training)) for each in teller.units]
    wrong = teller.rate(teller.other(value(teller.units[index].training), 0.004, 0.03))
    return Told(key, {"v": written[index]}, lies(Lie({"v": wrong}), _borrowed(written, index)), index)


def _loss(teller: Teller, index: int, key: str, value: Callable[[Training], float]) -> Told:
    written = [teller.loss(value(each.training)) for each in teller.units]
    training = teller.units[index].training
    known = [x for epoch in training.epochs for x in (epoch.loss, epoch.val_loss)]
    wrong = teller.loss(teller.other(value(training), 0.006, 0.05, known))
    return Told(key, {"v": written[index]}, lies(Lie({"v": wrong}), _borrowed(written, index)), index)


def _borrowed(written: list[str], index: int, fields: dict[str, str] | None = None) -> Lie | None:
    """What the document has for another unit."""
    kept = [text or written[index] for text in written]
    found = first_different(kept, index)
    return None if found is None else Lie({**(fields or {}), "v": kept[found]}, borrowed=True)


def _bests(teller: Teller, index: int, epochs: tuple[Epoch, ...]) -> Iterator[Told]:
    for key, column, sign, write in (
        ("best", [each.val_accuracy for each in epochs], 1, teller.rate),
        ("min_loss", [each.val_loss for each in epochs], -1, teller.loss),
    ):
        best = max(range(len(column)), key=lambda i: sign * column[i])
        if [write(x) for x in column].count(write(column[best])) > 1:
            continue
        true = {"v": write(column[best]), "ep": str(best + teller.first)}
        far = [i for i in range(len(column)) if abs(i - best) > (1 if teller.first == 0 else 0)]
        wrong_epoch = Lie(true | {"ep": str(teller.random.choice(far) + teller.first)}) if far else None
        # Beyond the best of all, or between two others: no epoch has it.
        value = write(teller.other(column[best], 0.004, 0.02, column))
        yield Told(key, true, lies(wrong_epoch, Lie(true | {"v": value})), index)


def _paths(teller: Teller, index: int, epochs: tuple[Epoch, ...]) -> Iterator[Told]:
    if len(epochs) < 2:
        return
    first, last = epochs[0], epochs[-1]
    if first.accuracy < last.accuracy:
        true = {"a": teller.rate(first.accuracy), "c": teller.rate(last.accuracy)}
        wrong = teller.rate(teller.other(last.accuracy, 0.004, 0.02))
        others = [
            Lie({"a": teller.rate(e[0].accuracy), "c": teller.rate(e[-1].accuracy)}, borrowed=True)
            for i, each in enumerate(teller.units)
            if i != index and (e := each.training.epochs)
        ]
        yield Told("rise", true, lies(Lie(true | {"c": wrong}), *others[:1]), index)
    if first.loss > last.loss:
        true = {"a": teller.loss(first.loss), "c": teller.loss(last.loss)}
        known = [each.loss for each in epochs]
        wrong = teller.loss(teller.other(last.loss, 0.006, 0.05, known))
        yield Told("fall", true, (Lie(true | {"c": wrong}),), index)
    digits = teller.decimals  # subtracted as they were shown, and only then rounded
    gaps = [round(each.accuracy, digits) - round(each.val_accuracy, digits) for each in epochs]
    if gaps[-1] > 0.01:
        wrong_gap = teller.other(gaps[-1], 0.005, 0.04, gaps)
        yield Told("gap", {"v": teller.rate(gaps[-1])}, (Lie({"v": teller.rate(abs(wrong_gap))}),), index)


def _limits(teller: Teller, index: int, epochs: tuple[Epoch, ...]) -> Iterator[Told]:
    """True of the end, and so of the best; false of every epoch."""
    last, best = epochs[-1].val_accuracy, max(each.val_accuracy for each in epochs)
    low, high = math.floor(20 * last - 0.05) / 20, math.ceil(20 * best + 0.05) / 20
    language = teller.hand.language
    if high < 1:
        true = limits(teller.hand.limit(low), language)
        yield Told("exceeds", true, (Lie(limits(teller.hand.limit(high), language)),), index)


def _ahead(teller: Teller) -> Iterator[Told]:
    finals = [each.training.epochs[-1].val_accuracy for each in teller.units]
    order = sorted(range(len(finals)), key=lambda i: -finals[i])
    if len(order) < 2 or finals[order[0]] - finals[order[1]] < 0.003:
        return
    best = order[0]
    yield Told("top_val", teller.names(best), tuple(Lie(teller.names(i)) for i in order[1:2]))
    other = order[-1]
    language = teller.hand.language
    true = teller.names(best) | others_of(teller.units[other], language)
    turned = teller.names(other) | others_of(teller.units[best], language)
    yield Told("ahead_val", true, (Lie(turned),))


def of_losses(teller: Teller) -> Iterator[Told]:
    """Of the two networks of a GAN."""
    for index, unit in enumerate(teller.units):
        losses = unit.training.losses
        for key, column in (("gan_d", 0), ("gan_g", 1)):
            written = [teller.loss(each.training.losses[-1][column]) for each in teller.units]
            wrong = teller.loss(_apart(teller, losses[-1][column]))
            yield Told(key, {"v": written[index]}, lies(Lie({"v": wrong}), _borrowed(written, index)), index)
        at = teller.random.randrange(len(losses))
        fields = {"ep": str(at + teller.first)}
        wrong = teller.loss(_apart(teller, losses[at].generator))
        true = fields | {"v": teller.loss(losses[at].generator)}
        yield Told("gan_at", true, (Lie(fields | {"v": wrong}),), index)
        path = {"a": teller.loss(losses[0].generator), "c": teller.loss(losses[-1].generator)}
        wrong = teller.loss(_apart(teller, losses[-1].generator))
        yield Told("gan_path", path, (Lie(path | {"c": wrong}),), index)
        yield _above(teller, index)
    finals = [each.training.losses[-1].generator for each in teller.units]
    low = min(range(len(finals)), key=finals.__getitem__)
    high = max(range(len(finals)), key=finals.__getitem__)
    if finals[high] - finals[low] > 0.02:
        language = teller.hand.language
        true = teller.names(low) | others_of(teller.units[high], language)
        turned = teller.names(high) | others_of(teller.units[low], language)
        yield Told("gan_ahead", true, (Lie(turned),))


NETWORKS = {
    "es": (("el discriminador", "del discriminador"), ("el generador", "del generador")),
    "en": (("the discriminator", "of the discriminator"), ("the generator", "of the generator")),
}


def _above(teller: Teller, index: int) -> Told:
    last = teller.units[index].training.losses[-1]
    high, low = NETWORKS[teller.hand.language][:: 1 if last.discriminator > last.generator else -1]

    def fields(x: tuple[str, str], y: tuple[str, str]) -> dict[str, str]:
        return {"x": x[0], "X": x[0].capitalize(), "de_x": x[1], "y": y[0], "de_y": y[1]}

    return Told("gan_above", fields(high, low), (Lie(fields(low, high)),), index)


def _apart(teller: Teller, value: float) -> float:
    """A loss that no network of the document has at any epoch."""
    known = [x for each in teller.units for losses in each.training.losses for x in losses]
    while True:
        found = value + teller.random.choice([-1, 1]) * teller.random.uniform(0.02, 0.25)
        if found > 0.05 and all(abs(found - each) > 0.002 for each in known):
            return found

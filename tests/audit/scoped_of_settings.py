"""What is told of how each training was set, and of how the data were divided."""

from collections.abc import Iterator
from typing import TypeVar

from scoped_facts import Settings, Sizes
from scoped_telling import Lie, Teller, Told, first_different, lies

Number = TypeVar("Number", int, float)


def of_settings(teller: Teller) -> Iterator[Told]:
    every = [each.training.settings for each in teller.units]
    known = [each for each in every if each is not None]
    for index, settings in enumerate(known):
        yield from _of_one(teller, index, settings, known)


def _of_one(teller: Teller, index: int, settings: Settings, known: list[Settings]) -> Iterator[Told]:
    hand, random = teller.hand, teller.random
    wrong = Settings(
        _unused([8, 24, 48, 256, 512], [each.batch for each in known], random.random()),
        _unused([3e-3, 1e-4, 2e-3, 5e-3], [each.rate for each in known], random.random()),
        _unused([12, 15, 20, 25], [each.epochs for each in known], random.random()),
        _unused([16, 80, 100, 512], [each.units for each in known], random.random()),
        _unused([0.15, 0.35, 0.5, 0.6], [each.dropout for each in known], random.random()),
    )
    for key, name, values, other in (
        ("batch", "n", [hand.count(each.batch) for each in known], hand.count(wrong.batch)),
        ("rate", "v", [hand.rate_of_learning(x.rate) for x in known], hand.rate_of_learning(wrong.rate)),
        ("epochs_set", "n", [hand.count(each.epochs) for each in known], hand.count(wrong.epochs)),
        ("units", "n", [hand.count(each.units) for each in known], hand.count(wrong.units)),
        ("dropout", "v", [_short(teller, each.dropout) for each in known], _short(teller, wrong.dropout)),
    ):
        found = first_different(values, index)
        borrowed = None if found is None else Lie({name: values[found]}, borrowed=True)
        yield Told(key, {name: values[index]}, lies(Lie({name: other}), borrowed), index)


def _unused(candidates: list[Number], known: list[Number], draw: float) -> Number:
    free = [each for each in candidates if each not in known]
    return free[int(draw * len(free))]


def _short(teller: Teller, dropout: float) -> str:
    return teller.hand.real(dropout, 2 if round(10 * dropout) != 10 * dropout else 1)


def of_sizes(teller: Teller, sizes: Sizes) -> Iterator[Told]:
    """Partitions, which each sentence states as a whole."""
    count, percent = teller.hand.count, teller.hand.whole_percent
    parts = {"train": sizes.train, "val": sizes.val, "test": sizes.test, "total": sizes.total}
    true = {name: count(value) for name, value in parts.items()} | {"items": teller.study.topic.items}
    name = teller.random.choice(["train", "val", "test"])
    more = count(parts[name] + teller.random.choice([-1, 1]) * sizes.total // 20)
    yield Told("sizes", true, (Lie(true | {name: more}),))
    shares = dict(zip(("p1", "p2", "p3"), map(percent, sizes.shares), strict=True))
    yield Told("split", shares, (Lie(shares | {"p1": percent(sizes.shares[0] + 5)}),))
    part = true | {"p": percent(sizes.shares[2])}
    wrong = Lie(true | {"p": percent(sizes.shares[2] + teller.random.choice([5, 7]))})
    yield Told("split_count", part, (wrong,))

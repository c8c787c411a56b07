"""What is told of a table that has all trainings side by side."""

import itertools
import math
from collections.abc import Iterator

from scoped_facts import macro_f1, written
from scoped_of_results import of_accuracy, of_limits, of_order
from scoped_tables import Shown
from scoped_telling import Lie, Teller, Told, first_different, lies, limits, others_of


def of_comparison(teller: Teller, shown: Shown) -> Iterator[Told]:
    for index in range(len(teller.units)):
        yield of_accuracy(teller, index)
        yield from of_limits(teller, index)
    yield from of_order(teller)
    yield from _best_value(teller)
    yield from _all(teller)
    if shown.f1:
        yield from _f1(teller)
    if shown.parameters:
        yield from _parameters(teller)
    if shown.seconds:
        yield from _seconds(teller)


def _best_value(teller: Teller) -> Iterator[Told]:
    values = [each.training.test_accuracy for each in teller.units]
    order = sorted(range(len(values)), key=lambda i: -values[i])
    if values[order[0]] - values[order[1]] < 0.004:
        return
    true = teller.names(order[0]) | {"v": teller.rate(values[order[0]])}
    other = Lie(true | {"v": teller.rate(values[order[1]])}, borrowed=True)
    wrong = Lie(true | {"v": teller.rate(teller.other(values[order[0]], 0.005, 0.03))})
    yield Told("top_test_value", true, (wrong, other))


def _all(teller: Teller) -> Iterator[Told]:
    values = [each.training.test_accuracy for each in teller.units]
    language, random = teller.hand.language, teller.random
    nouns = {"es": {"models": "modelos", "runs": "experimentos"}, "en": {"models": "models", "runs": "runs"}}
    noun = nouns[language].get(teller.study.axes, {"es": "casos", "en": "cases"}[language])
    count = {"count": f"{len(values)} {noun}"}
    order = sorted(range(len(values)), key=lambda i: -values[i])
    titles = [teller.units[i].name.title for i in order]
    turned = [*titles[1:], titles[0]] if random.random() < 0.5 else [titles[1], titles[0], *titles[2:]]
    if len(order) > 2 and all(values[a] - values[b] > 0.004 for a, b in itertools.pairwise(order)):
        yield Told("order_test", _listed(titles), (Lie(_listed(turned)),))
        decimals = teller.decimals
        mean = sum(round(value, decimals) for value in values) / len(values)
        wrong = teller.rate(teller.other(mean, 0.01, 0.03))
        yield Told("mean_test", count | {"v": teller.rate(written(mean, 8))}, (Lie(count | {"v": wrong}),))
    low = math.floor(20 * min(values) - 0.1) / 20
    between = math.ceil(20 * min(values) + 0.1) / 20
    if between < 1:
        true, false = (limits(teller.hand.limit(each), language) for each in (low, between))
        yield Told("all_exceed", count | true, (Lie(count | false),))


def _listed(titles: list[str]) -> dict[str, str]:
    return {"list": ", ".join(titles), "chain": " > ".join(titles)}


def _f1(teller: Teller) -> Iterator[Told]:
    values = [macro_f1(each.training.matrix) for each in teller.units]
    texts = [teller.rate(written(value)) for value in values]
    for index in range(len(values)):
        wrong = teller.rate(teller.other(values[index], 0.005, 0.04, values))
        found = first_different(texts, index)
        borrowed = None if found is None else Lie({"v": texts[found]}, borrowed=True)
        yield Told("f1", {"v": texts[index]}, lies(Lie({"v": wrong}), borrowed), index)
    order = sorted(range(len(values)), key=lambda i: -values[i])
    if values[order[0]] - values[order[1]] > 0.004:
        yield Told("top_f1", teller.names(order[0]), (Lie(teller.names(order[1])),))


def _parameters(teller: Teller) -> Iterator[Told]:
    counts, write = [each.training.parameters for each in teller.units], teller.hand.count
    for index, count in enumerate(counts):
        wrong = Lie({"n": write(round(count * teller.random.choice([0.8, 1.15, 1.3])))})
        other = Lie({"n": write(counts[index - 1])}, borrowed=True)
        yield Told("parameters", {"n": write(count)}, (wrong, other), index)
    yield from _extremes(teller, counts, "least_parameters", "most_parameters")
    language = teller.hand.language
    for a, small in enumerate(counts):
        for b, large in enumerate(counts):
            if 1.96 < large / small < 2.04:
                true = teller.names(b) | others_of(teller.units[a], language)
                turned = teller.names(a) | others_of(teller.units[b], language)
                yield Told("double_parameters", true, (Lie(true, "half_parameters"),))
                yield Told("half_parameters", turned, (Lie(turned, "double_parameters"),))
    pair = teller.names(0) | others_of(teller.units[1], language)
    total = counts[0] + counts[1]
    wrong = Lie(pair | {"n": write(total + teller.random.choice([-1, 1]) * total // 10)})
    yield Told("sum_of_two", pair | {"n": write(total)}, (wrong,))


def _seconds(teller: Teller) -> Iterator[Told]:
    seconds, write = [each.training.seconds for each in teller.units], teller.hand.count
    for index, each in enumerate(seconds):
        wrong = Lie({"n": write(next(n for n in range(each + 7, 10**6) if n not in seconds))})
        other = Lie({"n": write(seconds[index - 1])}, borrowed=True)
        yield Told("seconds", {"n": write(each)}, (wrong, other), index)
    yield from _extremes(teller, seconds, "fastest", "slowest")
    total = sum(seconds)
    wrong = Lie({"n": write(total + teller.random.choice([-25, 30, 60]))})
    yield Told("total_seconds", {"n": write(total)}, (wrong,))


def _extremes(teller: Teller, values: list[int], least: str, most: str) -> Iterator[Told]:
    order = sorted(range(len(values)), key=values.__getitem__)
    for key, right, other in ((least, order[0], order[1]), (most, order[-1], order[-2])):
        if values[right] != values[other]:
            yield Told(key, teller.names(right), (Lie(teller.names(other)),))

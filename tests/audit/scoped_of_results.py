"""What is told of each test: its accuracy, its classes, its confusion matrix."""

import itertools
import math
from collections.abc import Iterator

from scoped_facts import OfClass, Unit, by_class, macro_f1, weighted_f1
from scoped_telling import Lie, Teller, Told, first_different, lies, limits, others_of


def of_tests(teller: Teller) -> Iterator[Told]:
    for index, unit in enumerate(teller.units):
        yield of_accuracy(teller, index)
        losses = [teller.loss(each.training.test_loss) for each in teller.units]
        if unit.training.test_loss:
            value = teller.loss(teller.other(unit.training.test_loss, 0.01, 0.08))
            yield _borrowing("test_loss", losses, index, value)
        yield from of_limits(teller, index)
    yield from of_order(teller)


def _borrowing(key: str, written: list[str], index: int, wrong: str) -> Told:
    found = first_different(written, index)
    borrowed = None if found is None else Lie({"v": written[found]}, borrowed=True)
    return Told(key, {"v": written[index]}, lies(Lie({"v": wrong}), borrowed), index)


def of_accuracy(teller: Teller, index: int, key: str = "test") -> Told:
    written = [teller.rate(each.training.test_accuracy) for each in teller.units]
    wrong = teller.other(teller.units[index].training.test_accuracy, *_reach(teller))
    return _borrowing(key, written, index, teller.rate(wrong))


def _reach(teller: Teller) -> tuple[float, float]:
    """How far a false rate is from the true one, so that it is false with the digits that are shown."""
    return (0.03, 0.09) if teller.decimals == 2 else (0.005, 0.04)


def of_limits(teller: Teller, index: int) -> Iterator[Told]:
    value, language = teller.units[index].training.test_accuracy, teller.hand.language
    low, high = math.floor(20 * value - 0.1) / 20, math.ceil(20 * value + 0.1) / 20
    if high >= 1:
        return
    below, above = (limits(teller.hand.limit(each), language) for each in (low, high))
    yield Told("test_exceeds", below, (Lie(above),), index)
    yield Told("test_below", above, (Lie(below),), index)


def of_order(teller: Teller) -> Iterator[Told]:
    """Who is best, worst and ahead, if that can be seen with the digits that are written."""
    values = [each.training.test_accuracy for each in teller.units]
    order = sorted(range(len(values)), key=lambda i: -values[i])
    if any(values[a] - values[b] < 0.004 for a, b in itertools.pairwise(order)) or len(order) < 2:
        return
    language = teller.hand.language
    best, worst = order[0], order[-1]
    yield Told("top_test", teller.names(best), (Lie(teller.names(teller.random.choice(order[1:]))),))
    yield Told("bottom_test", teller.names(worst), (Lie(teller.names(teller.random.choice(order[:-1]))),))
    high, low = teller.units[best], teller.units[worst]
    true = teller.names(best) | others_of(low, language)
    yield Told("ahead_test", true, (Lie(teller.names(worst) | others_of(high, language)),))
    digits = teller.decimals
    points = round(values[best], digits) - round(values[worst], digits)
    wrong = points * teller.random.choice([0.6, 1.5])
    told, false = (teller.hand.points(each, teller.decimals) for each in (points, wrong))
    if teller.decimals > 2 and false != told:
        yield Told("diff_test", true | {"v": told}, (Lie(true | {"v": false}),))


def of_reports(teller: Teller) -> Iterator[Told]:
    classes = teller.study.topic.classes
    for index, unit in enumerate(teller.units):
        rows = list(by_class(unit.training.matrix))
        yield of_accuracy(teller, index)
        yield from _of_class(teller, index, rows)
        yield from _averages(teller, index)
        chosen = teller.random.randrange(len(classes))
        name = {"k": classes[chosen], "items": teller.study.topic.items}
        count = teller.hand.count(rows[chosen].support)
        wrong = teller.hand.count(rows[chosen].support + teller.random.choice([-37, 24, 110]))
        yield Told("support", name | {"n": count}, (Lie(name | {"n": wrong}),), index)
        total = sum(row.support for row in rows)
        more = total + teller.random.choice([-100, 150, 500])
        items = {"items": teller.study.topic.items}
        true = items | {"n": teller.hand.count(total)}
        yield Told("total_support", true, (Lie(items | {"n": teller.hand.count(more)}),), index)
        yield from _extremes(teller, index, rows)


def _of_class(teller: Teller, index: int, rows: list[OfClass]) -> Iterator[Told]:
    classes = teller.study.topic.classes
    every = [list(by_class(each.training.matrix)) for each in teller.units]
    for key, column in (("class_precision", 0), ("class_recall", 1), ("class_f1", 2)):
        chosen = teller.random.randrange(len(classes))
        name = {"k": classes[chosen]}
        written = [teller.rate(each[chosen][column]) for each in every]
        wrong = teller.rate(teller.other(rows[chosen][column], *_reach(teller), rows[chosen][:3]))
        found = first_different(written, index)
        borrowed = None if found is None else Lie(name | {"v": written[found]}, borrowed=True)
        true = name | {"v": written[index]}
        yield Told(key, true, lies(Lie(name | {"v": wrong}), borrowed), index)
    chosen = teller.random.randrange(len(classes))
    row = rows[chosen]
    true = {"k": classes[chosen], "p": teller.rate(row.precision), "r": teller.rate(row.recall)}
    true |= {"v": teller.rate(row.f1)}
    wrong = teller.rate(teller.other(max(row[:2]), 0.03, 0.05))  # F1 lies between the two
    yield Told("f1_from", true, (Lie(true | {"v": wrong}),), index)


def _averages(teller: Teller, index: int) -> Iterator[Told]:
    matrix = teller.units[index].training.matrix
    both = [macro_f1(matrix), weighted_f1(matrix)]
    for key, average in (("macro_f1", macro_f1), ("weighted_f1", weighted_f1)):
        written = [teller.rate(average(each.training.matrix)) for each in teller.units]
        wrong = teller.rate(teller.other(average(matrix), *_reach(teller), both))
        yield _borrowing(key, written, index, wrong)


def _extremes(teller: Teller, index: int, rows: list[OfClass]) -> Iterator[Told]:
    classes = teller.study.topic.classes
    for key, column, sign in (("top_class", 2, 1), ("bottom_class", 1, -1)):
        order = sorted(range(len(rows)), key=lambda i: -sign * rows[i][column])
        if abs(rows[order[0]][column] - rows[order[1]][column]) > 0.012:
            yield Told(key, {"k": classes[order[0]]}, (Lie({"k": classes[order[1]]}),), index)


def of_matrices(teller: Teller) -> Iterator[Told]:
    topic, count = teller.study.topic, teller.hand.count
    for index, unit in enumerate(teller.units):
        matrix, random = unit.training.matrix, teller.random
        known = {cell for each in teller.units for row in each.training.matrix for cell in row}
        real, predicted = random.sample(range(len(matrix)), 2)
        items = {"items": topic.items}
        pair = items | {"k": topic.classes[real], "p": topic.classes[predicted]}
        yield _counted(teller, index, "confused", pair, (real, predicted), known)
        chosen = random.randrange(len(matrix))
        name = items | {"k": topic.classes[chosen]}
        yield _counted(teller, index, "hits", name, (chosen, chosen), known)
        total = sum(sum(row) for row in matrix)
        errors = [_errors(each) for each in teller.units]
        wrong = errors[index] + random.choice([-11, 14, 37])
        others = [n for n in errors if n != errors[index]]
        borrowed = Lie(items | {"n": count(others[0])}, borrowed=True) if others else None
        true = items | {"n": count(errors[index])}
        yield Told("errors", true, lies(Lie(items | {"n": count(wrong)}), borrowed), index)
        more = items | {"n": count(total + random.choice([-100, 200, 550]))}
        yield Told("matrix_total", items | {"n": count(total)}, (Lie(more),), index)
        yield of_accuracy(teller, index, "matrix_accuracy")
        yield _share(teller, index)
        yield from _common(teller, index)


def _errors(unit: Unit) -> int:
    return sum(n for i, row in enumerate(unit.training.matrix) for j, n in enumerate(row) if i != j)


def _counted(
    teller: Teller, index: int, key: str, name: dict[str, str], at: tuple[int, int], known: set[int]
) -> Told:
    counts = [each.training.matrix[at[0]][at[1]] for each in teller.units]
    written = [teller.hand.count(n) for n in counts]
    step = max(3, counts[index] // 12)
    wrong = next(n for n in range(counts[index] + step, 10**6) if n not in known)
    found = first_different(written, index)
    borrowed = None if found is None else Lie(name | {"n": written[found]}, borrowed=True)
    true = name | {"n": written[index]}
    return Told(key, true, lies(Lie(name | {"n": teller.hand.count(wrong)}), borrowed), index)


def _share(teller: Teller, index: int) -> Told:
    matrix = teller.units[index].training.matrix
    chosen = teller.random.randrange(len(matrix))
    whole = sum(matrix[chosen])
    wrong = whole - matrix[chosen][chosen]
    true = {
        "k": teller.study.topic.classes[chosen],
        "items": teller.study.topic.items,
        "n": teller.hand.count(wrong),
        "d": teller.hand.count(whole),
        "v": teller.hand.share(wrong / whole),
    }
    other = abs(wrong / whole + teller.random.choice([-0.02, 0.03, 0.06]))
    return Told("share", true, (Lie(true | {"v": teller.hand.share(other)}),), index)


def _common(teller: Teller, index: int) -> Iterator[Told]:
    matrix, topic = teller.units[index].training.matrix, teller.study.topic
    size = range(len(matrix))
    order = sorted(((matrix[i][j], i, j) for i in size for j in size if i != j), reverse=True)
    if order[0][0] == order[1][0]:
        return

    def fields(cell: tuple[int, int, int]) -> dict[str, str]:
        count, real, predicted = cell
        names = {"k": topic.classes[real], "p": topic.classes[predicted]}
        return names | {"n": teller.hand.count(count), "items": topic.items}

    yield Told("common", fields(order[0]), (Lie(fields(order[1])),), index)

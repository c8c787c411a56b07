"""How the curves run: rises, oscillation against climb, first and last value, order."""

import itertools

from report.audit.claims import CountClaim, ShapeClaim, TrajectoryClaim
from report.audit.evidence import Evidence
from report.audit.numerals import Interval
from report.audit.rules.metrics import mean, selected
from report.audit.ruling import ITSELF, Ruling, Severity, contradicted, show, verified
from report.audit.statements import Statements
from report.audit.tables import Series

STABLE = 0.05  # a curve that ends more than 5 % from its best value is not stable; our convention


def steps(values: tuple[Interval | None, ...]) -> list[float]:
    """Change from each epoch to the next; 0 where the written digits do not tell."""
    known = [value for value in values if value]
    return [0.0 if b.agrees(a) else b.middle - a.middle for a, b in itertools.pairwise(known)]


def rises(values: tuple[Interval | None, ...]) -> int:
    return sum(step > 0 for step in steps(values))


def oscillates(values: tuple[Interval | None, ...]) -> bool:
    """Whether a fall follows a rise: without it there is only a minimum and a climb."""
    signs = [step > 0 for step in steps(values) if step]
    return True in signs and False in signs[signs.index(True) :]


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    rulings: list[Ruling] = []
    for claim in statements.claims:
        if isinstance(claim, CountClaim) and claim.name == "rises":
            rulings += _rises(claim, evidence.epochs())
        elif isinstance(claim, ShapeClaim):
            rulings += _shape(claim, evidence.epochs())
        elif isinstance(claim, TrajectoryClaim):
            rulings += _trajectory(claim, evidence)
    return rulings


def _rises(claim: CountClaim, found: list[Series]) -> list[Ruling]:
    found = [series for series in found if ("loss", "val") in series.columns]
    if not found:
        return []
    counts = [rises(series.columns["loss", "val"]) for series in found]
    written = claim.interval()
    if any(written.low <= count <= written.high for count in counts):
        return [verified(claim, "número de subidas", found[0].source)]
    expected = f"la pérdida de validación sube {_times(counts[0])}"
    return [contradicted(claim, "número de subidas", expected, found[0].source)]


def _times(count: int) -> str:
    return "una vez" if count == 1 else f"{count} veces"


def _shape(claim: ShapeClaim, found: list[Series]) -> list[Ruling]:
    key = (claim.metric, claim.split)
    found = [series for series in found if key in series.columns]
    if not found:
        return []
    problems = [_problem(claim, series.columns[key], series) for series in found]
    if not all(problems):
        return [verified(claim, "forma de la curva", found[0].source)]
    return [contradicted(claim, "forma de la curva", str(problems[0]), found[0].source, Severity.CONCLUSION)]


def _problem(claim: ShapeClaim, values: tuple[Interval | None, ...], series: Series) -> str:
    """What speaks against the claimed shape, or nothing."""
    moves = steps(values)
    down = sum(step < 0 for step in moves)
    best = min((value.middle, -i) for i, value in enumerate(values) if value)
    epoch = series.index[-best[1]]
    match claim.shape:
        case "oscillates":
            if not oscillates(values):
                return (
                    f"no vuelve a bajar después de subir: baja hasta la época {epoch} y luego sube sin parar"
                )
        case "climbs":
            start = claim.since if claim.since in series.index else epoch
            tail = moves[series.index.index(start) :] if start in series.index else moves
            if any(step < 0 for step in tail) or not any(step > 0 for step in tail):
                falls = [
                    series.index[i + 1]
                    for i, step in enumerate(moves)
                    if step < 0 and series.index[i] >= start
                ]
                return f"vuelve a bajar en la época {falls[0]}" if falls else "no sube"
        case "sinks" | "falls":
            if sum(step > 0 for step in moves) > (1 if claim.shape == "sinks" else 0):
                return f"sube {_times(sum(step > 0 for step in moves))}"
        case "rises":
            if down:
                return f"baja {_times(down)}"
        case "stable":
            last = next(value for value in reversed(values) if value)
            ideal = best[0] if claim.metric == "loss" else max(value.middle for value in values if value)
            if ideal and abs(last.middle / ideal - 1) > STABLE:
                return f"termina a un {show(100 * abs(last.middle / ideal - 1), 1)} % de su mejor valor"
    return ""


def _trajectory(claim: TrajectoryClaim, evidence: Evidence) -> list[Ruling]:
    rate = claim.metric == "accuracy"
    first, last = claim.first.interval(rate=rate), claim.last.interval(rate=rate)
    rule = "orden y sentido"
    if (
        claim.direction
        and first.middle != last.middle
        and (last.middle > first.middle) != (claim.direction == "up")
    ):
        verb = "sube" if last.middle > first.middle else "baja"
        return [
            contradicted(
                claim,
                rule,
                f"de {claim.first.text} a {claim.last.text} {verb}",
                ITSELF,
                Severity.CONCLUSION,
            )
        ]
    key = (claim.metric, claim.split)
    unit = "step" if claim.split in ("D", "G") else "epoch"
    found = [s for s in evidence.series if s.unit == unit and key in s.columns]
    if not found or (unit == "step" and found[0].written is None):
        return []  # how the ends of a noisy curve were averaged is the author's choice
    if _runs(first, last, [[v for v in s.columns[key] if v] for s in found], [selected(s) for s in found]):
        return [verified(claim, rule, found[0].source)]
    known = [value for value in found[0].columns[key] if value]
    expected = f"va de {show(known[0].middle)} a {show(known[-1].middle)}"
    return [contradicted(claim, rule, expected, found[0].source)]


def _runs(first: Interval, last: Interval, columns: list[list[Interval]], chosen: list[int | None]) -> bool:
    """Whether one column runs through both values in this order, or the means of several do, from
    the first or the selected epoch to the last."""
    for column in columns:
        positions = [[i for i, value in enumerate(column) if x.agrees(value)] for x in (first, last)]
        if all(positions) and positions[0][0] < positions[1][-1]:
            return True
    starts = [mean([column[0] for column in columns])]
    if all(position is not None for position in chosen):
        starts.append(mean([c[p] for c, p in zip(columns, chosen, strict=True) if p is not None]))
    return any(first.agrees(start) for start in starts) and last.agrees(mean([c[-1] for c in columns]))

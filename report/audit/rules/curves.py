"""How the curves run: rises, oscillation against climb, first and last value, order."""

import itertools

from report.audit.claims import CountClaim, Moment, ShapeClaim, TrajectoryClaim
from report.audit.evidence import Evidence
from report.audit.numerals import Interval
from report.audit.rules.metrics import Values, selected
from report.audit.ruling import ITSELF, Ruling, Severity, contradicted, show, verified
from report.audit.statements import Statements
from report.audit.tables import Series, mean

FEW = 4  # moves of a curve: of fewer nobody can say that it is not stable
STABLE = 0.05  # a curve that ends more than 5 % from its best value is not stable; our convention


def steps(values: Values) -> list[float]:
    """Change from each epoch to the next; 0 where the written digits do not tell."""
    known = [value for value in values if value]
    return [0.0 if b.agrees(a) else b.middle - a.middle for a, b in itertools.pairwise(known)]


def rises(values: Values) -> int:
    return sum(step > 0 for step in steps(values))


def oscillates(values: Values) -> bool:
    """Whether a fall follows a rise: without it there is only a minimum and a climb."""
    signs = [step > 0 for step in steps(values) if step]
    return True in signs and False in signs[signs.index(True) :]


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    rulings: list[Ruling] = []
    for claim in statements.claims:
        if isinstance(claim, CountClaim) and claim.name == "rises":
            rulings += _rises(claim, [s for s in evidence.epochs() if ("loss", "val") in s.columns])
        elif isinstance(claim, ShapeClaim):
            key = (claim.metric, claim.split)
            rulings += _shape(claim, [s for s in evidence.epochs() if key in s.columns])
        elif isinstance(claim, TrajectoryClaim):
            rulings += _trajectory(claim, evidence)
    return rulings


def _rises(claim: CountClaim, found: list[Series]) -> list[Ruling]:
    counts = [rises(series.columns["loss", "val"]) for series in found]
    if not counts:
        return []
    rule, source, written = "número de subidas", found[0], claim.interval()
    if any(written.low <= count <= written.high for count in counts):
        return [verified(claim, rule, source)]
    return [contradicted(claim, rule, f"la pérdida de validación sube {_times(counts[0])}", source)]


def _times(count: int) -> str:
    return "una vez" if count == 1 else f"{count} veces"


def _shape(claim: ShapeClaim, found: list[Series]) -> list[Ruling]:
    problems = [_problem(claim, series.columns[claim.metric, claim.split], series) for series in found]
    if not found:
        return []
    if not all(problems):
        return [verified(claim, "forma de la curva", found[0])]
    return [contradicted(claim, "forma de la curva", problems[0], found[0], Severity.CONCLUSION)]


def _problem(claim: ShapeClaim, values: Values, series: Series) -> str:
    """What speaks against the claimed shape, or nothing."""
    moves = steps(values)
    up, down = sum(step > 0 for step in moves), sum(step < 0 for step in moves)
    best, place = min((value.middle, -i) for i, value in enumerate(values) if value)
    epoch = series.index[-place]
    match claim.shape:
        case "oscillates" if not oscillates(values):
            return f"no vuelve a bajar después de subir: baja hasta la época {epoch} y luego sube sin parar"
        case "climbs":
            start = series.index.index(claim.since if claim.since in series.index else epoch)
            falls = [n for n, step in zip(series.index[1:], moves, strict=False) if step < 0]
            falls = [n for n in falls if n > series.index[start]]
            if falls or not any(step > 0 for step in moves[start:]):
                return f"vuelve a bajar en la época {falls[0]}" if falls else "no sube"
        case "sinks" | "falls" if up > (claim.shape == "sinks"):
            return f"sube {_times(up)}"
        case "rises" if down:
            return f"baja {_times(down)}"
        case "stable" if len(moves) >= FEW:
            last = next(value for value in reversed(values) if value)
            ideal = best if claim.metric == "loss" else max(value.middle for value in values if value)
            away = abs(last.middle / ideal - 1) if ideal else 0
            return f"termina a un {show(100 * away, 1)} % de su mejor valor" if away > STABLE else ""
    return ""


def _trajectory(claim: TrajectoryClaim, evidence: Evidence) -> list[Ruling]:
    rule, rate, key = "orden y sentido", claim.metric == "accuracy", (claim.metric, claim.split)
    first, last = claim.first.interval(rate=rate), claim.last.interval(rate=rate)
    rises = last.middle > first.middle
    if claim.direction and first.middle != last.middle and rises != (claim.direction == "up"):
        said = f"de {claim.first.text} a {claim.last.text} {'sube' if rises else 'baja'}"
        return [contradicted(claim, rule, said, ITSELF, Severity.CONCLUSION)]
    unit = "step" if claim.split in ("D", "G") and evidence.steps() else "epoch"
    found = [s for s in evidence.series if s.unit == unit and key in s.columns]
    if not found or (unit == "step" and found[0].written is None):
        return []  # how the ends of a noisy curve were averaged is the author's choice
    columns = [[v for v in s.columns[key] if v] for s in found]
    cut = any(
        (claim.first.truncates(c[0].middle, rate=rate) and claim.last.truncates(c[-1].middle, rate=rate))
        or (claim.first.truncates(c[0].middle, rate=rate) and last.agrees(c[-1]))
        or (first.agrees(c[0]) and claim.last.truncates(c[-1].middle, rate=rate))
        for c in columns
    )
    ordered = any(_in_order(claim, s, s.columns[key], first, last) for s in found)
    chosen = [selected(s) if claim.since == Moment() else None for s in found]
    ends = claim.since.at in (None, 1) and claim.until.at is None
    if ordered or (ends and (cut or _of_means(first, last, columns, chosen))):
        return [verified(claim, rule, found[0])]
    said = f"va de {show(columns[0][0].middle)} a {show(columns[0][-1].middle)}"
    return [contradicted(claim, rule, said, found[0])]


def _in_order(
    claim: TrajectoryClaim, series: Series, values: Values, first: Interval, last: Interval
) -> bool:
    """Whether the column runs through both values in this order, at the moments that are told."""
    starts, ends = (
        [i for i in _places(moment, series) if (value := values[i]) and x.agrees(value)]
        for moment, x in ((claim.since, first), (claim.until, last))
    )
    return bool(starts and ends) and starts[0] < ends[-1]


def _places(moment: Moment, series: Series) -> list[int]:
    """The positions that a moment may mean: an author may count epochs from 1 where the program does not."""
    count = len(series.index)
    if moment.final:
        return [count - 1]
    if moment.at is None:
        return list(range(count))
    if moment.unit != series.unit and moment.at == 1:
        return [0]
    shifted = moment.at - 1 if series.index[0] == 0 and moment.at else None
    return [i for i, n in enumerate(series.index) if n in (moment.at, shifted) or (moment.at == 1 and i == 0)]


def _of_means(
    first: Interval, last: Interval, columns: list[list[Interval]], chosen: list[int | None]
) -> bool:
    """Whether the means of several run from one value to the other, from the first or the selected epoch to
    the last."""
    starts = [mean([column[0] for column in columns])]
    if all(position is not None for position in chosen):
        starts.append(mean([c[p] for c, p in zip(columns, chosen, strict=True) if p is not None]))
    return any(first.agrees(start) for start in starts) and last.agrees(mean([c[-1] for c in columns]))

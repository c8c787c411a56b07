"""Judgements with a rule: degree of overfitting, equilibrium, collapse; and opinions without any."""

from report.audit.claims import MetricClaim, VerdictClaim
from report.audit.evidence import Evidence
from report.audit.lexicon import DEGREES
from report.audit.rules.metrics import degree, extreme, gaps
from report.audit.ruling import Ruling, Severity, Source, Verdict, ambiguous, contradicted, show, verified
from report.audit.statements import Statements
from report.audit.tables import mean
from report.findings.balance import DISCRIMINATOR_EQUILIBRIUM
from report.findings.balance import LOSS_COLLAPSE as COLLAPSE
from report.findings.balance import LOSS_TOLERANCE as TOLERANCE
from report.findings.degrees import MILD, MODERATE, SEVERE

_BOUNDS = {"MILD": MILD, "MODERATE": MODERATE, "SEVERE": SEVERE}
_ORDER = ["NONE", *_BOUNDS]
NEAR = 0.5  # of a bound, which is our convention: so close to it nobody is accused
_WHY = {
    "range": "no se dice qué intervalo se esperaba",
    "quality": "no se dice con qué se compara",
    "memory": "ninguna medida del documento lo muestra",
    "eye": "se juzga a ojo: ninguna medida del documento lo muestra",
}


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    rulings: list[Ruling] = []
    for claim in (c for c in statements.claims if isinstance(c, VerdictClaim)):
        if claim.topic == "degree":
            rulings += _degree(claim, statements, evidence)
        elif claim.topic == "balance":
            rulings += _balance(claim, statements, evidence)
        elif claim.topic == "opinion":
            rule, why = "juicio sin respaldo", _WHY[claim.verdict]
            rulings.append(Ruling(claim.place, Verdict.UNSUPPORTED, rule, claim.quote, why, claim=claim))
    return rulings


def _degree(claim: VerdictClaim, statements: Statements, evidence: Evidence) -> list[Ruling]:
    """Against the gap at the last or at the best epoch, or else against the stated gap."""
    found = [s for s in evidence.epochs() if {("accuracy", "train"), ("accuracy", "val")} <= s.columns.keys()]
    last = [len(s.index) - 1 for s in found]
    best = [extreme(s.columns["accuracy", "val"], high=True)[0] for s in found]
    values: list[float] = []
    for places in (last, best) if evidence.selected else (last,):
        known = [value for s, i in zip(found, places, strict=True) if (value := gaps(s)[i])]
        values += [mean(known).middle] if known else []
    source: Source = found[0] if found else ""
    if not found:
        stated = [c for c in statements.claims if isinstance(c, MetricClaim) and c.name == "gap" and c.value]
        values = [c.value.interval(rate=True).middle for c in stated if c.value]
        source = str(stated[0].place) if stated else ""
        if stated and stated[0].tabled:
            return []  # of which metric, its table tells; our bounds are those of accuracies
    if not values:
        return []
    rule, degrees = "grado de sobreajuste", [degree(value) for value in values]
    if claim.verdict in degrees:
        return [verified(claim, rule, source)]
    bounds = ", ".join(f"{DEGREES[name]} desde {bound:.2f}" for name, bound in _BOUNDS.items())
    expected = f"con una brecha de {show(values[0])} sería {DEGREES[degrees[0]]} ({bounds})"
    limit = _BOUNDS.get(max(claim.verdict, degrees[0], key=_ORDER.index), 0)
    near = abs(values[0] - limit) <= NEAR * limit
    if near and abs(_ORDER.index(claim.verdict) - _ORDER.index(degrees[0])) == 1:
        return [ambiguous(claim, rule, f"{expected}, y los límites son los de este programa", source)]
    return [contradicted(claim, rule, expected, source, Severity.CONCLUSION)]


def _balance(claim: VerdictClaim, statements: Statements, evidence: Evidence) -> list[Ruling]:
    tables = [s for s in evidence.steps() if ("loss", "D") in s.columns]
    known = [value for s in tables if (value := s.columns["loss", "D"][-1])]
    source: Source = tables[0] if tables else ""
    if not known:
        metrics = [c for c in statements.claims if isinstance(c, MetricClaim) and c.value]
        stated = [c for c in metrics if (c.name, c.split) == ("loss", "D")]
        chosen = next((c for c in stated if c.moment.final), stated[0] if stated else None)
        if chosen is None or chosen.value is None:
            return []
        known, source = [chosen.value.interval()], f"pérdida del discriminador ({chosen.place})"
    loss, level = mean(known), DISCRIMINATOR_EQUILIBRIUM
    # Scripts sum the two halves of the loss or average them: either value may be the equilibrium.
    halves = (level, level / 2)
    near = any(loss.high >= x * (1 - TOLERANCE) and loss.low <= x * (1 + TOLERANCE) for x in halves)
    collapsed, stands = loss.low < COLLAPSE * level, loss.high >= COLLAPSE * level / 2
    rule = "equilibrio y pérdidas"
    if {"equilibrium": near, "collapse": collapsed, "no collapse": stands}[claim.verdict]:
        return [verified(claim, rule, source)]
    expected = (
        f"la pérdida del discriminador es {show(loss.middle, 3)}; el equilibrio está en {level:.3f} "
        f"(o {level / 2:.3f} si se promedian sus mitades) y el colapso, por debajo de {COLLAPSE * level:.3f}"
    )
    return [contradicted(claim, rule, expected, source, Severity.CONCLUSION)]

"""One quantity stated twice must be the same; with results, settings must be those of the run."""

import re
from dataclasses import dataclass

from report.audit.claims import Claim, CountClaim, MetricClaim, Moment, StoppingClaim
from report.audit.evidence import Evidence
from report.audit.extract.settings import HIDDEN, SETTINGS, WHOLE
from report.audit.lexicon import ORDINALS
from report.audit.nearness import nearest
from report.audit.numerals import Interval, Numeral, exact
from report.audit.ruling import Ruling, Verdict, ambiguous, contradicted, show, verified
from report.audit.scope import MIXED, is_generic, plain
from report.audit.statements import Statements, of_code

_QUALIFIED = re.compile(r"\b(?:en|sobre|de|con|on|for|of|with) ([^:=\d]{3,60})[:=]")  # «en las elegidas:»
MAX_TABLED = 200  # values in tables with which prose is compared
MAX_PRINTED = 50  # values of one quantity
MANY = 2  # different values: more are several trials, not a slip
PRINTED = "cita de lo impreso"
RULE = "la misma cantidad dos veces"
_UNPLACED = ("auc", "accuracy", "precision", "recall", "f1")
CELLS = ("tn", "fp", "fn", "tp")
_COUNTED = (*SETTINGS, "share_train", "share_val", "share_test", "epochs", "iterations", *CELLS)


@dataclass(frozen=True)
class Quantity:
    """What a value is of, besides its scope: a metric, or a number of things of a part of the document.
    ``loose``: of a part of the data that is measured again and again, and of no moment."""

    name: str
    is_metric: bool
    part: str = ""
    layer: str = ""
    split: str = ""
    label: str = ""
    average: str = ""
    final: bool = False
    best: bool = False
    loose: bool = False


Printed = dict[Quantity, list[tuple[Interval, Claim]]]


def check(statements: Statements, evidence: Evidence, before: list[Ruling]) -> list[Ruling]:
    decided = {id(f.claim) for f in before if f.claim is not None and f.verdict is not Verdict.AMBIGUOUS}
    keyed = [(claim, *pair) for claim in statements.claims if (pair := _quantity(claim)) is not None]
    printed: Printed = {}
    for claim, key, value in keyed:
        if claim.printed and len(printed.setdefault(key, [])) < MAX_PRINTED:
            printed[key].append((value, claim))
    stops = any(isinstance(claim, StoppingClaim) for claim in statements.claims)
    seen: dict[Quantity, tuple[Interval, Claim]] = {}
    stated: dict[Quantity, list[Interval]] = {}
    for claim, key, value in keyed:
        known = stated.setdefault(key, [])
        if not (claim.printed or _is_limit(claim) or any(value.agrees(other) for other in known)):
            known.append(value)
    metrics = [claim for claim, _, _ in keyed if isinstance(claim, MetricClaim)]
    tables = [claim for claim in metrics if claim.tabled and not claim.printed][:MAX_TABLED]
    rulings: list[Ruling] = []
    for claim, key, value in keyed:
        if id(claim) in decided or claim.printed:
            continue
        of_run = evidence.settings.get((claim.part, key.name)) if not (key.is_metric or key.layer) else None
        if of_run is not None:
            rule = "ajuste y resultados"
            denied = contradicted(claim, rule, show(of_run.middle), "resultados")
            rulings.append(verified(claim, rule, "resultados") if value.agrees(of_run) else denied)
        elif key in printed and not key.loose:
            if not (stops and key.name == "epochs"):  # what code sets is a limit
                several = len(statements.series) > 1
                if not key.is_metric:  # code and words of one name are of one training
                    several = not any(claim.scope.key) and (several or len(stated[key]) > 1)
                rulings.append(_quoted(claim, value, _printed(key, printed), several=several))
        elif isinstance(claim, MetricClaim) and (found := _of_table(claim, value, tables)):
            rulings += found if not printed_like(claim, statements) else []
        elif key.is_metric and not key.split:
            rulings += _of_any_part(claim, value, printed, evidence)
        elif key.loose:
            continue  # of no moment: only a table of its section denies it
        elif key.name == "dropout":
            continue  # each layer has its own
        elif _is_limit(claim) and not (key in seen and any(claim.scope.key) and claim.scope.certain):
            continue  # «above 0.8» is of many things
        elif key in seen:
            rulings.append(_compare(claim, value, *seen[key], len(stated[key])))
        else:
            seen[key] = (value, claim)
    return rulings


def _is_limit(claim: Claim) -> bool:
    return isinstance(claim, MetricClaim) and claim.value is not None and bool(claim.value.bound)


def _of_table(claim: MetricClaim, value: Interval, tables: list[MetricClaim]) -> list[Ruling]:
    """Against the only value that the tables of the smallest section of both have of that metric."""

    def about(one: MetricClaim) -> tuple[object, ...]:
        part = "" if one.split == "test" else one.split
        return one.name, part, one.label, one.average, one.moment

    same = [] if claim.tabled else [other for other in tables if about(other) == about(claim)]
    known = [(o, o.value.interval(rate=o.name != "loss")) for o in nearest(claim, same) if o.value]
    if not known or not all(each.agrees(known[0][1]) for _, each in known):
        return []
    other, there = known[0]
    said = f"la tabla dice «{other.quote}»"
    if value.agrees(there) or (
        claim.value and claim.value.truncates(there.middle, rate=claim.name != "loss")
    ):
        return [verified(claim, RULE, str(other.place))]
    return [contradicted(claim, RULE, said, str(other.place))]


def printed_like(claim: Claim, statements: Statements) -> Claim | None:
    """A value that was printed elsewhere of the same metric, of no other model and no other part of the data,
    and is the same."""
    if not isinstance(claim, MetricClaim) or claim.value is None:
        return None
    value = claim.value.interval(rate=claim.name != "loss")
    for other in statements.printed_metrics:
        if other.name == claim.name and other.value:
            whose, model = other.scope.model or of_code(statements, other.place), claim.scope.model
            same = "" in (whose, model) or MIXED in (whose, model) or whose == model
            same = same and other.label == claim.label
            same = same and ("" in (other.split, claim.split) or other.split == claim.split)
            if same and other.value.interval(rate=True).agrees(value):
                return other
    return None


def _printed(key: Quantity, printed: Printed) -> list[tuple[Interval, Claim]]:
    """What may be quoted: of no class and no average, any average and moment will do."""
    if not key.is_metric or key.label or key.average:
        return printed[key]
    loosely = key.name, key.split, key.label
    same = [o for o in printed if o.is_metric and (o.name, o.split, o.label) == loosely]
    return [pair for other in same for pair in printed[other]]


def _of_any_part(claim: Claim, value: Interval, printed: Printed, evidence: Evidence) -> list[Ruling]:
    """A value of no named part of the data: of any that was printed, or else not of what stands above."""
    name = claim.name if isinstance(claim, MetricClaim) else ""
    known = [pair for key, each in printed.items() if key.is_metric and key.name == name for pair in each]
    columns = [values for s in evidence.series for key, values in s.columns.items() if key[0] == name]
    logged = [value for values in columns for value in values]
    beside = nearest(claim, [other for _, other in known])
    near = [pair for pair in known if any(pair[1] is other for other in beside)]
    if not near or any(value.agrees(each) for each in logged if each):
        return []
    ruling = _quoted(claim, value, near)
    if ruling.severity and any(value.agrees(v) for v, _ in known):
        return []
    return [ruling]


def _quoted(
    claim: Claim, value: Interval, printed: list[tuple[Interval, Claim]], *, several: bool = False
) -> Ruling:
    """Against what a program printed: of values in several places none is for certain the one meant.
    ``several``: trainings, so that what was printed far away may be of another."""
    number = claim.value if isinstance(claim, MetricClaim | CountClaim) else None
    beside = nearest(claim, [other for _, other in printed])
    if beside and not any(value.agrees(known) for known, _ in printed):
        printed = [pair for pair in printed if any(pair[1] is other for other in beside)]
    for known, other in printed:
        if value.agrees(known):
            return verified(claim, PRINTED, str(other.place))
        if isinstance(number, Numeral) and number.truncates(
            known.middle, rate=isinstance(claim, MetricClaim)
        ):
            cut = f"{show(known.middle)}, cortado en vez de redondeado"
            return verified(claim, PRINTED, str(other.place), truncated=cut)
    known, other = printed[0]
    label = _QUALIFIED.search(other.quote)
    if (
        label
        and not is_generic(label[1])
        and not set(plain(label[1]).split()) & set(plain(claim.quote).split())
    ):
        return ambiguous(claim, PRINTED, f"se imprimió «{other.quote}»: ¿es lo mismo?", str(other.place))
    later = all(each.place.number > claim.place.number for _, each in printed)
    far = (
        isinstance(claim, MetricClaim) and claim.place.unit == "celda" and later and not any(claim.scope.key)
    )
    if (several or far) and (not beside or isinstance(claim, CountClaim)):
        return ambiguous(
            claim, PRINTED, f"se imprimió «{other.quote}»: ¿es de ese entrenamiento?", str(other.place)
        )
    source, listed = str(other.place), ", ".join(dict.fromkeys(show(each.middle) for each, _ in printed[:4]))
    if all(each.agrees(known) for each, _ in printed):
        return contradicted(claim, PRINTED, f"se imprimió «{other.quote}»", source)
    if other.place.unit == "celda" and len({each.place.number for _, each in printed}) == 1:
        return contradicted(claim, PRINTED, f"se imprimieron {listed}", source)
    return ambiguous(claim, PRINTED, f"se imprimieron {listed}; ¿de cuál se habla?", source)


def _compare(claim: Claim, value: Interval, first: Interval, other: Claim, different: int) -> Ruling:
    """Where sections may be of two things, or a quantity has had many values, a question is left."""
    source, a, b = str(other.place), claim.scope, other.scope
    if value.agrees(first):
        return verified(claim, RULE, source)
    said = f"antes se dijo «{other.quote}»"
    named = any(a.key) and a.certain and b.certain
    if a.section != b.section and (a.topic or b.topic) and not named:
        return ambiguous(claim, RULE, f"{said}; ¿las dos secciones hablan de lo mismo?", source)
    if different > MANY:
        return ambiguous(
            claim, RULE, f"{said}; hay {different} valores distintos: ¿de cuál se habla?", source
        )
    if not b.certain:
        return ambiguous(claim, RULE, f"{said}; ¿sigue hablando de lo mismo que la frase anterior?", source)
    return contradicted(claim, RULE, said, source)


def _quantity(claim: Claim) -> tuple[Quantity, Interval] | None:
    """What a claim states a value of, if it can be stated twice."""
    if isinstance(claim, CountClaim) and claim.name in _COUNTED:
        number = claim.value
        if isinstance(number, int) or claim.of not in ("", HIDDEN, *ORDINALS):  # dense layers have many sizes
            return None
        value = number.count() if claim.name in (*WHOLE, "epochs", "iterations") else number.interval()
        if claim.printed and value and claim.name in SETTINGS:  # code sets 0.2, and not what rounds to it
            value = exact(value.middle)
        return (Quantity(claim.name, False, claim.part, claim.of), value) if value else None
    if not isinstance(claim, MetricClaim) or claim.value is None or claim.seed is not None:
        return None
    number, moment = claim.value, claim.moment
    if number.upper is not None or number.spread or claim.name == "gap":
        return None
    of_moment = claim.split in ("train", "val", "D", "G") and (moment.final or bool(moment.best))
    loose = claim.split in ("train", "val") and moment == Moment()
    if not (of_moment or loose or claim.split == "test" or (not claim.split and claim.name in _UNPLACED)):
        return None
    quantity = Quantity(
        claim.name,
        True,
        split=claim.split,
        label=claim.label,
        average=claim.average,
        final=of_moment and moment.final,
        best=of_moment and bool(moment.best),
        loose=loose,
    )
    return quantity, number.interval(rate=claim.name != "loss")

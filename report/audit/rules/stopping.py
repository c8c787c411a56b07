"""Epochs run, epochs stated, and whether early stopping can have acted as it is told."""

from report.audit.claims import CountClaim, StoppingClaim
from report.audit.evidence import Evidence
from report.audit.rules.metrics import extreme
from report.audit.ruling import Ruling, Severity, ambiguous, contradicted, verified
from report.audit.statements import Statements
from report.audit.tables import Series

RULE = "parada anticipada"
_EPOCHS = ("epochs", "max_epochs")
USUAL_PATIENCE = 5  # who names no patience is not taken to have used a larger one


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    tables = [s for s in evidence.epochs() if {("loss", "val"), ("accuracy", "val")} & s.columns.keys()]
    rulings: list[Ruling] = []
    counts = [c for c in statements.claims if isinstance(c, CountClaim) and c.name in _EPOCHS]
    named = [c for c in statements.claims if isinstance(c, StoppingClaim)]
    shown = {c.patience: c.place for c in named if c.printed}
    for claim in named if len(shown) == 1 else ():
        (set_to, place), said = next(iter(shown.items())), claim.patience
        if said is not None and not claim.printed and said != set_to:
            rulings.append(contradicted(claim, RULE, f"la paciencia del código es {set_to}", str(place)))
    named = [c for c in named if not c.printed]
    if not tables:
        return rulings
    limited = any(c.name == "max_epochs" for c in counts)
    stops = bool(named) and not limited and not any(c.epoch for c in named)
    patience = next((c.patience for c in named if c.patience is not None), None)
    # What names no epoch stands together: the first that names early stopping is judged for all.
    main = next((c for c in named if c.patience is None), named[0] if named else None)
    rulings += [r for c in counts if c.part != "gan" for r in _epochs(c, tables, stops)]
    for claim in named:
        if claim.epoch is not None or claim is main:
            waits = claim.patience if claim.patience is not None else patience
            rulings += _stopping(claim, waits, tables[0], counts[0] if counts else None)
    return rulings


def _epochs(claim: CountClaim, tables: list[Series], stops: bool) -> list[Ruling]:
    """``stops``: the document says that training ended before its limit."""
    ran = [series.index[-1] for series in tables]
    ran += [len(series.index) for series in tables if series.index[0] == 0]  # epochs from 0
    written, rule = claim.interval(), "épocas entrenadas"
    if claim.name == "max_epochs":
        fits = all(written.high >= n for n in ran)
    else:
        fits = any(written.low <= n <= written.high for n in ran)
    if fits:
        return [verified(claim, rule, tables[0])]
    if stops and all(written.high > n for n in ran):
        return []  # a limit that early stopping did not let it reach
    return [contradicted(claim, rule, f"se registran {ran[0]} épocas", tables[0])]


def _stopping(
    claim: StoppingClaim, patience: int | None, series: Series, stated: CountClaim | None
) -> list[Ruling]:
    rule, ran = RULE, series.index[-1]
    if claim.epoch is not None and claim.epoch != ran:
        return [contradicted(claim, rule, f"la última época registrada es la {ran}", series)]
    waits = {}
    for key, high in ((("loss", "val"), False), (("accuracy", "val"), True)):
        if key in series.columns and claim.monitor in ("", key[0], str(key)):
            waits[key[0]] = ran - series.index[extreme(series.columns[key], high=high)[0]]
    if not waits:
        return []
    wait, least = waits.get("loss", min(waits.values())), min(waits.values())
    since = f"la validación no mejora desde la época {ran - wait} y el entrenamiento llega a la {ran}"
    idle = f"{since}: {wait} épocas sin mejora"
    if patience is None:
        if least <= USUAL_PATIENCE:
            return []
        if stated is None or not stated.interval().low <= ran <= stated.interval().high:
            return [ambiguous(claim, rule, f"{idle}; ¿qué paciencia tenía?", series)]
        expected = f"{idle}, y se entrenaron las {ran} que se dicen: no actuó, y no se dice la paciencia"
    elif patience in waits.values():
        return [verified(claim, rule, series)]
    elif claim.epoch is not None:  # it is said to have stopped there
        expected = f"{idle}, no {patience}"
    elif least > patience:
        expected = f"{idle}, con paciencia {patience}"
    else:
        return []
    return [contradicted(claim, rule, expected, series, Severity.CONCLUSION)]

"""Epochs run, epochs stated, and whether early stopping can have acted as it is told."""

from report.audit.claims import CountClaim, StoppingClaim
from report.audit.evidence import Evidence
from report.audit.rules.metrics import extreme
from report.audit.ruling import Ruling, Severity, ambiguous, contradicted, verified
from report.audit.statements import Statements
from report.audit.tables import Series

_EPOCHS = ("epochs", "max_epochs")
USUAL_PATIENCE = 5  # who names no patience is not taken to have used a larger one


def check(statements: Statements, evidence: Evidence, _: list[Ruling]) -> list[Ruling]:
    tables = [
        s for s in evidence.epochs() if ("loss", "val") in s.columns or ("accuracy", "val") in s.columns
    ]
    return [*_epochs(statements, tables), *_stopping(statements, tables)]


def _epochs(statements: Statements, tables: list[Series]) -> list[Ruling]:
    rulings: list[Ruling] = []
    for claim in statements.claims:
        if (
            not isinstance(claim, CountClaim)
            or claim.name not in ("epochs", "max_epochs")
            or claim.part == "gan"
        ):
            continue
        if not tables:
            continue
        ran = [series.index[-1] for series in tables]
        written = claim.interval()
        rule = "épocas entrenadas"
        fits = any(written.low <= n <= written.high for n in ran)
        if claim.name == "max_epochs":
            fits = all(written.high >= n for n in ran)
        if fits:
            rulings.append(verified(claim, rule, tables[0].source))
        elif all(written.high > n for n in ran) and _stops(statements):
            continue  # a limit that early stopping did not let it reach
        else:
            rulings.append(contradicted(claim, rule, f"se registran {ran[0]} épocas", tables[0].source))
    return rulings


def _stops(statements: Statements) -> bool:
    """Whether the document says that training ended before its limit."""
    limits = [c for c in statements.claims if isinstance(c, CountClaim) and c.name == "max_epochs"]
    named = [c for c in statements.claims if isinstance(c, StoppingClaim)]
    return bool(named) and not limits and not any(c.epoch for c in named)


def _stopping(statements: Statements, tables: list[Series]) -> list[Ruling]:
    named = [c for c in statements.claims if isinstance(c, StoppingClaim)]
    patience = next((c.patience for c in named if c.patience is not None), None)
    stated = next((c for c in statements.claims if isinstance(c, CountClaim) and c.name in _EPOCHS), None)
    rulings: list[Ruling] = []
    for claim in named:
        if not tables or (claim.epoch is None and claim is not _main(named)):
            continue
        rulings += _one(claim, claim.patience if claim.patience is not None else patience, tables[0], stated)
    return rulings


def _main(named: list[StoppingClaim]) -> StoppingClaim:
    """The claim that stands for all that name no epoch: the first that names early stopping."""
    return next((c for c in named if c.patience is None), named[0])


def _one(
    claim: StoppingClaim, patience: int | None, series: Series, stated: CountClaim | None
) -> list[Ruling]:
    rule, ran = "parada anticipada", series.index[-1]
    if claim.epoch is not None and claim.epoch != ran:
        return [contradicted(claim, rule, f"la última época registrada es la {ran}", series.source)]
    waits = {}
    for key, high in ((("loss", "val"), False), (("accuracy", "val"), True)):
        if key in series.columns and claim.monitor in ("", key[0], str(key)):
            best = extreme(series.columns[key], high=high)[0]
            waits[key[0]] = ran - series.index[best]
    if not waits:
        return []
    wait = waits.get("loss", min(waits.values()))
    since = f"la validación no mejora desde la época {ran - wait} y el entrenamiento llega a la {ran}"
    idle = f"{since}: {wait} épocas sin mejora"
    if patience is None:
        if min(waits.values()) <= USUAL_PATIENCE:
            return []
        if stated is not None and stated.interval().low <= ran <= stated.interval().high:
            expected = f"{idle}, y se entrenaron las {ran} que se dicen: no actuó, y no se dice la paciencia"
            return [contradicted(claim, rule, expected, series.source, Severity.CONCLUSION)]
        return [ambiguous(claim, rule, f"{idle}; ¿qué paciencia tenía?", series.source)]
    if patience in waits.values():
        return [verified(claim, rule, series.source)]
    if claim.epoch is not None:  # it is said to have stopped there
        expected = f"{idle}, no {patience}"
        return [contradicted(claim, rule, expected, series.source, Severity.CONCLUSION)]
    if min(waits.values()) > patience:
        return [
            contradicted(claim, rule, f"{idle}, con paciencia {patience}", series.source, Severity.CONCLUSION)
        ]
    return []

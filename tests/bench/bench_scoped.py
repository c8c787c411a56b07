"""The second part of ``make bench-audit``: documents of several models, phases and runs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Literal

from scoped_documents import Document
from scoped_forms import ALONE, FORMS
from scoped_telling import Lie

from report.audit.auditing import Audit, audit
from report.audit.ruling import Ruling, Verdict

Outcome = Literal["found", "doubtful", "believed", "silent", "broken"]

LANGUAGES = ("es", "en")
SEEDS = 3  # documents of each form, language and kind of file
LIES, LIES_OF_A_PDF = 14, 3  # of each document; typesetting takes longer than auditing
RECALL = 0.90
NAMES = {
    "keras1": "barras de Keras 1",
    "keras2": "barras de Keras 2",
    "keras3": "barras y líneas de Keras 3",
    "pytorch": "prints de PyTorch",
    "lightning": "barras de Lightning",
    "history": "History impreso",
    "epoch_table": "tabla por épocas",
    "evaluate": "evaluación impresa",
    "report": "classification_report",
    "matrix_print": "confusion_matrix impresa",
    "matrix_array": "confusion_matrix como array",
    "matrix_table": "tabla de la matriz",
    "comparison": "tabla que compara",
    "frame_text": "pandas en texto, con índice",
    "frame_bare": "pandas en texto, sin índice",
    "frame_html": "pandas en HTML",
    "inline": "código en línea",
    "latex": "números en LaTeX",
    "settings_dict": "ajustes en un diccionario",
    "settings_assign": "ajustes «clave = valor»",
    "gan": "prints de una GAN",
    "gan_table": "tabla por épocas de una GAN",
    ALONE: "la propia frase (particiones)",
}


@dataclass(frozen=True)
class Trial:
    """One statement made false, and what the audit said of it: at worst, that it is true."""

    document: str
    form: str
    key: str
    suffix: str
    named: bool
    borrowed: bool
    sentence: str
    outcome: Outcome


@dataclass
class Tally:
    documents: int = 0
    claims: int = 0
    checked: int = 0
    alarms: list[tuple[str, Ruling]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # clean documents that the audit cannot bear
    trials: list[Trial] = field(default_factory=list)

    def recall(self, trials: Iterable[Trial]) -> float:
        outcomes = [trial.outcome for trial in trials]
        return outcomes.count("found") / max(1, len(outcomes))

    @property
    def passes(self) -> bool:
        """No false alarm, nothing broken, and enough found in every form of evidence."""
        plain = [trial for trial in self.trials if not trial.borrowed]
        forms = {trial.form for trial in plain}
        least = min(self.recall(t for t in plain if t.form == form) for form in forms)
        return not self.alarms and not self.broken and least >= RECALL


def documents(first_seed: int) -> Iterator[Document]:
    for form, suffixes in FORMS.items():
        for suffix in suffixes:
            for language in LANGUAGES:
                for seed in range(first_seed, first_seed + SEEDS):
                    yield Document(form, language, suffix, seed)


def measure(every: Iterable[Document], folder: Path) -> Tally:
    tally = Tally()
    for document in every:
        clean = examine(document.write(folder))
        tally.documents += 1
        if isinstance(clean, Exception):
            tally.broken.append(f"{document.name}: {clean!r}")
            continue
        tally.claims += clean.coverage.claims
        tally.checked += clean.coverage.checked
        tally.alarms += [(document.name, ruling) for ruling in of(clean, Verdict.CONTRADICTED)]
        for index, lie in draw(document):
            tally.trials.append(attempt(document, index, lie, clean, folder))
    return tally


def examine(path: Path) -> Audit | Exception:
    """What breaks the audit is a result as well; it must not hide the others."""
    try:
        return audit(path)
    except Exception as error:
        return error


def draw(document: Document) -> list[tuple[int, Lie]]:
    every = list(document.lies)
    many = LIES_OF_A_PDF if document.suffix == ".pdf" else LIES
    return Random(document.name).sample(every, min(many, len(every)))


def attempt(document: Document, index: int, lie: Lie, clean: Audit, folder: Path) -> Trial:
    found = examine(document.write(folder, index, lie))
    outcome: Outcome = "silent"
    if isinstance(found, Exception):
        outcome = "broken"
    elif counted(found, Verdict.CONTRADICTED) - counted(clean, Verdict.CONTRADICTED):
        outcome = "found"
    elif counted(found, Verdict.AMBIGUOUS) - counted(clean, Verdict.AMBIGUOUS):
        outcome = "doubtful"
    elif counted(found, Verdict.VERIFIED) - counted(clean, Verdict.VERIFIED):
        outcome = "believed"
    statement = document.statements[index]
    return Trial(
        document.name,
        statement.form,
        statement.told.key,
        document.suffix,
        statement.named,
        lie.borrowed,
        f"{document.say(index)} -> {document.say(index, lie)}",
        outcome,
    )


def of(found: Audit, verdict: Verdict) -> list[Ruling]:
    return [ruling for ruling in found.rulings if ruling.verdict is verdict]


def counted(found: Audit, verdict: Verdict) -> Counter[tuple[str, str, str]]:
    return Counter((ruling.rule, ruling.says, ruling.expected) for ruling in of(found, verdict))


def show_tally(tally: Tally, *, misses: bool) -> None:
    print(
        f"{tally.documents} documentos con ámbitos, {tally.claims} afirmaciones "
        f"({tally.checked} comprobadas), {len(tally.trials)} contradicciones inyectadas."
    )
    plain = [trial for trial in tally.trials if not trial.borrowed]
    borrowed = [trial for trial in tally.trials if trial.borrowed]
    print(f"  {'hallados de inyectados, por forma de evidencia':<36} {'valor falso':>22} {'el de otro':>22}")
    for form, name in NAMES.items():
        mine = [_ratio([t for t in trials if t.form == form]) for trials in (plain, borrowed)]
        print(f"  {name:<36} {mine[0]:>22} {mine[1]:>22}")
    for title, trials in (("un valor falso", plain), ("el valor de otro", borrowed)):
        outcomes = [trial.outcome for trial in trials]
        print(
            f"Exhaustividad, {title}: {tally.recall(trials):.3f} de {len(trials)}; "
            f"quedan en «ambiguo» otras {outcomes.count('doubtful')} "
            f"y en «verificado», {outcomes.count('believed')}."
        )
    print(f"Falsas alarmas: {len(tally.alarms)} en {tally.claims} afirmaciones.")
    if tally.broken:
        print(f"Documentos limpios con los que audit se rompe: {len(tally.broken)}.")
    if misses:
        _show_misses(tally)


def _ratio(trials: list[Trial]) -> str:
    if not trials:
        return "—"
    outcomes = [trial.outcome for trial in trials]
    found, doubtful = outcomes.count("found"), outcomes.count("doubtful")
    return f"{found} de {len(trials)} ({doubtful} amb.) {found / len(trials):.2f}"


def _show_misses(tally: Tally) -> None:
    for broken in tally.broken:
        print(f"BROKEN {broken}")
    for name, ruling in tally.alarms:
        print(f"ALARM {name} {ruling.place} {ruling.rule} | {ruling.says} | {ruling.expected}")
    for trial in tally.trials:
        if trial.outcome != "found":
            how = "borrowed" if trial.borrowed else "false", "named" if trial.named else "own"
            print("MISS", trial.document, trial.form, trial.key, *how, trial.outcome, trial.sentence)

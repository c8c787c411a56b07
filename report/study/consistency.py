"""What makes records one set of results."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.kinds.registry import KINDS
from experiments.records.base import DerivedRecord, Profile, RecordError, Run
from experiments.records.brought import Brought, BroughtLstm
from experiments.records.closure import code_digest_of
from experiments.records.results import MANIFEST_FILE
from experiments.records.storage import TRAIN_AGAIN


def seeds_of(runs: Iterable[Run]) -> list[int]:
    return [run.record.seed for run in runs]


def refuse_incomplete(root: Path, name: str, seeds: list[int], wanted: list[int] | None) -> None:
    """``wanted`` are the seeds that there must be; None asks for no more than that none is repeated,
    and for one alone of what is trained once.

    Raises:
        RecordError: naming the experiment and what was found.
    """
    repeated = [seed for seed, n in Counter(seeds).items() if n > 1]
    if repeated:
        found = f"la semilla {repeated[0]} repetida"
    elif wanted is not None and seeds != wanted:
        found = f"las semillas {seeds}"
    elif KINDS[name].shared and len(seeds) > 1:
        found = "más de una"
    else:
        return
    expected = "con semillas distintas" if wanted is None else f"con las semillas {wanted}"
    raise RecordError(
        f"{root / MANIFEST_FILE}: se esperaban ejecuciones de {name} {expected}, se encontró {found}; "
        "ejecute «make train»."
    )


def refuse_alone(run: Run) -> None:
    """A variant is one of something.

    Raises:
        RecordError: naming it.
    """
    raise RecordError(
        f"{run.name}: se esperaban también ejecuciones de {run.record.kind} sin variante, con las que "
        "compararla, no se encontró ninguna; ejecute «make train»."
    )


def refuse_other_measured(run: Run, runs: Sequence[Run]) -> None:
    """A measurement says something of the runs that it was taken on, and of no others.

    Raises:
        RecordError: naming the measurement and the run.
    """
    if isinstance(run.record, DerivedRecord):
        present = {other.name: other.record.arrays_digest for other in runs}
        for name, digest in run.record.upstream.items():
            if present.get(name) != digest:
                raise RecordError(
                    f"{run.name}: se esperaban medidas de la ejecución {name} de este conjunto, se "
                    "encontraron las de otra; ejecute «make train»."
                )


def refuse_mixed(runs: Sequence[Run], profile: Profile | None) -> None:
    """Seeds are compared with each other only if nothing else differs.

    Raises:
        RecordError: naming the first run that does not go with the others.
    """
    first = runs[0].record
    for run in runs:
        record = run.record
        if (record.profile, record.data, record.config) != (profile, first.data, first.config):
            raise RecordError(
                f"{run.name}: se esperaban el perfil, los datos y la configuración de las demás semillas, "
                "se encontraron otros; ejecute «make train»."
            )


def refuse_stale(runs: Sequence[Run], again: str = TRAIN_AGAIN) -> None:
    """Results of other code than the present one describe an experiment that no longer exists; ``again``
    is what helps.

    Raises:
        RecordError: naming the run.
    """
    digests = {kind: code_digest_of(kind) for kind in {run.record.kind for run in runs}}
    for run in runs:
        current = digests[run.record.kind]
        if run.record.code_digest != current:
            raise RecordError(
                f"{run.name}: se esperaban resultados del código actual (huella {current[:12]}), se "
                f"encontraron los de otro (huella {run.record.code_digest[:12]}); {again}."
            )


# --- what an author brought ------------------------------------------------------------------


def refuse_repeated(root: Path, brought: Sequence[Brought]) -> None:
    """
    Raises:
        RecordError: a seed stands twice.
    """
    repeated = [seed for seed, n in Counter(run.record.seed for run in brought).items() if n > 1]
    if repeated:
        raise RecordError(
            f"{root / MANIFEST_FILE}: se esperaban entrenamientos aportados con semillas distintas, se "
            f"encontró la semilla {repeated[0]} repetida; vuelva a importarlos."
        )


def refuse_two_sources(root: Path, groups: Mapping[Any, Sequence[Run]], brought: Sequence[Brought]) -> None:
    """A document is about one training of each part.

    Raises:
        RecordError: a part was both brought and trained here.
    """
    for run in brought:
        kind = "lstm" if isinstance(run.record, BroughtLstm) else "gan"
        if groups.get(kind):
            raise RecordError(
                f"{root / MANIFEST_FILE}: se esperaba un solo origen para {kind}, se encontró uno aportado "
                "y otro entrenado aquí; impórtelo en una carpeta aparte."
            )

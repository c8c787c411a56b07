"""Whether results and document are up to date and, if not, which input has changed and what
``make`` would do about it. Never imports TensorFlow."""

import importlib.metadata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.kinds.base import Kind
from experiments.kinds.registry import KINDS
from experiments.records.base import Profile, Run, RunRecord, Strict
from experiments.records.brought import Brought
from experiments.records.closure import code_digest_of
from experiments.records.identity import Identity, differences
from experiments.records.results import MANIFEST_FILE, Manifest, read_all_brought, read_results
from experiments.terminal.endings import EXTRAS
from report.errors import RenderError
from report.ledger import spanish
from report.proof.state import freshness
from report.study.folders import choose_results
from report.study.study import make_study

DOCUMENT = "informe.pdf"
NONE = "ninguna"  # of the versions of a library


@dataclass(frozen=True)
class Status:
    """``fresh`` if nothing has to be done again."""

    fresh: bool
    lines: list[str]


def status(chosen: Path | None, settings: Path, folder: Path) -> Status:
    """The state of the results (``chosen`` or the usual ones) and of the document in ``folder``.

    Raises:
        RecordError: the results are there and cannot be read.
    """
    try:
        root = choose_results(chosen)
    except RenderError as error:
        return Status(False, [str(error), "«make all» entrenará los dos experimentos y hará el informe."])
    if not (root / MANIFEST_FILE).exists():
        return Status(
            False,
            [f"Resultados: {root} no guarda ningún conjunto completo.", "«make all» entrenará lo que falte."],
        )
    manifest, runs = read_results(root)
    lines, stale = [], False
    for changed, names in stale_runs(manifest, runs).items():
        stale = True
        if manifest.brought:
            lines.append(f"Resultados: {changed}, en {spanish.join(names)}; vuelva a importarlos.")
        else:
            lines.append(f"Resultados: {changed}. «make train» repetirá {spanish.join(names)}.")
    if not stale:
        brought = read_all_brought(root, manifest)
        make_study(root, manifest, runs, brought)  # seeds that cannot stand together are an error
        lines.append(f"Resultados: {root}, {told(runs, brought)}{not_compared(runs)}.")
    reasons = list(document_changes(folder, freshness.inputs(root, settings), root, settings, runs))
    if reasons:
        lines.append(f"Documento: {folder / DOCUMENT} no está al día.")
        lines += [f"  {reason[0].upper()}{reason[1:]}." for reason in reasons]
        again = f"make report RESULTS={root}" if manifest.brought else "make report"
        if stale and manifest.brought:
            lines.append(f"«{again}», después, lo rehará.")
        else:
            lines.append(f"«{again}» lo rehará." if not stale else "«make all» entrenará y lo rehará.")
    else:
        lines.append(f"Documento: {folder / DOCUMENT}, al día.")
    return Status(not stale and not reasons, lines)


def told(runs: Sequence[Run], brought: Sequence[Brought]) -> str:
    if brought:
        n = len(brought)
        return "un entrenamiento aportado" if n == 1 else f"{n} entrenamientos aportados"
    return f"al día ({'una ejecución' if len(runs) == 1 else f'{len(runs)} ejecuciones'})"


def not_compared(runs: Sequence[Run]) -> str:
    """Who does not train has no libraries for it, whose versions could differ."""
    names = sorted({name for run in runs for name in run.record.environment.libraries if is_left_out(name)})
    return f"; sin comparar las versiones de {spanish.join(names)}, que aquí no están" if names else ""


# --- results -----------------------------------------------------------------------------


def stale_runs(manifest: Manifest, runs: list[Run]) -> dict[str, list[str]]:
    """What has changed since the runs, and which runs it concerns."""
    found: dict[str, list[str]] = {}
    for run in runs:
        changes = differences(Identity.of(run.record), present_identity(run.record, manifest))
        if changes:
            found.setdefault("ha cambiado " + "; ".join(changes), []).append(run.name)
    return found


def present_identity(record: RunRecord, manifest: Manifest) -> Identity:
    """What the same run would be with the present program. The data are those of the record:
    the official ones never change, and training checks them."""
    then = Identity.of(record)
    return then.model_copy(
        update={
            "config": present_config(record, manifest).model_dump(mode="json"),
            "code_digest": code_digest_of(record.kind),
            "libraries": {
                name: before if is_left_out(name) else installed(name)
                for name, before in then.libraries.items()
            },
        }
    )


def present_config(record: RunRecord, manifest: Manifest) -> Strict:
    """That of the record's profile, with the settings of its variant, and completed from those of the
    other kinds."""
    chosen = manifest.variants.get(record.variant, {})
    configs = {name: configured(kind, record.profile, chosen) for name, kind in KINDS.items()}
    completed: Strict = KINDS[record.kind].complete(configs[record.kind], configs)
    return completed


def configured(kind: Kind[Any, Any], profile: Profile, chosen: Mapping[str, Any]) -> Strict:
    """The settings of a profile and, instead of those, what is ``chosen`` by ``kind.name``."""
    config: Strict = kind.profiles[profile]
    prefix = f"{kind.name}."
    own = {key.removeprefix(prefix): value for key, value in chosen.items() if key.startswith(prefix)}
    return type(config).model_validate(config.model_dump() | own)


def is_left_out(name: str) -> bool:
    """Whether it is one of those that train alone, and is not here."""
    return EXTRAS.get(name) == "train" and installed(name) == NONE


def installed(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return NONE


# --- the document ------------------------------------------------------------------------


def document_changes(
    folder: Path, inputs: freshness.Digests, root: Path, settings: Path, runs: list[Run]
) -> Iterator[str]:
    """Each input that changed since the document was made, as the user knows it."""
    names = freshness.changes(folder, inputs)
    results = [name for name in names if Path(name).name in freshness.RESULT_FILES]
    if results:
        for change in result_changes(folder, runs) or [f"el contenido de {root}"]:
            yield f"ha cambiado {change}"
    for name in names:
        if name not in results:
            yield describe(name, folder, settings)


def describe(name: str, folder: Path, settings: Path) -> str:
    """What happened to an input or output, with its kind."""
    path = Path(name)
    if name.startswith((folder / freshness.STATE_FILE).as_posix()):
        return "no hay un documento anterior, o no se sabe de qué se hizo"
    if path.is_relative_to(folder):
        return f"falta o se ha tocado {name}"
    if name.startswith("versión de"):
        return f"ha cambiado la {name}"
    if path.resolve() == settings.resolve():
        return f"ha cambiado {settings}"
    if path.parts[0] == "templates":
        return f"ha cambiado la plantilla {name}"
    kind = {"experiments": "el código del experimento", "report": "el programa"}.get(path.parts[0])
    return f"ha cambiado {kind} ({name})" if kind else f"ha cambiado {name}"


def result_changes(folder: Path, runs: list[Run]) -> list[str]:
    """What the present runs have that those inside the document do not; empty if it cannot say."""
    old = embedded_runs(folder / DOCUMENT)
    if not old:
        return []
    now = {run.name: run.record for run in runs}
    found = [f"la semilla: {name}, que el documento no tiene" for name in now if name not in old]
    found += [f"la semilla: {name}, que ya no está" for name in old if name not in now]
    for name in now.keys() & old.keys():
        changes = differences(Identity.of(old[name]), Identity.of(now[name]))
        found += [f"{change}, en {name}" for change in changes]
        if not changes and old[name] != now[name]:
            found.append(f"los datos de {name}: otro entrenamiento con los mismos ajustes")
    return list(dict.fromkeys(found))


def embedded_runs(pdf: Path) -> dict[str, RunRecord]:
    """The records that a document carries, by the name of their run; none if it cannot be read."""
    from report.proof.carried.confinement import confined
    from report.proof.carried.opening import FileError, attached_files, read_pdf
    from report.proof.carried.packing import DESCRIPTIONS
    from report.proof.carried.unpacking import AlteredError, unpack

    try:
        with confined(attached_files, read_pdf(pdf), tuple(DESCRIPTIONS)) as carried:
            study = unpack(carried()).study
    except (FileError, AlteredError):
        return {}
    return {run.name: run.record for run in study.runs}

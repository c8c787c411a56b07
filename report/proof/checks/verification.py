"""A finished PDF against the data that it carries: everything is made again from them, byte by
byte where the file is as it was written, part by part where it is not.

It proves that the document says what its data say. That the data are those of a real training
is proved only by training again.
"""

import hashlib
import json
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from experiments.kinds.registry import KINDS
from experiments.records.closure import code_digest_of
from experiments.records.results import read_all_brought, read_results
from experiments.records.storage import arrays_digest, record_to_json
from report.assembly.making import make_document
from report.assembly.workshop import open_workshop
from report.audit.words import contradictions
from report.proof.carried.confinement import confined
from report.proof.carried.opening import FileError, attached_file, attached_files, open_own
from report.proof.carried.packing import DESCRIPTIONS, FINDINGS_FILE, LEDGER_FILE, WrittenBy
from report.proof.carried.unpacking import AlteredError, UnknownRecordError, read_program, unpack
from report.proof.checks import versions
from report.proof.checks.deadline import deadline
from report.proof.checks.examination import Broken, Examined, differing, examine, examine_apart
from report.proof.checks.outcome import Carried, Difference, Outcome
from report.proof.checks.parts import PAINTED, Parts, canonical, parts
from report.proof.checks.reading import reading_text
from report.proof.checks.texts import Counts, compare_numbers, compare_sentences, numbers
from report.proof.state import program
from report.settings import Settings
from report.study.folders import REFERENCE
from report.study.reduction import reduce, reduce_brought
from report.study.reference import are_reference
from report.study.study import AnyRun, Study, make_study

OWN_SECONDS = 60  # of this process, to make a document again: ten times what one takes
REBUILD_SECONDS = 300  # by the clock, in which others work too
Same = Callable[[Any, Any], bool]

SEEDED = ("lstm", "gan", "brought_lstm", "brought_gan")  # the others are of these, or of no seed
EXPLAINED = (LEDGER_FILE, FINDINGS_FILE)  # attached lists whose entries are compared one by one


@dataclass(frozen=True)
class Rebuilt:
    """A document made again: its bytes and what is compared of them."""

    data: bytes
    texts: list[str]  # of each page
    parts: Parts
    whole: bytes


# --- the whole check ---------------------------------------------------------------------


def verify(data: bytes, results: Path | None = None) -> Outcome:
    """Check a PDF, and its data against those in the folder ``results`` if one is given.

    Raises:
        FileError: it cannot be checked.
        RecordError: ``results`` cannot be read.
    """
    with confined(attached_files, data, tuple(DESCRIPTIONS)) as carried:
        files = carried()
    written_by = read_program(files)
    here = program.native_libraries()
    found = versions.others(written_by, here)
    try:
        embedded = unpack(files)
    except AlteredError as error:
        if found.files and isinstance(error, UnknownRecordError):
            raise of_other_program(found, written_by) from error
        difference = Difference(None, "datos incrustados", "lo que dicen sus huellas", str(error))
        return Outcome(Counts(), [difference], compared=False)
    if false_origin := list(compare_origin(embedded.study)):
        return Outcome(Counts(), false_origin, compared=False)
    try:
        rebuilt = rebuild(embedded.study, embedded.settings, written_by)
    except FileError as error:
        raise of_other_program(found, written_by) if found.files else error from error
    same = versions.are_close if found.counts_otherwise else operator.eq
    outcome = compare(rebuilt, data, examine_apart, same)
    if outcome.counts.read == 0:
        raise FileError("se esperaban cifras en las páginas, no se pudo leer ninguna")
    about_data = list(compare_results(embedded.study, results)) if results is not None else []
    about_data += compare_words(embedded.study, embedded.settings)
    outcome.other_code.extend(of_other_code(embedded.study))
    if found:
        outcome = versions.judged(outcome, found, written_by, embedded.ledger)
    outcome.differences.extend(about_data)
    return replace(outcome, brought=bool(embedded.study.brought), carried=carried_by(embedded.study))


def carried_by(study: Study) -> Carried:
    every: tuple[AnyRun, ...] = (*study.runs, *study.brought)
    named = sorted((run.name, record_to_json(run.record)) for run in every)
    origin = "de su autor" if study.brought else "de referencia" if study.root == REFERENCE else "propios"
    seeds = {run.record.seed for run in every if run.record.kind in SEEDED}
    digest = hashlib.sha256(json.dumps(named, allow_nan=False).encode()).hexdigest()
    return Carried(origin, tuple(sorted(seeds)), digest[:12])


def of_other_program(found: versions.Others, written_by: WrittenBy) -> FileError:
    return FileError(
        f"se esperaba un documento que esta versión pueda volver a hacer, se encontró uno de otra "
        f"({versions.told(found)}): {versions.remedy(written_by)}"
    )


def rebuild(study: Study, settings: Settings, written_by: WrittenBy | None = None) -> Rebuilt:
    """Make the document again in a folder that is then removed; ``written_by`` as in ``make_document``.

    Raises:
        FileError: the data do not make a document.
    """
    try:
        with deadline(OWN_SECONDS, REBUILD_SECONDS):
            data = write_again(study, settings, written_by)
    except MemoryError:  # which says nothing about the data
        raise
    except Exception as error:  # data from anywhere may break any step
        raise FileError(f"se esperaba poder componer el documento con sus datos, falló «{error}»") from error
    return take_apart(data)


def write_again(study: Study, settings: Settings, written_by: WrittenBy | None) -> bytes:
    with open_workshop() as workshop:
        return make_document(study, settings, workshop, written_by=written_by).pdf


def take_apart(data: bytes) -> Rebuilt:
    """What is compared of a document that was made here."""
    with open_own(data) as pdf:
        whole = canonical(data, open_own)
        return Rebuilt(data, reading_text(whole), parts(pdf), whole)  # quicker to read than ``data``


# --- the data ----------------------------------------------------------------------------


def compare_origin(study: Study) -> Iterator[Difference]:
    """What a document says of whose results they are, against those that accompany this program."""
    said, known = study.root == REFERENCE, False if study.brought else are_reference(study.runs)
    if known is not None and said != known:
        names = {True: "los resultados de referencia", False: "otros resultados"}
        yield Difference(None, "procedencia de los datos", names[known], names[said])


def compare_words(study: Study, settings: Settings) -> Iterator[Difference]:
    """What its author says in numbers against the results: nothing, in a document that was built."""
    if words := settings.reflection:
        for ruling in contradictions(words, study):
            yield Difference(None, f"{words.file}, {ruling.place}", ruling.expected, ruling.says)


def of_other_code(study: Study) -> list[str]:
    """The titles of the kinds of runs that were not made by the code of this version."""
    made_by = {(run.record.kind, run.record.code_digest) for run in study.runs}
    stale = {kind for kind, digest in made_by if digest != code_digest_of(kind)}
    return [kind.title for name, kind in KINDS.items() if name in stale]


def compare_results(study: Study, folder: Path) -> Iterator[Difference]:
    """The records inside the file against those in ``folder``.

    Raises:
        RecordError: ``folder`` holds no complete results.
    """
    manifest, runs = read_results(folder)
    brought = read_all_brought(folder, manifest)
    carried: tuple[AnyRun, ...] = (*study.runs, *study.brought)
    here: tuple[AnyRun, ...]
    if is_whole := {run.name for run in carried} == {run.name for run in runs} | {
        run.name for run in brought
    }:
        again = make_study(folder, manifest, runs, brought)  # with what a run has from others of its set
        here = (*again.runs, *again.brought)
    else:
        here = (*map(reduce, runs), *map(reduce_brought, brought))
    inside, on_disk = ({run.name: run for run in every} for every in (carried, here))
    for name in sorted(inside.keys() | on_disk.keys()):
        ours, theirs = on_disk.get(name), inside.get(name)
        if ours is None or theirs is None:
            yield Difference(None, f"ejecución {name}", _presence(ours), _presence(theirs))
            continue
        before, after = ours.record.model_dump(mode="json"), theirs.record.model_dump(mode="json")
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                yield Difference(
                    None, f"ejecución {name}, {key}", _as_text(before.get(key)), _as_text(after.get(key))
                )
        kept = {key: array for key, array in ours.arrays.items() if key in theirs.arrays}
        known = theirs.arrays if is_whole else {key: theirs.arrays[key] for key in kept}
        if arrays_digest(kept) != arrays_digest(known):
            yield Difference(None, f"ejecución {name}, vectores", "los de la carpeta", "otros")


def _presence(run: AnyRun | None) -> str:
    return "una ejecución" if run else ""


# --- the file ----------------------------------------------------------------------------


def compare(
    rebuilt: Rebuilt,
    data: bytes,
    look: Callable[[bytes, Parts, tuple[str, ...]], Examined | Broken] = examine,
    same: Same = operator.eq,
) -> Outcome:
    """A file against what its data give; ``look`` examines it. What is attached may differ as far as ``same``
    takes it for the same.

    Raises:
        FileError: it cannot be opened.
    """
    pages = len(rebuilt.texts)
    if data == rebuilt.data:
        read = sum(len(numbers(text)) for text in rebuilt.texts)
        return Outcome(Counts(read, read), [], same_bytes=True)
    examined = look(data, rebuilt.parts, EXPLAINED)
    if isinstance(examined, Broken):
        unreadable = Difference(None, "estructura", "un PDF que pueda leerse", examined.reason)
        return Outcome(Counts(missing=sum(len(numbers(t)) for t in rebuilt.texts)), [unreadable])
    found = examined.parts
    changed = differing(rebuilt.parts, found)
    repainted = {number for number, what in changed if number is not None and what.startswith(PAINTED)}
    counts, differences = _compare_texts(rebuilt, examined.texts, repainted)
    told, excused = {difference.page for difference in differences}, False
    for number, what in sorted(changed, key=lambda key: (key[0] or 0, key[1])):
        if what == "contenido" and number in told:
            continue  # the text that differs has been given
        explained = list(_explain(rebuilt, examined, number, what, same))
        excused = excused or not explained
        differences.extend(explained)
    if len({number for number, _ in found if number is not None}) != pages:
        count = len({number for number, _ in found if number is not None})
        differences.append(Difference(None, "número de páginas", str(pages), str(count)))
    if not differences and not excused and examined.whole != hashlib.sha256(rebuilt.whole).hexdigest():
        differences.append(Difference(None, "resto del fichero", "lo que da el programa", "otro contenido"))
    return Outcome(counts, differences)


def _compare_texts(
    rebuilt: Rebuilt, texts: dict[int, str], repainted: set[int]
) -> tuple[Counts, list[Difference]]:
    """Numbers and sentences of every page; a page that is painted as ours reads as ours."""
    counts, differences = Counts(), []
    for number, expected in enumerate(rebuilt.texts, start=1):
        amount = len(numbers(expected))
        if number not in repainted:
            counts += Counts(amount, amount)
            continue
        text = texts.get(number)
        if text is None:
            counts += Counts(missing=amount, unreadable=amount)
            differences.append(Difference(number, "texto", "una página que pueda leerse", "otra cosa"))
            continue
        of_page, changes = compare_numbers(expected, text)
        counts += of_page
        differences += [Difference(number, "cifra", change.expected, change.found) for change in changes]
        differences += [
            Difference(number, "frase", change.expected, change.found)
            for change in compare_sentences(expected, text)
        ]
    return counts, differences


def _explain(
    rebuilt: Rebuilt, examined: Examined, number: int | None, what: str, same: Same
) -> Iterator[Difference]:
    """A part that differs: entry by entry for the lists that it carries."""
    found = examined.parts
    for name in EXPLAINED:
        if what == f"fichero incrustado {name}" and (number, what) in found:
            with open_own(rebuilt.data) as ours:
                expected = json.loads(attached_file(ours, name))
            try:
                listed = json.loads(examined.files[name])
            except (KeyError, ValueError, RecursionError):
                listed = None
            explained = list(compare_entries(name, expected, listed, same))
            if not explained and same(expected, listed) and expected != listed:
                return  # the last digits alone
            yield from explained or [Difference(None, what, "el mismo texto", "otra escritura")]
            return
    expected, present = rebuilt.parts.get((number, what), ""), found.get((number, what), "")
    if _is_digest(expected) or _is_digest(present):
        expected, present = expected and "lo que da el programa", present and "otro contenido"
    yield Difference(number, "trazos de la página" if what == "contenido" else what, expected, present)


def compare_entries(
    name: str, expected: list[dict[str, Any]], found: Any, same: Same = operator.eq
) -> Iterator[Difference]:
    """Two lists of entries, each known by its ``id``."""
    if not isinstance(found, list) or not all(isinstance(entry, dict) and "id" in entry for entry in found):
        yield Difference(None, name, "una lista de entradas", "otra cosa")
        return
    theirs = {str(entry["id"]): entry for entry in found}
    if len(theirs) != len(found) or [str(entry["id"]) for entry in expected] != list(theirs):
        yield Difference(None, name, f"{len(expected)} entradas en su orden", f"{len(found)}, u otro orden")
    for entry in expected:
        other = theirs.get(str(entry["id"]), {})
        for key in dict.fromkeys((*entry, *other)):
            if not same(entry.get(key), other.get(key)):
                place = (entry.get("páginas") or [None])[0]
                label = f"{name}, entrada {entry['id']}, {key}"
                yield Difference(place, label, _as_text(entry.get(key)), _as_text(other.get(key)))


def _as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _is_digest(value: str) -> bool:
    return len(value) == 64 and not set(value) - set("0123456789abcdef")

"""A PDF is proven, or what was changed in it is found."""

import io
import itertools
import json
import re
import resource
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import pikepdf
import pytest
import studies
import tampering

from experiments.records.coherence import checking
from experiments.records.coherence.lstm import expect_selected
from experiments.records.results import Manifest, write_manifest
from experiments.records.storage import write_run
from report.__main__ import main
from report.assembly.making import write_document
from report.assembly.workshop import open_workshop
from report.findings.base import to_json
from report.proof.carried.opening import MAX_CONTENT, FileError, open_pdf
from report.proof.carried.packing import (
    FINDINGS_FILE,
    LEDGER_FILE,
    PROGRAM_FILE,
    RESULTS_FILE,
    EmbeddedResults,
    as_json,
    ledger_json,
    results_json,
)
from report.proof.carried.unpacking import AlteredError, UnknownRecordError, unpack_study
from report.proof.checks import verification
from report.proof.checks.outcome import Difference, Outcome, Part, Verdict, as_lines, as_mapping
from report.proof.checks.parts import parts
from report.proof.checks.texts import Counts
from report.proof.checks.verification import (
    compare,
    compare_entries,
    compare_results,
    differing,
    take_apart,
    verify,
)
from report.proof.checks.versions import Others, are_close, judged, remedy
from report.proof.state import program
from report.settings import Settings
from report.study.folders import LOCAL
from report.study.study import make_study
from report.text.document import compose

SETTINGS = Settings(author="Ana Ruiz", course="Aprendizaje profundo")
TEMPLATE = "templates/es/informe.md.j2"
ON_PAGES = ("cifra", "frase", "trazos de la página")
WORDS = {
    "positiva": "negativa",
    "negativa": "positiva",
    "severo": "leve",
    "leve": "severo",
    "moderado": "leve",
    "mejor": "peor",
    "mayor": "menor",
    "menor": "mayor",
    "sube": "baja",
    "baja": "sube",
    "no": "sí",
    "todas": "ambas",
    "primera": "segunda",
    "motas": "trazos",
    "cada": "toda",
    "entre": "sobre",
}


@pytest.fixture(scope="module")
def study():
    return studies.make_study(2)


@pytest.fixture(scope="module")
def built(study, crew, tmp_path_factory):
    """A document as ``make report`` leaves it."""
    folder = tmp_path_factory.mktemp("build")
    with pytest.MonkeyPatch.context() as patch, open_workshop(folder, crew) as workshop:
        # made-up results have no code
        patch.setattr("report.assembly.making.refuse_stale", lambda runs, again: None)
        return write_document(study, SETTINGS, folder, {}, workshop)


@pytest.fixture(scope="module")
def rebuilt(built):
    return take_apart(built.paths[0].read_bytes())


@pytest.fixture(scope="module")
def pdf(rebuilt):
    return pikepdf.open(io.BytesIO(rebuilt.data))


@pytest.fixture
def workshops(crew, monkeypatch):
    """The workshops that ``verify`` opens, one entry each."""
    opened = []

    def counted():
        opened.append(1)
        return open_workshop(None, crew)

    monkeypatch.setattr(verification, "open_workshop", counted)
    return opened


@pytest.fixture
def made_before(rebuilt, study, monkeypatch):
    """``verify`` finds the document that these data make; that it makes the very same is shown by
    ``test_a_built_document_is_proven``."""
    data = results_json(study, SETTINGS)

    def find(again, settings, written_by):
        assert results_json(again, settings) == data
        assert written_by["sistema"] == native
        return rebuilt

    native = program.native_libraries()
    monkeypatch.setattr(verification, "rebuild", find)


# --- no false alarm ----------------------------------------------------------------------


def test_a_built_document_is_proven(built, rebuilt, workshops, capsys):
    assert main(["verify", str(built.paths[0])]) == 0

    output = capsys.readouterr().out
    read = compare(rebuilt, rebuilt.data).counts.read
    assert read > 300
    assert f"Cifras en las páginas: {read} leídas, {read} coinciden, 0 faltan, 0 ilegibles." in output
    assert "Demostrado: el fichero es, byte a byte, el que dan sus datos." in output
    assert "no que esos datos sean los de un entrenamiento real" in output
    assert workshops == [1]  # the document was made once


def test_a_file_that_another_program_saved_is_proven_by_its_content(rebuilt):
    saved = tampering.apply(rebuilt.data, lambda pdf: None)

    outcome = compare(rebuilt, saved)

    assert saved != rebuilt.data
    assert outcome.proven
    assert not outcome.same_bytes
    assert any("otro programa guardó el fichero" in line for line in as_lines(outcome))


# --- whose results, and by which code ----------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "known", "expected", "found"),
    [
        ("local", True, "los resultados de referencia", "otros resultados"),
        ("referencia", False, "otros resultados", "los resultados de referencia"),
    ],
)
def test_the_reference_results_cannot_pass_for_others_nor_others_for_them(
    rebuilt, workshops, monkeypatch, origin, known, expected, found
):
    monkeypatch.setattr(verification, "are_reference", lambda runs: known)
    claim = tampering.as_json(lambda results: results.update(origin=origin))
    outcome = verify(tampering.apply(rebuilt.data, tampering.attach(RESULTS_FILE, claim)))

    (difference,) = outcome.differences
    assert (difference.what, difference.expected, difference.found) == (
        "procedencia de los datos",
        expected,
        found,
    )
    assert workshops == []


def test_a_document_of_an_earlier_code_is_proven_and_told(rebuilt, made_before, study, monkeypatch):
    """Of the made-up runs no code made any; here, all but the judge are of this version's."""
    digests = {run.record.kind: run.record.code_digest for run in study.runs} | {"judge": "9" * 64}
    monkeypatch.setattr(verification, "code_digest_of", digests.get)
    outcome = verify(rebuilt.data)

    assert (outcome.proven, outcome.other_code) == (True, ["Juez"])
    lines = list(as_lines(outcome))
    proof = lines.index("Demostrado: el fichero es, byte a byte, el que dan sus datos.")
    assert lines[proof + 1].startswith("Entrenado con otro código que el de esta versión: Juez. ")
    assert as_mapping(outcome)["otro_código"] == ["Juez"]


def test_runs_of_this_code_are_told_nothing(rebuilt, made_before, study, monkeypatch):
    digests = {run.record.kind: run.record.code_digest for run in study.runs}
    monkeypatch.setattr(verification, "code_digest_of", digests.get)
    outcome = verify(rebuilt.data)
    assert outcome.other_code == []
    assert not any("otro código" in line for line in as_lines(outcome))


@pytest.mark.parametrize(("other_code", "plain", "strict"), [([], 0, 0), (["GAN", "Juez"], 0, 1)])
def test_only_the_strict_ask_for_this_code(tmp_path, monkeypatch, capsys, other_code, plain, strict):
    outcome = Outcome(Counts(1, 1), [], same_bytes=True, other_code=other_code)
    monkeypatch.setattr(verification, "verify", lambda data, results: outcome)
    path = tmp_path / "informe.pdf"
    path.write_bytes(b"")
    assert main(["verify", str(path)]) == plain
    assert ("esta versión: GAN y\u00a0Juez." in capsys.readouterr().out) == bool(other_code)
    assert main(["verify", str(path), "--strict"]) == strict


# --- every change is found ---------------------------------------------------------------


def differences(rebuilt, *changes):
    return compare(rebuilt, tampering.apply(rebuilt.data, tampering.together(changes))).differences


def missed_alone(rebuilt, changes):
    """Labels of the changes that leave a file proven."""
    return [label for label, change in changes if not differences(rebuilt, change)]


def missed_on_pages(rebuilt, kinds):
    """Labels of the changes that leave their page the same, where nothing else is changed. That a page
    that is not the same is always told is shown for one change, of whichever kind, a page."""
    mixed = [change for row in itertools.zip_longest(*kinds) for change in row if change is not None]
    for number, group in enumerate(tampering.one_a_page(mixed)):
        changed = tampering.apply(rebuilt.data, tampering.together(change for _, change in group.values()))
        with open_pdf(changed) as opened:
            found = {page for page, what in differing(rebuilt.parts, parts(opened)) if what == "contenido"}
        if number == 0:
            told = compare(rebuilt, changed).differences
            assert {difference.page for difference in told if difference.what in ON_PAGES} == found
        yield from (label for page, (label, _) in group.items() if page not in found)


def other_entries(name, entries):
    """Another value for one key of an entry: by the name that a difference gives it."""
    values = {
        LEDGER_FILE: (("impreso", ["0.1234"]), ("valor", 0.1234), ("origen", "otro"), ("páginas", [99]),
                      ("unidad", "km")),
        FINDINGS_FILE: (("veredicto", "OTRO"), ("margen", None), ("valores", {})),
    }[name]  # fmt: skip
    step = len(entries) // 20 if name == LEDGER_FILE else 1
    for index in range(0, len(entries), step):
        key, value = values[index % len(values)]
        if entries[index][key] != value:
            yield f"{name}, entrada {entries[index]['id']}, {key}", index, key, value


def missed_entries(rebuilt, name, edits):
    """Names of the edits of entries that no difference names."""

    def edit(entries):
        for _, index, key, value in edits:
            entries[index][key] = value

    found = differences(rebuilt, tampering.attach(name, tampering.as_json(edit)))
    told = {difference.what for difference in found}
    return [label for label, *_ in edits if label not in told]


def other_lists() -> Iterator[tampering.Labelled]:
    """Entries lost, repeated or in another place, and what is no list."""

    def listed(label, name, edit):
        return label, tampering.attach(name, tampering.as_json(edit))

    yield listed("cifra de menos", LEDGER_FILE, lambda entries: entries.pop(7))
    yield listed("cifra repetida", LEDGER_FILE, lambda entries: entries.append(entries[7]))
    yield listed("cifras en otro orden", LEDGER_FILE, lambda entries: entries.reverse())
    yield listed("hallazgo de menos", FINDINGS_FILE, lambda entries: entries.pop())
    yield "otra escritura", tampering.attach(LEDGER_FILE, lambda content: content.replace(b"\n", b"\n "))
    yield "no es JSON", tampering.attach(LEDGER_FILE, lambda content: content[:-40])


def digits_with_their_entry(pdf, ledger, amount):
    """A number changed on its page and in the ledger alike: only the records still tell."""
    candidates = [
        (index, entry["impreso"][0])
        for index, entry in enumerate(ledger)
        if entry["impreso"] and re.fullmatch(r"0\.\d{4}", entry["impreso"][0])
    ]
    found = 0
    for line in tampering.lines(pdf):
        for index, printed in candidates:
            position = line.text.find(printed)
            if position < 0 or found == amount:
                continue
            new = printed[:-1] + ("1" if printed[-1] != "1" else "2")
            on_page = tampering.rewrite(line, position, len(printed), new)
            if on_page is None:
                continue
            found += 1
            entry = tampering.as_json(
                lambda entries, i=index, n=new: entries[i].update(impreso=[n], valor=float(n))
            )
            change = tampering.together([on_page, tampering.attach(LEDGER_FILE, entry)])
            yield f"página {line.page + 1} y libro: {printed} → {new}", change
            break


def test_every_single_change_of_the_file_is_found(rebuilt, pdf, capsys):
    """Each is told by itself: of those that do not touch one another, several are made in one file."""
    lists = {
        name: json.loads(pdf.attachments[name].get_file().read_bytes())
        for name in (LEDGER_FILE, FINDINGS_FILE)
    }
    edits = {name: list(other_entries(name, entries)) for name, entries in lists.items()}
    images, alternatives = list(tampering.other_images(pdf)), list(tampering.other_alternatives(pdf))
    alone = [*tampering.other_properties(pdf), *other_lists()]
    kinds = [
        list(tampering.other_digits(pdf, 3)),
        list(tampering.other_words(pdf, WORDS, 30)),
        list(tampering.lost_lines(pdf, 12)),
        list(tampering.moved_lines(pdf, 8)),
        list(digits_with_their_entry(pdf, lists[LEDGER_FILE], 12)),
    ]

    missed = [*missed_on_pages(rebuilt, kinds), *missed_alone(rebuilt, alone)]
    for name in lists:
        missed += missed_entries(rebuilt, name, edits[name])
    drawn = {what for _, what in told(differences(rebuilt, *(change for _, change in images)))}
    missed += [label for label, _ in images if label.replace("imagen /", "dibujo o imagen ") not in drawn]
    spoken = told(differences(rebuilt, *(change for _, change in alternatives)))
    assert len(spoken) == len(alternatives)
    assert all(what.startswith("texto alternativo ") for _, what in spoken)

    count = sum(map(len, [*kinds, alone, images, alternatives, *edits.values()]))
    with capsys.disabled():
        print(f"\n{count} cambios en un PDF terminado, {count - len(missed)} encontrados")
    assert missed == []
    assert count >= 200


def told(found):
    return {(difference.page, difference.what) for difference in found}


CONTRADICTS_ITSELF = "la época elegida"


def test_a_record_inside_that_contradicts_itself_is_refused_although_it_is_sealed(study, monkeypatch):
    """Of a made-up record only this is asked, which it answers."""

    def of_record(record):
        return expect_selected("", [epoch.val_loss for epoch in record.epochs], record.selected_epoch)

    monkeypatch.setattr(checking, "OF_KIND", {"lstm": SimpleNamespace(of_record=of_record)})
    content = results_json(study, SETTINGS)
    unpack_study(EmbeddedResults.model_validate_json(content))
    changed = tampering.record_edit(CONTRADICTS_ITSELF, sign=True)(content)
    with pytest.raises(AlteredError, match=r"lstm/seed-1: el registro .+ no es válido"):
        unpack_study(EmbeddedResults.model_validate_json(changed))


@pytest.mark.parametrize("name", [name for name in tampering.RECORD_EDITS if name != CONTRADICTS_ITSELF])
def test_a_changed_record_with_a_new_digest_contradicts_ledger_or_itself(name, study, pdf):
    """The pages apart, which follow: the findings and numbers of the data, against those listed."""
    changed = tampering.record_edit(name, sign=True)(results_json(study, SETTINGS))
    try:
        document = compose(unpack_study(EmbeddedResults.model_validate_json(changed)), SETTINGS)
    except AlteredError:
        return  # seeds that no longer belong together
    ours = {LEDGER_FILE: ledger_json(document, {}), FINDINGS_FILE: to_json(list(document.findings))}
    found = []
    for listed, entries in ours.items():
        theirs = json.loads(pdf.attachments[listed].get_file().read_bytes())
        if listed == LEDGER_FILE:
            theirs = [{**entry, "páginas": []} for entry in theirs]
        found += compare_entries(listed, json.loads(as_json(entries)), theirs)
    assert found


def test_the_data_of_the_document_contradict_none_of_its_lists(study, pdf):
    """The comparison of the test above, of what was not changed."""
    document = compose(study, SETTINGS)
    listed = json.loads(pdf.attachments[LEDGER_FILE].get_file().read_bytes())
    theirs = [{**entry, "páginas": []} for entry in listed]
    assert list(compare_entries(LEDGER_FILE, json.loads(as_json(ledger_json(document, {}))), theirs)) == []


def test_data_that_contradict_their_digests_are_compared_with_nothing(rebuilt, workshops):
    edit = tampering.record_edit("una pérdida", sign=False)
    outcome = verify(tampering.apply(rebuilt.data, tampering.attach(RESULTS_FILE, edit)))

    assert not outcome.proven
    assert not outcome.compared
    assert "el registro no corresponde a su huella" in str(outcome.differences[0])
    assert workshops == []


@pytest.mark.thorough
def test_other_data_do_not_fit_pages_nor_lists(study, rebuilt, workshops, monkeypatch):
    """A setting and a record, signed; and another machine, whose libraries are those that are noted."""
    native = program.native_libraries()
    elsewhere = native | {"Pango": "9.9.9"}
    monkeypatch.setattr(program, "native_libraries", lambda: elsewhere)
    other = results_json(study, SETTINGS.model_copy(update={"decimal": ","}))
    other = tampering.record_edit("una pérdida", sign=True)(other)

    def move(content):
        return content.replace(f'"Pango": "{native["Pango"]}"'.encode(), b'"Pango": "9.9.9"')

    changes = [tampering.attach(RESULTS_FILE, lambda _: other), tampering.attach(PROGRAM_FILE, move)]
    outcome = verify(tampering.apply(rebuilt.data, tampering.together(changes)))

    assert workshops == [1]
    assert outcome.counts.missing > 100
    assert any(d.what == "cifra" and "," in d.expected and "." in d.found for d in outcome.differences)
    entries = [d for d in outcome.differences if re.fullmatch(r"cifras\.json, entrada \d+, valor", d.what)]
    assert ("0.47", "0.48") in {(d.expected, d.found) for d in entries}
    assert not [d for d in outcome.differences if PROGRAM_FILE in d.what]


# --- what a difference says --------------------------------------------------------------


def test_a_digit_is_reported_with_its_page_and_both_numbers(rebuilt, pdf):
    label, change = next(
        (label, change) for label, change in tampering.other_digits(pdf, 7) if label.startswith("página 4")
    )

    outcome = compare(rebuilt, tampering.apply(rebuilt.data, change))

    total = outcome.counts.read
    assert (outcome.counts.matched, outcome.counts.missing, outcome.counts.unreadable) == (total - 1, 1, 0), (
        label
    )
    number, sentence = outcome.differences
    assert (number.page, number.what) == (4, "cifra")
    assert number.expected != number.found
    assert (sentence.page, sentence.what) == (4, "frase")


def test_a_page_without_readable_text_is_counted_as_unreadable(rebuilt):
    def blind(pdf):
        pdf.pages[3].Contents = pdf.make_stream(b"BT /Nada 12 Tf (")

    counts = compare(rebuilt, tampering.apply(rebuilt.data, blind)).counts

    assert counts.missing > 0
    assert counts.read + counts.missing >= compare(rebuilt, rebuilt.data).counts.read


# --- what cannot be checked --------------------------------------------------------------


def minimal(**attached):
    """A PDF of one empty page with some attached files."""
    output = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for name, content in attached.items():
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
        pdf.save(output)
    return output.getvalue()


def replaced(name, content):
    return lambda data: tampering.apply(data, tampering.attach(name, lambda _: content))


def edited(name, edit):
    return lambda data: tampering.apply(data, tampering.attach(name, tampering.as_json(edit)))


def arrays_of(results, name):
    return tampering.run_in(results, name)["arrays"]


def bomb(data):
    """An attached file of a few hundred KiB that inflates to more than is allowed."""

    def change(pdf):
        packer = zlib.compressobj(9)
        zeros = b"0" * 2**20
        packed = (
            b"".join(packer.compress(zeros) for _ in range(MAX_CONTENT // len(zeros) + 2)) + packer.flush()
        )
        stream = pdf.attachments[RESULTS_FILE].get_file().obj
        stream.write(packed, filter=pikepdf.Name.FlateDecode)

    return tampering.apply(data, change)


def nested(data):
    """A bomb packed twice, of which the first inflation is small."""

    def change(pdf):
        stream = pdf.attachments[RESULTS_FILE].get_file().obj
        packed = zlib.compress(zlib.compress(b"0" * 2**24))
        flate = pikepdf.Name.FlateDecode
        stream.write(packed, filter=pikepdf.Array([flate, flate]))

    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(output, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return output.getvalue()


def encrypted(data):
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(output, encryption=pikepdf.Encryption(owner="a", user=""))
    return output.getvalue()


UNCHECKABLE = {
    "vacío": (lambda data: b"", "se encontró un fichero vacío"),
    "de otra clase": (lambda data: b"PK\3\4 no soy un PDF", "se encontró otra clase de fichero"),
    "solo la cabecera": (lambda data: b"%PDF-1.7\n", "dañado o cortado"),
    "cortado": (lambda data: data[: len(data) // 2], "dañado o cortado"),
    "ajeno": (lambda data: minimal(), f"se esperaba el fichero incrustado {PROGRAM_FILE}, no se encontró"),
    "cifrado": (encrypted, "sin contraseña"),
    "bomba": (bomb, "de contenido descomprimido, hay más"),
    "bomba doble": (nested, "otra forma de comprimir"),
    "sin resultados": (
        lambda data: tampering.apply(data, lambda pdf: pdf.attachments.__delitem__(RESULTS_FILE)),
        f"se esperaba el fichero incrustado {RESULTS_FILE}",
    ),
    "JSON cortado": (replaced(RESULTS_FILE, b'{"runs": ['), f"se esperaba en {RESULTS_FILE}"),
    "JSON de otra forma": (replaced(RESULTS_FILE, b"[1, 2]"), f"se esperaba en {RESULTS_FILE}"),
    "JSON muy hondo": (replaced(LEDGER_FILE, b"[" * 10**6), f"en {LEDGER_FILE}"),
    "libro sin lista": (replaced(LEDGER_FILE, b"{}"), f"se esperaba una lista en {LEDGER_FILE}"),
    "programa sin datos": (replaced(PROGRAM_FILE, b"{}"), f"se esperaba en {PROGRAM_FILE}"),
    "números enormes": (
        edited(RESULTS_FILE, lambda r: arrays_of(r, "gan/seed-1")["d_real"].update(shape=[2**20] * 2)),
        f"se esperaba un vector en {RESULTS_FILE}, gan/seed-1, d_real",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNCHECKABLE)
def test_what_cannot_be_checked_is_said_in_one_sentence(name, rebuilt, tmp_path, capsys):
    make, expected = UNCHECKABLE[name]
    path = tmp_path / "otro.pdf"
    path.write_bytes(make(rebuilt.data))
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()

    code = main(["verify", str(path)])

    error = capsys.readouterr().err
    assert code == 2
    assert expected in error
    assert error.count("\n") == 1
    assert error.endswith("no se ha comprobado nada.\n")
    assert time.process_time() - started < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 2**10  # KiB


# --- another version -------------------------------------------------------------------------


def edited_program(**groups):
    """The file with what it says of its program changed, as that would have written it."""

    def edit(content):
        said = json.loads(content)
        for group, changes in groups.items():
            said[group].update(changes)
        return as_json(said)

    return tampering.attach(PROGRAM_FILE, edit)


PYTHON = edited_program(bibliotecas={"Python": "3.11.99"})


@pytest.fixture
def made_as_said(rebuilt, monkeypatch):
    """``verify`` finds the document of these data, with what is said of its program."""

    def find(again, settings, written_by):
        said = tampering.attach(PROGRAM_FILE, lambda _: as_json(written_by))
        return take_apart(tampering.apply(rebuilt.data, said))

    monkeypatch.setattr(verification, "rebuild", find)


def test_other_last_digits_are_another_python_s(rebuilt, made_as_said):
    """A sum in another order, in the ledger and in a finding; a digit more is a difference."""

    def shift(by):
        def edit(entries):
            entry = next(each for each in entries if isinstance(each["valor"], float) and each["valor"] > 0.1)
            entry["valor"] *= 1 + by

        return tampering.attach(LEDGER_FILE, tampering.as_json(edit))

    close = verify(tampering.apply(rebuilt.data, tampering.together([PYTHON, shift(1e-13)])))
    assert (close.proven, close.other_version) == (True, "")
    assert close.notes == ["Dice haberse hecho con otra versión (Python 3.11.99); con esta sale lo mismo."]
    assert "Demostrado: el documento es el que dan sus datos." in list(as_lines(close))
    far = compare(rebuilt, tampering.apply(rebuilt.data, shift(1e-6)), same=are_close)
    (entry,) = far.differences
    assert re.fullmatch(r"cifras\.json, entrada \d+, valor", entry.what)
    assert not compare(rebuilt, tampering.apply(rebuilt.data, shift(1e-13))).proven  # it says it is of here


def changes_of_each_kind(pdf):
    ledger = json.loads(pdf.attachments[LEDGER_FILE].get_file().read_bytes())
    lists = dict(other_lists())
    return {
        "una cifra": next(tampering.other_digits(pdf, 7))[1],
        "una palabra": next(tampering.other_words(pdf, WORDS, 30))[1],
        "un renglón de menos": next(tampering.lost_lines(pdf, 12))[1],
        "una cifra y su entrada": next(digits_with_their_entry(pdf, ledger, 12))[1],
        "una imagen": next(tampering.other_images(pdf))[1],
        "un texto alternativo": next(tampering.other_alternatives(pdf))[1],
        "una propiedad": next(tampering.other_properties(pdf))[1],
        "una cifra de menos en el libro": lists["cifra de menos"],
        "un hallazgo de menos": lists["hallazgo de menos"],
    }


def test_what_is_forged_is_proven_under_no_other_version(rebuilt, pdf):
    """Whatever version the document says that made it, one by one and all at once."""
    ledger = json.loads(pdf.attachments[LEDGER_FILE].get_file().read_bytes())
    said = json.loads(pdf.attachments[PROGRAM_FILE].get_file().read_bytes())
    nothing = Others((), {}, {})
    claims = {
        "Python": replace(nothing, libraries={"Python": "3.11.99"}),
        "Matplotlib": replace(nothing, libraries={"matplotlib": "9"}),
        "WeasyPrint": replace(nothing, libraries={"weasyprint": "9"}),
        "Pango": replace(nothing, system={"Pango": "9"}),
        "una plantilla": replace(nothing, files=(TEMPLATE,)),
        "todo": Others(
            (TEMPLATE,), dict.fromkeys(("Python", "matplotlib", "weasyprint"), "9"), {"Pango": "9"}
        ),
    }
    proven = []
    for kind, change in changes_of_each_kind(pdf).items():
        found = compare(rebuilt, tampering.apply(rebuilt.data, change), same=are_close)
        for claim, others in claims.items():
            outcome = judged(found, others, said, ledger)
            assert set(outcome.parts.values()) != {Verdict.SAME}
            if outcome.proven:
                proven.append((kind, claim))
            if claim == "Python":  # which explains nothing of it
                assert outcome.differences
    assert proven == []


def test_what_could_be_another_version_s_is_told_part_by_part():
    found = [
        Difference(4, "dibujo o imagen a", "uno", "otro"),
        Difference(None, "etiquetas", "unas", "otras"),
    ]
    said = {"informe": {"commit": "c" * 40}, "bibliotecas": {"Python": "3.12.1"}}
    pango = Others((), {}, {"Pango": "9.9.9"})
    outcome = judged(Outcome(Counts(1, 1), found), pango, said, [])
    lines = list(as_lines(outcome))
    start = lines.index("Dice haberse hecho con otra versión (Pango 9.9.9). Con esta:")
    assert lines[start + 1 : start + 9] == [
        "  datos: coincide.",
        "  hallazgos: coincide.",
        "  libro de cifras: coincide.",
        "  números y frases de las páginas: coincide.",
        "  figuras: no comprobable con esta versión.",
        "  composición de las páginas: no comprobable con esta versión.",
        f"Para saberlo todo: lo comprueba entero «make verify» en un clon, tras «git checkout {'c' * 40}» y "
        "Python 3.12.1.",
        "No demostrado: lo que no sale igual puede venir de esa otra versión o de un cambio a mano.",
    ]
    assert (outcome.proven, as_mapping(outcome)["resultado"]) == (False, "no comprobado")
    of_pages = judged(Outcome(Counts(1, 1), found[1:]), pango, said, [])
    assert of_pages.proven
    assert (
        "Demostrado: el documento es el que dan sus datos, salvo cómo están compuestas sus páginas."
        in list(as_lines(of_pages))
    )


@pytest.mark.parametrize(("outcome", "code"), [([], 2), (["una"], 1)])
def test_what_is_not_known_is_not_passed(tmp_path, monkeypatch, outcome, code):
    differences = [Difference(1, each, "a", "b") for each in outcome]
    unknown = Outcome(Counts(1, 1), differences, parts={Part.TEXT: Verdict.UNKNOWN}, other_version="otra")
    monkeypatch.setattr(verification, "verify", lambda data, results: unknown)
    (tmp_path / "informe.pdf").write_bytes(b"")
    assert main(["verify", str(tmp_path / "informe.pdf")]) == code


def test_a_measured_number_that_its_own_ledger_lacks_is_false_in_any_version():
    known = [{"id": 0, "impreso": ["0.8610"]}, {"id": 1, "impreso": 7}, 7]
    found = [Difference(2, "cifra", "0.8610", "0.8710"), Difference(2, "cifra", "0.8710", "0.8610")]
    found += [Difference(2, "cifra", "2.5", "2.6"), Difference(2, "frase", "0.8610", "0.8710")]
    outcome = judged(Outcome(Counts(1, 1), found), Others((TEMPLATE,), {}, {}), {"bibliotecas": {}}, known)
    assert outcome.differences == found[:1]
    assert outcome.parts[Part.TEXT] is Verdict.DIFFERENT


def test_records_that_only_another_version_knows_are_not_called_altered(rebuilt, workshops, monkeypatch):
    def fail(*given):
        raise UnknownRecordError("lstm/seed-1: el registro no corresponde a su huella o no es válido")

    monkeypatch.setattr(verification, "unpack", fail)
    assert not verify(rebuilt.data).proven  # nothing says that another version made it
    with pytest.raises(FileError, match=rf"uno de otra \({TEMPLATE} distinto\): lo comprueba entero"):
        verify(tampering.apply(rebuilt.data, edited_program(ficheros={TEMPLATE: "0"})))


@pytest.mark.parametrize(
    ("release", "said"),
    [
        ({"versión": "1.2.0"}, "«informe verify» con la versión 1.2.0 del programa y Python 3.12.1"),
        ({}, "«informe verify» con la versión del programa que lo hizo y Python 3.12.1"),
        (
            {"commit": "a; rm -rf /", "versión": "\x1b[2J"},
            "con la versión del programa que lo hizo y Python 3.12.1",
        ),
    ],
)
def test_how_to_check_everything_is_said_with_nothing_that_a_terminal_would_obey(release, said):
    whole = {"informe": release, "bibliotecas": {"Python": "3.12.1"}}
    assert remedy(whole).endswith(said)


def test_embedded_records_are_compared_with_those_of_a_folder(tmp_path):
    whole = studies.complete([*map(studies.lstm_run, (1, 2)), *map(studies.gan_run, (1, 2))])
    for run in whole:
        write_run(tmp_path / run.name, run.record, run.arrays)
    names = tuple(run.name for run in whole)
    manifest = Manifest(profile="full", runs=names)
    write_manifest(tmp_path, manifest)
    study = make_study(LOCAL, manifest, whole)
    assert list(compare_results(study, tmp_path)) == []

    other = studies.with_leaf(studies.lstm_run(1), "test_loss", 0.3)
    write_run(tmp_path / other.name, other.record, other.arrays)
    remaining = tuple(name for name in names if name != "lstm/seed-2")
    write_manifest(tmp_path, Manifest(profile="full", runs=remaining))

    assert [str(difference) for difference in compare_results(study, tmp_path)] == [
        "documento · ejecución lstm/seed-1, test_loss: se esperaba «0.3», se encontró «0.41000000000000003»",
        "documento · ejecución lstm/seed-2: se esperaba nada, se encontró «una ejecución»",
    ]


@pytest.mark.parametrize("groups", [("lstm",), ("gan", "judge", "readability"), ("probe",)], ids="-".join)
def test_groups_that_are_missing_on_both_sides_are_no_difference(study, tmp_path, groups):
    part = studies.only(study, *groups)
    whole = studies.complete([*map(studies.lstm_run, (1, 2)), *map(studies.gan_run, (1, 2))])
    names = {run.name for run in part.runs}
    for run in whole:
        write_run(tmp_path / run.name, run.record, run.arrays)
    write_manifest(tmp_path, Manifest(profile="full", runs=tuple(sorted(names))))
    assert list(compare_results(part, tmp_path)) == []

    write_manifest(tmp_path, Manifest(profile="full", runs=tuple(run.name for run in whole)))
    assert [str(difference) for difference in compare_results(part, tmp_path)] == [
        f"documento · ejecución {name}: se esperaba «una ejecución», se encontró nada"
        for name in sorted({run.name for run in whole} - names)
    ]


# --- the command -------------------------------------------------------------------------


def test_differences_are_listed_for_people_and_for_machines(rebuilt, pdf, made_before, tmp_path, capsys):
    _, change = next(tampering.other_digits(pdf, 1))
    path = tmp_path / "informe.pdf"
    path.write_bytes(tampering.apply(rebuilt.data, change))

    assert main(["verify", str(path), "--format", "json"]) == 1

    found = json.loads(capsys.readouterr().out)
    assert found["resultado"] == "diferencias"
    assert found["cifras"]["faltan"] == 1
    assert found["diferencias"][0]["página"] == 1
    assert found["diferencias"][0]["qué"] == "cifra"

    assert main(["verify", str(path)]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("página 1 · cifra: se esperaba «")
    assert "No concuerda: 2 diferencias." in lines


def test_what_cannot_be_checked_is_said_to_machines_too(tmp_path, capsys):
    path = tmp_path / "informe.pdf"
    path.write_bytes(b"")

    assert main(["verify", str(path), "--format", "json"]) == 2
    assert json.loads(capsys.readouterr().out)["resultado"] == "no comprobado"


def test_a_missing_file_cannot_be_checked(tmp_path, capsys):
    assert main(["verify", str(tmp_path / "nada.pdf")]) == 2
    assert "nada.pdf: se esperaba poder leer" in capsys.readouterr().err

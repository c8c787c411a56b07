"""A PDF is proven, or what was changed in it is found."""

import io
import json
import re
import resource
import time
import zlib
from dataclasses import replace

import pikepdf
import pytest
import studies
import tampering

from experiments.records import KINDS, Manifest, record_to_json, write_manifest, write_run
from report.__main__ import main
from report.build import build
from report.check_text import Counts
from report.embed import FINDINGS, LEDGER, PROGRAM, RESULTS, results_json
from report.embedded import AlteredError, unpack
from report.outcome import LIMIT, Difference, Outcome, as_lines
from report.pdf_parts import MAX_CONTENT, FileError, open_pdf
from report.reduce import reduce
from report.results import Study
from report.settings import Settings
from report.verify import check_data, compare, compare_results, rebuild, verify, write_again
from report.workshop import open_workshop

SETTINGS = Settings(author="Ana Ruiz", course="Aprendizaje profundo")
TEMPLATE = "templates/informe.md.j2"
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


def reduced(study: Study) -> Study:
    return replace(study, lstm=tuple(map(reduce, study.lstm)), gan=tuple(map(reduce, study.gan)))


@pytest.fixture(scope="module")
def study():
    return reduced(studies.make_study(2))


@pytest.fixture(scope="module")
def rebuilt(study):
    return rebuild(study, SETTINGS)


@pytest.fixture(scope="module")
def pdf(rebuilt):
    return pikepdf.open(io.BytesIO(rebuilt.data))


# --- no false alarm ----------------------------------------------------------------------

SETS = {
    "tres semillas": (studies.make_study(3, lstm={"gap": 0.001}), Settings(author="Ana Ruiz")),
    "rápido, de muestra, una semilla": (
        studies.make_study(
            1, profile="quick", sample_reviews=True, sample_digits=True, lstm={"confusion": (200, 0, 200, 0)}
        ),
        Settings(title="«Título» & otro"),
    ),
    "coma decimal": (
        studies.make_study(2, lstm={"stopped_early": True}, gan={"level": (1.0, 0.1)}),
        Settings(decimal=",", date="2026-03-01"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SETS)
def test_an_untouched_document_is_proven_byte_by_byte(name):
    made, settings = SETS[name]

    outcome = verify(write_again(reduced(made), settings, None))

    assert outcome.same_bytes
    assert outcome.differences == []
    assert outcome.counts.read == outcome.counts.matched > 300


def test_a_file_that_another_program_saved_is_proven_by_its_content(rebuilt):
    saved = tampering.apply(rebuilt.data, lambda pdf: None)

    outcome = compare(rebuilt, saved)

    assert saved != rebuilt.data
    assert outcome.proven
    assert not outcome.same_bytes
    assert any("otro programa guardó el fichero" in line for line in as_lines(outcome))


# --- every change is found ---------------------------------------------------------------


def as_list(edit):
    """Edit an attached JSON file."""

    def change(content):
        value = json.loads(content)
        edit(value)
        return json.dumps(value, ensure_ascii=False).encode()

    return change


def attached_lists(pdf):
    """One entry of the ledger or of the findings changed, lost, or in another place."""
    ledger = json.loads(pdf.attachments[LEDGER].get_file().read_bytes())
    findings = json.loads(pdf.attachments[FINDINGS].get_file().read_bytes())

    def setting(index, key, value):
        return as_list(lambda entries: entries[index].__setitem__(key, value))

    for index in range(0, len(ledger), len(ledger) // 20):
        key, value = (
            ("impreso", ["0.1234"]), ("valor", 0.1234), ("origen", "otro"), ("páginas", [99]),
            ("unidad", "km"),
        )[index % 5]  # fmt: skip
        yield f"cifra {index}, {key}", tampering.attach(LEDGER, setting(index, key, value))
    for index in range(len(findings)):
        key, value = (("veredicto", "leve"), ("margen", None), ("valores", {}))[index % 3]
        if findings[index][key] != value:
            yield f"hallazgo {index}, {key}", tampering.attach(FINDINGS, setting(index, key, value))
    yield "cifra de menos", tampering.attach(LEDGER, as_list(lambda entries: entries.pop(7)))
    yield "cifra repetida", tampering.attach(LEDGER, as_list(lambda entries: entries.append(entries[7])))
    yield "cifras en otro orden", tampering.attach(LEDGER, as_list(lambda entries: entries.reverse()))
    yield "hallazgo de menos", tampering.attach(FINDINGS, as_list(lambda entries: entries.pop()))
    yield "otra escritura", tampering.attach(LEDGER, lambda content: content.replace(b"\n", b"\n "))
    yield "no es JSON", tampering.attach(LEDGER, lambda content: content[:-40])


def digits_with_their_entry(pdf, amount):
    """A number changed on its page and in the ledger alike: only the records still tell."""
    ledger = json.loads(pdf.attachments[LEDGER].get_file().read_bytes())
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
            edit = as_list(lambda entries, i=index, n=new: entries[i].update(impreso=[n], valor=float(n)))

            def change(pdf, on_page=on_page, edit=edit):
                on_page(pdf)
                tampering.attach(LEDGER, edit)(pdf)

            yield f"página {line.page + 1} y libro: {printed} → {new}", change
            break


def test_every_single_change_of_the_file_is_found(rebuilt, pdf, capsys):
    changes = [
        *tampering.other_digits(pdf, 3),
        *tampering.other_words(pdf, WORDS, 30),
        *tampering.lost_lines(pdf, 12),
        *tampering.other_images(pdf),
        *tampering.moved_lines(pdf, 8),
        *tampering.other_alternatives(pdf),
        *tampering.other_properties(pdf),
        *attached_lists(pdf),
        *digits_with_their_entry(pdf, 12),
    ]
    missed = []
    for label, change in changes:
        outcome = compare(rebuilt, tampering.apply(rebuilt.data, change))
        if outcome.proven:
            missed.append(label)
    with capsys.disabled():
        print(f"\n{len(changes)} cambios en un PDF terminado, {len(changes) - len(missed)} encontrados")
    assert missed == []
    assert len(changes) >= 200


def run_in(results, name):
    (run,) = (run for run in results["runs"] if run["name"] == name)
    return run


def altered_record(results, name, edit, sign):
    """``resultados.json`` with one record changed; with ``sign``, as if it had always been so."""
    run = run_in(results, name)
    content = json.loads(run["record"])
    edit(content)
    if sign:
        content.pop("digest")
        run["record"] = record_to_json(KINDS[content["kind"]].model_validate(content))
    else:
        run["record"] = json.dumps(content)


EDITS = {
    "una pérdida": ("lstm/seed-1", lambda c: c["epochs"][1].update(val_loss=0.47)),
    "una exactitud": ("lstm/seed-1", lambda c: c["epochs"][2].update(val_accuracy=0.9)),
    "la época elegida": ("lstm/seed-1", lambda c: c.update(selected_epoch=1)),
    "un acierto": ("lstm/seed-1", lambda c: c["confusion"].update(true_positive=173)),
    "la pérdida en la prueba": ("lstm/seed-2", lambda c: c.update(test_loss=0.3)),
    "lo que nadie imprime": ("lstm/seed-2", lambda c: c["sizes"].update(train_evaluated=251)),
    "la huella de los datos": ("lstm/seed-2", lambda c: c["data"].update(digest="e" * 64)),
    "el perfil de la máquina": ("gan/seed-1", lambda c: c["environment"].update(cores=64)),
    "la duración": ("gan/seed-1", lambda c: c.update(duration_s=1.0)),
    "los cambios sin confirmar": ("gan/seed-2", lambda c: c["environment"].update(dirty=True)),
    "un ajuste": ("gan/seed-2", lambda c: c["config"].update(learning_rate=0.5)),
    "lo que lee el juez": ("readability/seed-1", lambda c: c["steps"][1].update(readable=7)),
    "un control del juez": ("judge", lambda c: c["controls"][0].update(readable=7)),
    "la memoria": ("memory/seed-2", lambda c: c["decay"].update(high=1.5)),
    "la fecha": ("gan/seed-2", lambda c: c.update(finished_on="2026-01-22")),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_changed_record_contradicts_its_digest(name, rebuilt):
    run, edit = EDITS[name]
    content = as_list(lambda results: altered_record(results, run, edit, sign=False))
    changed = tampering.apply(rebuilt.data, tampering.attach(RESULTS, content))

    outcome = verify(changed)

    assert not outcome.proven
    assert "no corresponde a su huella" in str(outcome.differences[0])


@pytest.mark.parametrize("name", EDITS)
def test_a_changed_record_with_a_new_digest_contradicts_ledger_or_itself(name, rebuilt):
    run, edit = EDITS[name]
    content = as_list(lambda results: altered_record(results, run, edit, sign=True))
    changed = tampering.apply(rebuilt.data, tampering.attach(RESULTS, content))

    try:
        differences = check_data(unpack(open_pdf(changed)))
    except AlteredError as error:
        differences = [error]  # seeds that no longer belong together
    assert differences


def test_changed_arrays_contradict_their_digest(rebuilt):
    def edit(results):
        arrays = run_in(results, "gan/seed-1")["arrays"]
        arrays["d_real"], arrays["d_fake"] = arrays["d_fake"], arrays["d_real"]

    outcome = verify(tampering.apply(rebuilt.data, tampering.attach(RESULTS, as_list(edit))))

    assert "los vectores no corresponden a su huella" in str(outcome.differences[0])


def test_a_changed_setting_does_not_fit_the_pages(study, rebuilt):
    other = results_json(study, SETTINGS.model_copy(update={"decimal": ","}))
    changed = tampering.apply(rebuilt.data, tampering.attach(RESULTS, lambda _: other))

    outcome = verify(changed)

    assert outcome.counts.missing > 100
    assert any(d.what == "cifra" and "," in d.expected and "." in d.found for d in outcome.differences)


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


def test_a_message_quotes_long_texts_from_where_they_part():
    same = "palabra " * 40
    text = str(Difference(3, "frase", same + "sube", same + "baja"))

    assert "«…" in text
    assert "sube»" in text
    assert "baja»" in text
    assert len(text) < 260


def test_only_the_first_differences_are_listed():
    outcome = Outcome(Counts(1, 1), [Difference(1, "cifra", str(n), "0") for n in range(LIMIT + 5)])

    assert "… y 5 diferencias más (todas, con --format json)." in list(as_lines(outcome))


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


def bomb(data):
    """An attached file of a few hundred KiB that inflates to more than is allowed."""

    def change(pdf):
        packer = zlib.compressobj(9)
        zeros = b"0" * 2**20
        packed = (
            b"".join(packer.compress(zeros) for _ in range(MAX_CONTENT // len(zeros) + 2)) + packer.flush()
        )
        stream = pdf.attachments[RESULTS].get_file().obj
        stream.write(packed, filter=pikepdf.Name.FlateDecode)

    return tampering.apply(data, change)


def nested(data):
    """A bomb packed twice, of which the first inflation is small."""

    def change(pdf):
        stream = pdf.attachments[RESULTS].get_file().obj
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
    "ajeno": (lambda data: minimal(), f"se esperaba el fichero incrustado {PROGRAM}, no se encontró"),
    "cifrado": (encrypted, "sin contraseña"),
    "bomba": (bomb, "de contenido descomprimido, hay más"),
    "bomba doble": (nested, "otra forma de comprimir"),
    "sin resultados": (
        lambda data: tampering.apply(data, lambda pdf: pdf.attachments.__delitem__(RESULTS)),
        f"se esperaba el fichero incrustado {RESULTS}",
    ),
    "JSON cortado": (replaced(RESULTS, b'{"runs": ['), f"se esperaba en {RESULTS}"),
    "JSON de otra forma": (replaced(RESULTS, b"[1, 2]"), f"se esperaba en {RESULTS}"),
    "JSON muy hondo": (replaced(LEDGER, b"[" * 10**6), f"en {LEDGER}"),
    "libro sin lista": (replaced(LEDGER, b"{}"), f"se esperaba una lista en {LEDGER}"),
    "programa sin datos": (replaced(PROGRAM, b"{}"), f"se esperaba en {PROGRAM}"),
    "otra plantilla": (
        lambda data: tampering.apply(
            data,
            tampering.attach(PROGRAM, as_list(lambda p: p["ficheros"].update({TEMPLATE: "0"}))),
        ),
        f"se encontró uno de otro: {TEMPLATE}",
    ),
    "otra biblioteca": (
        lambda data: tampering.apply(
            data, tampering.attach(PROGRAM, as_list(lambda p: p["bibliotecas"].update(weasyprint="1.0")))
        ),
        "weasyprint es en otra versión (1.0)",
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


def test_huge_numbers_in_an_array_are_refused_before_they_take_room(rebuilt):
    def edit(results):
        run_in(results, "gan/seed-1")["arrays"]["d_real"]["shape"] = [2**20, 2**20]

    with pytest.raises(FileError, match="se esperaba un vector"):
        verify(tampering.apply(rebuilt.data, tampering.attach(RESULTS, as_list(edit))))


def test_other_native_libraries_are_mentioned_and_explain_what_differs(rebuilt, study, pdf):
    system = json.loads(pdf.attachments[PROGRAM].get_file().read_bytes())["sistema"] | {"Pango": "9.9.9"}
    elsewhere = write_again(study, SETTINGS, system)

    assert "Pango 9.9.9" in verify(elsewhere).notes[0]
    _, change = next(tampering.other_digits(pdf, 1))
    with pytest.raises(FileError, match=r"Pango 9\.9\.9"):
        verify(tampering.apply(elsewhere, change))


def test_embedded_records_are_compared_with_those_of_a_folder(tmp_path):
    inside = reduced(studies.make_study(2))
    whole = studies.complete([*map(studies.lstm_run, (1, 2)), *map(studies.gan_run, (1, 2))])
    for run in whole:
        write_run(tmp_path / run.name, run.record, run.arrays)
    names = tuple(run.name for run in whole)
    write_manifest(tmp_path, Manifest(profile="full", runs=names))
    assert list(compare_results(inside, tmp_path)) == []

    other = studies.with_leaf(studies.lstm_run(1), "test_loss", 0.3)
    write_run(tmp_path / other.name, other.record, other.arrays)
    remaining = tuple(name for name in names if name != "lstm/seed-2")
    write_manifest(tmp_path, Manifest(profile="full", runs=remaining))

    assert [str(difference) for difference in compare_results(inside, tmp_path)] == [
        "documento · ejecución lstm/seed-1, test_loss: se esperaba «0.3», se encontró «0.41000000000000003»",
        "documento · ejecución lstm/seed-2: se esperaba nada, se encontró «una ejecución»",
    ]


def test_data_that_are_not_those_of_the_folder_are_no_doubt_about_the_file():
    outcome = Outcome(
        Counts(9, 9), [Difference(None, "ejecución gan/seed-1", "", "una ejecución")], same_bytes=True
    )

    lines = list(as_lines(outcome))

    assert "Demostrado: el fichero es, byte a byte, el que dan sus datos." in lines
    assert "Los datos no son los de la carpeta: una diferencia." in lines


# --- the command -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(study, tmp_path_factory):
    """A document as ``make report`` leaves it."""
    folder = tmp_path_factory.mktemp("build")
    with pytest.MonkeyPatch.context() as patch, open_workshop(folder) as workshop:
        patch.setattr("report.build.refuse_stale", lambda runs: None)  # made-up results have no code
        return build(study, SETTINGS, folder, {}, workshop)


def test_a_built_document_is_proven(built, rebuilt, capsys):
    assert built.paths[0].read_bytes() == rebuilt.data

    assert main(["verify", str(built.paths[0])]) == 0

    output = capsys.readouterr().out
    read = compare(rebuilt, rebuilt.data).counts.read
    assert f"Cifras en las páginas: {read} leídas, {read} coinciden, 0 faltan, 0 ilegibles." in output
    assert "Demostrado: el fichero es, byte a byte, el que dan sus datos." in output
    assert "no que esos datos sean los de un entrenamiento real" in output


def test_verifying_makes_the_document_once(rebuilt, monkeypatch):
    opened = []

    def counted(*arguments):
        opened.append(1)
        return open_workshop(*arguments)

    monkeypatch.setattr("report.verify.open_workshop", counted)
    verify(rebuilt.data)
    assert opened == [1]


def test_differences_are_listed_for_people_and_for_machines(rebuilt, pdf, tmp_path, capsys):
    _, change = next(tampering.other_digits(pdf, 1))
    path = tmp_path / "informe.pdf"
    path.write_bytes(tampering.apply(rebuilt.data, change))

    assert main(["verify", str(path), "--format", "json"]) == 1

    found = json.loads(capsys.readouterr().out)
    assert found["resultado"] == "diferencias"
    assert found["cifras"]["faltan"] == 1
    assert found["diferencias"][0]["página"] == 1
    assert found["diferencias"][0]["qué"] == "cifra"


def test_what_cannot_be_checked_is_said_to_machines_too(tmp_path, capsys):
    path = tmp_path / "informe.pdf"
    path.write_bytes(b"")

    assert main(["verify", str(path), "--format", "json"]) == 2
    assert json.loads(capsys.readouterr().out)["resultado"] == "no comprobado"


def test_a_missing_file_cannot_be_checked(tmp_path, capsys):
    assert main(["verify", str(tmp_path / "nada.pdf")]) == 2
    assert "nada.pdf: se esperaba poder leer" in capsys.readouterr().err

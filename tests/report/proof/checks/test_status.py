"""Whether results and document are up to date, and the right reason if they are not."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
import studies
from brought import brought_gan, grids

from experiments.kinds.registry import KINDS
from experiments.records.closure import code_digest_of
from experiments.records.results import Manifest, write_manifest
from experiments.records.storage import write_brought, write_run
from report.__main__ import main
from report.paths import ROOT
from report.proof.checks import status as module
from report.proof.checks.status import present_config, result_changes, stale_runs, status
from report.proof.state import freshness
from report.study.study import group_of

MANIFEST = Manifest(profile="quick", runs=("x",))
LIBRARIES = {"numpy": module.installed("numpy")}


def current(run):
    """A run as the present code and libraries would leave it."""
    environment = run.record.environment.model_copy(update={"libraries": LIBRARIES})
    changes = {"code_digest": code_digest_of(run.record.kind), "environment": environment, "profile": "quick"}
    return replace(run, record=run.record.model_copy(update=changes))


def write(root, *made, profile="quick"):
    """The runs as they are, and what measures them as the present code would leave it."""
    measured = [current(run) for run in studies.complete(made)[len(made) :]]
    for run in (*made, *measured):
        write_run(root / run.name, run.record, run.arrays)
    write_manifest(root, Manifest(profile=profile, runs=tuple(run.name for run in (*made, *measured))))


@pytest.fixture(autouse=True)
def own_settings(monkeypatch):
    """The made-up runs of the quick profile are as small as they are."""

    def own(record, manifest):
        return record.config if record.profile == "quick" else present_config(record, manifest)

    monkeypatch.setattr(module, "present_config", own)


@pytest.fixture
def runs():
    return current(studies.lstm_run()), current(studies.gan_run())


@pytest.fixture
def results(tmp_path, runs):
    write(tmp_path / "results", *runs)
    return tmp_path / "results"


@pytest.fixture
def toml(tmp_path):
    path = tmp_path / "informe.toml"
    path.write_text('author = "Ana Ruiz"\n')
    return path


@pytest.fixture
def document(tmp_path, results, toml):
    """A folder with the state of a document, as ``build`` leaves it."""
    folder = tmp_path / "build"
    folder.mkdir()
    made = folder / "informe.pdf"
    made.write_bytes(b"un PDF")
    state = freshness.State(freshness.inputs(results, toml), freshness.outputs({made.name: b"un PDF"}), {})
    (folder / freshness.STATE_FILE).write_bytes(state.to_json())
    return folder


def alter_state(folder, name, value="0"):
    """As if the input ``name`` had been another when the document was made."""
    path = folder / freshness.STATE_FILE
    content = json.loads(path.read_text())
    assert name in content["entradas"]
    content["entradas"][name] = value
    path.write_text(json.dumps(content))


def test_everything_up_to_date(results, toml, document, capsys):
    assert main(["status", "--results", str(results), "--settings", str(toml), "--build", str(document)]) == 0

    assert capsys.readouterr().out.splitlines() == [
        f"Resultados: {results}, al día (9 ejecuciones).",
        f"Documento: {document / 'informe.pdf'}, al día.",
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("templates/es/lstm/probe.md.j2", "Ha cambiado la plantilla templates/es/lstm/probe.md.j2."),
        ("templates/es/paper.css", "Ha cambiado la plantilla templates/es/paper.css."),
        ("report/ledger/spanish.py", "Ha cambiado el programa (report/ledger/spanish.py)."),
        (
            "experiments/images/gan_mnist.py",
            "Ha cambiado el código del experimento (experiments/images/gan_mnist.py).",
        ),
        ("versión de weasyprint", "Ha cambiado la versión de weasyprint."),
        ("versión de Python", "Ha cambiado la versión de Python."),
    ],
)
def test_each_input_of_the_document_has_its_name(results, toml, document, name, reason):
    alter_state(document, name)

    found = status(results, toml, document)

    assert not found.fresh
    assert found.lines[1:] == [
        f"Documento: {document / 'informe.pdf'} no está al día.",
        f"  {reason}",
        "«make report» lo rehará.",
    ]


@pytest.mark.parametrize(
    "groups", [["lstm"], ["gan"], ["lstm", "linear"], ["gan", "judge", "readability"]], ids="-".join
)
def test_groups_that_were_not_trained_are_no_fault(tmp_path, runs, toml, groups):
    wanted = [run for run in studies.complete(runs) if group_of(run) in groups]
    for run in map(current, wanted):
        write_run(tmp_path / "r" / run.name, run.record, run.arrays)
    write_manifest(tmp_path / "r", Manifest(profile="quick", runs=tuple(run.name for run in wanted)))

    found = status(tmp_path / "r", toml, tmp_path / "otra")

    count = "una ejecución" if len(wanted) == 1 else f"{len(wanted)} ejecuciones"
    assert found.lines[0] == f"Resultados: {tmp_path / 'r'}, al día ({count})."


def test_changed_settings(results, toml, document):
    toml.write_text('author = "Luis Gil"\n')

    assert f"  Ha cambiado {toml}." in status(results, toml, document).lines


def test_changed_words_of_the_author(results, toml, document):
    toml.write_text('reflection = "mia.md"\n')
    words = toml.parent / "mia.md"
    words.write_text("Así.")

    assert f"  Ha cambiado {words}." in status(results, toml, document).lines


def test_a_document_changed_by_hand(results, toml, document):
    (document / "informe.pdf").write_bytes(b"otro")

    assert f"  Falta o se ha tocado {document / 'informe.pdf'}." in status(results, toml, document).lines


def test_no_document(results, toml, tmp_path):
    found = status(results, toml, tmp_path / "otra")

    assert "  No hay un documento anterior, o no se sabe de qué se hizo." in found.lines


def test_no_results(monkeypatch, tmp_path, toml, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("report.study.folders.ACCOMPANYING", tmp_path / "ninguno")

    assert main(["status", "--settings", str(toml)]) == 1
    assert "«make all» entrenará" in capsys.readouterr().out


def test_a_folder_without_a_complete_set(tmp_path, toml):
    found = status(tmp_path, toml, tmp_path / "build")

    assert not found.fresh
    assert "no guarda ningún conjunto completo" in found.lines[0]


def test_results_that_cannot_be_read(results, toml, document, capsys):
    (results / "lstm/seed-1/record.json").write_text("{}")

    arguments = ["status", "--results", str(results), "--settings", str(toml), "--build", str(document)]
    assert main(arguments) == 2
    assert "record.json: se esperaba" in capsys.readouterr().err


def test_seeds_that_do_not_belong_together(results, toml, document, runs, capsys):
    second = current(studies.lstm_run(2))
    data = second.record.data.model_copy(update={"digest": "e" * 64})
    second = replace(second, record=second.record.model_copy(update={"data": data}))
    write(results, *runs, second)

    arguments = ["status", "--results", str(results), "--settings", str(toml), "--build", str(document)]
    assert main(arguments) == 2
    assert "los datos y la configuración de las demás semillas" in capsys.readouterr().err


# --- results -----------------------------------------------------------------------------


def test_the_judge_of_what_was_brought_is_of_other_code(tmp_path, toml, runs):
    """Training does nothing for it."""
    judge = next(current(run) for run in studies.complete(runs) if run.record.kind == "judge")
    judge = replace(judge, record=judge.record.model_copy(update={"code_digest": "a" * 64}))
    run = brought_gan(images=grids(), read=(0, 3, 8, 12, 14, 15))
    write_run(tmp_path / "r" / judge.name, judge.record, judge.arrays)
    write_brought(tmp_path / "r" / run.name, run.record, run.arrays)
    write_manifest(tmp_path / "r", Manifest(profile="quick", runs=(judge.name,), brought=(run.name,)))

    found = status(tmp_path / "r", toml, tmp_path / "otra")

    code = f"huella aaaaaaaaaaaa → {code_digest_of('judge')[:12]}"
    assert not found.fresh
    assert (found.lines[0], found.lines[-1]) == (
        f"Resultados: ha cambiado el código del experimento ({code}), en judge; vuelva a importarlos.",
        f"«make report RESULTS={tmp_path / 'r'}», después, lo rehará.",
    )


def test_runs_of_other_code(results, toml, document, runs):
    old = replace(runs[0], record=runs[0].record.model_copy(update={"code_digest": "a" * 64}))
    write(results, old, runs[1])

    found = status(results, toml, document)

    assert not found.fresh
    assert found.lines[0].startswith(
        "Resultados: ha cambiado el código del experimento (huella aaaaaaaaaaaa → "
    )
    assert found.lines[0].endswith("«make train» repetirá lstm/seed-1.")


def test_runs_of_another_library(runs):
    environment = runs[1].record.environment.model_copy(update={"libraries": {"numpy": "1.0"}})
    old = replace(runs[1], record=runs[1].record.model_copy(update={"environment": environment}))

    reason = f"ha cambiado la versión de numpy (1.0 → {LIBRARIES['numpy']})"
    assert stale_runs(MANIFEST, [runs[0], old]) == {reason: ["gan/seed-1"]}


def test_a_library_that_is_no_longer_there(runs):
    environment = runs[0].record.environment.model_copy(update={"libraries": {"no-existe": "1.0"}})
    old = replace(runs[0], record=runs[0].record.model_copy(update={"environment": environment}))

    assert list(stale_runs(MANIFEST, [old])) == ["ha cambiado la versión de no-existe (1.0 → ninguna)"]


def test_who_has_nothing_that_trains_is_told_what_is_not_compared(runs, monkeypatch):
    found = {"numpy": "1.0", "tensorflow": "2.0", "keras": "3.0"}
    environment = runs[0].record.environment.model_copy(update={"libraries": found})
    run = replace(runs[0], record=runs[0].record.model_copy(update={"environment": environment}))
    here = {"numpy": "1.0"}
    monkeypatch.setattr(module, "installed", lambda name: here.get(name, "ninguna"))

    assert stale_runs(MANIFEST, [run]) == {}
    said = module.not_compared([run]).replace("\N{NO-BREAK SPACE}", " ")
    assert said == "; sin comparar las versiones de keras y tensorflow, que aquí no están"
    here |= {"keras": "3.1", "tensorflow": "2.0"}
    assert list(stale_runs(MANIFEST, [run])) == ["ha cambiado la versión de keras (3.0 → 3.1)"]
    assert module.not_compared([run]) == ""


def test_a_full_run_of_another_configuration():
    run = current(studies.lstm_run(units=32, max_epochs=10))
    run = replace(run, record=run.record.model_copy(update={"profile": "full"}))

    assert list(stale_runs(MANIFEST, [run])) == ["ha cambiado la configuración (units: 32 → 64)"]


def test_a_variant_has_the_settings_that_set_it_apart():
    config = KINDS["gan"].profiles["full"].model_copy(update={"architecture": "dense"})
    run = current(studies.gan_run())
    changes = {"profile": "full", "config": config, "variant": "densa"}
    run = replace(run, record=run.record.model_copy(update=changes))
    variants = {"densa": {"gan.architecture": "dense", "lstm.units": 8}, "otra": {"gan.latent_dim": 8}}

    assert stale_runs(MANIFEST.model_copy(update={"variants": variants}), [run]) == {}
    assert list(stale_runs(MANIFEST, [run])) == [
        "ha cambiado la configuración (architecture: dense → convolutional)"
    ]


def test_each_profile_has_its_settings():
    for kind, run in (("lstm", studies.lstm_run(max_epochs=10)), ("gan", studies.gan_run())):
        assert present_config(current(run).record, MANIFEST) == KINDS[kind].profiles["quick"]


def test_what_is_left_to_other_kinds_is_theirs():
    linear = current(studies.complete([studies.lstm_run(), studies.gan_run()])[2])
    manifest = MANIFEST.model_copy(update={"variants": {"": {"lstm.sequence_length": 77}}})
    assert linear.record.kind == "linear"
    assert present_config(linear.record, MANIFEST).last_words == 250
    assert present_config(linear.record, manifest).last_words == 77


# --- results against the document --------------------------------------------------------


@pytest.fixture
def old(monkeypatch, runs):
    """The records inside the document."""

    def put(*made):
        monkeypatch.setattr(module, "embedded_runs", lambda path: {run.name: run.record for run in made})

    return put


def test_a_new_and_a_lost_seed(old, runs, tmp_path):
    old(runs[0], current(studies.gan_run(2)))

    assert result_changes(tmp_path, list(runs)) == [
        "la semilla: gan/seed-1, que el documento no tiene",
        "la semilla: gan/seed-2, que ya no está",
    ]


def test_other_data(old, runs, tmp_path):
    data = runs[0].record.data.model_copy(update={"digest": "e" * 64})
    old(replace(runs[0], record=runs[0].record.model_copy(update={"data": data})), runs[1])

    assert result_changes(tmp_path, list(runs)) == [
        "los datos (huella eeeeeeeeeeee → dddddddddddd), en lstm/seed-1"
    ]


def test_another_configuration(old, runs, tmp_path):
    old(runs[0], current(studies.gan_run(latent_dim=50)))

    assert result_changes(tmp_path, list(runs)) == ["la configuración (latent_dim: 50 → 100), en gan/seed-1"]


def test_the_same_trained_again(old, runs, tmp_path):
    old(studies.with_leaf(runs[0], "duration_s", 4_000.0), runs[1])

    assert result_changes(tmp_path, list(runs)) == [
        "los datos de lstm/seed-1: otro entrenamiento con los mismos ajustes"
    ]


def test_results_behind_an_unreadable_document_have_changed_as_a_whole(results, toml, document, runs):
    write(results, studies.with_leaf(runs[0], "duration_s", 4_000.0), runs[1])

    assert f"  Ha cambiado el contenido de {results}." in status(results, toml, document).lines


def test_status_never_imports_tensorflow(results, toml, document):
    program = (
        "import sys; from report.__main__ import main; main(sys.argv[1:]); print('tensorflow' in sys.modules)"
    )
    arguments = ["status", "--results", str(results), "--settings", str(toml), "--build", str(document)]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "False"

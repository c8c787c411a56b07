"""The command line of the report: exit codes, and messages of one sentence."""

import io
import json
import os
import re
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
import pytest
import studies
from stored import runs, write_results, write_runs

from experiments.records.storage import read_run, write_run
from report.__main__ import main
from report.paths import ROOT


def test_it_asks_for_no_window_and_for_one_thread(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "no-hay")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "64")
    runpy.run_path(str(ROOT / "report/__main__.py"))
    assert (os.environ["MPLBACKEND"], os.environ["OPENBLAS_NUM_THREADS"]) == ("svg", "1")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of a document and what was said as it was made."""
    folder = tmp_path_factory.mktemp("proyecto")
    results = write_runs(folder / "results", runs(1))
    options = ["--results", str(results), "--settings", str(folder / "informe.toml")]
    (folder / "informe.toml").write_text('author = "Ana Peña"\n', encoding="utf-8")
    return folder / "build", [*options, "--build", str(folder / "build")]


@pytest.fixture(scope="module")
def said(built):
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", out)
        code = main(["build", *built[1]])
    assert code == 0, out.getvalue()
    return out.getvalue().splitlines()


def one_sentence(captured) -> str:
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert re.search(r"se esperab.*; .*\.$", captured.err.strip(), re.I)
    assert "Traceback" not in captured.err
    return captured.err.strip()


# --- build -------------------------------------------------------------------------------


def test_build_says_what_it_used_and_made(built, said):
    folder, options = built
    assert said[0] == f"Se usan los resultados de {options[1]} (perfil completo)."
    for suffix, line in zip(("pdf", "html", "md"), said[1:4], strict=True):
        path = folder / f"informe.{suffix}"
        assert line == f"{path}: {path.stat().st_size // 1024} KiB"
    assert re.fullmatch(r"Cifras trazadas: \d+; hallazgos usados: \d+\.", said[4])
    # 171 + 172 hits out of 400 reviews with the first seed
    accuracy = re.fullmatch(r"LSTM: exactitud en la prueba 0\.8575 \[(.+); (.+)\], n = 1\.", said[5])
    assert [float(end) for end in accuracy.groups()] == pytest.approx([0.8232, 0.8918], abs=0.005)
    assert re.fullmatch(
        r"GAN: ventaja leve del discriminador; pérdida final de D 1\.24\d y de G 0\.77\d, n = 1\.", said[6]
    )


def test_a_document_that_is_up_to_date_is_not_made_again(built, said, capsys):
    folder, options = built
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert main(["build", *options]) == 0
    assert "ya está al día" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_status_says_what_the_results_of_the_document_were(built, said, capsys):
    """What the PDF carries is compared with the results that are there now."""
    folder, options = built
    assert main(["status", *options]) == 1  # these runs are smaller than those of their profile
    assert f"Documento: {folder / 'informe.pdf'}, al día." in capsys.readouterr().out.splitlines()

    place = Path(options[1]) / "lstm" / "seed-1"
    files = {path: path.read_bytes() for path in place.iterdir()}
    run = studies.with_leaf(read_run(place), "seed", 5)
    write_run(place, run.record, run.arrays)
    main(["status", *options])
    lines = capsys.readouterr().out.splitlines()
    for path, content in files.items():
        path.write_bytes(content)
    assert "  Ha cambiado la semilla (lstm 1 → lstm 5), en lstm/seed-1." in lines


def test_without_results_the_user_is_told_what_to_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("report.study.folders.ACCOMPANYING", tmp_path / "ninguno")
    assert main(["build"]) == 2
    assert "ejecute «make train»" in one_sentence(capsys.readouterr())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_results_is_named(tmp_path, capsys):
    assert main(["build", "--results", str(tmp_path / "nada"), "--build", str(tmp_path / "b")]) == 2
    assert str(tmp_path / "nada" / "manifest.json") in one_sentence(capsys.readouterr())


def test_results_of_other_code_are_refused(tmp_path, capsys, monkeypatch):
    results = write_results(tmp_path / "r", runs(1))
    monkeypatch.setattr("report.study.consistency.code_digest_of", lambda kind: "f" * 64)
    assert main(["build", "--results", str(results), "--build", str(tmp_path / "b")]) == 2
    assert "código actual" in one_sentence(capsys.readouterr())


def test_an_edited_record_is_refused(tmp_path, capsys):
    results = write_results(tmp_path / "r", runs(1))
    path = results / "lstm" / "seed-1" / "record.json"
    path.write_text(path.read_text().replace('"test_loss": 0.41', '"test_loss": 0.14'))
    assert main(["build", "--results", str(results), "--build", str(tmp_path / "b")]) == 2
    assert "un registro sin modificar" in one_sentence(capsys.readouterr())


def test_settings_with_an_unknown_key_are_refused(tmp_path, capsys):
    results = write_results(tmp_path / "r", [studies.lstm_run(1), studies.gan_run(1)])
    settings = tmp_path / "informe.toml"
    settings.write_text('autora = "Ana"', encoding="utf-8")
    options = ["--results", str(results), "--settings", str(settings), "--build", str(tmp_path / "b")]
    assert main(["build", *options]) == 2
    assert "se encontró «autora»" in one_sentence(capsys.readouterr())
    assert not (tmp_path / "b").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path, capsys):
    results = write_results(tmp_path / "r", runs(1))
    (tmp_path / "b").write_text("no soy una carpeta")
    assert main(["build", "--results", str(results), "--build", str(tmp_path / "b")]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(f"{tmp_path / 'b'}: se esperaba poder leer y escribir")
    assert captured.err.count("\n") == 1


def test_no_order_or_an_unknown_one_is_an_error(capsys):
    for arguments in ([], ["imprime"], ["build", "--color"]):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2
        assert re.fullmatch(
            r"python -m report: .*se esperab.*; mire «.* --help»[.]\n", capsys.readouterr().err
        )


# --- what nobody foresaw ------------------------------------------------------------------


@pytest.fixture
def details(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return lambda: [path.read_text(encoding="utf-8") for path in tmp_path.glob("informe-error-*.txt")]


@pytest.mark.parametrize(
    "error", [KeyError("kind"), RecursionError("too deep"), MemoryError(), AssertionError()]
)
@pytest.mark.parametrize(
    ("order", "broken"),
    [("build", "study.folders.choose_results"), ("verify", "proof.checks.verification.verify")],
)
def test_an_error_is_no_verdict(order, broken, error, tmp_path, monkeypatch, capsys, details):
    def fail(*arguments, **options):
        raise error

    monkeypatch.setattr(f"report.{broken}", fail)
    monkeypatch.setattr("report.commands.build.choose_results", fail)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    assert main([order] if order == "build" else [order, str(tmp_path / "a.pdf")]) == 2
    assert f"python -m report {order}: " in one_sentence(capsys.readouterr())
    (kept,) = details()
    assert kept.startswith("Traceback")
    assert type(error).__name__ in kept


def test_an_interruption_is_no_verdict(monkeypatch, capsys):
    def interrupt(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("report.commands.build.choose_results", interrupt)
    assert main(["build"]) == 2
    assert capsys.readouterr() == ("", "Interrumpido.\n")


def test_little_memory_is_known_before_anything_is_loaded(monkeypatch, capsys, details):
    monkeypatch.setattr("experiments.terminal.room.FOR_ALL", 2**60)
    assert main(["build"]) == 2
    assert "se esperaba memoria suficiente" in one_sentence(capsys.readouterr())
    assert main(["verify", "--format", "json"]) == 2
    assert "se esperaba memoria suficiente" in json.loads(capsys.readouterr().out)["motivo"]


@pytest.mark.parametrize("order", ["verify", "audit"])
def test_who_asked_for_json_gets_json(order, tmp_path, monkeypatch, capsys, details):
    def fail(*arguments):
        raise KeyError("kind")

    (tmp_path / "roto.pdf").write_bytes(b"%PDF-")
    broken = {"verify": "report.proof.checks.verification.verify", "audit": "report.audit.auditing.audit"}
    for file in ("roto.pdf", "no-hay.pdf"):
        assert main([order, str(tmp_path / file), "--format", "json"]) == 2
        captured = capsys.readouterr()
        assert captured.err == ""
        said = json.loads(captured.out)
        assert said["resultado"] == "no comprobado"
        assert said["motivo"].startswith(f"{tmp_path / file}: se esperaba")
    monkeypatch.setattr(broken[order], fail)
    assert main([order, str(tmp_path / "roto.pdf"), "--format", "json"]) == 2
    assert "KeyError" in json.loads(capsys.readouterr().out)["motivo"]


def test_a_full_disk_behind_the_output_is_said_once():
    command = [sys.executable, "-m", "report", "verify", "no-hay.pdf", "--format", "json"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (2, b"")


def test_a_name_of_several_lines_is_one_sentence(tmp_path, capsys):
    folder = tmp_path / "mi \"carpeta\"\n'ñ'"
    folder.mkdir()
    for order in ("verify", "check"):
        assert main([order, str(folder / "a.pdf")]) == 2
        assert "mi \"carpeta\"\\n'ñ'" in one_sentence(capsys.readouterr())


def test_a_reader_who_leaves_is_not_told(tmp_path):
    (tmp_path / "a.md").write_text("La exactitud es 0.5.\n", encoding="utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "report", "audit", str(tmp_path / "a.md")]
    done = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (2, b"")


# --- check -------------------------------------------------------------------------------


def test_the_document_itself_has_no_defects(built, said, capsys):
    path = built[0] / "informe.pdf"
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: sin defectos.\n"


def test_a_foreign_pdf_has_defects(tmp_path, capsys):
    path = tmp_path / "ajeno.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(path)
    assert main(["check", str(path)]) == 1
    *defects, last = capsys.readouterr().out.splitlines()
    assert last == f"{path}: {len(defects)} defectos."
    assert len(defects) > 1
    assert all(re.match(r"(documento|página \d+) · \w.*: ", defect) for defect in defects)


def test_a_missing_pdf_was_not_checked(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert one_sentence(capsys.readouterr()).startswith("build/informe.pdf: se esperaba poder leer")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"<html></html>"])
def test_what_is_not_a_pdf_was_not_checked(tmp_path, capsys, content):
    path = tmp_path / "roto.pdf"
    path.write_bytes(content)
    assert main(["check", str(path)]) == 2
    assert one_sentence(capsys.readouterr()).startswith(f"{path}: se esperaba un PDF")

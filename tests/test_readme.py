"""What the README says happens."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from brought import brought_cases
from hand_ins import BAD, GOOD, write_word
from studies import make_study
from systems import BARE
from tampering import apply, other_words

from report.__main__ import main
from report.handins import many
from report.handins.one import examine
from report.settings import Settings
from report.study.study import find_study
from report.text.document import compose

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Sizes depend on the compressor's version; how many numbers are read, on the digits of digests:
# a little, so that what the README shows may be a little off.
COUNTS = re.compile(r"\d+(?= (?:KiB|leídas|coinciden))")


def shown(command: str) -> str:
    """The output that the README shows of ``command``."""
    block = re.search(rf"```console\n\$ {re.escape(command)}\n(.+?)\n```", README, re.S)
    assert block is not None, command
    return block[1]


def refused(folder: Path, *arguments: str) -> str:
    """The one sentence with which ``train`` refuses, from within ``folder``."""
    done = subprocess.run(
        [sys.executable, "-m", "experiments", "train", *arguments],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr.strip()


def printed(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "report.informe", *arguments],
        cwd=ROOT, env=os.environ | BARE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.replace(str(folder), "build").strip()


def compare(shown: str, printed: str) -> None:
    assert COUNTS.sub("…", shown) == COUNTS.sub("…", printed)
    counts, actual = (list(map(int, COUNTS.findall(text))) for text in (shown, printed))
    assert counts == pytest.approx(actual, rel=0.03)


def test_the_output_of_the_report_is_the_real_one(reference):
    printed = (reference / "build.out").read_text(encoding="utf-8").replace(str(reference), "build")
    compare(shown("make report"), printed.strip())


def test_the_tampered_document_is_caught_as_shown(reference, tmp_path):
    path = reference / "informe.pdf"
    original = path.read_bytes()
    with pikepdf.open(path) as pdf:
        _, change = next(other_words(pdf, {"moderado": "leve"}, 1))
    tampered = tmp_path / "retocado.pdf"
    tampered.write_bytes(apply(original, change))
    compare(shown("make verify FILE=retocado.pdf"), printed(tmp_path, "verify", str(tampered)))


def test_a_setting_out_of_range_is_refused_as_shown(tmp_path):
    assert shown('make train SET="lstm.units=0"') == refused(tmp_path, "--set", "lstm.units=0")


def test_a_variant_that_nobody_described_is_refused_as_shown():
    assert shown('make variants VARIANTS="gru contesto"') == refused(ROOT, "--variants", "gru contesto")


def test_a_cluster_that_does_not_answer_is_one_sentence_as_shown(tmp_path):
    address = "tcp://127.0.0.1:1"
    assert shown(f"make train CLUSTER={address}") == refused(tmp_path, "--cluster", address)


def test_own_data_that_lack_something_are_refused_as_shown(tmp_path):
    """With the settings that the README shows, but for one line, and files that are as they say."""
    (example,) = re.findall(r"```toml\n(\[datos\.resenas\].+?)```", README, re.S)
    (tmp_path / "experimento.toml").write_text(example.replace('positive = "buena"\n', ""), encoding="utf-8")
    rows = [f"{('me gusta', 'no me gusta')[i % 2]} {i},{('buena', 'mala')[i % 2]}" for i in range(300)]
    (tmp_path / "opiniones.csv").write_text("\n".join(["texto,opinion", *rows]), encoding="utf-8")
    ink = np.random.default_rng(0).integers(0, 60, (3_000, 28, 28)).astype(np.uint8)
    y = np.arange(3_000) % 3
    parts = {"x_train": ink[:2_400], "y_train": y[:2_400], "x_test": ink[2_400:], "y_test": y[2_400:]}
    np.savez(tmp_path / "figuras.npz", **parts)
    assert shown("make train") == refused(tmp_path)


# A notebook of somebody's own: a network and data of which this program knows nothing.
NOTEBOOK = """
import keras
import numpy as np
random = np.random.default_rng(0)
x, x_test = random.random((64, 4)), random.random((32, 4))
y, y_test = (each.sum(axis=1) > 2 for each in (x, x_test))
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
"""


def own_lines() -> str:
    block = re.search(r"```python\n(.+?)\n```", README, re.S)
    assert block is not None
    return block[1]


def test_the_lines_of_one_s_own_training_are_enough_for_a_report(tmp_path):
    script = tmp_path / "cuaderno.py"
    script.write_text(NOTEBOOK + own_lines())
    environment = os.environ | {"PYTHONPATH": str(ROOT), "CUDA_VISIBLE_DEVICES": "-1"}
    command = "make import HISTORY=historial.csv PREDICTIONS=prueba.npz OUT=results/mio"
    options = [f"--{name.lower()}={value}" for name, value in re.findall(r"([A-Z]+)=(\S+)", command)]
    trained = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert trained.returncode == 0, trained.stderr
    imported = subprocess.run(
        [sys.executable, "-m", "report.informe", "import", *options],
        cwd=tmp_path, env=os.environ | BARE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (imported.returncode, imported.stderr) == (0, "")
    assert imported.stdout.strip().splitlines()[-1] == shown(command)
    study = find_study(tmp_path / "results" / "mio")
    text = compose(study, Settings()).markdown
    assert "**Resultados aportados por el autor.**" in text
    assert len(study.histories[0].record.epochs) == 3
    assert "En la parte de prueba" in text


# By the variable: what was brought, alone.
ALONE = {
    "HISTORY=": "un historial",
    "PREDICTIONS=": "predicciones y longitudes, baja",
    "CONFUSION=": "una matriz",
    "MODEL=": "la red sola",
    "GAN_LOSSES=": "pérdidas",
    "GAN_SAMPLES=": "rejillas que se leen siempre",
}


def test_each_file_alone_gives_the_sections_that_the_table_says():
    rows = dict(re.findall(r"^\| `([A-Z_]+=)` \|.*\| («.+) \|$", README, re.M))
    assert rows.keys() == ALONE.keys()
    studies = brought_cases(make_study(1).judge[0])
    common = {"Conclusión", "Conclusiones", "Procedencia"}  # of whatever there is
    for variable, sections in rows.items():
        text = compose(studies[f"aportado: {ALONE[variable]}"], Settings()).markdown
        headings = re.findall(r"^(?:### \d+|## Apéndice\s\d+\.)\s(.+)$", text, re.M)
        found = set(headings) - common
        assert found == set(re.findall(r"«([^»]+)»", sections)), variable


def test_the_variant_of_the_readme_is_one():
    (example,) = re.findall(r"```toml\n(\[variantes\..+?)```", README, re.S)
    shipped = tomllib.loads((ROOT / "experimento.toml").read_text(encoding="utf-8"))["variantes"]
    assert tomllib.loads(example)["variantes"].items() <= shipped.items()


def test_the_audit_of_a_small_report_is_the_real_one(tmp_path):
    file = "tests/audit/documents/example.md"
    compare(shown(f"make audit FILE={file}"), printed(tmp_path, "audit", file))


def test_a_folder_of_hand_ins_is_told_as_shown(tmp_path, monkeypatch, capsys):
    """In this process; that each has its own is shown elsewhere."""
    folder = tmp_path / "entregas"
    folder.mkdir()
    (folder / "ana.md").write_text(GOOD)
    write_word(folder / "luis.docx", BAD)
    (folder / "roto.pdf").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(many, "examine_apart", lambda verb, path, *others: examine(verb, path, []))
    assert main(["verify", "entregas"]) == 2
    assert shown("informe verify entregas") == capsys.readouterr().out.strip()


@pytest.mark.parametrize("suffix", ["pdf", "html", "md"])
def test_the_report_passes_the_audit_against_its_results(reference, suffix):
    arguments = ["audit", str(reference / f"informe.{suffix}"), "--results", "results/reference"]
    found = json.loads(printed(reference, *arguments, "--format", "json"))
    assert (found["contradichos"], found["ilegibles"], found["avisos"]) == (0, 0, [])
    assert found["verificados"] > 80


def test_every_command_is_a_target_of_the_makefile():
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    commands = set(re.findall(r"\bmake ([a-z-]+)", README))
    assert commands
    assert commands <= targets


def test_every_variable_is_one_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    variables = set(re.findall(r"\b([A-Z_]+)=", README))
    assert {"SEEDS", "DATA_DIR", "PROFILE"} <= variables
    assert {name for name in variables if name not in makefile} == set()


def test_every_file_that_it_names_exists():
    names = re.findall(r"\]\(([^)#]+)\)", README)
    assert len(names) >= 2
    assert [name for name in names if not (ROOT / name).exists()] == []

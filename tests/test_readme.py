"""What the README says happens."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from tampering import apply, other_words

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


def printed(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "report", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
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


def test_the_audit_of_a_small_report_is_the_real_one(tmp_path):
    file = "tests/audit/documents/example.md"
    compare(shown(f"make audit FILE={file}"), printed(tmp_path, "audit", file))


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

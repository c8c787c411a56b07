"""Documents for ``audit`` that nobody would write, and ours with pieces of them changed; results that are
given beside a document take away no contradiction of its own."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import mutations
from children import Case, FaultError
from commands import CLEAN, FAILED, FOUND, expect_told, report
from results_made import copied, untouched

from experiments.paths import ROOT
from report.audit import auditing, evidence, output  # noqa: F401 (before any fork)

TRIES = "documentos hostiles para audit, con resultados y sin ellos"
CASES = 500
SECONDS = 20.0
LENGTH = 4 * 2**20  # letters of the long ones

# What is repeated without end, or put in one another.
PIECES = (
    *("palabra ", "La exactitud de validación es 0.86 y la pérdida 0.4. "),
    *("exactitud 0.86 pérdida 0.4 época 2 "),
    *("1", "1.", "1,2", "`", "[", "[a](", "![a](b ", "*"),
    *("_a", "a_", "<a ", "|", "| a |\n|---|\n| 1 |\n", "-"),
    *(" ", "\n", "\0", "99 % ", "0.1 ± 0.2 ", "de 0.1 a 0.2 "),
    *("# A\n", "**Figura 1.** Pie.\n\n", "<", "&", "<!--"),
    *("<p>0.86</p>", "&#99999999;", "<![CDATA[", "<?", "<script>"),
    *("<![", "<table><tr><td>", "<div>", "—", "«", "("),
    *("épocas 1 a 99999999 ", "Figuras 1-999999. ", "1e99999 "),
    *("9" * 400 + " ", "^", "\\", "~", "$", "{", "> "),
    *("la mejor época es la 2, ", "Epoch 1/3 - loss: 0.5 "),
    *("semilla 1 ", "[^1]: x\n", "\r", "\u2028", "\u202e"),
    *("exactitud ", "época ", "±", "%", "0.86 ", "e", "é"),
    *("e\u0301", "\ufeff", "٠.٨٦ ", "³", "½", "−", "0x1 "),
)
TABLE = "\n| Época | val_loss | val_accuracy |\n|---|---|---|\n| 1 | 0.5 | 0.80 |\n| 2 | 0.4 | 0.86 |\n"
SAID = (
    *("La exactitud de validación final es 0.861."),
    *("La mejor época es la 2.", "La pérdida final es 1e999999999."),
    *("Entre las épocas 1 y 999999999999 la pérdida oscila."),
    *("Véanse las figuras 1 a 999999999.", "Exactitud: ."),
    *("La mejor época es la " + "9" * 5_000 + "."),
    *("La exactitud es 0." + "9" * 90_000, "| a |", "La pérdida es −0."),
    *("| | Negativa | Positiva |\n|---|---|---|\n| Negativa | 10 | 2 |\n| Positiva | 3 | 9 |"),
    *("exactitud nan inf"),
    *("Se entrenó 10 épocas con 25 000 reseñas, lote 64 y tasa 1e-3."),
    *("\x1b]0;PWN\x07\x1b[2J exactitud 0.9", "0/0"),
    *("| Época | val_loss |\n|---|---|\n| -1 | nan |\n| -1 | 0.2 |\n| 0 | 1e400 |"),
    *("La GAN: D 0.5, G 9e9, paso 1e9."),
)


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    untouched()
    for number in range(max(1, round(CASES * share))):
        random = Random(f"{seed} documents {number}")
        make = random.choice(MADE)
        yield Case(f"{number} {make.__name__}", partial(_do, random, make), SECONDS)


def _do(random: Random, make: Callable[[Random, Path], Path], folder: Path) -> None:
    path = make(random, folder)
    alone = expect_told(report("audit", path), CLEAN, FOUND, FAILED)
    if random.random() < 0.4 or make is own_contradiction:
        answer = report("audit", path, "--results", _results(random, folder))
        beside = expect_told(answer, CLEAN, FOUND, FAILED)
        if alone.code == FOUND and beside.code != FOUND:
            raise FaultError(
                f"se contradice solo, y con resultados {beside.code}: {beside.err or beside.out}"
            )
    if make is own_contradiction and alone.code != FOUND:
        raise FaultError("una contradicción con su propia tabla no se encuentra")


def _results(random: Random, folder: Path) -> Path:
    if random.random() < 0.5:
        return copied(folder / "resultados")
    history = folder / "h.csv"
    history.write_text("epoch,val_loss,val_accuracy\n0,0.402,0.8\n1,0.351,0.9\n2,0.398,0.85\n")
    return history


def repeated(random: Random, folder: Path) -> Path:
    piece = random.choice(PIECES)
    times = random.choice((1_000, 30_000, LENGTH)) // len(piece)
    return _written(random, folder, piece * times + random.choice(("", TABLE)))


def mixed(random: Random, folder: Path) -> Path:
    pieces = [random.choice((*SAID, *SAID, TABLE, *PIECES)) for _ in range(random.choice((2, 8, 60)))]
    pieces = [piece * random.choice((1, 1, 1, 500)) for piece in pieces]
    return _written(random, folder, random.choice(("\n\n", "\n", " ", "")).join(pieces))


def _written(random: Random, folder: Path, text: str) -> Path:
    path = folder / f"documento.{random.choice(('md', 'md', 'html', 'txt'))}"
    encoding = random.choice((*["utf-8"] * 8, "utf-16", "utf-32", "latin-1"))
    path.write_bytes(text.encode(encoding, "replace"))
    return path


def notebook(random: Random, folder: Path) -> Path:
    shown = {"data": {"text/html": [f"<p>{random.choice(SAID)}</p>"]}}
    cells = [
        {"cell_type": "markdown", "source": random.choice(SAID)},
        {"cell_type": "code", "source": ["x"], "outputs": [shown]},
    ]
    content = {"cells": cells * random.choice((1, 1, 300)), "metadata": {}}
    path = folder / "cuaderno.ipynb"
    if random.random() < 0.4:
        path.write_bytes(mutations.written(random, content | {"n": 0.5, "m": 3})[0])
    else:
        for _ in range(random.choice((1, 2, 4))):
            mutations.change(random, content)
        path.write_bytes(json.dumps(content).encode("utf-8", "surrogatepass"))
    return path


def ours(random: Random, folder: Path) -> Path:
    """A document that people have written, damaged."""
    data = (ROOT / "tests/audit/documents/example.md").read_bytes()
    path = folder / f"informe.{random.choice(('md', 'html'))}"
    path.write_bytes(mutations.damaged(random, data))
    return path


def random_bytes(random: Random, folder: Path) -> Path:
    path = folder / f"azar.{random.choice(('md', 'html', 'pdf', 'ipynb', 'txt'))}"
    head = random.choice((b"", b"%PDF-1.7\n", b"\xef\xbb\xbf", b"\xff\xfe", b"<html>", b"{"))
    path.write_bytes(head + random.randbytes(random.choice((0, 10, 1_000, 2**20))))
    return path


def own_contradiction(random: Random, folder: Path) -> Path:
    """A report that says what its table denies."""
    last = random.randrange(100, 900)
    path = folder / "propio.md"
    path.write_text(
        f"# LSTM\n\n- Exactitud final de validación: 0.{last + 9}\n\n"
        "| Época | Pérdida (val) | Exactitud (val) |\n|---|---|---|\n"
        f"| 1 | 0.402 | 0.{random.randrange(100, 900)} |\n| 2 | 0.351 | 0.{last} |\n"
    )
    return path


MADE = (*[repeated] * 2, *[mixed] * 2, notebook, *[ours] * 2, random_bytes, own_contradiction)

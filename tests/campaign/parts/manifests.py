"""Manifests changed, which name the runs."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import mutations
from children import Case
from results_made import copied, expect_honest, meaning, read, untouched

TRIES = "listas de ejecuciones cambiadas"
CASES = 150
NAMES = (
    *("../resultados/lstm/seed-1", "/etc", "lstm/seed-1/", "./lstm/seed-1", "lstm//seed-1", "lstm/../judge"),
    *("", ".", "..", "lstm/seed-9", "lstm", "a\0b", "x" * 5_000, "lstm/seed-1\n", "LSTM/seed-1"),
    *("../../../../../../../../etc/passwd", "/dev/zero", "/proc/self"),
)


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    untouched()
    for number in range(max(1, round(CASES * share))):
        random = Random(f"{seed} manifests {number}")
        yield Case(f"{number}", partial(_do, random))


def _do(random: Random, folder: Path) -> None:
    root = copied(folder / "resultados")
    path = root / "manifest.json"
    content = json.loads(path.read_text())
    match random.randrange(3):
        case 0:
            data, _ = mutations.written(random, content)
        case 1:
            names = content[random.choice(["runs", "runs", "brought"])]
            names[random.randrange(len(names) + 1) :][:1] = []
            names.insert(random.randrange(len(names) + 1), random.choice((*NAMES, *names)))
            data = json.dumps(content).encode()
        case _:
            mutations.change(random, content)
            data = json.dumps(content).encode("utf-8", "surrogatepass")
    path.write_bytes(data)
    study = read(root)
    if study is not None and meaning(study) != untouched():
        expect_honest(study, root)

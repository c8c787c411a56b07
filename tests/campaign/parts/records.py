"""Records changed at one or two places or in their text, with a renewed digest and without."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import mutations
from children import Case, FaultError
from results_made import (
    OF_ONE_SEED,
    REFERENCE,
    copied,
    expect_honest,
    meaning,
    read,
    record_of,
    sealed,
    untouched,
)

TRIES = "registros cambiados, con la huella renovada y sin renovar"
CASES = 1_000


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    untouched()  # read once, before any fork
    for number in range(max(1, round(CASES * share))):
        random = Random(f"{seed} records {number}")
        name = random.choice(OF_ONE_SEED)
        renewed = random.random() < 0.7
        content = record_of(REFERENCE / name)
        if random.random() < 0.85:
            how = " y ".join(mutations.change(random, content) for _ in range(random.choice((1, 1, 1, 2))))
            text = sealed(content) if renewed else None
            if text is None:
                renewed = False
                digest = json.loads((REFERENCE / name / "record.json").read_text())["digest"]
                text = json.dumps(content | {"digest": digest})
            data = text.encode("utf-8", "surrogatepass")
        else:
            renewed = False
            whole = json.loads((REFERENCE / name / "record.json").read_text())
            data, how = mutations.written(random, whole)
        told = f"{number} {name} {'renovada' if renewed else 'sin renovar'}: {how}"
        yield Case(told, partial(_do, name, data, renewed))


def _do(name: str, data: bytes, renewed: bool, folder: Path) -> None:
    root = copied(folder / "resultados")
    (root / name / "record.json").write_bytes(data)
    study = read(root)
    if study is None or meaning(study) == untouched():
        return
    if not renewed:
        raise FaultError("se acepta cambiado, con la huella de antes")
    expect_honest(study, root)

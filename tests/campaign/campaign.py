"""``make campaign``: hostile files, hostile surroundings and kills, by the thousand, and a table of what came
of them. No part of ``make test``: it takes half an hour, and what it once found has tests of its own there.

Each part is a module of ``parts/`` with a line that says what it tries (``TRIES``) and ``cases``, which are
the same for the same seed. Each case is done in a process of its own (``children``), forked from this one,
which has already imported what they need.
"""

import argparse
import os
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the report's own command line; read when NumPy is imported
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/made"), str(HERE)]

import children  # noqa: E402
from tables import Row, lines  # noqa: E402

PARTS = (
    *("records", "arrays", "manifests", "settings", "imports"),
    *("documents", "pdfs", "archives", "exchanges", "surroundings", "disk", "pairs", "kills", "watch"),
)
CLEAN, FOUND, FAILED = 0, 1, 2


def main() -> int:
    options = _parse()
    chosen = options.parts.replace(",", " ").split() or list(PARTS)
    if unknown := [name for name in chosen if name not in PARTS]:
        expected = f"se esperaba alguna de {', '.join(PARTS)}, se encontró «{unknown[0]}»"
        print(f"PARTS: {expected}; corríjalo.", file=sys.stderr)
        return FAILED
    # Whoever is started in the background is deaf to Ctrl-C, and so would all be that is interrupted here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    seed = options.seed.strip() or str(secrets.randbelow(10**6))
    print(f"Semilla {seed}: con SEED={seed} se repiten los mismos casos.", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="campana-"))
    began = time.monotonic()
    rows = []
    for name in chosen:
        rows.append(_do(name, seed, options.share, folder))
    print(*lines(rows), sep="\n")
    print(f"En {(time.monotonic() - began) / 60:.1f} minutos; semilla {seed}.")
    if any(row.failed for row in rows):
        print(f"Lo que falló se conserva en {folder}.")
        return FOUND
    shutil.rmtree(folder, ignore_errors=True)
    return CLEAN


def _do(name: str, seed: str, share: float, folder: Path) -> Row:
    part = import_module(f"parts.{name}")
    print(f"{name}: {part.TRIES}", flush=True)
    made = folder / name
    made.mkdir()
    began = time.monotonic()
    cases = part.cases(seed, share, made)
    row = Row(name, seconds=0.0)
    for case, found in children.do(cases, made, getattr(part, "AT_ONCE", os.cpu_count() or 1)):
        row.count(found)
        if found.fault:
            print(f"  {name}, {case.name}: {found.fault}", flush=True)
    for reason in sorted(row.reasons):
        print(f"  {name}: no se hizo, {reason}", flush=True)
    row.seconds = time.monotonic() - began
    return row


def _parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", default="", help="partes, por su nombre; por omisión, todas")
    parser.add_argument("--seed", default="", help="semilla; por omisión, una al azar")
    parser.add_argument("--share", type=float, default=1.0, help="de 0 a 1: qué parte de los casos")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

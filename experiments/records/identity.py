"""What decides the result of a run, and so whether it must be repeated."""

import ast
import hashlib
from pathlib import Path

from pydantic import Field

from experiments.records.base import Count, DerivedRecord, Sha256, Strict
from experiments.records.kinds import Config, Kind, Record

FOLDER = Path(__file__).parents[1]

SOURCES = {
    "lstm": ("lstm_imdb.py",),
    "gan": ("gan_mnist.py",),
    "linear": ("linear_imdb.py", "influence.py"),
    "memory": ("lstm_memory.py", "influence.py"),
    "probe": ("memory_probe.py", "sample_reviews.py"),
    "judge": ("digit_judge.py", "digit_controls.py"),
    "readability": ("gan_readability.py",),
}


def code_digest(kind: str) -> str:
    """SHA-256 of the experiment's sources, comments, docstrings and layout left aside, so
    that only a change that can alter results makes a record stale."""
    digest = hashlib.sha256()
    for name in SOURCES[kind]:
        tree = ast.parse((FOLDER / name).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                first = node.body[0] if node.body else None
                if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                    node.body = node.body[1:]
        digest.update(ast.unparse(tree).encode())
    return digest.hexdigest()


class Identity(Strict):
    """All that decides a run's result: two runs with the same identity need not be repeated."""

    kind: Kind
    seed: Count
    config: Config
    data_digest: Sha256
    code_digest: Sha256
    libraries: dict[str, str]
    upstream: dict[str, Sha256] = Field(default={})

    @classmethod
    def of(cls, record: Record) -> "Identity":
        return cls(
            kind=record.kind,
            seed=record.seed,
            config=record.config,
            data_digest=record.data.digest,
            code_digest=record.code_digest,
            libraries=record.environment.libraries,
            upstream=record.upstream if isinstance(record, DerivedRecord) else {},
        )


def differences(old: Identity, new: Identity) -> list[str]:
    """What changed from ``old`` to ``new``, in Spanish; empty if nothing that matters."""
    changes = []
    if (old.kind, old.seed) != (new.kind, new.seed):
        changes.append(f"la semilla ({old.kind} {old.seed} → {new.kind} {new.seed})")
    before, after = old.config.model_dump(), new.config.model_dump()
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            changes.append(f"la configuración ({name}: {before.get(name)} → {after.get(name)})")
    if old.data_digest != new.data_digest:
        changes.append(f"los datos (huella {old.data_digest[:12]} → {new.data_digest[:12]})")
    if old.code_digest != new.code_digest:
        changes.append(f"el código del experimento (huella {old.code_digest[:12]} → {new.code_digest[:12]})")
    for name in sorted(old.libraries.keys() | new.libraries.keys()):
        if old.libraries.get(name) != new.libraries.get(name):
            versions = f"{old.libraries.get(name)} → {new.libraries.get(name)}"
            changes.append(f"la versión de {name} ({versions})")
    for name in sorted(old.upstream.keys() | new.upstream.keys()):
        if old.upstream.get(name) != new.upstream.get(name):
            changes.append(f"lo que se mide ({name})")
    return changes

"""What decides the result of a run, and so whether it must be repeated."""

from typing import Any

from pydantic import Field

from experiments.records.base import Count, DerivedRecord, Device, RunRecord, Sha256, Strict


class Identity(Strict):
    """All that decides a run's result: two runs with the same identity need not be repeated."""

    kind: str
    seed: Count
    config: dict[str, Any]
    data_digest: Sha256
    code_digest: Sha256
    libraries: dict[str, str]
    device: Device = "cpu"
    upstream: dict[str, Sha256] = Field(default={})

    @classmethod
    def of(cls, record: RunRecord) -> "Identity":
        return cls(
            kind=record.kind,
            seed=record.seed,
            config=record.config.model_dump(mode="json"),
            data_digest=record.data.digest,
            code_digest=record.code_digest,
            libraries=record.environment.libraries,
            device=record.environment.device,
            upstream=record.upstream if isinstance(record, DerivedRecord) else {},
        )


def differences(old: Identity, new: Identity) -> list[str]:
    """What changed from ``old`` to ``new``, in Spanish; empty if nothing that matters."""
    changes = []
    if (old.kind, old.seed) != (new.kind, new.seed):
        changes.append(f"la semilla ({old.kind} {old.seed} → {new.kind} {new.seed})")
    for name in sorted(old.config.keys() | new.config.keys()):
        if old.config.get(name) != new.config.get(name):
            changes.append(f"la configuración ({name}: {old.config.get(name)} → {new.config.get(name)})")
    if old.data_digest != new.data_digest:
        changes.append(f"los datos (huella {old.data_digest[:12]} → {new.data_digest[:12]})")
    if old.code_digest != new.code_digest:
        changes.append(f"el código del experimento (huella {old.code_digest[:12]} → {new.code_digest[:12]})")
    for name in sorted(old.libraries.keys() | new.libraries.keys()):
        if old.libraries.get(name) != new.libraries.get(name):
            versions = f"{old.libraries.get(name)} → {new.libraries.get(name)}"
            changes.append(f"la versión de {name} ({versions})")
    if old.device != new.device:
        changes.append(f"el dispositivo ({old.device} → {new.device})")
    for name in sorted(old.upstream.keys() | new.upstream.keys()):
        if old.upstream.get(name) != new.upstream.get(name):
            changes.append(f"lo que se mide ({name})")
    return changes

"""Records that were changed, and sealed again with the right digest."""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from experiments.paths import ROOT
from experiments.records.base import Arrays, Run
from experiments.records.brought import Brought
from experiments.records.storage import (
    ARRAYS_FILE,
    RECORD_FILE,
    _content_digest,
    pack_arrays,
    read_run,
    record_to_json,
)

REFERENCE = ROOT / "results/reference"
FOLDERS = {
    **{kind: f"{kind}/seed-1" for kind in ("lstm", "linear", "memory", "probe", "gan", "readability")},
    "judge": "judge",
}
Change = Callable[[Any], Any]


@cache
def true_run(kind: str) -> Run:
    """One of the reference results, which nobody has changed."""
    return read_run(REFERENCE / FOLDERS[kind], FOLDERS[kind])


def forge(
    folder: Path,
    run: Run | Brought,
    changes: Mapping[str, Any] = MappingProxyType({}),
    arrays: Callable[[Arrays], Arrays] | None = None,
) -> Path:
    """Write ``run`` into ``folder``, with other values in its record, by their paths (a function makes one of
    the value that is there), and other arrays, all with their digests."""
    content = json.loads(record_to_json(run.record))
    del content["digest"]
    for path, value in changes.items():
        put(content, path, value)
    folder.mkdir(parents=True, exist_ok=True)
    kept = run.arrays if arrays is None else run.arrays | arrays(run.arrays)
    if arrays is None and isinstance(run, Run):
        (folder / ARRAYS_FILE).symlink_to(REFERENCE / run.name / ARRAYS_FILE)
    else:
        data, content["arrays_digest"] = pack_arrays(kept)
        (folder / ARRAYS_FILE).write_bytes(data)
    sealed = content | {"digest": _content_digest(content)}
    (folder / RECORD_FILE).write_text(json.dumps(sealed), encoding="utf-8")
    return folder


def put(content: Any, path: str, value: Any) -> None:
    """Of ``epochs[2].val_loss`` or ``epochs``: replaced, or by a function changed."""
    *parents, last = [int(n) if n else name for name, n in re.findall(r"([a-z_0-9/-]+)|\[(\d+)\]", path)]
    for step in parents:
        content = content[step]
    content[last] = value(content[last]) if callable(value) else value


def swapped(first: int, second: int) -> Change:
    """With two of a list in each other's place."""

    def change(items: list[Any]) -> list[Any]:
        items[first], items[second] = items[second], items[first]
        return items

    return change


def with_value(name: str, place: Any, value: Any) -> Callable[[Arrays], Arrays]:
    """With another value in one place of an array."""

    def change(arrays: Arrays) -> Arrays:
        array = np.array(arrays[name])
        array[place] = value
        return {name: array}

    return change

"""Small sets of results to be changed, and what is asked of a set that was."""

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from children import FaultError
from commands import expect_sentence

from experiments.paths import ROOT
from experiments.records.base import RecordError
from experiments.records.storage import _content_digest, arrays_digest
from experiments.terminal.output import shortened, visible
from report.audit.auditing import audit
from report.audit.blocks import UnreadableError
from report.audit.own_document import ASKED, refuse_contradictions
from report.audit.ruling import Verdict
from report.errors import RenderError
from report.html.body import to_html
from report.settings import Settings
from report.study.study import Study, find_study
from report.text.contents import with_contents
from report.text.document import compose

REFERENCE = ROOT / "results/reference"
OF_ONE_SEED = (
    *("gan/seed-1", "judge", "linear/seed-1", "lstm/seed-1", "memory/seed-1", "readability/seed-1"),
    *(f"probe/seed-{n}" for n in range(1, 4)),
)


def copied(folder: Path, names: tuple[str, ...] = OF_ONE_SEED) -> Path:
    """The runs of one seed of the reference."""
    for name in names:
        (folder / name).mkdir(parents=True)
        for file in ("record.json", "arrays.npz"):
            shutil.copyfile(REFERENCE / name / file, folder / name / file)
    manifest = json.loads((REFERENCE / "manifest.json").read_text())
    manifest |= {"runs": list(names), "variants": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def sealed(content: Any) -> str | None:
    """A record's text with the digest of what is in it now; None if it can have none."""
    try:
        return json.dumps(content | {"digest": _content_digest(content)})
    except (ValueError, TypeError, UnicodeEncodeError):
        return None


def record_of(folder: Path) -> Any:
    content = json.loads((folder / "record.json").read_text())
    del content["digest"]
    return content


@cache
def untouched() -> list[tuple[Any, str]]:
    """What the runs of one seed say."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        return meaning(find_study(copied(Path(name))))


def meaning(study: Study) -> list[tuple[Any, str]]:
    return [
        (run.record.model_dump(mode="json"), arrays_digest(run.arrays))
        for run in sorted((*study.runs, *study.brought), key=lambda run: run.name)
    ]


def read(folder: Path) -> Study | None:
    """None of results that are refused in a sentence."""
    try:
        return find_study(folder)
    except (RecordError, RenderError) as error:
        expect_sentence(f"{visible(shortened(str(error)))}\n")
        return None


def expect_honest(study: Study, folder: Path, settings: Settings | None = None) -> None:
    """That its document is refused in a sentence, or says nothing that the results deny.

    Raises:
        FaultError: it is neither.
    """
    try:
        document = compose(study, settings or Settings(), lambda file, data: None)
        text = with_contents(document.markdown)
        refuse_contradictions("informe.md", text, study)
        to_html(document.marked, document.own_html)
    except (RecordError, RenderError) as error:
        expect_sentence(f"{visible(shortened(str(error)))}\n")
        return
    path = folder.parent / "informe.md"
    path.write_text(text, encoding="utf-8")
    try:
        rulings = audit(path, folder).rulings  # as the user would have it, with what lies in the folder
    except (RecordError, UnreadableError) as error:  # too little in it to compare
        expect_sentence(f"{visible(shortened(str(error)))}\n")
        return
    denied = [each for each in rulings if each.verdict is Verdict.CONTRADICTED and each.rule in ASKED]
    if denied:
        raise FaultError(
            f"su informe se contradice: {denied[0].rule}, «{denied[0].says}», {denied[0].expected}"
        )


def save_arrays(path: Path, arrays: dict[str, np.ndarray]) -> str:
    """Their digest."""
    np.savez_compressed(path, **arrays)
    return arrays_digest(arrays)

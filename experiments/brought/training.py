"""What is common to reading one training of either part."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from experiments.records.brought import Brought, BroughtFile, Gives
from experiments.records.files import file_digest


@dataclass(frozen=True)
class Training:
    """``notices``: Spanish sentences; ``judged``: whether the judge has read its images."""

    brought: Brought
    notices: tuple[str, ...] = ()
    judged: bool = False


def brought_file(gives: Gives, path: Path) -> BroughtFile:
    """A file or, of a folder, all in it."""
    if not path.is_dir():
        return BroughtFile(gives=gives, name=path.name, digest=file_digest(path))
    digest = hashlib.sha256()
    for each in sorted(path.rglob("*")):
        if each.is_file():
            digest.update(f"{each.relative_to(path).as_posix()}\0{file_digest(each)}\0".encode())
    return BroughtFile(gives=gives, name=path.name, digest=digest.hexdigest())


def typed_numbers(gives: Gives, text: str) -> BroughtFile:
    """What was typed on the command line in the place of a file."""
    return BroughtFile(
        gives=gives, name=" ".join(text.split()), digest=hashlib.sha256(text.encode()).hexdigest()
    )

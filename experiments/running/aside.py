"""Files and folders that are in the way: taken away, or set aside for whoever wants to look at them."""

import shutil
from pathlib import Path

ASIDE = ".roto"  # how the names end of what was set aside


def remove(path: Path) -> None:
    """Whatever it is, or nothing."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def aside(path: Path) -> Path:
    """Where ``path`` is set aside."""
    return path.with_name(path.name + ASIDE)


def set_aside(path: Path) -> None:
    """In the place of what was set aside before, if there is something."""
    remove(aside(path))
    path.replace(aside(path))

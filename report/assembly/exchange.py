"""Files that belong together, put in the place of those that were there before: all of them or none.

No system does that in one step. So the new ones are written apart, whole, and only then are the old ones
moved aside and the new ones in, which needs no space. What fails on the way is undone. After a kill at any
moment there is the old set; or the new one; or neither, of which ``put_in_order`` makes the new one. Old and
new never lie side by side.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from report.proof.state.freshness import STATE_FILE

WORK = ".obra-"  # how the names of folders begin in which something is made
UNFINISHED, WHOLE = "haciendo", "hecho"  # in them: the new set, until it is whole and from then on


@contextmanager
def replacing(folder: Path, work: Path) -> Iterator[Path]:
    """An empty folder in ``work``; what lies in it at the end takes the place of whatever has the same
    names in ``folder``."""
    new = work / UNFINISHED
    new.mkdir()
    yield new
    _exchange(new.rename(work / WHOLE), folder)


def write(path: Path, content: bytes) -> None:
    """A new file, on the disk when this returns."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def put_in_order(folder: Path) -> None:
    """Finish what processes that were killed had begun to exchange in ``folder``, and take away what
    they left; none is at work there."""
    for work in sorted(folder.glob(f"{WORK}*")):
        if (work / WHOLE).is_dir():
            _exchange(work / WHOLE, folder)
        shutil.rmtree(work, ignore_errors=True)


def _exchange(new: Path, folder: Path) -> None:
    """The state, which says that a document is up to date, goes first and comes last."""
    aside = Path(tempfile.mkdtemp(dir=new.parent))
    names = sorted((path.name for path in new.iterdir()), key=lambda name: (name == STATE_FILE, name))
    with ExitStack() as undo:

        def move(source: Path, target: Path) -> None:
            source.rename(target)
            undo.callback(target.rename, source)

        for name in reversed(names):
            if os.path.lexists(folder / name):
                move(folder / name, aside / name)
        for name in names:
            move(new / name, folder / name)
        undo.pop_all()

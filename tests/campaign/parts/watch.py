"""Each command under strace: no connection, and no file of anybody else, native libraries included."""

import json
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import watching
from builds import built, inputs
from children import Case, FaultError, NotDoneError
from commands import CLEAN, FAILED, FOUND, expect_told, run

TRIES = "conexiones y ficheros ajenos, con strace"
OPENED = re.compile(r'(?:openat|open)\((?:AT_FDCWD, )?"((?:[^"\\]|\\.)*)".*\) = \d')
CONNECTED = re.compile(r"connect\(\d+, \{sa_family=(AF_INET6?),.*")
# What libraries look at as they start, wherever they are installed.
KNOWN = (
    *("/etc/ld.so", "/etc/nsswitch", "/etc/passwd", "/etc/locale", "/etc/gai", "/etc/host", "/etc/resolv"),
    *("/etc/fonts", "/etc/pki", "/etc/crypto", "/etc/machine-id", "/etc/selinux", "/var/cache/fontconfig"),
    *("/proc/", "/sys/", "/dev/", "/run/", "/var/lib/", "/etc/gitconfig"),  # git is asked for the commit
)
COMMANDS = ("build", "verify", "check", "audit", "status", "import")


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    for name in COMMANDS:
        yield Case(name, partial(_do, name), 200)


def _do(name: str, folder: Path) -> None:
    if shutil.which("strace") is None:
        raise NotDoneError("no hay strace")
    options = inputs(folder)
    build, history, notes = folder / "build", folder / "h.json", folder / "llamadas"
    history.write_text(json.dumps({"val_loss": [0.5, 0.4], "val_accuracy": [0.7, 0.8]}))
    if name != "build":
        expect_told(built(*options), CLEAN)
    commands: dict[str, tuple[object, ...]] = {
        "build": ("report", "build", *options),
        "verify": ("report", "verify", build / "informe.pdf"),
        "check": ("report", "check", build / "informe.pdf"),
        "audit": ("report", "audit", build / "informe.pdf"),
        "status": ("report", "status", *options),
        "import": ("experiments", "import", "--history", history, "--out", folder / "mio"),
    }
    trace = ["strace", "-f", "-qq", "-o", str(notes), "-e", "trace=open,openat,connect"]
    answer = run(*commands[name], before=trace, seconds=300)
    if "strace:" in answer.err:
        raise NotDoneError("strace no puede seguir procesos")
    expect_told(answer, CLEAN, FOUND, FAILED)
    places = (*watching.own_places(), str(folder.parent), *KNOWN)
    for line in notes.read_text(errors="replace").splitlines():
        if CONNECTED.search(line):
            raise FaultError(f"una conexión: {line[:160]}")
        found = OPENED.search(line)
        path = found[1] if found else ""
        if path.startswith("/") and not path.startswith(KNOWN) and watching.is_foreign(path, places):
            raise FaultError(f"el fichero {path}")

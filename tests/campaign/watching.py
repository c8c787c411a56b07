"""Which files are opened and which connections made: by audit hooks of Python, in this process and, through
``watched/sitecustomize.py``, in each one that it starts. What native libraries open is left to ``strace``
(``parts/watch.py``)."""

import os
import re
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

SHARED = "sin-interrumpir"  # beside the folders of the cases: what all of a part compare with
NOTES = "CAMPAIGN_WATCH"  # environment variable: where other processes note what they see
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NET = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")
SHELL = ("os.system", "os.exec")
ASKED = ("MPLCONFIGDIR", "MATPLOTLIBRC")  # where the user has a library look
_OF_PROCESSES = re.compile(r"/proc/\d+/(stat|status|cmdline|environ)")  # the campaign asks who is alive
PICKLED = {"os", "posix", "nt", "subprocess", "shutil"}


def own_places() -> tuple[str, ...]:
    """Where anybody may read: the program, Python and its libraries, fonts and what the system says of
    itself."""
    found = {ROOT, ROOT.resolve(), Path(sys.prefix), Path(sys.base_prefix), Path.home() / ".cache"}
    found |= {Path(place) for place in (*sysconfig.get_paths().values(), *sys.path) if place}
    found |= {
        Path.home() / name for name in (".config", ".fonts", ".local", ".gitconfig", ".keras/keras.json")
    }
    found |= {Path(place) for name in ASKED if (place := os.environ.get(name))}
    system = ("/usr", "/lib", "/lib64", "/bin", "/etc/fonts", "/etc/ssl", "/sys")
    devices = ("/dev/null", "/dev/full", "/dev/urandom")
    known = ("/etc/mime.types", "/etc/localtime", "/etc/os-release", "/etc/apache2", "/etc/httpd")
    process = ("/proc/self", "/proc/stat", "/proc/meminfo", "/proc/cpuinfo", "/proc/mounts", "/proc/sys")
    return tuple(
        sorted({*map(os.path.realpath, found), *map(str, found), *system, *devices, *known, *process})
    )


def is_foreign(path: str, places: tuple[str, ...]) -> bool:
    whole = os.path.abspath(path)
    if whole.startswith((f"/proc/{os.getpid()}/", "/dev/shm")) or _OF_PROCESSES.fullmatch(whole):
        return False
    return not any(
        each == place or each.startswith(f"{place}/")
        for each in {whole, os.path.realpath(whole)}
        for place in places
    )


def hook(own: str, tell: Callable[[str], None]) -> Callable[[str, tuple[Any, ...]], None]:
    """``own`` is the folder whose files anybody may open, and ``SHARED`` beside it."""
    beside = os.path.join(os.path.dirname(own), SHARED)
    places = (*own_places(), *(known(place) for place in (own, beside) for known in (str, os.path.realpath)))

    def look(event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path = os.fsdecode(given[0]) if isinstance(given[0], str | bytes | os.PathLike) else ""
            if path and is_foreign(path, places):
                tell(f"el fichero {path}")
        elif event in NET and not _is_local(event, given):
            tell(f"una conexión ({event} {given[1:]})")
        elif event in SHELL or (event == "pickle.find_class" and given[0] in PICKLED):
            tell(f"{event} {given}")

    return look


def _is_local(event: str, given: tuple[Any, ...]) -> bool:
    """A socket that is a file, or the question whether the machine knows IPv6, which urllib3 asks."""
    address = given[1] if len(given) > 1 else None
    if event == "socket.getaddrinfo":  # its host and its port, each by itself
        address = given[:2]
    if address == ("127.0.0.1", 9) and "CAMPAIGN_OFFLINE" in os.environ:  # a proxy that is none
        return True
    return isinstance(address, str | bytes) or (event == "socket.bind" and address == ("::1", 0))


def watch_this_process(folder: Path) -> list[str]:
    """What is foreign to the case of ``folder``, as it comes; other processes note it in a file of that."""
    seen: list[str] = []
    sys.addaudithook(hook(str(folder), seen.append))
    os.environ[NOTES] = str(folder)
    paths = (str(HERE / "watched"), os.environ.get("PYTHONPATH", ""))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    return seen


def watch_other_process() -> None:
    """Called by each interpreter that a case starts."""
    folder = os.environ.get(NOTES)
    if not folder:
        return
    notes = os.open(os.path.join(folder, "vistos"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.addaudithook(hook(folder, lambda text: os.write(notes, f"{text}\n".encode()) and None))


def noted(folder: Path) -> Iterator[str]:
    notes = folder / "vistos"
    if notes.exists():
        yield from dict.fromkeys(notes.read_text(errors="replace").splitlines())

"""Make sure that a virtual environment can be made and that WeasyPrint's native libraries load.

It runs before ``.venv`` exists, with whatever ``python3`` the system has: hence the standard
library alone, and no syntax that a Python too old for the project could not read.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys

EXIT_FAILED = 2
OLDEST, NEWEST = (3, 11), (3, 13)  # as in pyproject.toml

# What weasyprint/text/ffi.py opens. Without HarfBuzz's subsetter it only warns, but then
# two builds differ.
LIBRARIES = {  # name without prefix or suffix: (Linux file, Debian package)
    "gobject-2.0": ("libgobject-2.0.so.0", "libpango-1.0-0"),  # comes with Pango; its own package was renamed
    "pango-1.0": ("libpango-1.0.so.0", "libpango-1.0-0"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz0b"),
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig1"),
    "pangoft2-1.0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
}
HOMEBREW = "/opt/homebrew/lib:/usr/local/lib:/usr/lib"

APT_INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends")
ADVICE = {  # first that is on the PATH; only Debian splits Python and Pango into many packages
    "apt-get": "sudo apt-get update && sudo " + " ".join(APT_INSTALL) + " {packages}",
    "dnf": "sudo dnf install python3 pango harfbuzz fontconfig",
    "brew": "brew install pango",
}


def main() -> int:
    """Exit code 0 if nothing is missing any more, 2 otherwise; silent if nothing was."""
    version = sys.version_info[:2]
    if not OLDEST <= version <= NEWEST:
        return _fail(
            f"Se esperaba un Python de {_dotted(OLDEST)} a {_dotted(NEWEST)}, "
            f"se encontró {_dotted(version)}; indique otro, por ejemplo: make PYTHON=python3.12."
        )
    find_homebrew()
    packages = missing_packages()
    if packages and shutil.which("apt-get") and os.geteuid() == 0:
        names = " ".join(packages)
        print(f"Se instalan con apt-get los paquetes del sistema que faltan: {names}.", flush=True)
        install(packages)
        packages = missing_packages()
    if packages:
        verb = "falta" if len(packages) == 1 else "faltan"
        return _fail(
            "Se esperaba poder crear un entorno virtual y cargar las bibliotecas de WeasyPrint, "
            f"{verb} {', '.join(packages)}; {advice(packages)}."
        )
    return 0


def missing_packages() -> list[str]:
    """Debian names of the packages whose content is not found, whatever the system."""
    missing = [package for name, (file, package) in LIBRARIES.items() if not loads(name, file)]
    importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:  # Debian has it in a package of its own
        missing.append(f"python{_dotted(sys.version_info[:2])}-venv")
    return sorted(set(missing))


def loads(name: str, file: str) -> bool:
    if sys.platform == "darwin":
        return ctypes.util.find_library(name) is not None
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def find_homebrew() -> None:
    """Let ``ctypes`` and WeasyPrint search Homebrew's folders, which a Python that does not
    come from Homebrew leaves out. Call before importing WeasyPrint."""
    if sys.platform == "darwin":
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", HOMEBREW)


def install(packages: list[str]) -> None:
    """Install with apt-get; its output is shown only if it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Without network old lists may do: what counts is whether the installation succeeds.
    subprocess.run(["apt-get", "update"], env=environment, capture_output=True, check=False)
    done = subprocess.run(
        [*APT_INSTALL, *packages],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        print("\n".join(done.stdout.splitlines()[-15:]), file=sys.stderr)


def advice(packages: list[str]) -> str:
    """What to type, for the package manager that there is."""
    for manager, command in ADVICE.items():
        if shutil.which(manager):
            return "ejecute «" + command.format(packages=" ".join(packages)) + "»"
    return "instale Python con venv, Pango, HarfBuzz y Fontconfig con el gestor de paquetes del sistema"


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return EXIT_FAILED


if __name__ == "__main__":
    sys.exit(main())

"""Where a command is called: without a home, in other locales and terminals, with rights, masks and names of
folders that nobody expects, with little memory, few files and no output."""

import os
import resource
import shutil
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from builds import begun, built, digests, expect_nobody_left, expect_up_to_date, inputs, settings
from children import Case, FaultError, NotDoneError
from commands import CLEAN, FAILED, FOUND, Answer, ended, expect_told, run

TRIES = "lugares y entornos: sin HOME, otras codificaciones, permisos, máscaras, nombres y poca memoria"
SECONDS = 120
ENVIRONMENTS: dict[str, dict[str, str]] = {
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "es_ES": {"LC_ALL": "es_ES.iso88591", "LANG": "es_ES.iso88591"},
    "tr_TR": {"LC_ALL": "tr_TR.UTF-8"},
    "sin HOME": {"HOME": "/nonexistent"},
    "HOME vacío": {"HOME": ""},
    "sin TERM": {"TERM": "dumb", "NO_COLOR": "1"},
    "otra hora": {"TZ": "Pacific/Kiritimati"},
    "semilla de cadenas": {"PYTHONHASHSEED": "7"},
    "optimizado": {"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1"},
    "muchos hilos": {"OMP_NUM_THREADS": "64", "OPENBLAS_NUM_THREADS": "64"},
    "columnas": {"COLUMNS": "1", "LINES": "1"},
    "época": {"SOURCE_DATE_EPOCH": "0"},
    "matplotlib": {"MPLBACKEND": "no-hay", "MPLCONFIGDIR": "/nonexistent"},
    "ajustes de Matplotlib": {"MATPLOTLIBRC": ""},
    "proxy": {"HTTPS_PROXY": "http://127.0.0.1:1", "ALL_PROXY": "socks5://127.0.0.1:1"},
}
PLACES = (
    *("con espacios", "con 'comillas'", 'con "dobles"'),
    *("con\nsalto", "ñandú €", "con $HOME", "con;punto", "-guion"),
    *("con\\barra", "con*asterisco", "con#almohadilla"),
    *("con%20", "{llaves}", "con\x1bescape", "x" * 200, "..."),
    *("con?pregunta", "[corchetes]", "~", "con&"),
)
MASKS = (0o000, 0o022, 0o027, 0o077)
MEMORY = (64, 128, 192, 256, 320, 384, 512, 640, 768, 1_024, 1_536, 2_048)  # MiB of addresses


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    every = [
        *((f"entorno {name}", partial(_environment, values)) for name, values in ENVIRONMENTS.items()),
        *((f"carpeta {name[:20]!r}", partial(_place, name)) for name in PLACES),
        *((f"máscara {mask:03o}", partial(_mask, mask)) for mask in MASKS),
        *((f"memoria {size} MiB, {verb}", partial(_memory, size, verb)) for size in MEMORY for verb in VERBS),
        *((f"ficheros abiertos {n}", partial(_files, n)) for n in (4, 8, 16, 32, 64)),
        *((do.__name__.removeprefix("_").replace("_", " "), do) for do in OTHERS),
    ]
    random = Random(f"{seed} surroundings")
    for name, do in every:
        if random.random() < share:
            yield Case(name, do, SECONDS)


RC = "axes.grid: True\nlines.linewidth: 9\npath.simplify: False\nbackend: no-hay\nx: [\n"


def _environment(values: dict[str, str], folder: Path) -> None:
    """The same document, byte by byte."""
    if "MATPLOTLIBRC" in values:
        (folder / "matplotlibrc").write_text(RC)
        values = {"MATPLOTLIBRC": str(folder)}
    options = inputs(folder)
    expect_told(built(*options), CLEAN)
    usual = digests(folder / "build")
    there = [*options[:-1], folder / "otra"]
    expect_told(built(*there, environment=values), CLEAN)
    now = digests(folder / "otra")
    if different := [name for name in usual.keys() | now.keys() if usual.get(name) != now.get(name)]:
        raise FaultError(f"otro informe: {sorted(different)}")
    missing = run("report", "audit", folder / "ñ — no.md", environment=values)
    expect_told(missing, FAILED)


def _place(name: str, folder: Path) -> None:
    place = folder / name
    place.mkdir()
    options = inputs(place)
    if not name.isprintable() and "\n" not in name:  # no font configuration can name it
        expect_told(built(*options), FAILED)
        return
    expect_told(built(*options), CLEAN)
    expect_up_to_date(options)
    expect_told(run("report", "check", place / "build/informe.pdf"), CLEAN)
    expect_told(run("report", "audit", place / "build/informe.md"), CLEAN, FOUND, FAILED)
    shutil.rmtree(place / "resultados/lstm")
    expect_told(built(*options), FAILED)


def _mask(mask: int, folder: Path) -> None:
    """Files may be read by those whom the user lets."""
    options = inputs(folder)
    history = folder / "h.json"
    history.write_text('{"val_loss": [0.5, 0.4], "val_accuracy": [0.7, 0.8]}')
    before = os.umask(mask)
    try:
        expect_told(built(*options), CLEAN)
        expect_told(run("experiments", "import", "--history", history, "--out", folder / "mio"), CLEAN)
    finally:
        os.umask(before)
    for path in (*(folder / "build").rglob("*"), *(folder / "mio").rglob("*")):
        expected = (0o777 if path.is_dir() else 0o666) & ~mask
        if (found := stat.S_IMODE(path.stat().st_mode)) != expected:
            raise FaultError(f"{path.name} tiene {found:03o}, se esperaba {expected:03o}")


VERBS = ("build", "verify", "audit", "import")


def _memory(size: int, verb: str, folder: Path) -> None:
    """It does its work or says that it lacks memory; it does not hang."""
    options = inputs(folder)
    expect_told(built(*options), CLEAN)
    before = digests(folder / "build")
    history = folder / "h.json"
    history.write_text('{"val_loss": [0.5, 0.4], "val_accuracy": [0.7, 0.8]}')
    commands: dict[str, tuple[object, ...]] = {
        "build": ("report", "build", *options[:2], *settings(folder, "Dos"), *options[4:]),
        "verify": ("report", "verify", folder / "build/informe.pdf"),
        "audit": ("report", "audit", folder / "build/informe.pdf"),
        "import": ("experiments", "import", "--history", history, "--out", folder / "mio"),
    }
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (size * 2**20, hard))

    answer = run(*commands[verb], preexec_fn=limit, seconds=400)
    expect_told(_without_details(answer), CLEAN, FOUND, FAILED)
    expect_nobody_left()
    if answer.code == FAILED and digests(folder / "build") != before:
        raise FaultError("se ha negado y ha cambiado algo")


def _without_details(answer: Answer) -> Answer:
    """Whoever lacks memory may say where the details are, or die before there is a Python to say it."""
    if answer.code != FAILED and "MemoryError" in answer.err and "site.py" in answer.err:
        raise NotDoneError("con tan poca memoria no arranca ni Python")
    return answer


def _files(number: int, folder: Path) -> None:
    options = inputs(folder)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (number, number))

    answer = built(*options, preexec_fn=limit, environment={"PYTHONPATH": "", "CAMPAIGN_WATCH": ""})
    if answer.code not in (CLEAN, FAILED) and ("init" in answer.err or "loading shared" in answer.err):
        raise NotDoneError("con tan pocos ficheros abiertos no arranca ni Python")
    expect_told(answer, CLEAN, FAILED)


# --- rights and outputs --------------------------------------------------------------------


def _as_nobody(folder: Path, *command: object, **options: Any) -> Answer:
    """By a user who may do little, as the superuser may do anything."""
    if os.geteuid() != 0:
        return run(*command, **options)
    for path in (folder, *folder.parents[:2]):
        path.chmod(0o755)
    return run(*command, user=65534, group=65534, environment={"HOME": "/nonexistent"}, **options)


def _carpeta_de_solo_lectura(folder: Path) -> None:
    options = inputs(folder)
    expect_told(built(*options), CLEAN)
    before = digests(folder / "build")
    (folder / "build").chmod(0o555)
    others = [*options[:2], *settings(folder, "Dos"), *options[4:]]
    answer = _as_nobody(folder, "report", "build", *others)
    (folder / "build").chmod(0o755)
    if "Permission denied" in answer.err and "python" in answer.err:
        raise NotDoneError("nadie más puede leer el programa")
    expect_told(answer, FAILED)
    if digests(folder / "build") != before:
        raise FaultError("ha escrito en una carpeta de solo lectura")


def _al_día_en_solo_lectura(folder: Path) -> None:
    options = inputs(folder)
    expect_told(built(*options), CLEAN)
    (folder / "build").chmod(0o555)
    answer = _as_nobody(folder, "report", "build", *options)
    (folder / "build").chmod(0o755)
    expect_told(answer, CLEAN)


def _resultados_ilegibles(folder: Path) -> None:
    options = inputs(folder)
    (folder / "resultados/lstm/seed-1/record.json").chmod(0)
    expect_told(_as_nobody(folder, "report", "build", *options), FAILED)


def _build_es_un_fichero(folder: Path) -> None:
    options = inputs(folder)
    (folder / "build").write_text("x")
    expect_told(built(*options), FAILED)


def _build_es_un_enlace(folder: Path) -> None:
    options = inputs(folder)
    (folder / "otra").mkdir()
    (folder / "build").symlink_to(folder / "otra")
    expect_told(built(*options), CLEAN)
    expect_up_to_date(options)


def _build_es_un_enlace_roto(folder: Path) -> None:
    options = inputs(folder)
    (folder / "build").symlink_to(folder / "no")
    expect_told(built(*options), CLEAN, FAILED)


def _figuras_es_un_fichero(folder: Path) -> None:
    options = inputs(folder)
    (folder / "build").mkdir()
    (folder / "build/figures").write_text("x")
    (folder / "build/informe.pdf").mkdir()
    expect_told(built(*options), CLEAN, FAILED)


def _nadie_lee_la_salida(folder: Path) -> None:
    process = begun(*inputs(folder))
    process.stdout.close()
    process.stderr.close()
    process.stdout = process.stderr = None
    if process.wait(200) not in (CLEAN, FAILED):
        raise FaultError(f"código {process.returncode}")
    expect_nobody_left()


def _salida_llena(folder: Path) -> None:
    options = inputs(folder)
    with open("/dev/full", "w") as full:
        answer = ended(begun(*options, stdout=full), 200)
    if answer.code not in (CLEAN, FAILED):
        raise FaultError(f"código {answer.code}")


def _sin_salida(folder: Path) -> None:
    """Standard streams that are closed."""
    answer = run("report", "status", *inputs(folder), before=["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh"])
    if answer.code not in (CLEAN, FOUND, FAILED):
        raise FaultError(f"código {answer.code}")


OTHERS = (
    *(_carpeta_de_solo_lectura, _al_día_en_solo_lectura, _resultados_ilegibles, _build_es_un_fichero),
    *(_build_es_un_enlace, _build_es_un_enlace_roto, _figuras_es_un_fichero, _nadie_lee_la_salida),
    *(_salida_llena, _sin_salida),
)

"""The commands, in this process or in another one, and what may be said of how they end."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from children import FaultError

from experiments.paths import ROOT

CLEAN, FOUND, FAILED = 0, 1, 2
LONGEST = 1_200  # letters of a sentence, paths included
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
UNFORESEEN = re.compile(r"imprevisto|Traceback|Warning:")


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


def here(main: Callable[[list[str]], int], *arguments: object) -> Answer:
    """In this process, whose standard outputs are files."""
    before = [_flushed(stream).tell() for stream in (sys.stdout, sys.stderr)]
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as end:  # options that it does not know
        code = int(end.code or 0)
    said = []
    for stream, place in zip((sys.stdout, sys.stderr), before, strict=True):
        _flushed(stream)
        length = os.fstat(stream.fileno()).st_size - place
        said.append(os.pread(stream.fileno(), length, place).decode(errors="replace"))
    return Answer(code, *said)


def _flushed(stream: Any) -> Any:
    stream.flush()
    os.lseek(stream.fileno(), 0, os.SEEK_END)
    return stream


def report(*arguments: object) -> Answer:
    from report.__main__ import main

    return here(main, *arguments)


def experiments(*arguments: object) -> Answer:
    from experiments.__main__ import main

    return here(main, *arguments)


def start(module: str, *arguments: object, before: Sequence[str] = (), **options: Any) -> subprocess.Popen:
    """``python -m module``, as the user starts it; ``before`` stands in front of it."""
    environment = os.environ | options.pop("environment", {})
    return subprocess.Popen(
        [*before, sys.executable, "-m", module, *map(str, arguments)],
        **{"cwd": ROOT, "env": environment, "stdin": subprocess.DEVNULL}
        | {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "errors": "replace"}
        | options,
    )


def ended(process: subprocess.Popen, seconds: float) -> Answer:
    """
    Raises:
        FaultError: it does not end, or somebody holds its outputs open.
    """
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        raise FaultError(f"no acabó, o alguien tiene abierta su salida, a los {seconds:.0f} s") from None
    return Answer(process.returncode, out, err)


def run(module: str, *arguments: object, seconds: float = 240, **options: Any) -> Answer:
    return ended(start(module, *arguments, **options), seconds)


# --- what may be said of it ----------------------------------------------------------------


def expect_told(answer: Answer, *codes: int) -> Answer:
    """That it ended with one of ``codes``: 2 with one sentence, others without any complaint.

    Raises:
        FaultError: it did not.
    """
    if answer.code not in codes:
        raise FaultError(f"código {_code(answer.code)} en vez de {codes}: {_short(answer.err or answer.out)}")
    if answer.code == FAILED:
        expect_sentence(answer.err)
        if answer.out and not answer.out.endswith("\n"):
            raise FaultError(f"salida a medias: {_short(answer.out)}")
    elif answer.err:
        raise FaultError(f"código {answer.code} y una queja: {_short(answer.err)}")
    return answer


def expect_sentence(text: str) -> None:
    """One, in Spanish, of something that was foreseen."""
    wrong = ""
    if text.count("\n") > 1 or not text.rstrip().endswith("."):
        wrong = "no es una frase"
    elif UNFORESEEN.search(text):
        wrong = "nadie lo previó"
    elif len(text) > LONGEST:
        wrong = f"{len(text)} letras"
    elif CONTROL.search(text):
        wrong = "caracteres de control"
    elif not re.search(r"[Ss]e esperab|Interrumpido", text):
        wrong = "no dice lo que se esperaba"
    if wrong:
        raise FaultError(f"{wrong}: {_short(text)}")


def _short(text: str) -> str:
    return " ⏎ ".join(text.strip().splitlines())[-300:] or "nada"


def _code(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else str(code)

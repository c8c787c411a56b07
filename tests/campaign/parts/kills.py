"""``build`` and ``train`` killed: at random moments, and as any of their processes renames, writes, flushes
or forks for the n-th time (with strace). Nothing is left at work, what was there stays whole, and the command
repeated ends as if nothing had happened."""

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

from builds import begun, built, digests, expect_nobody_left, expect_up_to_date, inputs, settings
from children import Case, FaultError, NotDoneError
from commands import CLEAN, FAILED, Answer, ended, expect_told, start
from watching import SHARED

from experiments.records.results import read_results
from experiments.records.storage import arrays_digest

TRIES = "muertes de build y de train"
AT_RANDOM, IN_TRAINING = 14, 10
# How many times, at most, each is called where it matters; of the calls in between some are taken.
CALLS = {
    "rename": range(1, 15),
    "fsync": range(1, 10),
    "clone,clone3,vfork,fork": range(1, 7),
    "write": range(1, 160),
    "mkdir,unlink,rmdir,unlinkat": range(1, 12),
}
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
OFFLINE = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}  # the samples will do


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    random = Random(f"{seed} kills")
    for number in range(round(AT_RANDOM * share) or 1):
        yield Case(f"build, al azar {number}", partial(_build_at_random, random.random(), number), 120)
    for call, times in CALLS.items():
        for number in random.sample(times, min(len(times), round(8 * share) or 1)):
            yield Case(f"build, {call.partition(',')[0]} {number}", partial(_build_at, call, number), 200)
    for number in range(round(IN_TRAINING * share) or 1):
        yield Case(f"train, al azar {number}", partial(_train_at_random, random.random(), number), 600)


# --- build ---------------------------------------------------------------------------------


def _prepared(folder: Path) -> tuple[list[object], dict[str, str]]:
    """What is to be built over a document that is there."""
    options = inputs(folder)
    expect_told(built(*options), CLEAN)
    return [*options[:2], *settings(folder, "Dos"), *options[4:]], digests(folder / "build")


def _build_at_random(share: float, number: int, folder: Path) -> None:
    options, before = _prepared(folder)
    began = time.monotonic()
    expect_told(built(*[*options[:-1], folder / "entera"]), CLEAN)
    took = time.monotonic() - began
    process = begun(*options)
    time.sleep(share * took)
    sent = SIGNALS[number % len(SIGNALS)]
    process.send_signal(sent)
    _expect_gone(ended(process, 60), sent)
    _expect_again(options, before, folder)


def _build_at(call: str, number: int, folder: Path) -> None:
    if shutil.which("strace") is None:
        raise NotDoneError("no hay strace")
    options, before = _prepared(folder)
    expect_told(built(*[*options[:-1], folder / "entera"]), CLEAN)
    trace = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}"]
    process = begun(*options, before=[*trace, "-e", f"inject={call}:signal=KILL:when={number}"])
    answer = ended(process, 240)
    if "ptrace" in answer.err or "strace:" in answer.err:
        raise NotDoneError("strace no puede seguir procesos")
    _expect_gone(answer, signal.SIGKILL)
    _expect_again(options, before, folder)


def _expect_gone(answer: Answer, sent: signal.Signals) -> None:
    """That it is dead, or says why it could not go on: one that it needs may have been killed."""
    expect_nobody_left()
    if answer.code not in (-sent, 128 + sent):
        expect_told(answer, CLEAN, FAILED)


def _expect_again(options: list[object], before: dict[str, str], folder: Path) -> None:
    whole = digests(folder / "entera")
    now = digests(folder / "build")
    shown = {name: digest for name, digest in now.items() if not name.startswith(".obra")}
    if not any(shown.items() <= each.items() for each in (before, whole)):
        raise FaultError(f"viejo y nuevo a la vez: {sorted(shown)}")
    expect_told(built(*options), CLEAN)
    if digests(folder / "build") != whole:
        raise FaultError("repetido, no es el mismo informe")
    expect_up_to_date(options)


# --- train ---------------------------------------------------------------------------------


def _train(folder: Path, root: Path) -> Any:
    empty = folder / "experimento.toml"
    empty.touch()
    options = ("train", "--profile", "test", "--results", root, "--settings", empty, "--jobs", "1")
    environment = OFFLINE | {"KERAS_HOME": str(folder / "keras"), "CAMPAIGN_OFFLINE": "1"}
    return start("experiments", *options, environment=environment, start_new_session=True)


@cache
def _uninterrupted() -> tuple[dict[str, Any], float]:
    """Made by the first that needs it, beside all cases; and how long it took."""
    place = Path(os.environ["CAMPAIGN_WATCH"]).parent / SHARED
    done = place / "hecho.json"
    began = time.monotonic()
    try:
        place.mkdir()
    except FileExistsError:
        while not done.exists():
            if time.monotonic() - began > 900:
                raise FaultError("el entrenamiento sin interrumpir no acaba") from None
            time.sleep(0.5)
    else:
        expect_told(ended(_train(place, place / "r"), 900), CLEAN)
        text = json.dumps({"took": time.monotonic() - began, "said": _said(place / "r")})
        (place / "hecho.tmp").write_text(text)
        (place / "hecho.tmp").rename(done)
    found = json.loads(done.read_text())
    return found["said"], found["took"]


def _said(root: Path) -> dict[str, Any]:
    """What the records say, without their clocks."""
    found = {}
    for run_ in read_results(root)[1]:
        clocks = {"duration_s", "processor_s", "environment", "finished_on", "upstream"}
        content = run_.record.model_dump(mode="json", exclude=clocks)
        for epoch in content.get("epochs", ()):
            epoch.pop("duration_s", None)
        found[run_.name] = [content, arrays_digest(run_.arrays)]
    return found


def _train_at_random(share: float, number: int, folder: Path) -> None:
    whole, took = _uninterrupted()
    root = folder / "r"
    process = _train(folder, root)
    time.sleep(share * took)
    sent = SIGNALS[number % len(SIGNALS)]
    process.send_signal(sent)
    _expect_gone(_without_progress(ended(process, 120)), sent)
    expect_told(_without_progress(ended(_train(folder, root), 900)), CLEAN)
    expect_nobody_left()
    if (found := _said(root)) != whole:
        other = [name for name in whole.keys() | found.keys() if whole.get(name) != found.get(name)]
        raise FaultError(f"otros resultados: {sorted(other)}")
    if left := [path.name for path in root.rglob("unfinished")]:
        raise FaultError(f"queda {left[0]}")


def _without_progress(answer: Answer) -> Answer:
    """What tells how far it is stands on the standard error; only the end of it is a complaint."""
    lines = [line for line in answer.err.splitlines() if line.strip()]
    err = f"{lines[-1]}\n" if lines and answer.code not in (CLEAN,) else ""
    return Answer(answer.code, answer.out, err)

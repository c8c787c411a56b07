"""Two builds at once into the same folder, of different settings or the same, begun one after the other."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

from builds import begun, built, digests, expect_nobody_left, expect_up_to_date, inputs, settings
from children import Case, FaultError
from commands import CLEAN, FAILED, ended, expect_told, run

TRIES = "dos informes a la vez en la misma carpeta"
CASES = 12
AT_ONCE = 1


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    for number in range(max(1, round(CASES * share))):
        random = Random(f"{seed} pairs {number}")
        yield Case(f"{number}", partial(_do, random), 200)


def _do(random: Random, folder: Path) -> None:
    options = inputs(folder)
    others = options if random.random() < 0.2 else [*options[:2], *settings(folder, "Dos"), *options[4:]]
    first = begun(*options)
    time.sleep(random.choice((0, 0, 0.2, 0.5, 1, 2, 4)))
    second = begun(*others)
    said = [expect_told(ended(each, 300), CLEAN, FAILED) for each in (first, second)]
    if all(answer.code for answer in said):
        raise FaultError(f"ninguno acabó: {said}")
    if bad := [answer.err for answer in said if answer.code and "ningún otro proceso" not in answer.err]:
        raise FaultError(bad[0])
    expect_nobody_left()
    # Whoever of them came last, what lies there is all of one of them, and says so.
    fresh = [each for each in (options, others) if run("report", "status", *each).code == CLEAN]
    if not fresh:
        raise FaultError("lo que queda no es de ninguno de los dos")
    expect_up_to_date(fresh[0])
    before = digests(folder / "build")
    alone = [*fresh[0][:-1], folder / "solo"]
    expect_told(built(*alone), CLEAN)
    if digests(folder / "solo") != before:
        raise FaultError("lo que queda no es lo que se crea a solas")

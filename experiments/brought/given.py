"""What an author gives on the command line, training by training."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from experiments.brought.grids.from_pictures import PLACE
from experiments.brought.refusals import refusal
from experiments.causes import cause
from experiments.errors import BroughtError
from experiments.records.brought import LossForm
from experiments.records.built import Setting

SEED = "{semilla}"
FIRST = 1  # of a single training, to which nobody gave a seed
OF_ALL = ("model", "real")  # what all seeds may have in common
# By the field of ``Trainings``, those of ``Given`` that belong to it.
PARTS = {
    "lstm": ("history", "predictions", "confusion", "model"),
    "gan": ("gan_losses", "gan_samples", "real"),
}


@dataclass(frozen=True)
class Given:
    """The files of one training, by what each has: paths, a pattern with {paso} for grids, and numbers for
    the matrix. None of what is not given."""

    history: str | None = None
    predictions: str | None = None
    confusion: str | None = None
    model: str | None = None
    gan_losses: str | None = None
    gan_samples: str | None = None
    real: str | None = None

    @property
    def present(self) -> dict[str, str]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    def only(self, names: Sequence[str]) -> "Given":
        return Given(**{name: value for name, value in self.present.items() if name in names})


@dataclass(frozen=True)
class Trainings:
    """The files of each training by its seed. The parts have nothing to do with each other: one may be of
    a single seed and the other of several."""

    lstm: Mapping[int, Given]
    gan: Mapping[int, Given]


@dataclass(frozen=True)
class Said:
    """What the author says of all trainings: the ``grid``, rows and columns; what the discriminator's loss
    is of its halves; settings by kind; and what the data are called."""

    grid: tuple[int, int] | None = None
    gan_loss: LossForm | None = None
    settings: Mapping[str, Mapping[str, Setting]] | None = None
    reviews: str = ""
    images: str = ""


def of_seeds(groups: Sequence[tuple[int | None, Given]]) -> Trainings:
    """The trainings of each part by seed: the one without a seed, those of a seed each or, where names have
    {semilla} in the place of a number, one for each number that is found.

    Raises:
        BroughtError: nothing is given; and, within a part, a seed that stands twice, seeds with and without
            a number, or what is given of one and not of another.
    """
    for seed, given in groups:
        if seed is not None and not given.present:
            raise refusal(f"--seed {seed}", "algún fichero de esa semilla", "ninguno", "póngalos detrás")
    if not any(given.present for _, given in groups):
        raise BroughtError(
            "import: se esperaba algo que dejara un entrenamiento, pues no bastan ajustes ni nombres, no se "
            "encontró nada; dé al menos --history, --predictions, --confusion, --model, --gan-losses o "
            "--gan-samples."
        )
    apart = {
        part: [(seed, own) for seed, given in groups if (own := given.only(names)).present]
        for part, names in PARTS.items()
    }
    return Trainings(lstm=_of_part(apart["lstm"]), gan=_of_part(apart["gan"]))


def _of_part(groups: Sequence[tuple[int | None, Given]]) -> dict[int, Given]:
    found: dict[int, Given] = {}
    for seed, given in groups:
        if seed is not None and _has_places(given):
            raise refusal(f"--seed {seed}", f"un nombre sin {SEED}", "alguno que lo tiene", "quite --seed")
        for number, each in _numbered(seed, given).items():
            if number in found:
                raise refusal("--seed", "cada semilla una vez", f"la {number} repetida", "corríjalo")
            found[number] = each
    _expect_all_or_none([seed for seed, _ in groups])
    _expect_alike(found)
    return found


def _numbered(seed: int | None, given: Given) -> dict[int, Given]:
    return dict(_expanded(given)) if _has_places(given) else {FIRST if seed is None else seed: given}


def _has_places(given: Given) -> bool:
    return any(SEED in value for value in given.present.values())


def _expect_all_or_none(seeds: Sequence[int | None]) -> None:
    if None in seeds and len(seeds) > 1:
        raise refusal("--seed", "uno ante cada entrenamiento", "algún fichero sin él", "póngaselo")


def _expanded(given: Given) -> Iterator[tuple[int, Given]]:
    """One training for each number that stands in the place of {semilla}, the same in all names with one."""
    patterns = {name: value for name, value in given.present.items() if SEED in value}
    found = {name: _numbers(pattern) for name, pattern in patterns.items()}
    first, numbers = next(iter(found.items()))
    for name, pattern in patterns.items():
        if found[name].keys() != numbers.keys():
            each = [", ".join(map(str, sorted(of))) for of in (numbers, found[name])]
            expected = f"que tuviera las semillas de «{patterns[first]}», {each[0]}"
            raise refusal(pattern, expected, each[1], "complete las que faltan")
    alone = [name for name in given.present if name not in patterns and name not in OF_ALL]
    if alone and len(numbers) > 1:
        option = f"--{alone[0].replace('_', '-')}"
        raise refusal(option, f"un nombre con {SEED}", "uno para todas las semillas", "dé el de cada una")
    for number in sorted(numbers):
        own = {name: pattern.replace(SEED, found[name][number]) for name, pattern in patterns.items()}
        yield number, replace(given, **own)


def _numbers(pattern: str) -> dict[int, str]:
    """What stands in the place of {semilla} in the first part of the path that has it, by the number that
    it is: «01» is 1.

    Raises:
        BroughtError: nothing does, or a number in two ways.
    """
    parts = Path(pattern).parts
    place = next(index for index, part in enumerate(parts) if SEED in part)
    folder, wanted = Path(*parts[:place]), _wanted(parts[place])
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise refusal(folder, "una carpeta", cause(error), "revise la ruta") from error
    found: dict[int, str] = {}
    for text in dict.fromkeys(match["seed"] for name in names if (match := wanted.fullmatch(name))):
        if found.setdefault(int(text), text) != text:
            both = f"«{found[int(text)]}» y «{text}»"
            raise refusal(pattern, "cada semilla escrita de un modo", both, "quite uno")
    if not found:
        raise refusal(pattern, f"algún nombre con un número en lugar de {SEED}", "ninguno", "revise la ruta")
    return found


def _wanted(name: str) -> re.Pattern[str]:
    """The names that ``name`` stands for: {paso}, for numbers too."""
    first, *others = ("[0-9]+".join(map(re.escape, PLACE.split(part))) for part in name.split(SEED))
    return re.compile(first + "(?P<seed>[0-9]{1,9})" + "(?P=seed)".join(others))


def _expect_alike(found: Mapping[int, Given]) -> None:
    """A mean over seeds is of what all of them have."""
    for seed, other in found.items():
        first, given = next(iter(found.items()))
        apart = sorted(given.present.keys() ^ other.present.keys())
        if apart:
            option = apart[0].replace("_", "-")
            has, lacks = (first, seed) if apart[0] in given.present else (seed, first)
            raise refusal(
                f"--{option}", "lo mismo en cada semilla", f"en la {has} y no en la {lacks}", "complételo"
            )

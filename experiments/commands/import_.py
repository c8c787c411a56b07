"""``import``: make a set of results of what an author brings of a training of their own."""

import argparse
import datetime
from collections.abc import Sequence
from os.path import expanduser
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any, get_args

from experiments.brought.refusals import refusal
from experiments.commands.exits import CLEAN
from experiments.commands.values import parse_assignments, parse_seed
from experiments.paths import REFERENCE, place
from experiments.records.base import RecordError, Run
from experiments.records.brought import LossForm
from experiments.terminal.orders import as_typed
from experiments.validation import one_line

if TYPE_CHECKING:
    from experiments.brought.given import Given

HELP = "toma los resultados de un entrenamiento hecho en otra parte"
EXAMPLE = "--history historial.csv --out results/mio"

# By the field of ``Given``; each belongs to the --seed before it.
FILES = {
    "history": "historial: JSON o CSV de Keras, carpeta de TensorBoard, cuaderno o registro",
    "predictions": "predicciones de la prueba: NPZ, CSV o Parquet con y_true e y_prob",
    "confusion": "matriz de confusión: «tn,fp,fn,tp», o un fichero con ella",
    "model": "red: model.to_json() o un .keras",
    "gan_losses": "pérdidas de la GAN: CSV, JSON o NPZ",
    "gan_samples": "rejillas por paso, como «samples_step_{paso}.png», o un NPZ",
    "real": "imágenes reales que la GAN imita: NPZ",
}


class InOrder(argparse.Action):
    """Keeps what belongs to a seed in the order in which it is typed."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        namespace.typed = [*namespace.typed, (self.dest, values)]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", action=InOrder, help="semilla a la que pertenece lo que sigue")
    for name, told in FILES.items():
        parser.add_argument(_option(name), dest=name, action=InOrder, help=told)
    parser.add_argument("--grid", help="filas y columnas de las rejillas, como 5x5")
    parser.add_argument(
        "--gan-loss",
        help="sum o mean: si la pérdida del discriminador, de entropía cruzada, es la suma de la de las "
        "imágenes reales y la de las generadas, o su media",
    )
    parser.add_argument(
        "--set", dest="assignments", action="append", default=[], help="ajuste=valor que se usó"
    )
    parser.add_argument("--reviews", default="", help="cómo se llaman las reseñas, como IMDb")
    parser.add_argument("--images", default="", help="cómo se llaman las imágenes, como MNIST")
    parser.add_argument("--out", required=True, help="carpeta en la que se guardan los resultados")
    parser.set_defaults(typed=[])


def run(options: argparse.Namespace) -> int:
    from experiments.brought.given import Said, of_seeds
    from experiments.brought.grids.reader import parse_grid
    from experiments.brought.importing import read_all, write_all
    from experiments.brought.typed_settings import read_typed

    if options.gan_loss is not None and options.gan_loss not in (forms := get_args(LossForm)):
        # not to be left out, which is what helps elsewhere
        raise refusal("--gan-loss", " o ".join(forms), f"«{options.gan_loss}»", "escriba uno de los dos")
    assignments = [word for text in options.assignments for word in parse_assignments(text)]
    said = Said(
        grid=None if options.grid is None else parse_grid(options.grid),
        gan_loss=options.gan_loss,
        settings=read_typed(assignments),
        reviews=one_line(options.reviews),
        images=one_line(options.images),
    )
    trainings = of_seeds(_groups(options.typed))
    out = Path(expanduser(options.out))
    judge = _judge() if any(given.gan_samples for given in trainings.gan.values()) else None
    imported = read_all(trainings, said, judge, datetime.datetime.now(datetime.UTC).date())
    write_all(imported, out)
    for notice in (*imported.notices, *_interpreted(imported.brought)):
        print(notice)
    order = as_typed(f"«make report RESULTS={quote(str(out))}»")
    print(f"{out}: {_told(imported.brought)}. El informe: {order}")
    return CLEAN


def _groups(typed: Sequence[tuple[str, str]]) -> list[tuple[int | None, "Given"]]:
    """What stands before the first --seed, and after each."""
    from experiments.brought.given import Given

    groups: list[tuple[int | None, dict[str, str]]] = [(None, {})]
    for name, text in typed:
        files = groups[-1][1]
        if name == "seed":
            groups.append((parse_seed(text), {}))
        elif name in files:
            remedy = "separe las semillas con --seed"
            raise refusal(_option(name), "una vez por semilla", "dos veces", remedy)
        elif not text.strip():
            raise refusal(_option(name), "el nombre de un fichero", "nada", "póngalo o quite la opción")
        else:
            files[name] = expanduser(text)  # no shell does it after «=»
    return [(seed, Given(**files)) for seed, files in groups]


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _judge() -> Run | None:
    """The one that accompanies the program; None where there is none."""
    from experiments.images.judge_images import find_judge

    try:
        return find_judge((place(REFERENCE),))
    except RecordError:
        return None


def _interpreted(brought: Sequence[Any]) -> list[str]:
    """Each name that was taken for something, once."""
    names = dict.fromkeys(
        (taken.file, taken.name, taken.meaning) for each in brought for taken in each.record.names
    )
    return [f"{file}: «{name}» se toma por {meaning}." for file, name, meaning in names]


def _told(brought: Sequence[Any]) -> str:
    parts = {"brought_lstm": "de la red que clasifica", "brought_gan": "de la GAN"}
    counted = {words: sum(each.record.kind == kind for each in brought) for kind, words in parts.items()}
    return " y ".join(
        f"{n} {'entrenamiento' if n == 1 else 'entrenamientos'} {words}" for words, n in counted.items() if n
    )

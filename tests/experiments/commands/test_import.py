"""``import``: what an author types, what is kept of it, and one sentence for each thing that goes wrong."""

import errno
import json
import os
from pathlib import Path

import numpy as np
import pytest
from grid_pictures import digits, save_steps, tiling
from planned import toy_run
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

from experiments.__main__ import main
from experiments.brought import gan_training, importing
from experiments.commands import import_
from experiments.images import judge_images
from experiments.kinds.judge import JudgeRecord
from experiments.records.base import RecordError, Run
from experiments.records.brought import BroughtGan, BroughtLstm
from experiments.records.parts import Confusion
from experiments.records.results import Manifest, read_all_brought, read_results, write_manifest
from experiments.records.storage import write_run

LOG = "epoch,accuracy,loss,val_accuracy,val_loss\n1,0.5,0.75,0.625,0.5\n2,0.75,0.5,0.75,{last}\n"
LOSSES = "iteration,d_loss,g_loss\n1,1.5,{first}\n500,1.25,1.0\n"
FIND_JUDGE = import_._judge
NO_JUDGE = "No se encontró el juez de las imágenes: no se dice cuáles de las generadas se leen."
FORM = ("--gan-loss", "sum")
# Half of them right, as validation has it at most 0.75.
LABEL, PROBABILITY = [0, 0, 1, 1], [0.25, 0.75, 0.25, 0.75]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own with all that can be brought, of three seeds."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for seed in (1, 2, 3):
        Path(f"historial {seed}.csv").write_text(LOG.format(last=seed / 16))
        Path(f"gan_{seed}.csv").write_text(LOSSES.format(first=seed / 4))
        np.savez(f"prueba_{seed}.npz", y_true=LABEL, y_prob=np.array(PROBABILITY) + seed / 64)
        Path(f"grid_{seed}").mkdir()
        images = digits(2, 4 * seed)[:, -4:]
        save_steps(tmp_path / f"grid_{seed}", [tiling(each, (2, 2), 2) for each in images])
        np.savez(f"muestras_{seed}.npz", step_0=images[0], step_500=images[1])
    np.savez("reales.npz", x=digits(1, 8)[0])
    Path("matriz.txt").write_text("[[1 1]\n [1 1]]")
    return tmp_path


@pytest.fixture(autouse=True)
def without_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which takes TensorFlow with it."""
    monkeypatch.setattr(import_, "_judge", lambda: None)


def brought(*arguments: str, out: str = "mio") -> list[BroughtLstm | BroughtGan]:
    """The records of an import that ends well."""
    assert main(["import", *arguments, "--out", out]) == 0
    root = Path(out)
    found = [run.record for run in read_all_brought(root, read_results(root)[0])]
    assert all(isinstance(record, BroughtLstm | BroughtGan) for record in found)
    return found  # type: ignore[return-value]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The sentence with which nothing is written."""
    before = sorted(Path().iterdir())
    assert main(["import", *arguments, "--out", "mio"]) == 2
    assert sorted(Path().iterdir()) == before
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err.rstrip("\n")


# --- what is brought ---------------------------------------------------------------------


def tensorboard(folder: Path) -> None:
    for part, value in (("train", 0.5), ("validation", 0.25)):
        (folder / part).mkdir(parents=True)
        with (folder / part / "events.out.tfevents.1.me").open("wb") as file:
            writer = RecordWriter(file)
            writer.write(Event(file_version="brain.Event:2").SerializeToString())
            for step in range(2):
                summary = Summary(value=[Summary.Value(tag="epoch_loss", simple_value=value)])
                writer.write(Event(step=step, summary=summary).SerializeToString())


@pytest.mark.parametrize(
    ("option", "value", "kind"),
    [
        ("history", "historial 1.csv", "brought_lstm"),
        ("history", "history.json", "brought_lstm"),
        ("history", "logs tb", "brought_lstm"),
        ("history", "training.log", "brought_lstm"),
        ("predictions", "prueba_1.npz", "brought_lstm"),
        ("confusion", "1,1,1,1", "brought_lstm"),
        ("confusion", "matriz.txt", "brought_lstm"),
        ("gan-losses", "gan_1.csv", "brought_gan"),
        ("gan-samples", "muestras_1.npz", "brought_gan"),
        ("gan-samples", "grid_1/muestras_{paso}.png", "brought_gan"),
    ],
)
def test_each_form_by_itself(option: str, value: str, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    tensorboard(Path("logs tb"))
    Path("history.json").write_text(json.dumps({"loss": [0.5, 0.25], "val_loss": [0.5, 0.25]}))
    Path("training.log").write_text("Epoch 1/2\n10/10 - 1s - loss: 0.5 - val_loss: 0.6\n")
    form = {"gan-losses": FORM, "gan-samples": ("--grid", "2x2")}.get(option, ())
    (record,) = brought(f"--{option}", value, *form)
    assert (record.kind, record.seed) == (kind, 1)
    assert [file.gives for file in record.files] == [option.replace("-", "_")]
    printed = capsys.readouterr()
    assert printed.err == ""
    what = "de la red que clasifica" if kind == "brought_lstm" else "de la GAN"
    assert printed.out.splitlines()[-1] == (
        f"mio: 1 entrenamiento {what}. El informe: «make report RESULTS=mio»"
    )


def test_all_forms_together(capsys: pytest.CaptureFixture[str]) -> None:
    lstm, gan = brought(
        *("--history", "historial 1.csv", "--predictions", "prueba_1.npz", "--confusion", "matriz.txt"),
        *("--gan-losses", "gan_1.csv", "--gan-loss", "mean", "--gan-samples", "grid_1/muestras_{paso}.png"),
        *("--grid", "2x2", "--real", "reales.npz", "--reviews", " IMDb\n", "--images", "MNIST"),
        *("--set", "lstm.units=64 gan.iterations=500", "--set", 'lstm.embedding="mis vectores.txt"'),
    )
    assert isinstance(lstm, BroughtLstm)
    assert isinstance(gan, BroughtGan)
    assert (lstm.title, lstm.settings) == ("IMDb", {"units": 64, "embedding": "mis vectores.txt"})
    assert lstm.confusion == Confusion(true_negative=1, false_positive=1, false_negative=1, true_positive=1)
    assert [epoch.val_loss for epoch in lstm.epochs] == [0.5, 1 / 16]
    assert (gan.title, gan.settings, gan.loss_form) == ("MNIST", {"iterations": 500}, "mean")
    assert gan.sampled_steps == (0, 500)
    assert capsys.readouterr().out == (
        "Cuadrículas de 2 × 2 imágenes de 28 × 28 píxeles y 2 de separación.\n"
        f"{NO_JUDGE}\n"
        "gan_1.csv: «d_loss» se toma por discriminator_loss.\n"
        "gan_1.csv: «g_loss» se toma por generator_loss.\n"
        "reales.npz: «x» se toma por real.\n"
        "mio: 1 entrenamiento de la red que clasifica y 1 entrenamiento de la GAN. El informe: «make report "
        "RESULTS=mio»\n"
    )


# --- seeds -------------------------------------------------------------------------------


def test_each_file_belongs_to_the_seed_before_it() -> None:
    found = brought(
        *("--seed", "7", "--history", "historial 1.csv", "--gan-losses", "gan_1.csv"),
        *("--seed", "0", "--gan-losses", "gan_2.csv", "--history", "historial 2.csv", "--gan-loss", "sum"),
    )
    told = {(record.kind, record.seed): [file.name for file in record.files] for record in found}
    assert told == {
        ("brought_lstm", 7): ["historial 1.csv"],
        ("brought_gan", 7): ["gan_1.csv"],
        ("brought_lstm", 0): ["historial 2.csv"],
        ("brought_gan", 0): ["gan_2.csv"],
    }


def test_or_to_the_number_in_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    found = brought(
        *("--history", "historial {semilla}.csv", "--predictions", "prueba_{semilla}.npz"),
        *("--gan-losses", "gan_{semilla}.csv", "--gan-loss", "sum"),
        *("--gan-samples", "grid_{semilla}/muestras_{paso}.png", "--grid", "2x2"),
        *("--real", "reales.npz"),
    )
    assert [(record.kind, record.seed) for record in found] == [
        (kind, seed) for kind in ("brought_lstm", "brought_gan") for seed in (1, 2, 3)
    ]
    assert (
        capsys.readouterr()
        .out.splitlines()[-1]
        .startswith("mio: 3 entrenamientos de la red que clasifica y 3 entrenamientos de la GAN. ")
    )


def test_each_part_has_its_own_seeds(capsys: pytest.CaptureFixture[str]) -> None:
    found = brought("--history", "historial 2.csv", "--gan-losses", "gan_{semilla}.csv", *FORM)
    assert [(record.kind, record.seed, record.files[0].name) for record in found] == [
        ("brought_lstm", 1, "historial 2.csv"),
        *(("brought_gan", seed, f"gan_{seed}.csv") for seed in (1, 2, 3)),
    ]
    assert capsys.readouterr().out.endswith(
        "mio: 1 entrenamiento de la red que clasifica y 3 entrenamientos de la GAN. El informe: «make report "
        "RESULTS=mio»\n"
    )


# --- places ------------------------------------------------------------------------------


def test_a_place_may_be_relative_to_ones_own_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No shell knows it after «=», nor make what a variable has."""
    elsewhere = home / "otra"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert main(["import", "--history=~/historial 1.csv", "--out=~/mis resultados"]) == 0
    assert list(elsewhere.iterdir()) == []
    assert (home / "mis resultados" / "manifest.json").exists()


def test_a_place_with_spaces_can_be_given_to_make(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--history", "historial 1.csv", "--out", "mis resultados/míos"]) == 0
    assert capsys.readouterr().out == (
        "mis resultados/míos: 1 entrenamiento de la red que clasifica. El informe: «make report "
        "RESULTS='mis resultados/míos'»\n"
    )


def test_an_import_replaces_the_one_before() -> None:
    brought("--history", "historial {semilla}.csv")
    assert [record.kind for record in brought("--gan-losses", "gan_1.csv", "--gan-loss", "sum")] == [
        "brought_gan"
    ]
    assert sorted(path.name for path in Path("mio").iterdir()) == ["brought_gan", "manifest.json"]


# --- the judge ---------------------------------------------------------------------------


def test_the_judge_reads_the_images_and_goes_along(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The one that accompanies the program, wherever the author is."""
    monkeypatch.setattr(import_, "_judge", FIND_JUDGE)
    (record,) = brought("--gan-samples", "muestras_1.npz", "--real", "reales.npz")
    assert isinstance(record, BroughtGan)
    (judge,) = read_results(Path("mio"))[1]
    assert isinstance(judge.record, JudgeRecord)
    assert record.judge == judge.record.arrays_digest
    # digits that people wrote
    assert [reading.n for reading in record.readings] == [4, 4]
    assert sum(reading.readable for reading in record.readings) >= 7
    assert record.real_reading is not None
    assert record.real_reading.readable >= 7
    assert "juez" not in capsys.readouterr().out


def test_without_images_it_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_, "_judge", lambda: pytest.fail("TensorFlow for nothing"))
    brought("--gan-losses", "gan_1.csv", "--gan-loss", "sum")


def test_where_there_is_none_that_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(import_, "_judge", FIND_JUDGE)

    def none(roots: tuple[Path, ...]) -> Run:
        raise RecordError("no está")

    monkeypatch.setattr(judge_images, "find_judge", none)
    (record,) = brought("--gan-samples", "muestras_1.npz", out="otro")
    assert isinstance(record, BroughtGan)
    assert record.readings == ()
    assert capsys.readouterr().out.splitlines()[0] == NO_JUDGE


def test_a_judge_that_cannot_read_the_real_images_does_not_go_along(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    judge = Run("judge", JudgeRecord.model_construct(arrays_digest="cd" * 32), {})
    monkeypatch.setattr(JudgeRecord, "n_classes", 10)
    monkeypatch.setattr(import_, "_judge", lambda: judge)
    monkeypatch.setattr(
        gan_training,
        "read_with_judge",
        lambda images, judge: (np.zeros(images.shape[:2], np.uint8), np.zeros(images.shape[:2], bool)),
    )
    brought("--gan-samples", "muestras_1.npz", "--real", "reales.npz")
    assert read_results(Path("mio"))[1] == []
    assert capsys.readouterr().out.startswith("El juez lee 0 de 8 imágenes reales: no son como los dígitos ")


# --- what goes wrong ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            (),
            "import: se esperaba algo que dejara un entrenamiento, pues no bastan ajustes ni nombres, no se "
            "encontró nada; dé al menos --history, --predictions, --confusion, --model, --gan-losses o "
            "--gan-samples.",
        ),
        (
            ("--set=lstm.units=64 gan.iterations=9", "--reviews=IMDb"),
            "import: se esperaba algo que dejara un entrenamiento, pues no bastan ajustes ni nombres, no se "
            "encontró nada; dé al menos --history, --predictions, --confusion, --model, --gan-losses o "
            "--gan-samples.",
        ),
        # the seeds
        (
            ("--seed", "1"),
            "--seed 1: se esperaba algún fichero de esa semilla, se encontró ninguno; póngalos detrás.",
        ),
        (
            ("--seed", "-1", "--confusion", "1,1,1,1"),
            "SEED: se esperaba un entero no negativo, se encontró «-1»; escriba, por ejemplo, SEED=1.",
        ),
        (
            ("--seed", "uno", "--confusion", "1,1,1,1"),
            "SEED: se esperaba un entero no negativo, se encontró «uno»; escriba, por ejemplo, SEED=1.",
        ),
        (
            ("--seed=3", "--confusion=1,1,1,1", "--seed=3", "--confusion=1,1,1,1"),
            "--seed: se esperaba cada semilla una vez, se encontró la 3 repetida; corríjalo.",
        ),
        (
            ("--confusion=1,1,1,1", "--seed=2", "--confusion=1,1,1,1"),
            "--seed: se esperaba uno ante cada entrenamiento, se encontró algún fichero sin él; póngaselo.",
        ),
        (
            ("--seed=1", "--confusion=1,1,1,1", "--seed=2", "--history=historial 1.csv"),
            "--confusion: se esperaba lo mismo en cada semilla, se encontró en la 1 y no en la 2; "
            "complételo.",
        ),
        (
            ("--seed=1", "--history=historial 1.csv", "--seed=2", "--history=historial 1.csv"),
            "--seed 2: se esperaba un fichero de su propio entrenamiento, se encontró «historial 1.csv», el "
            "mismo que en la semilla 1; dé el suyo.",
        ),
        (
            ("--history=historial {semilla}.csv", "--predictions=prueba_1.npz"),
            "--predictions: se esperaba un nombre con {semilla}, se encontró uno para todas las semillas; dé "
            "el de cada una.",
        ),
        (
            ("--history={semilla}.csv",),
            "{semilla}.csv: se esperaba algún nombre con un número en lugar de {semilla}, se encontró "
            "ninguno; revise la ruta.",
        ),
        # the options
        (
            ("--history=historial 1.csv", "--history=historial 2.csv"),
            "--history: se esperaba una vez por semilla, se encontró dos veces; separe las semillas con "
            "--seed.",
        ),
        (
            ("--gan-losses=",),
            "--gan-losses: se esperaba el nombre de un fichero, se encontró nada; póngalo o quite la opción.",
        ),
        (
            ("--gan-losses=gan_1.csv", "--gan-loss=total"),
            "--gan-loss: se esperaba sum o mean, se encontró «total»; escriba uno de los dos.",
        ),
        (
            ("--gan-losses=gan_1.csv",),
            "--gan-loss: se esperaba que dijera si la pérdida del discriminador de «gan_1.csv» es la suma "
            "(sum) o la media (mean) de la de las imágenes reales y la de las generadas, se encontró nada; "
            "añada --gan-loss sum o --gan-loss mean.",
        ),
        (
            ("--gan-samples=muestras_1.npz", "--gan-loss=sum"),
            "--gan-loss: se esperaba también --gan-losses, se encontró solo lo que son; dé ambas o ninguna.",
        ),
        (
            ("--gan-samples=muestras_1.npz", "--grid=5"),
            "--grid: se esperaba una cuadrícula de hasta 64 filas y columnas, se encontró «5»; escríbala "
            "como 5x5.",
        ),
        (
            ("--gan-samples=muestras_1.npz", "--grid="),
            "--grid: se esperaba una cuadrícula de hasta 64 filas y columnas, se encontró «»; escríbala como "
            "5x5.",
        ),
        (
            ("--confusion=1,1,1,1", "--grid=5x5"),
            "--grid: se esperaba también --gan-samples, se encontró solo su cuadrícula; dé ambas o ninguna.",
        ),
        (
            ("--confusion=1,1,1,1", "--real=reales.npz"),
            "--real: se esperaba también --gan-samples, se encontró solo las reales; dé ambas o ninguna.",
        ),
        (
            ("--confusion=1,1,1,1", "--images=MNIST"),
            "--images: se esperaba algo de la GAN, se encontró solo cómo se llaman; quítelo.",
        ),
        (
            ("--gan-losses=gan_1.csv", *FORM, "--reviews=IMDb"),
            "--reviews: se esperaba algo de las reseñas, se encontró solo cómo se llaman; quítelo.",
        ),
        (
            ("--confusion=1,1,1,1", "--set=gan.iterations=9"),
            "--set: se esperaba un ajuste de lo que se importa, se encontró alguno de gan sin nada suyo; "
            "quítelo.",
        ),
        (
            ("--confusion=1,1,1,1", "--set=lstm.units=0"),
            "lstm.units: se esperaba un valor mayor o igual que 1, se encontró «0»; corríjalo.",
        ),
        (
            ("--confusion=1,1,1,1", '--set=lstm.embedding="mis'),
            'SET: se esperaban las comillas por pares, se encontró «lstm.embedding="mis»; escriba, por '
            'ejemplo, SET="lstm.units=128 memory.budgets=[20,40]".',
        ),
        # the files, one of each reader
        (
            ("--history=falta.csv",),
            "falta.csv: se esperaba un historial legible, se encontró que no existe; revise la ruta.",
        ),
        (
            ("--history=gan_1.csv",),
            "gan_1.csv: se esperaba un historial con loss o val_loss, se encontró solo pérdidas de una GAN; "
            "delo con --gan-losses.",
        ),
        (
            ("--predictions=historial 1.csv",),
            "historial 1.csv: se esperaba la columna «y_true», se encontró epoch, accuracy, loss, "
            "val_accuracy, val_loss; ponga ese nombre a la que lo sea.",
        ),
        (
            ("--confusion=1,1,1",),
            "la matriz de confusión: se esperaba una matriz de cuatro enteros, tn,fp,fn,tp, se encontró una "
            "de 3; escríbala como 11142,1358,2048,10452, sin separar los miles.",
        ),
        (
            ("--model=historial 1.csv",),
            "historial 1.csv: se esperaba la arquitectura de un modelo de Keras, .json o .keras, se encontró "
            "otra cosa que JSON; guarde lo que da model.to_json(), o el modelo .keras.",
        ),
        (
            ("--gan-losses=historial 1.csv", *FORM),
            "historial 1.csv: se esperaba una columna con la pérdida del discriminador o del generador, se "
            "encontró «epoch», «accuracy», «loss», «val_accuracy», «val_loss»; llame a las columnas d_loss y "
            "g_loss.",
        ),
        (
            ("--gan-samples=grid_1/{paso}.png",),
            "grid_1/{paso}.png: se esperaba algún fichero con ese nombre y un número, se encontró ninguno; "
            "revise la ruta y el patrón.",
        ),
        (
            ("--gan-samples=muestras_1.npz", "--real=prueba_1.npz"),
            "prueba_1.npz: se esperaba uno de los arrays x_train, x, images, imagenes, real, se encontró "
            "«y_true», «y_prob»; guárdelas con numpy.savez(…, x=imágenes).",
        ),
        # what they contradict
        (
            ("--predictions=prueba_1.npz", "--confusion=2,0,1,1"),
            "prueba_1.npz: se esperaba la matriz 2,0,1,1 de «2,0,1,1», se encontró 1,1,1,1, la de las "
            "predicciones; dé solo una de las dos, o corrija la que no es.",
        ),
        (
            ("--history=historial 1.csv", "--confusion=0,200,200,0"),
            "--confusion: se esperaba una exactitud próxima a la de validación de «historial 1.csv», 0.6250 "
            "en la época más parecida, se encontró 0.0000; compruebe que son de la misma red y que la clase "
            "positiva es la misma.",
        ),
        (
            ("--history=historial 1.csv", "--set=lstm.max_epochs=1"),
            "historial 1.csv: se esperaba un máximo de épocas de 1, según --set lstm.max_epochs, se encontró "
            "2; corrija lo que sobra.",
        ),
        (
            ("--gan-losses=gan_1.csv", *FORM, "--set=gan.iterations=400"),
            "gan_1.csv: se esperaba un máximo de iteraciones de 400, según --set gan.iterations, se encontró "
            "500; corrija lo que sobra.",
        ),
        (
            ("--gan-losses=gan_1.csv", *FORM, "--set=gan.loss=hinge"),
            "--set gan.loss: se esperaba non_saturating, la única de las que se pueden importar pérdidas, se "
            "encontró hinge; importe lo demás sin --gan-losses.",
        ),
    ],
)
def test_one_sentence_and_nothing_is_written(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, *arguments) == said


def test_what_stands_where_it_should_go_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mio").mkdir()
    Path("mio/notas.txt").write_text("mías")
    said = (
        "mio: se esperaba una carpeta nueva, o una de lo importado antes, se encontró una con «notas.txt»; "
    )
    assert refused(capsys, "--history", "historial 1.csv") == f"{said}elija otro --out."
    assert Path("mio/notas.txt").read_text() == "mías"


def no_space(*arguments: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("before", [True, False])
def test_a_full_disk_leaves_all_as_it_was(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], before: bool
) -> None:
    if before:
        brought("--history", "historial {semilla}.csv")
        capsys.readouterr()
    files = {path: path.read_bytes() for path in Path("mio").rglob("*") if path.is_file()}
    monkeypatch.setattr(importing, "write_brought", no_space)
    said = refused(capsys, "--history", "historial 1.csv")
    assert said == (
        "El disco: se esperaba poder leer y escribir, se encontró que no queda sitio en el disco; libere "
        "espacio y repita la orden."
    )
    assert {path: path.read_bytes() for path in Path("mio").rglob("*") if path.is_file()} == files
    assert len(files) == (7 if before else 0)


def test_an_interruption_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "write_manifest", interrupted)
    assert refused(capsys, "--history", "historial 1.csv") == "Interrumpido."  # nothing is kept to go on from


def test_a_reference_is_never_imported_over(capsys: pytest.CaptureFixture[str], only_toys: None) -> None:
    """Nor any results that were trained."""
    run = toy_run()
    write_run(Path("mio") / run.name, run.record, run.arrays)
    write_manifest(Path("mio"), Manifest(profile="full", runs=(run.name,)))
    assert "se encontró una con «manifest.json»; elija otro --out." in refused(
        capsys, "--confusion", "1,1,1,1"
    )

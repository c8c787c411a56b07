"""Small notebooks that are really run: scikit-learn, a tiny Keras, and loops that print as PyTorch's do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from scoped_cells import Session
from scoped_facts import Epoch, Losses, Settings, Study, Training, Unit, draw_paths, written
from scoped_names import Topic, named
from scoped_pages import Output
from scoped_tables import Shown

CLASSIC = ("report", "matrix_print", "matrix_array", "evaluate", "frame_html", "frame_text", "frame_bare")
KERAS = ("keras3", "history", "evaluate", "frame_html", "frame_text", "settings_dict", "settings_assign")
LOOPS = ("pytorch",)
GANS = ("gan",)
FORMS = tuple(dict.fromkeys(CLASSIC + KERAS + LOOPS + GANS))


NOTHING = Shown(f1=False, parameters=False, seconds=False)


@dataclass
class Ran:
    """A notebook that was run: its first cells, those of each unit, the last ones, and what came out.

    ``by_epoch``: a table of pandas has one training by epoch, not all of them side by side.
    """

    study: Study
    setup: list[Output] = field(default_factory=list)
    of_units: list[list[Output]] = field(default_factory=list)
    shared: list[Output] = field(default_factory=list)
    shown: Shown = NOTHING
    by_epoch: bool = False


def run(form: str, language: str, random: Random) -> Ran:
    kinds: list[Callable[[str, str, Random], Ran]] = []
    kinds += [_classic] if form in CLASSIC else []
    kinds += [_keras] if form in KERAS else []
    kinds += [_loop] if form in LOOPS else []
    kinds += [_gan] if form in GANS else []
    return random.choice(kinds)(form, language, random)


DATA = """\
import numpy as np
import pandas as pd
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split

X, y = make_classification(n_samples={samples}, n_features=12, n_informative=5, n_classes={classes},
                           n_clusters_per_class=1, class_sep=0.9, flip_y=0.08, weights={weights},
                           random_state={seed})
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state={seed})"""


def _data(session: Session, classes: int, random: Random) -> Output:
    weights = {2: "[0.6]", 3: "[0.5, 0.3]"}[classes]
    samples, seed = random.choice([800, 1200, 1600]), random.randint(0, 99)
    return session.run(DATA.format(samples=samples, classes=classes, weights=weights, seed=seed))


CLASSIFIERS = {
    "es": (
        ("Regresión logística/la", "logistica", "linear_model", "LogisticRegression(max_iter=500)"),
        ("Árbol de decisión/el", "arbol", "tree", "DecisionTreeClassifier(max_depth=4, random_state=0)"),
        ("k-NN/el", "knn", "neighbors", "KNeighborsClassifier(n_neighbors=7)"),
        ("Random Forest/el", "bosque", "ensemble", "RandomForestClassifier(30, random_state=0)"),
        ("Naive Bayes/el", "bayes", "naive_bayes", "GaussianNB()"),
    ),
    "en": (
        ("Logistic regression/", "logreg", "linear_model", "LogisticRegression(max_iter=500)"),
        ("Decision tree/the", "tree", "tree", "DecisionTreeClassifier(max_depth=4, random_state=0)"),
        ("k-NN/", "knn", "neighbors", "KNeighborsClassifier(n_neighbors=7)"),
        ("Random Forest/the", "forest", "ensemble", "RandomForestClassifier(30, random_state=0)"),
        ("Naive Bayes/", "bayes", "naive_bayes", "GaussianNB()"),
    ),
}
OF_TEST = {"es": "Accuracy en test", "en": "Test accuracy"}
SHOWING = {  # how each kind of proof is printed of ``pred``
    "report": "print(classification_report(y_test, {pred}, target_names={classes}))",
    "matrix_print": "print(confusion_matrix(y_test, {pred}))",
    "matrix_array": "confusion_matrix(y_test, {pred})",
    "evaluate": 'print(f"{of_test}: {{accuracy_score(y_test, {pred}):.4f}}")',
}
FRAMES = {
    "frame_html": "df",
    "frame_text": "print(df)",
    "frame_bare": "print(df.to_string(index=False))",
}


def _classic(form: str, language: str, random: Random) -> Ran:
    session = Session()
    labels = {
        "es": {2: ("ausente", "presente"), 3: ("bajo", "medio", "alto")},
        "en": {2: ("absent", "present"), 3: ("low", "medium", "high")},
    }
    classes = labels[language][random.choice([2, 3])]
    items = {"es": "muestras", "en": "samples"}[language]
    setup = [
        _data(session, len(classes), random),
        session.run(
            "from sklearn.metrics import accuracy_score, classification_report, confusion_matrix, f1_score"
        ),
    ]
    chosen = random.sample(CLASSIFIERS[language], random.randint(2, 3))
    outputs, units, rows = [], [], []
    for title, variable, module, maker in chosen:
        name, pred = named(title), f"pred_{variable}"
        head = (
            f"from sklearn.{module} import {maker.partition('(')[0]}\n\n{variable} = {maker}\n"
            f"{variable}.fit(X_train, y_train)\n{pred} = {variable}.predict(X_test)\n"
        )
        showing = SHOWING.get(form, "").format(pred=pred, classes=list(classes), of_test=OF_TEST[language])
        outputs.append([session.run((head + showing).rstrip())])
        units.append(Unit((name,), _harvest_test(session.names, pred)))
        f1 = f'f1_score(y_test, {pred}, average="macro")'
        rows.append(f'    ("{name.title}", accuracy_score(y_test, {pred}), {f1}),')
    study = Study("models", Topic(items, classes), tuple(units))
    if form not in FRAMES:
        return Ran(study, setup, outputs)
    first = {"es": "Modelo", "en": "Model"}[language]
    pairs = ('"Accuracy", "F1 macro"', '"test_accuracy", "f1_macro"', '"Test acc", "Macro F1"')
    columns = random.choice(pairs)
    body = "\n".join(rows)
    code = f'df = pd.DataFrame([\n{body}\n], columns=["{first}", {columns}]).round(4)\n{FRAMES[form]}'
    return Ran(study, setup, outputs, [session.run(code)], Shown(f1=True, parameters=False, seconds=False))


def _harvest_test(names: dict[str, Any], pred: str) -> Training:
    from sklearn.metrics import confusion_matrix

    matrix = confusion_matrix(names["y_test"], names[pred])
    counts = tuple(tuple(int(n) for n in row) for row in matrix)
    return Training(matrix=counts, test_accuracy=written(matrix.trace() / matrix.sum()))


KERAS_MODELS = {
    "es": ("Modelo pequeño/el", "Modelo ancho/el", "Modelo profundo/el"),
    "en": ("Small model/the", "Wide model/the", "Deep model/the"),
}
BUILD = """\
keras.utils.set_random_seed({seed})
{name} = keras.Sequential([
    keras.Input((12,)),
    keras.layers.Dense({units}, activation="relu"),
    keras.layers.Dropout({dropout}),
    keras.layers.Dense(1, activation="sigmoid"),
])
"""
FIT = """\
{name}.compile(keras.optimizers.Adam({rate}), loss="binary_crossentropy", metrics=["accuracy"])
history{suffix} = {name}.fit(X_train, y_train, validation_split=0.25, epochs={epochs}, batch_size={batch}, \
verbose={verbose})"""


def _keras(form: str, language: str, random: Random) -> Ran:
    session = Session()
    setup = [_data(session, 2, random), session.run("import keras")]
    axes = random.choice(["models", "phases", "runs"])
    paths = draw_paths(axes, language, random)
    if axes == "models":
        names = random.sample(KERAS_MODELS[language], 2)
        paths = [(named(each),) for each in names]
    outputs, units = [], []
    for number, path in enumerate(paths, start=1):
        cells, training = _train_keras(session, form, axes, number, language, random)
        outputs.append(cells)
        units.append(Unit(path, training))
    items = {"es": "muestras", "en": "samples"}[language]
    study = Study(axes, Topic(items, ("0", "1")), tuple(units))
    return Ran(study, setup, outputs, by_epoch=form in FRAMES)


def _train_keras(
    session: Session, form: str, axes: str, number: int, language: str, random: Random
) -> tuple[list[Output], Training]:
    settings = Settings(
        random.choice([16, 32, 64]),
        random.choice([0.01, 0.005, 0.002]),
        random.randint(4, 7),
        random.choice([8, 16, 24]),
        random.choice([0.1, 0.2, 0.3]),
    )
    shown = settings._asdict() | {"seed": random.randint(0, 99), "suffix": f"_{number}"}
    cells = []
    if form == "settings_dict":
        cells.append(session.run("config = " + repr(_renamed(settings))))
        shown |= {key: f'config["{name}"]' for key, name in SETTING_NAMES.items()}
    elif form == "settings_assign":
        pairs = zip(("BATCH_SIZE", "LEARNING_RATE", "EPOCHS", "UNITS", "DROPOUT"), settings, strict=True)
        cells.append(session.run("\n".join(f"{name} = {value}" for name, value in pairs)))
        shown |= {key: name.upper() for key, name in SETTING_NAMES.items()}
    model = "model" if axes == "phases" else f"model_{number}"
    builds = axes != "phases" or number == 1
    shown |= {"name": model, "verbose": 2 if form == "keras3" else 0}
    cells.append(session.run((BUILD.format(**shown) if builds else "") + FIT.format(**shown)))
    history = f"history_{number}"
    if form == "history":
        cells.append(session.run(random.choice([f"print({history}.history)", f"{history}.history"])))
    elif form in FRAMES:
        numbered = f"df = pd.DataFrame({history}.history).round(4)\ndf['epoch'] = range(1, len(df) + 1)\n"
        cells.append(session.run(numbered + FRAMES[form]))
    elif form == "evaluate":
        loss = {"es": "Pérdida en test", "en": "Test loss"}[language]
        evaluates = f"loss, acc = {model}.evaluate(X_test, y_test, verbose=0)\n"
        prints = f'print(f"{loss}: {{loss:.4f}}")\nprint(f"{OF_TEST[language]}: {{acc:.4f}}")'
        listed = f"{model}.evaluate(X_test, y_test, verbose=0)"
        cells.append(session.run(random.choice([evaluates + prints, listed])))
    return cells, _harvest_keras(session.names, model, history, settings, tests=form == "evaluate")


SETTING_NAMES = {
    "batch": "batch_size",
    "rate": "learning_rate",
    "epochs": "epochs",
    "units": "units",
    "dropout": "dropout",
}


def _renamed(settings: Settings) -> dict[str, float]:
    return {SETTING_NAMES[name]: value for name, value in settings._asdict().items()}


def _harvest_keras(
    names: dict[str, Any], model: str, history: str, settings: Settings, *, tests: bool
) -> Training:
    logged = names[history].history
    columns = [logged[name] for name in ("loss", "accuracy", "val_loss", "val_accuracy")]
    epochs = tuple(Epoch(*map(written, row)) for row in zip(*columns, strict=True))
    if not tests:
        return Training(epochs=epochs, settings=settings)
    loss, accuracy = names[model].evaluate(names["X_test"], names["y_test"], verbose=0)
    return Training(
        epochs=epochs, test_accuracy=written(accuracy), test_loss=written(loss), settings=settings
    )


LOOP = """\
def train(seed, epochs, lr):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(X_train))
    train, val = order[len(order) // 4:], order[:len(order) // 4]
    w, b, log = rng.normal(0, 0.5, X_train.shape[1]), 0.0, []
    for epoch in range(1, epochs + 1):
        p = 1 / (1 + np.exp(-(X_train @ w + b)))
        loss = -np.log(np.where(y_train == 1, p, 1 - p))
        hit = (p > 0.5) == y_train
        log.append((loss[train].mean(), hit[train].mean(), loss[val].mean(), hit[val].mean()))
        w -= lr * X_train[train].T @ (p - y_train)[train] / len(train)
        b -= lr * (p - y_train)[train].mean()
        print({line})
    return log"""
LOOP_LINES = (
    'f"Epoch {epoch}/{epochs} | train loss {log[-1][0]:.4f} | train acc {log[-1][1]:.4f} | '
    'val loss {log[-1][2]:.4f} | val acc {log[-1][3]:.4f}"',
    'f"Epoch [{epoch}/{epochs}], Train Loss: {log[-1][0]:.4f}, Train Acc: {100 * log[-1][1]:.2f}%, '
    'Val Loss: {log[-1][2]:.4f}, Val Acc: {100 * log[-1][3]:.2f}%"',
    'f"epoch {epoch}: train_loss={log[-1][0]:.4f} train_acc={log[-1][1]:.4f} '
    'val_loss={log[-1][2]:.4f} val_acc={log[-1][3]:.4f}"',
)


def _loop(form: str, language: str, random: Random) -> Ran:
    session = Session()
    line = random.choice(LOOP_LINES)
    setup = [_data(session, 2, random), session.run(LOOP.replace("{line}", line))]
    axes = random.choice(["phases", "runs"])
    outputs, units = [], []
    for number, path in enumerate(draw_paths(axes, language, random), start=1):
        seed, epochs = random.randint(0, 99), random.randint(4, 8)
        code = f"log_{number} = train(seed={seed}, epochs={epochs}, lr={random.choice([0.3, 0.6, 0.9])})"
        outputs.append([session.run(code)])
        logged = tuple(Epoch(*(written(float(x)) for x in row)) for row in session.names[f"log_{number}"])
        units.append(Unit(path, Training(epochs=logged)))
    items = {"es": "muestras", "en": "samples"}[language]
    return Ran(Study(axes, Topic(items, ("0", "1")), tuple(units)), setup, outputs)


GAN_LOOP = """\
def train_gan(seed, epochs, lr):
    rng = np.random.default_rng(seed)
    a, c, u, v, log = 1.0, 0.0, 0.1, 0.0, []
    for epoch in range(1, epochs + 1):
        for _ in range(20):
            z, real = rng.normal(size=64), rng.normal(2.0, 0.7, 64)
            fake = a * z + c
            d_real, d_fake = (1 / (1 + np.exp(-(u * x + v))) for x in (real, fake))
            u += lr * ((1 - d_real) * real - d_fake * fake).mean()
            v += lr * ((1 - d_real) - d_fake).mean()
            pull = (1 - d_fake) * u
            a, c = a + lr * (pull * z).mean(), c + lr * pull.mean()
        d_loss, g_loss = -(np.log(d_real) + np.log(1 - d_fake)).mean(), -np.log(d_fake).mean()
        log.append((d_loss, g_loss))
        print({line})
    return log"""
GAN_LINES = (
    'f"Epoch {epoch}/{epochs} [D loss: {d_loss:.4f}] [G loss: {g_loss:.4f}]"',
    'f"Epoch {epoch}, d_loss: {d_loss:.4f}, g_loss: {g_loss:.4f}"',
    'f"[{epoch}/{epochs}] Loss_D: {d_loss:.4f} Loss_G: {g_loss:.4f}"',
)


def _gan(form: str, language: str, random: Random) -> Ran:
    session = Session()
    loop = GAN_LOOP.replace("{line}", random.choice(GAN_LINES))
    setup = [session.run("import numpy as np"), session.run(loop)]
    outputs, units = [], []
    for number, path in enumerate(draw_paths("runs", language, random), start=1):
        seed, epochs, rate = random.randint(0, 99), random.randint(4, 8), random.choice([0.05, 0.1, 0.2])
        outputs.append([session.run(f"log_{number} = train_gan(seed={seed}, epochs={epochs}, lr={rate})")])
        logged = tuple(Losses(*(written(float(x)) for x in row)) for row in session.names[f"log_{number}"])
        units.append(Unit(path, Training(losses=logged)))
    items = {"es": "imágenes", "en": "images"}[language]
    return Ran(Study("runs", Topic(items, ()), tuple(units)), setup, outputs)

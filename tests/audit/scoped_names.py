"""What the models, phases, runs and classes of a document are called, in headings and in sentences."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Name:
    title: str  # in a heading or a row: «GRU», «Fase 2»
    subject: str  # in a sentence: «la GRU», «la fase 2»
    within: str = ""  # behind another name: «en la fase 2»


@dataclass(frozen=True)
class Topic:
    items: str  # of what the test set consists
    classes: tuple[str, ...]


MODELS = {
    "es": [
        ["LSTM/la", "GRU/la", "BiLSTM/la", "CNN 1D/la"],
        ["Regresión logística/la", "SVM lineal/la", "Random Forest/el", "k-NN/el"],
        ["ResNet18/la", "MobileNetV2/la", "VGG16/la", "EfficientNetB0/la"],
        ["Modelo A/el", "Modelo B/el", "Modelo C/el", "Modelo D/el"],
        ["Modelo base/el", "Modelo con dropout/el", "Modelo profundo/el"],
        ["MLP/el", "CNN/la", "Transformer/el", "RNN simple/la"],
    ],
    "en": [
        ["LSTM/the", "GRU/the", "BiLSTM/the", "1D CNN/the"],
        ["Logistic regression/", "Linear SVM/the", "Random Forest/the", "k-NN/"],
        ["ResNet18/", "MobileNetV2/", "VGG16/", "EfficientNetB0/"],
        ["Model A/", "Model B/", "Model C/", "Model D/"],
        ["Baseline/the", "Dropout model/the", "Deep model/the"],
        ["MLP/the", "CNN/the", "Transformer/the", "Simple RNN/the"],
    ],
}
CLASSIC = ("Regresión logística/la", "Logistic regression/")  # the first of those that have no epochs
GANS = {
    "es": ["GAN densa/la", "DCGAN/la", "WGAN-GP/la", "LSGAN/la"],
    "en": ["Dense GAN/the", "DCGAN/the", "WGAN-GP/the", "LSGAN/the"],
}
PHASES = {  # (heading, subject, behind another name)
    "es": [
        ("Fase {n}", "la fase {n}", "en la fase {n}"),
        ("Etapa {n}", "la etapa {n}", "en la etapa {n}"),
        ("Fase {n}: {what}", "la fase {n}", "en la fase {n}"),
    ],
    "en": [
        ("Phase {n}", "phase {n}", "in phase {n}"),
        ("Stage {n}", "stage {n}", "in stage {n}"),
        ("Phase {n}: {what}", "phase {n}", "in phase {n}"),
    ],
}
OF_PHASES = {
    "es": ["extracción de características", "ajuste fino", "ajuste completo"],
    "en": ["feature extraction", "fine-tuning", "full training"],
}
RUNS = {
    "es": [
        ("Semilla {s}", "la semilla {s}", "con la semilla {s}"),
        ("Ejecución {n}", "la ejecución {n}", "en la ejecución {n}"),
        ("Experimento {n}", "el experimento {n}", "en el experimento {n}"),
        ("Experimento {x}", "el experimento {x}", "en el experimento {x}"),
    ],
    "en": [
        ("Seed {s}", "seed {s}", "with seed {s}"),
        ("Run {n}", "run {n}", "in run {n}"),
        ("Experiment {n}", "experiment {n}", "in experiment {n}"),
        ("Experiment {x}", "experiment {x}", "in experiment {x}"),
    ],
}
TOPICS = {
    "es": [
        Topic("reseñas", ("negativa", "positiva")),
        Topic("imágenes", ("gato", "perro")),
        Topic("noticias", ("mundo", "deportes", "economía")),
        Topic("opiniones", ("mala", "neutra", "buena")),
        Topic("imágenes", ("camiseta", "pantalón", "bolso", "botín")),
    ],
    "en": [
        Topic("reviews", ("negative", "positive")),
        Topic("images", ("cat", "dog")),
        Topic("articles", ("world", "sports", "business")),
        Topic("messages", ("ham", "spam")),
        Topic("images", ("shirt", "trouser", "bag", "boot")),
    ],
}


def named(written: str) -> Name:
    """``GRU/la`` is «GRU» in a heading and «la GRU» in a sentence."""
    title, _, article = written.partition("/")
    keeps = title.split()[0] in ("Regresión", "Modelo", "Baseline", "Dropout", "Deep", "Dense", "Linear")
    inside = title[0].lower() + title[1:] if keeps else title
    return Name(title, f"{article} {inside}" if article else title)


def draw_models(language: str, count: int, random: Random, *, networks: bool) -> list[Name]:
    """``networks``: only those that are trained by epochs."""
    group = random.choice([each for each in MODELS[language] if not networks or each[0] not in CLASSIC])
    return [named(each) for each in random.sample(group, min(count, len(group)))]


def draw_gans(language: str, count: int, random: Random) -> list[Name]:
    return [named(each) for each in random.sample(GANS[language], count)]


def draw_phases(language: str, count: int, random: Random) -> list[Name]:
    parts = random.choice(PHASES[language])
    return [
        Name(*(part.format(n=i + 1, what=OF_PHASES[language][i]) for part in parts)) for i in range(count)
    ]


def draw_runs(language: str, count: int, random: Random) -> list[Name]:
    parts = random.choice(RUNS[language])
    seeds = sorted(random.sample([1, 3, 7, 13, 21, 42, 77], count))
    return [Name(*(part.format(n=i + 1, x="ABCD"[i], s=seeds[i]) for part in parts)) for i in range(count)]


def together(outer: Name, inner: Name) -> Name:
    """«la GRU en la fase 2», «GRU (fase 2)» in a row."""
    short = inner.title.partition(":")[0]
    row = f"{outer.title} ({short[0].lower()}{short[1:]})"
    return Name(row, f"{outer.subject} {inner.within}")


def of(subject: str, language: str) -> str:
    if language == "en":
        return f"of {subject}"
    return f"del {subject[3:]}" if subject.startswith("el ") else f"de {subject}"


def to(subject: str, language: str) -> str:
    if language == "en":
        return f"to {subject}"
    return f"al {subject[3:]}" if subject.startswith("el ") else f"a {subject}"


def capital(text: str) -> str:
    return text if text.startswith("k-NN") else text[:1].upper() + text[1:]

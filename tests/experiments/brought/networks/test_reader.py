"""Architectures in files: what is read of them, and one sentence for what cannot be."""

import copy
import json
import os
import pickle
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

import keras
from keras import layers

from experiments.brought.networks import files
from experiments.brought.networks.reader import BroughtNetwork, read_network
from experiments.describe import describe
from experiments.errors import BroughtError
from experiments.images.gan_networks import build_discriminator, build_generator
from experiments.kinds.gan import GanConfig
from experiments.kinds.lstm import LstmConfig
from experiments.records.brought import BroughtModel
from experiments.records.built import BuiltModel
from experiments.reviews.classifier import build_model

PLACE = "modelo.json"


def written(folder: Path, content: object, name: str = PLACE) -> Path:
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def read(folder: Path, content: object) -> BroughtNetwork:
    return read_network(written(folder, content))


def complaint(path: Path) -> str:
    with pytest.raises(BroughtError) as error:
        read_network(path)
    said = str(error.value)
    assert said.startswith(f"{path}: se esperaba ")
    assert "\n" not in said
    assert said.endswith(".")
    return said.removeprefix(f"{path}: ")


def kinds(network: BroughtNetwork) -> list[str]:
    return [layer.kind for layer in network.layers]


@pytest.fixture(scope="module")
def classifier() -> keras.Model:
    """Of reviews, compiled as students do it."""
    model = keras.Sequential(
        [
            keras.Input((5,), dtype="int32"),
            layers.Embedding(7, 3, mask_zero=True),
            layers.Bidirectional(layers.LSTM(2, dropout=0.25, recurrent_dropout=0.2)),
            layers.Dropout(0.5),
            layers.Dense(1, activation="sigmoid"),
        ],
        name="clasificador",
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


@pytest.fixture(scope="module")
def config(classifier: keras.Model) -> Callable[[], Any]:
    """Its configuration, anew at each call."""
    known = json.loads(classifier.to_json())
    return lambda: copy.deepcopy(known)


# --- what is read ------------------------------------------------------------------------


def test_layers_shapes_and_parameters_by_hand(tmp_path: Path, classifier: keras.Model) -> None:
    found = read(tmp_path, classifier.to_json())
    assert [(layer.kind, layer.shape, layer.parameters) for layer in found.layers] == [
        ("Embedding", (5, 3), 7 * 3),
        # two directions, four gates of 2 units on 3 inputs, 2 states and a bias
        ("Bidirectional", (4,), 2 * 4 * 2 * (3 + 2 + 1)),
        ("Dropout", (4,), 0),
        ("Dense", (1,), 4 + 1),
    ]
    assert found.parameters == 21 + 96 + 5
    assert (found.layers[1].settings["layer.units"], found.layers[1].settings["layer.dropout"]) == (2, 0.25)
    assert found.layers[3].settings["activation"] == "sigmoid"


def same(found: BroughtNetwork, built: BuiltModel) -> None:
    assert found.layers == built.layers
    assert (found.parameters, found.optimizer, found.loss) == (built.parameters, built.optimizer, built.loss)
    record = BroughtModel(
        layers=found.layers, parameters=found.parameters, optimizer=found.optimizer, loss=found.loss
    )
    assert BroughtModel.model_validate_json(record.model_dump_json()) == record


@pytest.mark.parametrize("name", ["modelo.json", "modelo.keras"])
def test_a_compiled_model_is_told_as_our_own_are(tmp_path: Path, name: str) -> None:
    model = build_model(LstmConfig(vocabulary_size=9, sequence_length=5, bidirectional=True))
    if name.endswith(".keras"):
        with warnings.catch_warnings(action="ignore"):  # of TensorFlow about NumPy
            model.save(tmp_path / name)
    else:
        written(tmp_path, model.to_json(), name)
    found = read_network(tmp_path / name)
    same(found, describe(model, "", model.optimizer, "binary_crossentropy"))
    assert found.notices == (
        f"{name}: la tasa de aprendizaje, 0.0002, es la que había al guardar el modelo; si bajó durante el "
        "entrenamiento, no es la inicial.",
    )


@pytest.mark.parametrize("architecture", ["convolutional", "dense"])
@pytest.mark.parametrize("build", [build_generator, build_discriminator])
def test_networks_that_were_not_compiled_have_no_optimiser(
    tmp_path: Path, architecture: str, build: Callable[[GanConfig], keras.Model]
) -> None:
    model = build(GanConfig(architecture=architecture, spectral_norm=True))  # type: ignore[arg-type]
    found = read(tmp_path, model.to_json())
    assert found.layers == describe(model, "", keras.optimizers.SGD(), "").layers
    assert (found.parameters, found.optimizer, found.loss) == (model.count_params(), None, None)
    assert found.notices == ()


def test_a_schedule_has_no_rate_of_the_moment(tmp_path: Path, classifier: keras.Model) -> None:
    rate = keras.optimizers.schedules.CosineDecay(2e-4, 120)
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model = keras.models.clone_model(classifier)
    model.compile(keras.optimizers.AdamW(rate), loss)
    found = read(tmp_path, model.to_json())
    assert found.optimizer is not None
    assert found.optimizer.kind == "AdamW"
    assert found.optimizer.settings["learning_rate.initial_learning_rate"] == 2e-4
    assert (found.loss, found.notices) == ("binary_crossentropy", ())


@pytest.mark.parametrize(
    ("loss", "name"),
    [
        ("bce", "binary_crossentropy"),
        ("mse", "mean_squared_error"),
        (keras.losses.binary_crossentropy, "binary_crossentropy"),
        (keras.losses.MeanSquaredError(), "mean_squared_error"),
    ],
)
def test_a_loss_is_known_by_the_name_of_its_function(
    tmp_path: Path, classifier: keras.Model, loss: object, name: str
) -> None:
    model = keras.models.clone_model(classifier)
    model.compile("sgd", loss)
    assert read(tmp_path, model.to_json()).loss == name


def my_loss(label: Any, answer: Any) -> Any:
    return keras.ops.mean(label - answer)


def test_what_the_author_wrote_of_the_training_is_told(tmp_path: Path, classifier: keras.Model) -> None:
    class Mine(keras.optimizers.SGD):
        pass

    model = keras.models.clone_model(classifier)
    model.compile(Mine(), my_loss)
    found = read(tmp_path, model.to_json())
    assert (found.optimizer, found.loss) == (None, None)
    assert found.notices == (
        "modelo.json: no se conoce el optimizador «Mine», que no es de Keras 3.",
        "modelo.json: no se conoce la pérdida «my_loss», que no es de Keras.",
    )


def test_several_losses_are_not_told(tmp_path: Path, config: Callable[[], Any]) -> None:
    content = config()
    content["compile_config"]["loss"] = ["bce", "mse"]
    found = read(tmp_path, content)
    assert found.loss is None
    assert "modelo.json: hay varias pérdidas, una por salida, que no se describen." in found.notices


def test_models_within_a_model_are_told_layer_by_layer(tmp_path: Path) -> None:
    """As in the GANs of tutorials, where the discriminator is compiled besides."""
    generator = keras.Sequential([layers.Dense(3), layers.LeakyReLU(0.2)], name="generador")
    image = keras.Input((3,))
    discriminator = keras.Model(image, layers.Dense(1)(layers.Dropout(0.5)(image)), name="discriminador")
    discriminator.compile("adam", my_loss, metrics=["accuracy"])
    gan = keras.Sequential([keras.Input((4,)), generator, discriminator])
    found = read(tmp_path, gan.to_json())
    assert [(layer.kind, layer.shape, layer.parameters) for layer in found.layers] == [
        ("Dense", (3,), 15),
        ("LeakyReLU", (3,), 0),
        ("Dropout", (3,), 0),
        ("Dense", (1,), 4),
    ]
    assert found.parameters == 19
    assert found.notices == (
        "modelo.json: el modelo «generador» se describe capa a capa.",
        "modelo.json: el modelo «discriminador» se describe capa a capa.",
    )


def test_sums_between_layers_are_told(tmp_path: Path) -> None:
    read_in = keras.Input((4,))
    model = keras.Model(read_in, layers.Dense(1)(read_in + layers.Dense(4)(read_in)))
    found = read(tmp_path, model.to_json())
    assert kinds(found) == ["Dense", "Dense"]
    assert found.notices == ("modelo.json: no se describen las operaciones entre capas (Add).",)


def test_a_layer_around_a_model_keeps_no_letters_of_it(tmp_path: Path) -> None:
    inner = keras.Sequential([layers.Dense(3), layers.Dense(2)])
    model = keras.Sequential([keras.Input((4, 3)), layers.TimeDistributed(inner)])
    found = read(tmp_path, model.to_json())
    assert [(layer.kind, layer.parameters) for layer in found.layers] == [("TimeDistributed", 20)]
    assert found.notices == (
        "modelo.json: no se guarda el ajuste «layer.layers» de TimeDistributed, muy largo.",
    )


def test_a_layer_that_makes_words_into_numbers_needs_no_vocabulary(tmp_path: Path) -> None:
    words = layers.TextVectorization(50, output_sequence_length=5, vocabulary=["buena", "mala"])
    model = keras.Sequential([keras.Input((1,), dtype="string"), words, layers.Embedding(50, 2)])
    content = json.loads(model.to_json())
    for vocabulary in (["buena", "mala"], str(tmp_path / "no-hay.txt"), None):
        content["config"]["layers"][1]["config"]["vocabulary"] = vocabulary
        found = read(tmp_path, content)
        assert [(layer.kind, layer.shape) for layer in found.layers] == [
            ("TextVectorization", (5,)),
            ("Embedding", (5, 2)),
        ]
        assert found.layers[0].settings["vocabulary"] is None


def test_a_sequential_model_that_was_called_has_its_shapes(tmp_path: Path) -> None:
    model = keras.Sequential([layers.Embedding(7, 3), layers.LSTM(2)])
    model(keras.ops.ones((2, 5), dtype="int32"))
    assert [layer.shape for layer in read(tmp_path, model.to_json()).layers] == [(5, 3), (2,)]


def test_a_text_within_a_text_is_what_json_dump_makes_of_it(tmp_path: Path, classifier: keras.Model) -> None:
    assert read(tmp_path, json.dumps(classifier.to_json())) == read(tmp_path, classifier.to_json())
    assert read(tmp_path, "\ufeff" + classifier.to_json()) == read(tmp_path, classifier.to_json())


def keras_2(*layer_configs: dict[str, Any]) -> dict[str, Any]:
    """As ``to_json`` of Keras 2 writes it."""
    config = {"name": "sequential", "layers": list(layer_configs)}
    return {"class_name": "Sequential", "config": config, "keras_version": "2.15.0", "backend": "tensorflow"}


OLD_INPUT = {
    "class_name": "InputLayer",
    "config": {"batch_input_shape": [None, 5], "dtype": "float32", "sparse": False, "name": "input_1"},
}


def test_keras_2_wrote_no_modules(tmp_path: Path) -> None:
    glorot, zeros = (
        {"class_name": "GlorotUniform", "config": {"seed": None}},
        {"class_name": "Zeros", "config": {}},
    )
    lstm = {
        "class_name": "LSTM",
        "config": {
            "name": "lstm",
            "dtype": "float32",
            "units": 2,
            "activation": "tanh",
            "kernel_initializer": glorot,
            "bias_initializer": zeros,
            "kernel_regularizer": {"class_name": "L2", "config": {"l2": 1e-4}},
            "time_major": False,
            "implementation": 2,
        },
    }
    embedding = {
        "class_name": "Embedding",
        "config": {
            "name": "e",
            "batch_input_shape": [None, 5],
            "input_dim": 7,
            "output_dim": 3,
            "input_length": 5,
        },
    }
    found = read(tmp_path, keras_2(OLD_INPUT, embedding, lstm))
    assert [(layer.kind, layer.shape, layer.parameters) for layer in found.layers] == [
        ("Embedding", (5, 3), 21),
        ("LSTM", (2,), 48),
    ]
    assert found.layers[1].settings["kernel_regularizer.l2"] == 1e-4
    assert (found.optimizer, found.loss) == (None, None)


def test_neither_did_it_for_a_graph(tmp_path: Path) -> None:
    def dense(name: str) -> dict[str, Any]:
        config = {"name": name, "units": 3, "activation": "relu"}
        return {
            "class_name": "Dense",
            "config": config,
            "name": name,
            "inbound_nodes": [[["input_1", 0, 0, {}]]],
        }

    add = {"class_name": "Add", "config": {"name": "add"}, "name": "add"}
    add["inbound_nodes"] = [[["a", 0, 0, {}], ["b", 0, 0, {}]]]  # type: ignore[assignment]
    config = {
        "name": "m",
        "layers": [{**OLD_INPUT, "name": "input_1", "inbound_nodes": []}, dense("a"), dense("b"), add],
        "input_layers": [["input_1", 0, 0]],
        "output_layers": [["add", 0, 0]],
    }
    for where in ({}, {"module": "keras.src.engine.functional", "registered_name": "Functional"}):
        found = read(tmp_path, {"class_name": "Functional", "config": config, **where})
        assert [(layer.kind, layer.parameters) for layer in found.layers] == [
            ("Dense", 18),
            ("Dense", 18),
            ("Add", 0),
        ]


# --- nothing runs and nothing is made ----------------------------------------------------


def test_no_weight_takes_memory_now_or_later(tmp_path: Path, config: Callable[[], Any]) -> None:
    content = config()
    content["config"]["layers"][1]["config"]["input_dim"] = 10**13  # forty times 10**12 bytes, and three each
    assert read(tmp_path, content).layers[0].parameters == 3 * 10**13
    after = keras.Sequential([keras.Input((3,)), layers.Dense(2)])  # Keras gives values to what has none
    assert after.count_params() == 8
    assert after(keras.ops.ones((1, 3))).shape == (1, 2)


def test_of_a_saved_model_the_weights_are_not_read(tmp_path: Path, classifier: keras.Model) -> None:
    with zipfile.ZipFile(tmp_path / "modelo.keras", "w") as archive:
        archive.writestr("config.json", classifier.to_json())
        archive.writestr("model.weights.h5", b"nothing")
    assert read_network(tmp_path / "modelo.keras").parameters == 122


def test_keras_is_not_heard(
    tmp_path: Path, config: Callable[[], Any], capfd: pytest.CaptureFixture[str]
) -> None:
    read(tmp_path, config())
    assert capfd.readouterr() == ("", "")


def test_code_within_the_file_does_not_run(tmp_path: Path) -> None:
    content = keras.Sequential([keras.Input((3,)), layers.Lambda(lambda x: x)]).to_json()
    said = complaint(written(tmp_path, content))
    assert said == (
        "se esperaba un modelo hecho de capas de Keras, se encontró una «Lambda», cuyo código no se ejecuta; "
        "sustitúyala por capas de Keras."
    )


def layer(name: str, module: str | None = "keras.layers", **config: object) -> dict[str, Any]:
    return {"module": module, "class_name": name, "config": {"name": "x", **config}, "registered_name": None}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (layer("TFSMLayer", filepath="modelo"), "una «TFSMLayer», cuyo código no se ejecuta"),
        (layer("JaxLayer"), "una «JaxLayer», cuyo código no se ejecuta"),
        (layer("TorchModuleWrapper"), "una «TorchModuleWrapper», cuyo código no se ejecuta"),
        (
            layer("Dense", activation={"class_name": "__lambda__", "config": {"value": "eA=="}}),
            "«__lambda__»",
        ),
        (layer("__typespec__"), "una «__typespec__»"),
        (layer("Mine", None), "la clase «Mine», de código propio que no está en el fichero; importe"),
        (layer("Dense", None, units=1), "la clase «Dense», de código propio"),
        (layer("Dense", "my.layers", units=1), "la clase «Dense», de código propio"),
        (layer("Dense", "kerastoo", units=1), "la clase «Dense», de código propio"),
        (layer("system", "os"), "la clase «system», de código propio"),
        (layer("get_file", "keras.utils", origin="http://example.org"), "la clase «get_file»"),
        (layer("load_model", "keras.models"), "la clase «load_model», de código propio"),
        (
            layer("Dense", activation={"class_name": "function", "module": "builtins", "config": "eval"}),
            "la función «eval», de código propio",
        ),
        (
            layer("Dense", activation={"class_name": "function", "module": "my", "config": "relu"}),
            "la función «relu», de código propio",
        ),
        (layer("Dense", units=1, activation="mine"), "se encontró uno que no construye («"),
        (layer("Dense", units=-1), "se encontró uno que no construye («"),
        (layer("Dense"), "se encontró uno que no construye («"),
        (layer("Dense", units=1, zeal=1), "se encontró uno que no construye («"),
        (layer("Adam", "keras.optimizers"), "se encontró uno que no construye («"),
        ({"class_name": "Dense"}, "se encontró uno que no construye («"),
        (7, "se encontró uno que no construye («"),
    ],
    ids=str,
)
def test_layers_of_others_are_refused_by_their_name(
    tmp_path: Path, config: Callable[[], Any], wrong: object, said: str
) -> None:
    content = config()
    content["config"]["layers"][2] = wrong
    assert said in complaint(written(tmp_path, content))


def test_a_layer_of_several_outputs_is_not_told(tmp_path: Path) -> None:
    read_in = keras.Input((6, 4))
    model = keras.Model(read_in, layers.LSTM(2, return_state=True, name="memoria")(read_in)[1])
    said = complaint(written(tmp_path, model.to_json()))
    assert said.startswith("se esperaba una sola salida por capa, se encontró varias de «memoria» (LSTM);")


def test_a_class_of_models_is_refused_as_a_whole(tmp_path: Path) -> None:
    class GAN(keras.Model):
        pass

    said = complaint(written(tmp_path, GAN().to_json()))
    assert "la clase «GAN», de código propio que no está en el fichero; guarde por separado las redes" in said


def test_a_model_without_shapes_says_what_it_lacks(tmp_path: Path) -> None:
    said = complaint(written(tmp_path, keras.Sequential([layers.Dense(2, name="salida")]).to_json()))
    assert said == (
        "se esperaba un modelo con formas, ya construido, se encontró uno cuya capa «salida» aún no las "
        "tiene; empiécelo con keras.Input(…), o llámelo una vez antes de guardarlo."
    )
    assert "uno sin ninguna" in complaint(written(tmp_path, keras.Sequential().to_json()))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["class_name"], "Dense"),
        (["class_name"], "function"),
        (["config", "layers"], []),
        (["config", "layers"], {"a": 1}),
        (["config", "layers"], None),
        (["config", "layers", 0, "config"], None),
        (["config", "layers", 0, "config", "batch_shape"], "x"),
        (["config", "layers", 0, "config", "batch_shape"], [None, -5]),
    ],
    ids=str,
)
def test_broken_configurations_are_refused(
    tmp_path: Path, config: Callable[[], Any], path: list[Any], value: object
) -> None:
    content = config()
    place = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    complaint(written(tmp_path, content))


def test_a_broken_training_leaves_the_layers(tmp_path: Path, config: Callable[[], Any]) -> None:
    for broken in (
        {"optimizer": "adam", "loss": {"class_name": "function"}},
        {"optimizer": [], "loss": 7},
        7,
    ):
        content = config() | {"compile_config": broken}
        found = read(tmp_path, content)
        assert (found.parameters, found.optimizer, found.loss) == (122, None, None)


# --- other files -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "modelo.h5",
            b"\x89HDF\r\n\x1a\n" + bytes(99),
            'un fichero HDF5; guárdelo con model.save("modelo.keras")',
        ),
        ("modelo.keras", b"\x89HDF\r\n\x1a\n" + bytes(99), "un fichero HDF5"),
        ("modelo.pkl", pickle.dumps([1]), "un fichero de PyTorch o de pickle, que no se abre"),
        ("modelo.json", pickle.dumps([1]), "un fichero de PyTorch o de pickle, que no se abre"),
        ("modelo.pt", b"(lp0\n.", "un fichero de PyTorch o de pickle, que no se abre"),
        ("modelo.json", b"", "otra cosa que JSON"),
        ("modelo.json", b"{", "otra cosa que JSON"),
        ("modelo.json", b"\xff\xfe{}", "otra cosa que JSON"),
        ("modelo.json", b"[" * 100_000, "otra cosa que JSON"),
        ("modelo.json", b"7", "con class_name y config, se encontró int"),
        ("modelo.json", b"[]", "se encontró list"),
        ("modelo.json", b"{}", "se encontró dict"),
        ("modelo.json", b'{"loss": [0.5], "val_loss": [0.6]}', "se encontró loss, val_loss; guárdelo así"),
        ("modelo.json", b'{"class_name": "Sequential", "config": []}', "se encontró class_name, config"),
        ("modelo.keras", b"PK\x03\x04" + bytes(40), "se encontró «"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    assert said in complaint(written(tmp_path, content, name))


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return path


def test_other_archives_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch = zipped(tmp_path / "modelo.pth", data_pkl=pickle.dumps([1]))
    assert "un fichero de PyTorch o de pickle" in complaint(torch)
    assert "un zip sin config.json; guárdelo" in complaint(zipped(tmp_path / "modelo.keras", otra=b""))
    whole = bytearray(zipped(tmp_path / "modelo.keras", config_json=b"{}").read_bytes())
    for place in (whole.index(b"PK\x01\x02") + 8, 6):  # the flags of the member
        whole[place] |= 1
    assert "encrypted" in complaint(written(tmp_path, bytes(whole), "modelo.keras"))
    with zipfile.ZipFile(tmp_path / "modelo.keras", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("config.json", b"{}" * 99)
    packed = (tmp_path / "modelo.keras").read_bytes()
    complaint(written(tmp_path, packed[:50] + bytes(9) + packed[59:], "modelo.keras"))
    monkeypatch.setattr(files, "MAX_BYTES", 1_000)
    large = zipped(tmp_path / "modelo.keras", config_json=b" " * 1_001)
    assert "en config.json hasta 1000 bytes, se encontró 1001" in complaint(large)
    assert "hasta 1000 bytes, se encontró 1001" in complaint(written(tmp_path, b" " * 1_001))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "se encontró una carpeta; guárdelo con model.save" in complaint(tmp_path)
    assert "se encontró que no existe; revise la ruta" in complaint(tmp_path / "no-hay.json")


def test_nothing_nested_without_end_is_followed(tmp_path: Path, config: Callable[[], Any]) -> None:
    content = config()
    deep: Any = []
    for _ in range(400):
        deep = [deep]
    content["config"]["layers"][1]["config"]["name"] = deep
    complaint(written(tmp_path, content))
    content = config()
    content["compile_config"]["optimizer"]["config"]["name"] = deep
    assert read(tmp_path, content).optimizer is None

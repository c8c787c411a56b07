"""The user's settings: what is taken, and one sentence for all that is not."""

from pathlib import Path

import pytest

from experiments.errors import SettingsError
from experiments.kinds.registry import KINDS
from experiments.settings import Experiment, choose_variants, read_experiment


def read(folder: Path, text: str = "", *assignments: str) -> Experiment:
    path = folder / "experimento.toml"
    path.write_text(text, encoding="utf-8")
    return read_experiment(path, assignments, "full")


def complaint(folder: Path, text: str = "", *assignments: str) -> str:
    with pytest.raises(SettingsError) as error:
        read(folder, text, *assignments)
    said = str(error.value)
    assert "\n" not in said
    assert said.endswith(".")
    return said.replace(str(folder / "experimento.toml"), "experimento.toml")


# --- what is taken -----------------------------------------------------------------------


def test_without_a_file_the_settings_are_those_of_the_profile(tmp_path: Path) -> None:
    experiment = read_experiment(tmp_path / "experimento.toml", [], "quick")
    configs = experiment.configs()
    assert configs["lstm"] == KINDS["lstm"].profiles["quick"]
    assert configs["gan"] == KINDS["gan"].profiles["quick"]


def test_the_file_changes_the_profile_and_the_command_line_the_file(tmp_path: Path) -> None:
    text = '[lstm]\nunits = 32\ncell = "gru"\n[gan]\niterations = 1000\n'
    configs = read(tmp_path, text, "lstm.units=16", "lstm.optimizer=rmsprop").configs()
    assert (configs["lstm"].units, configs["lstm"].cell, configs["lstm"].optimizer) == (16, "gru", "rmsprop")
    assert configs["lstm"].embedding_dim == 128
    assert configs["gan"].iterations == 1000


@pytest.mark.parametrize(
    ("assignment", "setting", "value"),
    [
        ("lstm.clipnorm=none", "clipnorm", None),
        ("lstm.clipnorm=0.5", "clipnorm", 0.5),
        ("lstm.bidirectional=true", "bidirectional", True),
        ("lstm.learning_rate=1e-3", "learning_rate", 1e-3),
        ("lstm.pooling=max", "pooling", "max"),
        ('lstm.pooling="max"', "pooling", "max"),
        ("lstm.max_reviews=none", "max_reviews", None),
    ],
)
def test_values_of_the_command_line_have_the_type_of_the_setting(
    tmp_path: Path, assignment: str, setting: str, value: object
) -> None:
    found = getattr(read(tmp_path, "", assignment).configs()["lstm"], setting)
    assert found == value
    assert type(found) is type(value)


def test_a_tuple_is_written_as_a_list(tmp_path: Path) -> None:
    assert read(tmp_path, "", "memory.budgets=[20, 40]").configs()["memory"].budgets == (20, 40)


def test_a_variant_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    text = (
        '[lstm]\nunits = 32\n[variantes.gru]\nlstm.cell = "gru"\n[variantes.larga]\ngan.iterations = 6000\n'
    )
    experiment = read(tmp_path, text)
    base, gru = experiment.configs(), experiment.configs("gru")
    assert gru["lstm"] == base["lstm"].model_copy(update={"cell": "gru"})
    assert {name for name in base if base[name] != gru[name]} == {"lstm"}
    assert choose_variants(experiment, "") == ["gru", "larga"]
    assert choose_variants(experiment, " larga,gru larga ") == ["larga", "gru"]


def test_controls_share_the_conditions_of_what_they_control(tmp_path: Path) -> None:
    linear = read(tmp_path, "", "lstm.sequence_length=400", "memory.window=7").configs()["linear"]
    assert (linear.last_words, linear.window, linear.validation_fraction) == (400, 7, 0.2)
    assert read(tmp_path, "", "linear.last_words=100").configs()["linear"].last_words == 100


def test_a_file_of_vectors_is_known_by_its_name_and_content(tmp_path: Path) -> None:
    (tmp_path / "vectores").mkdir()
    (tmp_path / "vectores" / "glove.txt").write_bytes(b"abc")
    experiment = read(tmp_path, '[lstm]\nembedding = "vectores/glove.txt"\n')
    config = experiment.configs()["lstm"]
    assert config.embedding == "glove.txt"
    # SHA-256 of "abc": FIPS 180-2, appendix B.1
    assert config.embedding_digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert experiment.files("lstm") == {"embedding": tmp_path / "vectores" / "glove.txt"}


# --- what is not -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[lstn]\nunits = 1\n", "alguna de las secciones gan, judge,"),
        ("[lstm]\nunit = 1\n", "lstm.unit: se esperaba un ajuste de lstm: cell, bidirectional,"),
        ("[lstm]\nunits = 0\n", "lstm.units: se esperaba un valor mayor o igual que 1, se encontró «0»"),
        ("[lstm]\nunits = 1.5\n", "lstm.units: se esperaba un número entero, se encontró «1.5»"),
        ('[lstm]\nunits = "many"\n', "lstm.units: se esperaba un número entero, se encontró «many»"),
        ("[lstm]\ndropout = 1.5\n", "lstm.dropout: se esperaba un valor menor o igual que 1"),
        ("[lstm]\nlearning_rate = 0\n", "lstm.learning_rate: se esperaba un valor mayor que 0"),
        ('[lstm]\ncell = "rnn"\n', "lstm.cell: se esperaba lstm, gru o transformer, se encontró «rnn»"),
        ("[lstm]\nlearning_rate = nan\n", "lstm.learning_rate: se esperaba"),
        ('[lstm]\ncell = "transformer"\n', "lstm: con cell = transformer, pooling ha de ser max o mean"),
        ("[gan]\niterations = 750\n", "gan: iterations ha de ser múltiplo de sample_every (500)"),
        ("[lstm]\nheads = 4\n", "lstm.heads: se esperaba un ajuste con efecto"),
        ("[lstm]\nembedding_digest = 'a'\n", "lstm.embedding_digest: se esperaba un ajuste de lstm"),
        ('[lstm]\nembedding = "glove.txt"\n', "embedding: se esperaba el fichero"),
        ("lstm = 3\n", "lstm: se esperaba una sección con ajustes; se encontró «3»"),
        ("[lstm\n", "se esperaba un fichero TOML"),
        (
            '[variantes.GRU]\nlstm.cell = "gru"\n',
            "un nombre de minúsculas, cifras y guiones; se encontró «GRU»",
        ),
        ("[variantes.nada]\n", "variantes.nada: se esperaba algún ajuste que la distinga"),
        ('[variantes.igual]\nlstm.cell = "lstm"\n', "variantes.igual: se esperaba algo distinto de la base"),
        (
            "[variantes.x]\nlstm.units = 0\n",
            "variantes.x: lstm.units: se esperaba un valor mayor o igual que 1",
        ),
        ('[variantes.x]\nlstn.cell = "gru"\n', "alguna de las secciones gan,"),
        ("[datos.textos]\ncsv = 'a'\n", "resenas o imagenes; se encontró «textos»"),
        ("variantes = 1\n", "variantes: se esperaba una sección con ajustes"),
    ],
)
def test_what_cannot_be_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    assert said in complaint(tmp_path, text)


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("units=3", "SET: se esperaba sección.ajuste=valor, como lstm.units=128; se encontró «units=3»"),
        ("lstm.units", "SET: se esperaba sección.ajuste=valor"),
        ("lstm.units=", "lstm.units: se esperaba un número entero"),
        ("lsmt.units=3", "lsmt.units: se esperaba una sección de gan,"),
    ],
)
def test_a_wrong_assignment_is_one_sentence(tmp_path: Path, assignment: str, said: str) -> None:
    assert said in complaint(tmp_path, "", assignment)


def test_an_unknown_variant_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    experiment = read(tmp_path, '[variantes.gru]\nlstm.cell = "gru"\n')
    with pytest.raises(SettingsError, match="VARIANTS: se esperaba alguna de gru; se encontró «lstm»"):
        choose_variants(experiment, "lstm")
    with pytest.raises(SettingsError, match="se esperaba alguna variante, no se encontró ninguna"):
        choose_variants(read(tmp_path), "")

"""The user's settings: what is taken, and one sentence for all that is not."""

import typing
from collections.abc import Iterator
from pathlib import Path
from types import NoneType
from typing import Any, Literal

import pytest
import toys
from pydantic.fields import FieldInfo

from experiments.data.sets import DataError
from experiments.errors import SettingsError
from experiments.kinds.registry import KINDS
from experiments.paths import ROOT
from experiments.settings import Experiment, choose_variants, leave_out_the_same, read_experiment

TOGETHER = "se esperaban valores que concuerden entre sí, se encontró que no: "


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


@pytest.mark.parametrize(
    "text",
    [
        '[variantes.x]\nlstm.cell = "gru"\n',
        '[variantes.x.lstm]\ncell = "gru"\n',
        '[variantes]\nx.lstm.cell = "gru"\n',
        '[variantes]\nx = { lstm = { cell = "gru" } }\n',
        'variantes.x.lstm.cell = "gru"\n',
    ],
)
def test_tables_may_be_nested_as_toml_allows(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).variants == {"x": {"lstm.cell": "gru"}}


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff[lstm]\nunits = 32\n").base == {"lstm.units": 32}


def test_none_is_a_word_in_the_file_too(tmp_path: Path) -> None:
    assert read(tmp_path, '[lstm]\nclipnorm = "none"\n').configs()["lstm"].clipnorm is None


def test_a_word_may_have_spaces_and_marks(tmp_path: Path, only_toys: None) -> None:
    (tmp_path / "mis palabras=1#.txt").write_bytes(b"abc")
    configs = read(tmp_path, "", "toy.words=mis palabras=1#.txt").configs()
    assert configs["toy"].words == "mis palabras=1#.txt"


def test_the_file_is_read_again_when_it_changes(tmp_path: Path, only_toys: None) -> None:
    words = tmp_path / "palabras.txt"
    words.write_bytes(b"abc")
    experiment = read(tmp_path, '[toy]\nwords = "palabras.txt"\n')
    before = experiment.configs()["toy"].words_digest
    words.write_bytes(b"abcd")
    assert experiment.configs()["toy"].words_digest != before


def test_paths_begin_where_the_file_is(
    tmp_path: Path, only_toys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run's process has another working directory."""
    (tmp_path / "palabras.txt").write_bytes(b"abc")
    (tmp_path / "experimento.toml").write_text('[toy]\nwords = "palabras.txt"\n')
    monkeypatch.chdir(tmp_path)
    found = read_experiment(Path("experimento.toml"), [], "full").files("toy")
    assert found == {"words": tmp_path / "palabras.txt"}


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
        ('[lstm]\ncell = "transformer"\n', f"lstm: {TOGETHER}con cell = transformer, pooling"),
        ("[gan]\niterations = 750\n", f"gan: {TOGETHER}iterations ha de ser múltiplo de sample_every (500)"),
        ("[lstm]\nheads = 4\n", "lstm.heads: se esperaba un ajuste con efecto"),
        ("[lstm]\nembedding_digest = 'a'\n", "lstm.embedding_digest: se esperaba un ajuste de lstm"),
        ('[lstm]\nembedding = "glove.txt"\n', "embedding: se esperaba poder leer "),
        ("lstm = 3\n", "lstm: se esperaba una sección con ajustes; se encontró «3»"),
        ("[lstm\n", "se esperaba un fichero TOML"),
        (
            '[variantes.GRU]\nlstm.cell = "gru"\n',
            "un nombre de minúsculas, cifras y guiones; se encontró «GRU»",
        ),
        ("[variantes.nada]\n", "variantes.nada: se esperaba algún ajuste que la distinga"),
        (
            "[variantes.x]\nlstm.units = 0\n",
            "variantes.x: lstm.units: se esperaba un valor mayor o igual que 1",
        ),
        ('[variantes.x]\nlstn.cell = "gru"\n', "alguna de las secciones gan,"),
        ("[datos.textos]\ncsv = 'a'\n", "resenas o imagenes; se encontró «textos»"),
        ("variantes = 1\n", "variantes: se esperaba una sección con ajustes"),
        ("[variantes]\nx = 3\n", "variantes.x: se esperaba una sección con ajustes; se encontró «3»"),
        (
            "[variantes.x]\nlstm = 3\n",
            "variantes.x: lstm: se esperaba una sección con ajustes; se encontró «3»",
        ),
        ("[[variantes]]\nlstm.units = 3\n", "variantes: se esperaba una sección con ajustes"),
        ("[[lstm]]\nunits = 3\n", "lstm: se esperaba una sección con ajustes"),
        ("[lstm.units]\na = 1\n", "lstm.units: se esperaba un número entero, se encontró «{'a': 1}»"),
        ('[variantes.x-quick]\nlstm.cell = "gru"\n', "un nombre que no acabe en quick, que ya distingue"),
        ('[variantes.gpu]\nlstm.cell = "gru"\n', "un nombre que no acabe en gpu"),
        ("[lstm]\nunits = true\n", "lstm.units: se esperaba un número entero, se encontró «true»"),
        ("[lstm]\nbidirectional = 1\n", "lstm.bidirectional: se esperaba true o false, se encontró «1»"),
        ('[lstm]\nunits = "64"\n', "lstm.units: se esperaba un número entero, se encontró «64»"),
        ('[lstm]\nembedding = "a\\nb"\n', "se esperaba poder leer "),
        ('[lstm]\nembedding = "a\\u0000b"\n', "lstm.embedding: se esperaba poder leer "),
        ('[lstm]\nembedding = "~nadie-aquí/b"\n', "/~nadie-aquí/b, se encontró que no existe"),
        ("[lstm]\nembedding = '.'\n", "se encontró una carpeta"),
        ('[lstm]\ncell = "a\\nb"\n', "se encontró «a b»"),
        (f'[lstm]\ncell = "{1_000 * "x"}"\n', f"se encontró «{59 * 'x'}…»"),
        (
            "[lstm]\nunits = 2026-01-15\n",
            "lstm.units: se esperaba un número entero, se encontró «2026-01-15»",
        ),
        ("[memory]\nbudgets = [50, 0]\n", "memory.budgets.1: se esperaba un valor mayor o igual que 1"),
        ("[memory]\nbudgets = 50\n", "memory.budgets: se esperaba una lista, se encontró «50»"),
        ("[datos]\nresenas = 3\n", "datos.resenas: se esperaba una sección con ajustes; se encontró «3»"),
        ("datos = 3\n", "datos: se esperaba una sección con ajustes"),
        ('"lstm.units" = 3\n', "alguna de las secciones gan, judge,"),
        ("[lstm]\nunits = 1\nunits = 2\n", "se esperaba un fichero TOML, se encontró un error en la línea 3"),
        ("units =", "se esperaba un fichero TOML, se encontró un error"),
    ],
)
def test_what_cannot_be_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    assert said in complaint(tmp_path, text)


def test_a_file_in_another_encoding_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "experimento.toml"
    path.write_bytes("[lstm]\n# años\n".encode("latin-1"))
    with pytest.raises(SettingsError, match="se esperaba un fichero TOML en UTF-8, se encontró un byte"):
        read_experiment(path, [], "full")


def test_wrong_own_data_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"^\[datos\.resenas\]: se esperaba ") as error:
        read(tmp_path, "[datos.resenas]\nfichero = 'a'\n")
    assert "\n" not in str(error.value)


# --- every setting -----------------------------------------------------------------------

# What a setting of each type never is.
WRONG: dict[object, list[Any]] = {
    int: ["mucho", 1.5, True, [1], {"a": 1}],
    float: ["mucho", True, [1.0], float("nan"), float("inf")],
    bool: ["quizá", 3, [True]],
    str: [3, True, ["a"]],
}
LEGAL = {int: "un número entero", float: "un número", bool: "true o false", str: "un texto"}


def settings() -> Iterator[tuple[str, str, FieldInfo]]:
    for name, kind in KINDS.items():
        for setting, field in kind.config.model_fields.items():
            if not setting.endswith("_digest"):
                yield name, setting, field


def parts(annotation: Any, metadata: list[Any]) -> tuple[Any, list[Any]]:
    """The type without None and without ``Annotated``, and what limits it."""
    if typing.get_origin(annotation) is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        return parts(inner, metadata + more)
    options = [option for option in typing.get_args(annotation) if option is not NoneType]
    if NoneType in typing.get_args(annotation):
        assert len(options) == 1
        return parts(options[0], metadata)
    return annotation, metadata


def limits(metadata: list[Any]) -> dict[str, float]:
    found: dict[str, float] = {}
    for item in metadata:
        for one in (*getattr(item, "metadata", ()), item):
            found |= {key: getattr(one, key) for key in ("gt", "ge", "lt", "le") if hasattr(one, key)}
    return found


SAYS = {
    "gt": "un valor mayor que {:g}",
    "ge": "un valor mayor o igual que {:g}",
    "lt": "un valor menor que {:g}",
    "le": "un valor menor o igual que {:g}",
}


def wrong_values(annotation: Any, metadata: list[Any]) -> Iterator[tuple[Any, str]]:
    """Values that the type or its limits exclude, and how what is legal must be named."""
    kind, metadata = parts(annotation, metadata)
    if typing.get_origin(kind) is Literal:
        *others, last = typing.get_args(kind)
        named = f"{', '.join(others)} o {last}"
        for value in ("otro", 3, True):
            yield value, named
    elif typing.get_origin(kind) is tuple:
        yield "mucho", "una lista"
        yield 3, "una lista"
        for value, named in wrong_values(typing.get_args(kind)[0], []):
            yield [value], named
    else:
        for value in WRONG[kind]:
            not_finite = isinstance(value, float) and value - value != 0
            yield value, "" if not_finite else LEGAL[kind]
        for name, limit in limits(metadata).items():
            step = {"gt": 0, "ge": -1, "lt": 0, "le": 1}[name]
            yield kind(limit + step), SAYS[name].format(limit)


@pytest.mark.parametrize(
    ("kind", "setting", "field"), [pytest.param(*each, id=".".join(each[:2])) for each in settings()]
)
def test_a_wrong_value_of_any_setting_is_said_in_spanish_with_what_is_legal(
    tmp_path: Path, kind: str, setting: str, field: FieldInfo
) -> None:
    cases = list(wrong_values(field.annotation, list(field.metadata)))
    assert len(cases) >= 3
    for value, named in cases:
        with pytest.raises(SettingsError) as error:
            Experiment(
                "full", {f"{kind}.{setting}": tuple(value) if isinstance(value, list) else value}
            ).configs()
        said = str(error.value)
        assert said.startswith(f"{kind}.{setting}"), said
        assert f": se esperaba {named}" in said, said
        assert said.endswith("»; corríjalo en experimento.toml o en SET."), said
        words = set(said.removeprefix(f"{kind}.{setting}").lower().replace(",", " ").split())
        assert not words & {"input", "should", "valid", "be", "a", "must", "type", "value", "expected"}, said


def test_the_settings_of_all_kinds_are_gone_through() -> None:
    assert {name for name, _, _ in settings()} == set(KINDS)


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("units=3", "SET: se esperaba sección.ajuste=valor, como lstm.units=128; se encontró «units=3»"),
        ("lstm.units", "SET: se esperaba sección.ajuste=valor"),
        ("lstm.units=", "lstm.units: se esperaba un número entero"),
        ("lsmt.units=3", "lsmt.units: se esperaba una sección de gan,"),
        ("lstm.units=3 # más", "lstm.units: se esperaba un número entero, se encontró «3 # más»"),
        ("lstm.units=3\nx=4", "lstm.units: se esperaba un número entero, se encontró «3 x=4»"),
        ("lstm.units=3,4", "lstm.units: se esperaba un número entero, se encontró «3,4»"),
        ("=3", "SET: se esperaba sección.ajuste=valor"),
        (".=3", "se esperaba una sección de gan,"),
        ("lstm.=3", "lstm.: se esperaba un ajuste de lstm: cell,"),
    ],
)
def test_a_wrong_assignment_is_one_sentence(tmp_path: Path, assignment: str, said: str) -> None:
    assert said in complaint(tmp_path, "", assignment)


def test_a_setting_is_assigned_once(tmp_path: Path) -> None:
    said = complaint(tmp_path, "", "lstm.units=3", "lstm.units=4")
    assert said == "lstm.units: se esperaba un solo valor; se encontró «3 y 4»; corríjalo."


def test_what_is_filled_in_from_others_is_not_out_of_date(tmp_path: Path, only_toys: None) -> None:
    experiment = read(tmp_path, "[variantes.ancha]\nmeasure.width = 5\n")
    assert experiment.configs()["rule"] == toys.RuleConfig(width=1)
    assert experiment.configs("ancha")["rule"] == toys.RuleConfig(width=5)


def test_a_variant_that_does_not_go_with_the_base_is_refused_only_where_it_is_asked_for(
    tmp_path: Path,
) -> None:
    """A change of the base must not spoil the variants that stand in the file."""
    variants = "[variantes.doble]\nlstm.bidirectional = true\n[variantes.dos]\nlstm.heads = 4\n"
    assert read(tmp_path, variants).variants.keys() == {"doble", "dos"}
    experiment = read(tmp_path, f'[lstm]\ncell = "transformer"\npooling = "mean"\n{variants}')
    assert choose_variants(experiment, "dos") == ["dos"]
    with pytest.raises(
        SettingsError, match=rf"^variantes\.doble: lstm: {TOGETHER}bidirectional solo vale con cell = lstm"
    ):
        choose_variants(experiment, "doble")
    with pytest.raises(
        SettingsError, match=r"^variantes\.dos: lstm\.heads: se esperaba un ajuste con efecto"
    ):
        choose_variants(read(tmp_path, variants), "dos")


def test_a_variant_that_is_the_base_is_left_out_and_told(tmp_path: Path) -> None:
    text = "[variantes.densa]\ngan.architecture = 'dense'\n[variantes.gru]\nlstm.cell = 'gru'\n"
    for profile, base, left in (
        ("full", [], ["densa", "gru"]),
        ("quick", [], ["gru"]),  # whose GAN is dense
        ("full", ["gan.architecture=dense"], ["gru"]),
        ("full", ["lstm.cell=gru"], ["densa"]),
    ):
        (tmp_path / "experimento.toml").write_text(text)
        experiment = read_experiment(tmp_path / "experimento.toml", base, profile)
        said: list[str] = []
        assert leave_out_the_same(experiment, ["densa", "gru"], said.append) == left
        assert said == [
            f"Variante «{name}»: con estos ajustes es la misma que la base; no se entrena aparte."
            for name in ("densa", "gru")
            if name not in left
        ]


def test_the_variants_of_the_project_go_with_every_profile() -> None:
    for profile in ("full", "quick", "test"):
        experiment = read_experiment(ROOT / "experimento.toml", [], profile)
        assert choose_variants(experiment, "") == list(experiment.variants)


def test_an_unknown_variant_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    experiment = read(tmp_path, '[variantes.gru]\nlstm.cell = "gru"\n')
    with pytest.raises(SettingsError, match="VARIANTS: se esperaba alguna de gru; se encontró «lstm»"):
        choose_variants(experiment, "lstm")
    with pytest.raises(SettingsError, match="se esperaba alguna variante, no se encontró ninguna"):
        choose_variants(read(tmp_path), "")

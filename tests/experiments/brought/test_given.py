"""Files typed training by training, or by a name with {semilla}: which seed has which, or one sentence."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from experiments.brought.given import SEED, Given, Trainings, of_seeds
from experiments.errors import BroughtError


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def complaint(*groups: tuple[int | None, Given]) -> str:
    with pytest.raises(BroughtError) as error:
        of_seeds(groups)
    said = str(error.value)
    assert "\n" not in said
    assert said.endswith(".")
    return said


# --- seeds that are typed ----------------------------------------------------------------


def test_a_training_without_a_seed_is_the_first() -> None:
    only = Given(history="h.csv", confusion="1,2,3,4")
    assert of_seeds([(None, only)]) == Trainings(lstm={1: only}, gan={})


def test_each_seed_has_what_stands_behind_it() -> None:
    first, second = Given(history="a.csv"), Given(history="b.csv")
    assert of_seeds([(None, Given()), (7, first), (0, second)]).lstm == {7: first, 0: second}


def test_what_is_present_is_what_was_given() -> None:
    assert Given(model="m.json", real="r.npz").present == {"model": "m.json", "real": "r.npz"}
    assert Given().present == {}


@pytest.mark.parametrize("groups", [[], [(None, Given())]])
def test_nothing_at_all_is_told_what_there_can_be(groups: list[tuple[int | None, Given]]) -> None:
    assert complaint(*groups) == (
        "import: se esperaba algo que dejara un entrenamiento, pues no bastan ajustes ni nombres, no se "
        "encontró nada; dé al menos --history, --predictions, --confusion, --model, --gan-losses o "
        "--gan-samples."
    )


def test_a_seed_without_files() -> None:
    said = complaint((3, Given()), (4, Given(history="h.csv")))
    assert said == "--seed 3: se esperaba algún fichero de esa semilla, se encontró ninguno; póngalos detrás."


def test_a_seed_that_stands_twice() -> None:
    said = complaint((3, Given(history="a.csv")), (3, Given(history="b.csv")))
    assert said == "--seed: se esperaba cada semilla una vez, se encontró la 3 repetida; corríjalo."


def test_files_before_the_first_seed_belong_to_none() -> None:
    said = complaint((None, Given(history="a.csv")), (2, Given(history="b.csv")))
    assert said == (
        "--seed: se esperaba uno ante cada entrenamiento, se encontró algún fichero sin él; póngaselo."
    )


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (
            Given(history="a", predictions="p"),
            Given(history="b"),
            "--predictions: se esperaba lo mismo en cada semilla, se encontró en la 1 y no en la 2; ",
        ),
        (
            Given(gan_losses="a"),
            Given(gan_losses="b", gan_samples="c"),
            "--gan-samples: se esperaba lo mismo en cada semilla, se encontró en la 2 y no en la 1; ",
        ),
    ],
)
def test_every_seed_has_the_same(first: Given, second: Given, said: str) -> None:
    assert complaint((1, first), (2, second)).startswith(said)


# --- names with {semilla} ----------------------------------------------------------------


def test_a_place_for_the_seed_stands_for_each_number_that_is_found(tmp_path: Path) -> None:
    touch(tmp_path, "h_1.csv", "h_10.csv", "h_2.csv", "h_x.csv", "h_.csv", "h_3.csv.bak", "otro_4.csv")
    pattern = str(tmp_path / f"h_{SEED}.csv")
    assert of_seeds([(None, Given(history=pattern))]).lstm == {
        seed: Given(history=str(tmp_path / f"h_{seed}.csv")) for seed in (1, 2, 10)
    }


def test_it_may_be_a_folder_and_the_names_in_it_are_its_own(tmp_path: Path) -> None:
    touch(tmp_path, "run 1/historial.csv", "run 2/historial.csv", "run 1/p_1.npz", "run 2/p_2.npz")
    folder = str(tmp_path / f"run {SEED}")
    given = Given(history=f"{folder}/historial.csv", predictions=f"{folder}/p_{SEED}.npz")
    assert of_seeds([(None, given)]).lstm == {
        seed: Given(
            history=f"{tmp_path}/run {seed}/historial.csv", predictions=f"{tmp_path}/run {seed}/p_{seed}.npz"
        )
        for seed in (1, 2)
    }


@pytest.mark.parametrize(
    "pattern", [f"s{SEED}_{{paso}}.png", f"{{paso}}_s{SEED}.png", f"s{SEED}_{{step}}.png"]
)
def test_a_place_for_the_step_stands_for_numbers_too(tmp_path: Path, pattern: str) -> None:
    for seed in (1, 2):
        for step in (0, 500, 1000):
            name = pattern.replace(SEED, str(seed)).replace("{paso}", str(step)).replace("{step}", str(step))
            touch(tmp_path, name)
    assert of_seeds([(None, Given(gan_samples=f"{tmp_path}/{pattern}"))]).gan == {
        seed: Given(gan_samples=f"{tmp_path}/{pattern.replace(SEED, str(seed))}") for seed in (1, 2)
    }


def test_a_number_may_begin_with_zeros(tmp_path: Path) -> None:
    """Each name with its own."""
    touch(tmp_path, "h_01.csv", "h_02.csv", "p_1.npz", "p_2.npz")
    given = Given(history=f"{tmp_path}/h_{SEED}.csv", predictions=f"{tmp_path}/p_{SEED}.npz")
    assert of_seeds([(None, given)]).lstm == {
        seed: Given(history=f"{tmp_path}/h_0{seed}.csv", predictions=f"{tmp_path}/p_{seed}.npz")
        for seed in (1, 2)
    }


def test_signs_in_a_name_stand_for_themselves(tmp_path: Path) -> None:
    touch(tmp_path, "a+b (c).[1]", "aab (c).[2]")
    assert list(of_seeds([(None, Given(history=f"{tmp_path}/a+b (c).[{SEED}]"))]).lstm) == [1]


@drawn(st.sets(st.integers(0, 999_999_999), min_size=1, max_size=8))
def test_all_numbers_are_found_in_order(numbers: set[int]) -> None:
    with TemporaryDirectory() as folder:
        touch(Path(folder), *(f"{number}.csv" for number in numbers))
        assert list(of_seeds([(None, Given(history=f"{folder}/{SEED}.csv"))]).lstm) == sorted(numbers)


def test_the_network_and_the_real_images_may_be_those_of_all_seeds(tmp_path: Path) -> None:
    touch(tmp_path, "h_1.csv", "h_2.csv")
    given = Given(history=f"{tmp_path}/h_{SEED}.csv", model="m.json")
    assert {seed: each.model for seed, each in of_seeds([(None, given)]).lstm.items()} == {
        1: "m.json",
        2: "m.json",
    }


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ("history", "predictions"),
        ("history", "confusion"),
        ("gan_losses", "gan_samples"),
        ("gan_samples", "gan_losses"),
    ],
)
def test_nothing_else_of_a_part_is_of_all_seeds(tmp_path: Path, first: str, name: str) -> None:
    """A file is of one training: three that share it would be one told three times."""
    touch(tmp_path, "h_1.csv", "h_2.csv")
    said = complaint((None, Given(**{first: f"{tmp_path}/h_{SEED}.csv", name: "lo mismo"})))
    assert said == (
        f"--{name.replace('_', '-')}: se esperaba un nombre con {{semilla}}, se encontró uno para todas las "
        "semillas; dé el de cada una."
    )


def test_where_a_single_number_is_found_all_is_of_that_seed(tmp_path: Path) -> None:
    touch(tmp_path, "h_4.csv")
    given = Given(history=f"{tmp_path}/h_{SEED}.csv", confusion="1,2,3,4")
    assert of_seeds([(None, given)]).lstm == {4: Given(history=f"{tmp_path}/h_4.csv", confusion="1,2,3,4")}


def test_no_number_is_found(tmp_path: Path) -> None:
    touch(tmp_path, "h_uno.csv")
    pattern = f"{tmp_path}/h_{SEED}.csv"
    assert complaint((None, Given(history=pattern))) == (
        f"{pattern}: se esperaba algún nombre con un número en lugar de {{semilla}}, se encontró ninguno; "
        "revise la ruta."
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [("falta", "que no existe"), ("un fichero", "un fichero donde debía haber una carpeta")],
)
def test_the_folder_must_be_one(tmp_path: Path, name: str, reason: str) -> None:
    touch(tmp_path, "un fichero")
    said = complaint((None, Given(history=f"{tmp_path}/{name}/h_{SEED}.csv")))
    assert said.startswith(f"{tmp_path}/{name}: se esperaba una carpeta, se encontró {reason}")
    assert said.endswith(f"{reason}; revise la ruta.")


def test_a_number_that_is_written_in_two_ways(tmp_path: Path) -> None:
    touch(tmp_path, "h_1.csv", "h_01.csv")
    pattern = f"{tmp_path}/h_{SEED}.csv"
    assert complaint((None, Given(history=pattern))) == (
        f"{pattern}: se esperaba cada semilla escrita de un modo, se encontró «01» y «1»; quite uno."
    )


@pytest.mark.parametrize(
    ("history", "predictions", "expected", "found"),
    [((1, 2, 3), (1, 2), "1, 2, 3", "1, 2"), ((1,), (1, 2), "1", "1, 2")],
)
def test_all_names_have_the_same_numbers(
    tmp_path: Path, history: tuple[int, ...], predictions: tuple[int, ...], expected: str, found: str
) -> None:
    touch(tmp_path, *(f"h_{seed}.csv" for seed in history), *(f"p_{seed}.npz" for seed in predictions))
    given = Given(history=f"{tmp_path}/h_{SEED}.csv", predictions=f"{tmp_path}/p_{SEED}.npz")
    assert complaint((None, given)) == (
        f"{tmp_path}/p_{{semilla}}.npz: se esperaba que tuviera las semillas de "
        f"«{tmp_path}/h_{{semilla}}.csv», {expected}, se encontró {found}; complete las que faltan."
    )


def test_a_seed_before_names_that_have_their_own() -> None:
    said = complaint((1, Given(history=f"h_{SEED}.csv")))
    assert said == (
        "--seed 1: se esperaba un nombre sin {semilla}, se encontró alguno que lo tiene; quite --seed."
    )


def test_names_with_a_place_beside_seeds_that_are_typed(tmp_path: Path) -> None:
    touch(tmp_path, "h_1.csv")
    said = complaint((None, Given(history=f"{tmp_path}/h_{SEED}.csv")), (2, Given(history="b.csv")))
    assert said.startswith("--seed: se esperaba uno ante cada entrenamiento, ")


# --- each part has its own ---------------------------------------------------------------


def test_one_classifier_and_three_gans(tmp_path: Path) -> None:
    touch(tmp_path, "gan-1.csv", "gan-2.csv", "gan-7.csv")
    given = Given(history="h.csv", model="m.json", gan_losses=f"{tmp_path}/gan-{SEED}.csv", real="r.npz")
    assert of_seeds([(None, given)]) == Trainings(
        lstm={1: Given(history="h.csv", model="m.json")},
        gan={seed: Given(gan_losses=f"{tmp_path}/gan-{seed}.csv", real="r.npz") for seed in (1, 2, 7)},
    )


def test_names_with_other_numbers_in_each_part(tmp_path: Path) -> None:
    touch(tmp_path, "h_1.csv", "h_2.csv", "g_2.csv", "g_3.csv")
    given = Given(history=f"{tmp_path}/h_{SEED}.csv", gan_losses=f"{tmp_path}/g_{SEED}.csv")
    found = of_seeds([(None, given)])
    assert (list(found.lstm), list(found.gan)) == ([1, 2], [2, 3])


def test_a_classifier_before_the_seeds_of_the_gans() -> None:
    found = of_seeds([(None, Given(history="h")), (4, Given(gan_losses="a")), (9, Given(gan_losses="b"))])
    assert found == Trainings(
        lstm={1: Given(history="h")}, gan={4: Given(gan_losses="a"), 9: Given(gan_losses="b")}
    )


def test_a_seed_may_have_both_and_another_only_one() -> None:
    first, second = Given(history="h", gan_losses="a"), Given(gan_losses="b")
    assert of_seeds([(1, first), (2, second)]) == Trainings(
        lstm={1: Given(history="h")}, gan={1: Given(gan_losses="a"), 2: Given(gan_losses="b")}
    )


def test_within_a_part_all_seeds_have_the_same(tmp_path: Path) -> None:
    touch(tmp_path, "h_1.csv", "h_2.csv", "p_1.csv")
    given = Given(
        history=f"{tmp_path}/h_{SEED}.csv", predictions=f"{tmp_path}/p_{SEED}.csv", gan_losses="g.csv"
    )
    assert complaint((None, given)).endswith("1, 2, se encontró 1; complete las que faltan.")

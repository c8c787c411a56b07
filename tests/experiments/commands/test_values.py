"""Values of the command line: what is taken, and one sentence for all that is not."""

import os

import pytest

from experiments.commands.values import parse_assignments, parse_jobs, parse_seed, parse_seeds, refuse_unknown
from experiments.errors import SettingsError

# --- seeds -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("1 2 3", [1, 2, 3]),
        ("1,2", [1, 2]),
        (" 3,  1 ", [3, 1]),
        ("2 1 2 2", [2, 1]),
        ("0", [0]),
        ("007", [7]),
        ("268435455", [2**28 - 1]),
    ],
)
def test_seeds_are_separated_by_spaces_or_commas(text: str, seeds: list[int]) -> None:
    assert parse_seeds(text) == seeds


@pytest.mark.parametrize(
    "text", ["abc", "", " ", ",", "-1", "1.5", "1 dos", "1;2", "²", "1e3", "268435456", "9" * 5_000]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(SettingsError) as error:
        parse_seeds(text)
    assert str(error.value) == (
        f"SEEDS: se esperaban enteros no negativos separados por espacios, se encontró «{text}»; "
        'escriba, por ejemplo, SEEDS="1 2 3".'
    )


def test_a_single_seed_is_a_number() -> None:
    assert parse_seed("7") == 7
    with pytest.raises(SettingsError, match="SEED: se esperaba un entero no negativo, se encontró «1 2»;"):
        parse_seed("1 2")


# --- jobs --------------------------------------------------------------------------------


def test_without_jobs_there_is_one_for_each_core_and_a_single_one_on_a_gpu() -> None:
    assert parse_jobs(None) == os.cpu_count()
    assert parse_jobs(None, "gpu") == 1
    assert parse_jobs("3") == 3
    assert parse_jobs("1", "gpu") == 1


@pytest.mark.parametrize("text", ["0", "-1", "abc", "1.5", "", "9" * 5_000])
def test_a_wrong_number_of_jobs_is_refused(text: str) -> None:
    with pytest.raises(SettingsError) as error:
        parse_jobs(text)
    assert str(error.value) == (
        f"JOBS: se esperaba un entero positivo, se encontró «{text}»; escriba, por ejemplo, JOBS=2."
    )


def test_two_runs_do_not_share_a_gpu() -> None:
    with pytest.raises(SettingsError, match=r"JOBS: se esperaba 1 con DEVICE=gpu, .* se encontró «2»; quite"):
        parse_jobs("2", "gpu")


# --- the rest ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "assignments"),
    [
        ("", []),
        ("lstm.units=128  gan.loss=hinge", ["lstm.units=128", "gan.loss=hinge"]),
        ('lstm.embedding="mis vectores.txt"', ["lstm.embedding=mis vectores.txt"]),
        ("'memory.budgets=[20, 40]'", ["memory.budgets=[20, 40]"]),
    ],
)
def test_assignments_are_separated_as_the_shell_does(text: str, assignments: list[str]) -> None:
    assert parse_assignments(text) == assignments


def test_an_open_quotation_mark_is_refused() -> None:
    with pytest.raises(SettingsError, match='SET: se esperaban las comillas por pares, se encontró «a="b»;'):
        parse_assignments('a="b')


def test_an_unknown_choice_is_refused_with_the_legal_ones() -> None:
    refuse_unknown("DEVICE", None, ("cpu", "gpu"))
    refuse_unknown("DEVICE", "gpu", ("cpu", "gpu"))
    with pytest.raises(SettingsError) as error:
        refuse_unknown("DEVICE", "tpu", ("cpu", "gpu"))
    assert str(error.value) == (
        "DEVICE: se esperaba cpu o gpu, se encontró «tpu»; escriba uno de ellos o ninguno."
    )

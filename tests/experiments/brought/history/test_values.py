import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.brought.history.values import ColumnError, Number, Values, number, values_of


def row(i: int) -> str:
    return f"la fila {i + 1}"


@pytest.mark.parametrize(
    ("cell", "written", "decimals", "percent"),
    [
        ("0.3521", "0.3521", 4, False),
        (" 84.10 % ", "84.10", 2, True),
        ("+1.", "1", 0, False),
        (".5", "0.5", 1, False),
        ("1.0000e-03", "0.001", 7, False),
        ("2E+1", "20", 0, False),
        (0.1, "0.1", 1, False),
        (3, "3", 0, False),
        (-0.0, "0", 1, False),
    ],
)
def test_number(cell: object, written: str, decimals: int, percent: bool) -> None:
    assert number(cell) == Number(Decimal(written), decimals, percent)


NO_NUMBERS = (
    *("", "%", "nan", "inf", "0,35", "1_0", "0x1", "٣", "0.5%%", "1e999", "1e-9999", "0.5 0.6", "--1"),
    *(None, True, [0.5], {}, math.nan, math.inf, 10**400, 10**9_999, b"1"),
)


@pytest.mark.parametrize("i", range(len(NO_NUMBERS)))
def test_what_is_no_number(i: int) -> None:
    assert number(NO_NUMBERS[i]) is None


@given(st.floats(min_value=0, allow_infinity=False, allow_nan=False))
def test_a_float_stays_the_same(value: float) -> None:
    assert values_of("val_loss", "val_loss", [value, repr(value)], row).values == (value, value)


@given(st.integers(min_value=0, max_value=10_000))
def test_percentages_are_exact(hundredths: int) -> None:
    text = f"{hundredths // 100}.{hundredths % 100:02}%"
    assert values_of("val_accuracy", "acc", [text], row) == Values((hundredths / 10_000,), 4, True)


@pytest.mark.parametrize(
    ("cells", "decimals"),
    [
        (["0.3875", "0.4", "1"], 4),  # Python leaves the zeros away
        (["0.0010", "1.0000e-04"], 4),  # a format for what is small
        (["2.0000e-04", "1.00e-04"], 6),
        ([], 0),
    ],
)
def test_to_how_many_decimals_a_column_was_rounded(cells: list[str], decimals: int) -> None:
    assert values_of("learning_rate", "lr", cells, row).decimals == decimals


@pytest.mark.parametrize(
    ("cells", "values", "percent"),
    [
        ([84.21, 100, 0], (0.8421, 1.0, 0.0), True),
        (["0.5%", 84], (0.005, 0.84), True),
        ([0.5, 1, 0], (0.5, 1.0, 0.0), False),
        ([0, "0.0"], (0.0, 0.0), False),
        ([], (), False),
    ],
)
def test_a_column_of_percentages_or_of_rates(
    cells: list[object], values: tuple[float, ...], percent: bool
) -> None:
    found = values_of("running_accuracy", "acc", cells, row)
    assert (found.values, found.percent) == (values, percent)


@pytest.mark.parametrize("cells", [[0.9, 84], [84, 1], ["84%", 0.9], [0, 0.9, "1%"]])
def test_a_mixture_is_refused(cells: list[object]) -> None:
    with pytest.raises(
        ColumnError, match="se esperaba que toda la columna «acc» fuese de 0 a 1, o toda en tanto"
    ):
        values_of("val_accuracy", "acc", cells, row)


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        (
            "val_loss",
            "NA",
            "un número finito, con punto decimal, en la fila 2, columna «x», se encontró «NA»",
        ),
        (
            "val_loss",
            None,
            "un número finito, con punto decimal, en la fila 2, columna «x», se encontró «None»",
        ),
        ("val_loss", -1e-9, "un número de 0 en adelante en la fila 2, columna «x», se encontró «-1e-09»"),
        ("val_loss", "3%", "un número sin «%» en la fila 2, columna «x», se encontró «3%»"),
        ("val_accuracy", -0.1, "un número de 0 en adelante en la fila 2"),
        ("val_accuracy", "100.1%", "una exactitud de 0 a 1, o de 0 a 100 %, en la fila 2"),
        ("val_accuracy", 101, "una exactitud de 0 a 1, o de 0 a 100 %, en la fila 2"),
    ],
)
def test_what_is_out_of_range(column: str, cell: object, expected: str) -> None:
    with pytest.raises(ColumnError) as error:
        values_of(column, "x", [0.5, cell], row)
    assert f"se esperaba {expected}" in str(error.value)

"""A repeated run beside the stored one: the same, within tolerance, or not."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import toys
from planned import rule_run, toy_run

from experiments.kinds.base import Tolerance
from experiments.kinds.gan import KIND as GAN
from experiments.records.base import Run
from experiments.records.identity import Identity
from experiments.running.comparison import Row, causes, compare, is_identical, obstacles, rows

pytestmark = pytest.mark.usefixtures("only_toys")

TOY = toy_run()


def with_record(run: Run, **changes: Any) -> Run:
    return replace(run, record=run.record.model_copy(update=changes))


def with_environment(run: Run, **changes: Any) -> Run:
    return with_record(run, environment=run.record.environment.model_copy(update=changes))


def with_values(run: Run, values: np.ndarray) -> Run:
    return replace(run, arrays={"values": values})


# --- bit for bit -------------------------------------------------------------------------


def test_what_the_clock_and_the_machine_decide_does_not_count() -> None:
    other = with_environment(with_record(TOY, duration_s=9.0, processor_s=8.0), processor="otro")

    assert is_identical(TOY, other)
    assert compare(TOY, other) == (True, ["toy/seed-1: se repite bit a bit."])


def test_nor_does_the_duration_of_an_epoch() -> None:
    class Epoch(toys.Strict):
        loss: float
        duration_s: float

    class Record(toys.ToyRecord):
        epochs: tuple[Epoch, ...]

    def run(loss: float, duration: float) -> Run:
        epochs = (Epoch(loss=loss, duration_s=duration),)
        return replace(TOY, record=Record(**dict(TOY.record), epochs=epochs))

    assert is_identical(run(0.5, 1), run(0.5, 2))
    assert not is_identical(run(0.5, 1), run(0.25, 1))


def test_one_value_or_one_bit_is_a_difference() -> None:
    values = TOY.arrays["values"].copy()
    values[0] = np.nextafter(values[0], np.float32(9))

    assert not is_identical(TOY, with_record(TOY, total=7.0))
    assert not is_identical(TOY, with_values(TOY, values))
    assert not is_identical(TOY, with_values(TOY, TOY.arrays["values"].astype(np.float64)))


def test_places_without_a_value_are_the_same() -> None:
    """As in the matrix of hidden windows, which not every review fills."""
    values = np.array([1, np.nan, 3], np.float32)

    assert is_identical(with_values(TOY, values), with_values(TOY, values.copy()))


# --- tolerances --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "within"),
    [(0.5199, True), (0.5201, False), (0.4801, True), (0.4799, False), (float("nan"), False)],
)
def test_a_tolerance_holds_on_both_sides(found: float, within: bool) -> None:
    tolerance = Tolerance[toys.ToyRecord]("exactitud", lambda record, arrays: 0.5, 0.02, 4)
    assert Row(tolerance, 0.5, found).within is within


def test_the_quantities_are_those_of_the_kind() -> None:
    (row,) = rows(TOY, with_record(TOY, total=6.5))
    assert (row.stored, row.repeated) == (6.0, 6.5)
    assert str(row) == "el total: 6.00 → 6.50, diferencia 0.50, fuera de 0.25"


def test_quantities_of_a_generator_are_those_of_the_last_third() -> None:
    curve = np.zeros(300, np.float32)
    curve[200:] = 1.5
    samples = np.zeros((3, 4, 28, 28), np.uint8)
    samples[-1] = 51
    arrays = dict.fromkeys(("discriminator_loss", "generator_loss", "d_real", "d_fake"), curve)
    found = [
        tolerance.quantity(None, arrays | {"samples": samples})  # type: ignore[arg-type]
        for tolerance in GAN.tolerances
    ]

    assert found == [1.5, 1.5, 1.5, 1.5, 51 / 255]


def test_differences_within_tolerance_confirm_and_are_explained() -> None:
    other = with_environment(with_record(TOY, total=6.25), processor="B", libraries={"numpy": "1"})

    confirmed, lines = compare(TOY, other)

    assert confirmed
    assert lines[0] == "toy/seed-1: se repite dentro de la tolerancia."
    assert lines[1] == "  el total: 6.00 → 6.25, diferencia 0.25, dentro de 0.25."
    assert "otra versión de numpy (2.3.5 → 1)" in lines[-1]
    assert "otro procesador (x86_64 → B)" in lines[-1]


def test_differences_on_the_same_machine_are_nondeterminism() -> None:
    confirmed, lines = compare(TOY, with_record(TOY, total=6.5))

    assert not confirmed
    assert lines[0] == "toy/seed-1: no se repite."
    assert any("el total" in line and "fuera de 0.25" in line for line in lines)
    assert lines[-1].endswith("las diferencias vienen de que el cálculo no es determinista.")


def test_a_difference_of_which_no_quantity_is_known_confirms_nothing() -> None:
    rule = rule_run()
    confirmed, lines = compare(rule, with_record(rule, length=11.0))
    assert not confirmed
    assert lines[0] == "rule: no se repite."


def test_every_difference_of_the_environment_is_a_cause() -> None:
    other = with_environment(TOY, python="3.12.0", platform="macOS", threads=4, gpu="Acelerador 9")

    assert list(causes(TOY.record, other.record)) == [
        "otro Python (3.11.2 → 3.12.0)",
        "otra GPU (None → Acelerador 9)",
        "otro sistema (Linux 6.1 → macOS)",
        "otro número de hilos (1 → 4)",
    ]


def test_other_libraries_are_no_obstacle_but_another_configuration_is() -> None:
    stored = Identity.of(TOY.record)
    other = stored.model_copy(update={"libraries": {"numpy": "1"}, "upstream": {"rule": "0" * 64}})

    assert obstacles(stored, other) == []
    changed = other.model_copy(update={"config": stored.config | {"width": 32}})
    assert obstacles(stored, changed) == ["la configuración (width: 2 → 32)"]

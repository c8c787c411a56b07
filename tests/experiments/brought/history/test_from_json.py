import json
from pathlib import Path

import pytest

from experiments.brought.history.from_json import read_json
from experiments.errors import BroughtError

PATH = Path("h.json")


def refusal(text: str) -> str:
    with pytest.raises(BroughtError) as error:
        read_json(text, PATH)
    return str(error.value).removeprefix("h.json: ")


def test_the_dict_of_keras_as_it_is() -> None:
    written = read_json('{"loss": [0.6554334759712219, 1], "val_loss": [0.1, 2e-3]}', PATH)

    assert written.columns == {"loss": [0.6554334759712219, 1], "val_loss": [0.1, 0.002]}
    assert (written.epochs, written.stated, written.printed, written.notices) == (None, None, False, ())
    assert written.row(0) == "el valor 1"


def test_the_object_dumped_whole() -> None:
    content = {"history": {"loss": [0.5]}, "epoch": [0], "params": {"epochs": 10}}
    written = read_json(json.dumps(content), PATH)

    assert written.columns == {"loss": [0.5]}
    assert written.notices == ("claves que no son listas de métricas y no se leen: «epoch» y «params».",)


def test_epochs_are_no_metric_and_single_values_no_list() -> None:
    written = read_json('{"época": [1], "val_loss": [0.5], "accuracy": 0.9}', PATH)

    assert (written.columns, written.epochs) == ({"val_loss": [0.5]}, [1])
    assert written.notices == ("claves que no son listas de métricas y no se leen: «accuracy».",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[]", "una lista de 0 elementos"),
        ('[{"loss": 0.5}, {"loss": 0.4}]', "una lista de 2 elementos"),
        ('"hola"', "un valor suelto"),
        ("0.5", "un valor suelto"),
        ("{}", "un objeto vacío"),
        ('{"history": [0.5]}', "un objeto con «history», sin lista de ninguna métrica conocida"),
        ('{"loss": {"0": 0.5, "1": 0.4}}', "un objeto con «loss», sin lista de ninguna métrica conocida"),
        ('{"loss": "[0.5 0.4]"}', "un objeto con «loss», sin lista"),
        (
            '{"kind": "lstm", "epochs": [{"loss": 1}], "seed": 1, "a": 1, "b": 2, "c": 3, "d": 4}',
            "un objeto con «kind», «epochs», «seed», «a», «b» y otros 2, sin lista",
        ),
    ],
)
def test_what_is_no_history_is_described(text: str, found: str) -> None:
    said = refusal(text)
    assert said.startswith("se esperaba un historial, un objeto JSON con una lista por métrica")
    assert f"se encontró {found}" in said
    assert said.endswith("; guarde History.history como JSON.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"loss": [0.5,\n]}', "un error en la línea 2"),
        ("{'loss': [0.5]}", "un error en la línea 1"),
        ("", "un error en la línea 1"),
        ("[" * 100_000, "RecursionError"),
        ('{"loss": [' + "9" * 5_000 + "]}", "ValueError"),
        ('{"loss": [0.5], "loss": [0.4]}', "«loss» dos veces"),
        ('{"history": {"loss": [0.5], "loss": [0.4]}}', "«loss» dos veces"),
    ],
)
def test_broken_or_ambiguous_json(text: str, found: str) -> None:
    assert f"se encontró {found}" in refusal(text)

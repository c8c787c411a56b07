"""The ledger: what is printed is traced, and printed in one way."""

import json

import pytest

from report.ledger.ledger import MARKED, Leaf, Ledger, Number, Quantity, derive, gather, unmark
from report.ledger.spanish import Style

LOSS = Quantity("pérdida", "number", 4, "nats")
EPOCH = Quantity("época", "integer")
NAME = Quantity("texto", "text")
STYLES = ("number", "integer", "significant", "percent", "duration", "p")


@pytest.fixture
def ledger():
    return Ledger(Style())


def loss(value=0.34215, origin="lstm/seed-1:test_loss") -> Number:
    return LOSS(Leaf(value, origin))


def test_a_leaf_says_from_what_it_was_computed():
    total = derive("suma", lambda a, b: a + b, Leaf(2, "x:a"), Leaf(3, "x:b"))
    assert (total.value, total.origin) == (5, "suma(x:a, x:b)")


def test_gathered_leaves_keep_their_order_and_origins():
    assert gather(Leaf(n, f"s{n}:v") for n in (3, 1, 2)) == Leaf([3, 1, 2], "[s3:v, s1:v, s2:v]")


def test_a_printed_number_stands_between_marks_that_lead_to_its_entry(ledger):
    ledger.print(EPOCH(Leaf(3, "a:epoch")))
    printed = ledger.print(loss())
    found = MARKED.fullmatch(printed)
    assert found is not None
    assert found[2] == "0.3422"
    assert ledger.entries[int(found[1])].number == loss()
    assert unmark(f"vale {printed}.") == "vale 0.3422."


@pytest.mark.parametrize("write", [str, "{}".format, "%s".__mod__, lambda number: f"{number}"])
def test_outside_the_ledger_a_number_does_not_print(write):
    with pytest.raises(TypeError, match="lstm/seed-1:test_loss: un número solo se imprime a través"):
        write(loss())


@pytest.mark.parametrize("style", STYLES)
def test_a_missing_value_is_refused_by_its_name(ledger, style):
    number = Quantity("brecha", style, 4)(Leaf(None, "lstm/seed-1:gap"))
    with pytest.raises(ValueError, match="brecha: se esperaba un valor, se encontró ninguno"):
        ledger.print(number)
    assert ledger.entries == []


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_finite_is_refused(ledger, style, value):
    with pytest.raises((ValueError, OverflowError)):
        ledger.print(Quantity("brecha", style, 4)(Leaf(value, "lstm/seed-1:gap")))
    assert ledger.entries == []


@pytest.mark.parametrize("style", STYLES)
def test_what_is_not_finite_is_refused_by_its_name(ledger, style):
    with pytest.raises(ValueError, match="brecha: se esperaba un número finito, se encontró nan"):
        ledger.print(Quantity("brecha", style, 4)(Leaf(float("nan"), "lstm/seed-1:gap")))


def test_an_integer_is_not_rounded_in_silence(ledger):
    assert unmark(ledger.print(EPOCH(Leaf(3.0, "a:epoch")))) == "3"
    with pytest.raises(ValueError, match=r"época: se esperaba un entero, se encontró 2\.5"):
        ledger.print(EPOCH(Leaf(2.5, "a:epoch")))


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0.0001, "<\u00a00.001"),
        (0.00099, "<\u00a00.001"),
        (0.001, "0.001"),
        (0.0445, "0.045"),
        (1.0, "1.000"),
    ],
)
def test_a_p_value_below_the_last_decimal_is_a_bound(ledger, value, printed):
    assert ledger.plain(Quantity("valor p", "p", 3)(Leaf(value, "a:p"))) == printed


@pytest.mark.parametrize(
    ("quantity", "value", "printed"),
    [
        (LOSS, 0.34215, "0,3422"),
        (Quantity("cambio", "number", 2, signed=True), 0.5, "+0,50"),
        (Quantity("cambio", "number", 2, signed=True), -0.5, "−0,50"),
        (Quantity("recuento", "integer"), 25_000, "25\u00a0000"),
        (Quantity("ajuste", "significant", 4), 0.0002, "0,0002"),
        (Quantity("porcentaje", "percent", 1), 0.304, "30,4\u00a0%"),
        (Quantity("duración", "duration"), 75.2, "1\u00a0min\u00a015\u00a0s"),
        (Quantity("valor p", "p", 3), 1e-9, "<\u00a00,001"),
        (NAME, "TensorFlow 2.21", "TensorFlow 2.21"),  # a name is not a number: its point stays
    ],
)
def test_each_style_with_a_decimal_comma(quantity, value, printed):
    assert Ledger(Style(",")).plain(quantity(Leaf(value, "a:b"))) == printed


def test_the_same_number_is_one_entry_printed_in_one_way(ledger):
    assert ledger.print(loss()) == ledger.print(loss())
    [entry] = ledger.entries
    assert entry.printed == ["0.3422"]


def test_another_origin_value_or_quantity_is_another_entry(ledger):
    rounded = Quantity("pérdida redonda", "number", 1)
    for number in (loss(), loss(origin="b"), loss(0.34216), rounded(loss().leaf)):
        ledger.print(number)
    assert [entry.id for entry in ledger.entries] == [0, 1, 2, 3]


def test_a_word_that_stands_for_a_number_is_traced_as_well(ledger):
    rises = Quantity("recuento", "integer")(Leaf(1, "subidas(a:v)"))
    assert unmark(ledger.counted(rises, "subida", "subidas", "f")) == "una\u00a0subida"
    assert unmark(ledger.print(rises)) == "1"
    [entry] = ledger.entries
    assert entry.printed == ["una", "1"]
    zero = Quantity("recuento", "integer")(Leaf(0, "subidas(b:v)"))
    assert unmark(ledger.counted(zero, "subida", "subidas", "f")) == "ninguna\u00a0subida"


def test_an_ordinal_is_traced_as_well(ledger):
    third = EPOCH(Leaf(3, "a:selected_epoch"))
    marked = ledger.ordinal(third, "m", before_noun=True)
    assert MARKED.fullmatch(marked)
    assert unmark(marked) == "tercer"
    assert unmark(ledger.ordinal(third, "f")) == "tercera"
    assert ledger.uses(third)


def test_a_plain_number_has_no_marks_and_is_noted(ledger):
    assert ledger.plain(loss()) == "0.3422"
    assert ledger.uses(loss())
    assert not ledger.uses(loss(0.1))


def test_restart_forgets(ledger):
    ledger.print(loss())
    ledger.restart()
    assert not ledger.uses(loss())
    assert ledger.print(loss()).startswith("\ue0000\ue001")


def test_names_are_not_counted_as_figures(ledger):
    ledger.print(loss())
    ledger.print(NAME(Leaf("F1", "nombre:f_uno")))
    assert ledger.count_figures() == 1


def test_the_ledger_as_json_gives_origin_value_and_print(ledger):
    ledger.print(loss())
    assert json.loads(json.dumps(ledger.to_json(), allow_nan=False)) == [
        {
            "id": 0,
            "cantidad": "pérdida",
            "origen": "lstm/seed-1:test_loss",
            "valor": 0.34215,
            "impreso": ["0.3422"],
            "unidad": "nats",
        }
    ]

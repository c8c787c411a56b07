"""What a message says to type."""

import re

import pytest

from experiments.paths import ROOT
from experiments.terminal import orders
from experiments.terminal.orders import as_typed


@pytest.mark.parametrize(
    ("message", "installed"),
    [
        ("ejecute «make train».", "ejecute «informe train»."),
        ("«make report» lo rehará", "«informe build» lo rehará"),
        ("«make report RESULTS=results/mio», después,", "«informe build --results results/mio», después,"),
        ("con «make import HISTORY=mi historia.csv».",
         "con «informe import --out results/mio --history mi historia.csv»."),
        ("«make all» entrenará lo que falte", "«informe train && informe build» entrenará lo que falte"),
        ("«make .venv/train» y el título «make train»", "«make .venv/train» y el título «informe train»"),
    ],
)  # fmt: skip
def test_where_it_is_installed_its_own_orders_stand_for_those_of_the_makefile(
    monkeypatch, message, installed
):
    assert orders.IN_A_CLONE
    assert as_typed(message) == message
    monkeypatch.setattr(orders, "IN_A_CLONE", False)
    assert as_typed(message) == installed


def test_no_message_names_an_order_that_is_not_known_here(monkeypatch):
    """But for what only a clone can do, which says so."""
    monkeypatch.setattr(orders, "IN_A_CLONE", False)
    named = {
        (path.name, order)
        for folder in ("experiments", "report")
        for path in (ROOT / folder).rglob("*.py")
        for order in re.findall(r"«make [^»]*»", as_typed(path.read_text(encoding="utf-8")))
        if path.name != "orders.py"
    }
    assert named == {
        ("endings.py", "«make .venv/{extra}»"),
        ("pandoc.py", "«make docx»"),
        ("pandoc.py", "«make tex»"),
        ("versions.py", "«make verify»"),
    }

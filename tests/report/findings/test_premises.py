"""What presupposes that something was learned is absent where it was not."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import pytest
from cases import UNLEARNT
from studies import make_study, only

from report.findings import collection
from report.findings.base import CONVENTION, Code, Finding, Premise, Rule, id_of, seeds
from report.findings.collection import KINDS, find_all
from report.findings.lstm.learned import Learned

PRESUPPOSE_LEARNING = {
    f"lstm.{name}"
    for name in (
        *(
            "balanced_threshold",
            "confusion",
            "deficit",
            "deficit_by_class",
            "gradient",
            "length",
            "linear_reference",
            "memory",
            "onset",
            "overfitting",
        ),
        *("overfitting_last", "running_gap", "running_gap_last", "truncation", "val_loss_shape"),
    )
}


def names(study):
    return {id_of(type(finding)) for finding in find_all(study)}


def test_what_presupposes_learning_is_known():
    of_brought = {"lstm.by_length"}  # in the place of lstm.length
    found = {id_of(kind) for kind in KINDS if Learned in kind.presupposes}
    assert found == PRESUPPOSE_LEARNING | of_brought


@pytest.mark.parametrize("lstm", [UNLEARNT, [UNLEARNT, {}, {}]])
def test_where_not_every_seed_learned_it_is_absent(lstm):
    whole, unlearnt = names(make_study(3)), names(make_study(3, lstm=lstm))
    assert whole - unlearnt == PRESUPPOSE_LEARNING
    assert "lstm.learned" in unlearnt


def test_a_premise_whose_runs_are_not_there_holds_nothing_up():
    assert "lstm.learned" not in names(only(make_study(1), "linear"))


# --- the mechanism --------------------------------------------------------------------------


class Said(Code):
    YES = auto()
    NO = auto()


def kind_of(holding: bool, premises: tuple[type[Premise], ...] = ()) -> type[Finding]:
    @dataclass(frozen=True, kw_only=True)
    class Ground(Premise):
        needs: ClassVar = ("gan",)
        presupposes: ClassVar = premises
        rule: ClassVar = Rule("ground", CONVENTION)
        verdict: Said

        @property
        def holds(self) -> bool:
            return holding

    return Ground


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [(True, True, "abc"), (True, False, "ab"), (False, True, "a"), (False, False, "a")],
)
def test_premises_may_stand_on_others_in_any_order(monkeypatch, first, second, found):
    a = kind_of(first)
    b = kind_of(second, (a,))
    c = kind_of(True, (a, b))
    order, asked = {"c": c, "a": a, "b": b}, []

    def finder(name):
        def find(study):
            asked.append(name)
            return order[name](verdict=Said.YES, n_seeds=seeds(study.gan))

        return find

    monkeypatch.setattr(collection, "KINDS", {kind: finder(name) for name, kind in order.items()})
    there = find_all(only(make_study(1), "gan"))
    assert {name for name, kind in order.items() if there.get(kind)} == set(found)
    assert sorted(asked) == sorted(found)  # each is looked for once, and only where it may be
    assert len(find_all(only(make_study(1), "judge"))) == 0

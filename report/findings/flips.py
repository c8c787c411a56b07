"""What it would take for a verdict on several seeds to be another one.

Each seed is in one of several states, or in none that counts (``None``); the verdict is the state
that all those that count share. The cost of a state is the least by which some value of the seed must
change for it to be in that state: 0 if it is, infinite if it cannot be.
"""

import itertools
import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

State = TypeVar("State", bound=Hashable)
Costs = Sequence[Mapping[State | None, float]]  # of each seed


def to_none(costs: Costs[State]) -> float:
    """For no seed to count."""
    return max(cost[None] for cost in costs)


def to_shared(state: State, costs: Costs[State]) -> float:
    """For all seeds that count to be in ``state``, and at least one to be so."""

    def by(place: int) -> float:
        others = [min(cost[state], cost[None]) for i, cost in enumerate(costs) if i != place]
        return max(costs[place][state], *others) if others else costs[place][state]

    return min(map(by, range(len(costs))))


def to_mixed(states: Collection[State], costs: Costs[State]) -> float:
    """For two seeds to be in different ones of ``states``."""
    return min(
        (
            max(one[first], other[second])
            for one, other in itertools.permutations(costs, 2)
            for first, second in itertools.combinations(states, 2)
        ),
        default=math.inf,
    )

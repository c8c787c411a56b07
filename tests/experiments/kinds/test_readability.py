"""What is counted over classes is counted from them."""

import pytest
from pydantic import ValidationError

from experiments.kinds.readability import ClassCopies, Copies, Deformation, ReadabilityConfig


def of_class(label: int, n: int, copies: int | None) -> ClassCopies:
    return ClassCopies(
        label=label,
        n_generated=n,
        n_real=90,
        median_generated=0.7,
        median_real=0.8,
        auc=None if copies is None else 0.5,
        copies=copies,
        n_control=10,
        caught=9,
    )


def test_only_classes_that_can_tell_are_counted() -> None:
    copies = Copies(
        limit_quantile=0.02,
        expected_share=0.02,
        by_class=(of_class(0, 40, 3), of_class(1, 9, None), of_class(2, 60, 0)),
        auc=0.5,
        p=0.9,
        control=(
            Deformation(name="shift", n=20, caught=19),
            Deformation(name="noise", n=10, caught=8),
        ),
    )
    assert (copies.n_generated, copies.copies) == (100, 3)
    assert (copies.n_control, copies.caught) == (30, 27)


def test_the_weights_are_the_last_or_their_average() -> None:
    assert ReadabilityConfig().weights == "last"
    with pytest.raises(ValidationError, match="weights"):
        ReadabilityConfig.model_validate({"weights": "best"})

"""What the digest of the code of a run covers of this package."""

import subprocess
import sys

import pytest

from experiments.records.closure import closure

LOADERS = ["experiments.data.reviews", "experiments.data.images"]


@pytest.mark.parametrize("loader", LOADERS)
def test_finding_and_packing_cannot_make_a_record_stale(loader: str) -> None:
    covered = closure(loader)
    assert not covered & {"experiments.data.finding", "experiments.data.travel"}
    assert covered >= {
        loader,
        "experiments.data.source",
        "experiments.data.sets",
        "experiments.data.held_out",
    }


def test_reviews_do_not_depend_on_images_nor_images_on_reviews() -> None:
    assert not any("image" in name or "npz" in name for name in closure(LOADERS[0]))
    assert not any("review" in name or "tables" in name for name in closure(LOADERS[1]))


def test_no_tensorflow() -> None:
    modules = ", ".join([*LOADERS, "experiments.data.finding", "experiments.data.travel"])
    code = f"import sys, {modules}; sys.exit(bool({{'tensorflow', 'keras'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

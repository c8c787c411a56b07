"""How much generated images vary from one to another, whoever could read them."""

from report.ledger.ledger import Leaf, derive
from report.study.study import AnyRun, at


def variance_ratio(run: AnyRun) -> Leaf:
    """Of the images of a GAN's last sampled step, the variance of a pixel from image to image, in the mean
    of all pixels, divided by that of real images: 0 if all are the same; None where there are too few, or
    none of either to compare."""
    if "sample_variance" not in run.arrays:
        return Leaf(None, f"{run.name}:sin imágenes reales con que comparar")
    return derive(
        "cociente",
        quotient,
        at(run, f"arrays.sample_variance[{len(run.arrays['sample_variance']) - 1}]"),
        at(run, "arrays.real_variance[0]"),
    )


def quotient(generated: float, real: float) -> float | None:
    """Of two variances; either may be NaN, and that of real images 0."""
    return float(generated / real) if real > 0 and generated >= 0 else None

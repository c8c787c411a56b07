"""The one sentence with which a reader refuses a file."""

from experiments.errors import BroughtError


def refusal(place: object, expected: str, found: str, remedy: str) -> BroughtError:
    """What to raise; all three go on from «se esperaba», «se encontró» and a semicolon, in Spanish."""
    return BroughtError(f"{place}: se esperaba {expected}, se encontró {found}; {remedy}.")

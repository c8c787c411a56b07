"""The words of a figure that no result changes: what its data may carry to another process, where
the makers of its other labels cannot go."""

from dataclasses import fields
from typing import Any, TypeVar

Words = TypeVar("Words")


def constant(labels: Any, kind: type[Words]) -> Words:
    """Those of ``labels`` that ``kind``, a dataclass of strings, has."""
    return kind(**{field.name: getattr(labels, field.name) for field in fields(kind)})  # type: ignore[arg-type]

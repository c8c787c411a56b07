"""Settings of a training that its author types, since no file tells them."""

from collections.abc import Sequence
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from experiments.errors import BroughtError, SettingsError
from experiments.kinds.registry import KINDS
from experiments.records.built import Setting
from experiments.validation import first_complaint
from experiments.written import collect, listed, read_assignment, refuse

TYPED = ("lstm", "gan")  # kinds whose trainings can be brought

# Strict, because true is no 1 and "64" no 64; without NaN and infinity, as in the records.
_STRICT = ConfigDict(strict=True, allow_inf_nan=False)


def read_typed(assignments: Sequence[str]) -> dict[str, dict[str, Setting]]:
    """«lstm.units=64» -> {"lstm": {"units": 64}}; a kind of which nothing is typed is left out.

    Each value is looked at by itself, by type and range of the setting in the kind's configuration.
    Nothing is filled in: what the author has not typed is not known, whatever the defaults are here.

    Raises:
        BroughtError: no assignment; an unknown kind or setting; two values for one; a value of another
            type or out of range.
    """
    try:
        pairs = [read_assignment(text) for text in assignments]
        for name, _ in pairs:
            kind = name.partition(".")[0]
            if kind not in TYPED:
                refuse(name, f"una sección de {listed(TYPED)}", kind)
        given = collect(pairs)
    except SettingsError as error:
        raise BroughtError(str(error)) from error
    found: dict[str, dict[str, Setting]] = {}
    for name, value in given.items():
        kind, _, setting = name.partition(".")
        found.setdefault(kind, {})[setting] = _checked(name, KINDS[kind].config.model_fields[setting], value)
    return found


def _checked(name: str, field: FieldInfo, value: object) -> Setting:
    """``value`` as the configuration would have it: 1 is 1.0 where a number with decimals is meant."""
    # of the setting alone: the configuration's own validator also asks what goes with what
    own: TypeAdapter[Any] = TypeAdapter(field.rebuild_annotation(), config=_STRICT)
    try:
        return own.validate_python(value)
    except ValidationError as error:
        raise BroughtError(f"{name}: {first_complaint(error)[1]}; corríjalo.") from error

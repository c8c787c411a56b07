"""How settings are written: tables of a TOML file, and assignments of the command line."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from re import fullmatch
from typing import Any, NoReturn

from experiments.brought import texts
from experiments.data.source import OwnImages, OwnReviews, own_images, own_reviews
from experiments.errors import BroughtError, SettingsError
from experiments.kinds.registry import KINDS
from experiments.records.base import Strict
from experiments.validation import shown

DATA, VARIANTS = "datos", "variantes"
REVIEWS, IMAGES = "resenas", "imagenes"
VARIANT_NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
# How folders end that are no variant's; see ``running.plan``.
RESERVED = ("quick", "test", "sample", "own", "gpu")


Settings = dict[str, Any]  # by ``kind.setting``


def read_toml(path: Path) -> dict[str, Any]:
    """Raises SettingsError; a file that is not there has no settings."""
    if not path.exists():
        return {}
    try:
        return texts.read_toml(path)
    except BroughtError as error:
        raise SettingsError(str(error)) from error


def flat(table: object, place: str) -> Iterator[tuple[str, Any]]:
    """``kind.setting`` and value of each setting in tables by kind."""
    for name, settings in table_of(table, place).items():
        if name not in KINDS:
            refuse(place, f"alguna de las secciones {listed(KINDS)}", name)
        for setting, value in table_of(settings, f"{place}: {name}").items():
            yield f"{name}.{setting}", value


def read_variants(table: object, place: str) -> Iterator[tuple[str, Settings]]:
    for name, changes in table_of(table, place).items():
        if not fullmatch(VARIANT_NAME, name):
            refuse(place, "un nombre de minúsculas, cifras y guiones", name)
        if (ending := name.rpartition("-")[2]) in RESERVED:
            refuse(place, f"un nombre que no acabe en {ending}, que ya distingue otras carpetas", name)
        settings = collect([*flat(changes, f"{place}.{name}")])
        if not settings:
            refuse(f"{place}.{name}", "algún ajuste que la distinga de la base", "ninguno")
        yield name, settings


def read_assignment(text: str) -> tuple[str, Any]:
    """``lstm.units=128`` -> ("lstm.units", 128); what is no TOML value is a word."""
    name, equals, value = text.partition("=")
    if not equals or "." not in name:
        refuse("SET", "sección.ajuste=valor, como lstm.units=128", text)
    try:
        # within a list, so that nothing can follow the value
        values = texts.parsed_toml(f"values = [{value}]")["values"]
    except (ValueError, RecursionError):  # also a number of thousands of digits, brackets without end
        values = []
    return name.strip(), values[0] if len(values) == 1 else value.strip()


def read_own_data(data: object, path: Path) -> tuple[OwnReviews | None, OwnImages | None]:
    tables = {
        name: table_of(table, f"{path}: {DATA}.{name}")
        for name, table in table_of(data, f"{path}: {DATA}").items()
    }
    for name in tables:
        if name not in (REVIEWS, IMAGES):
            refuse(f"{path}: {DATA}", f"{REVIEWS} o {IMAGES}", name)
    return (
        own_reviews(tables[REVIEWS], path.parent) if REVIEWS in tables else None,
        own_images(tables[IMAGES], path.parent) if IMAGES in tables else None,
    )


def collect(pairs: Sequence[tuple[str, Any]]) -> Settings:
    """What is given, as the configurations take it: «none» where it may be none, lists as tuples."""
    found: Settings = {}
    for key, value in pairs:
        kind, _, setting = key.partition(".")
        if kind not in KINDS:
            refuse(key, f"una sección de {listed(KINDS)}", kind)
        # a digest is found, not given
        fields = [name for name in KINDS[kind].config.model_fields if not name.endswith("_digest")]
        if setting not in fields:
            refuse(key, f"un ajuste de {kind}: {listed(fields)}", setting)
        if key in found:
            refuse(key, "un solo valor", f"{shown(found[key])} y {shown(value)}")
        none = value == "none" and _may_be_none(KINDS[kind].config, setting)
        found[key] = None if none else tuple(value) if isinstance(value, list) else value
    return found


def _may_be_none(config: type[Strict], setting: str) -> bool:
    annotation = config.model_fields[setting].annotation
    return type(None) in getattr(annotation, "__args__", ())


def table_of(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        refuse(place, "una sección con ajustes", value)
    return value


def refuse(place: str, expected: str, found: object) -> NoReturn:
    raise SettingsError(f"{place}: se esperaba {expected}; se encontró «{shown(found)}»; corríjalo.")


def listed(names: Iterable[str]) -> str:
    return ", ".join(names)

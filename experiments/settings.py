"""What the user wants to be run: ``experimento.toml`` and what the command line puts over it.

[lstm]                                 settings of a kind of run, by the names of its configuration
units = 128
[datos.resenas]                        own data
csv = "mis-resenas.csv"
[variantes.gru]                        a name, and what sets it apart from the base
lstm.cell = "gru"
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from re import fullmatch, search
from typing import Any, NoReturn

from pydantic import ValidationError

from experiments.data.source import OwnImages, OwnReviews, own_images, own_reviews
from experiments.errors import SettingsError
from experiments.kinds.registry import KINDS
from experiments.records.base import Profile, Strict
from experiments.records.files import file_digest
from experiments.validation import first_complaint, one_line, shown

SETTINGS_FILE = Path("experimento.toml")
DATA, VARIANTS = "datos", "variantes"
REVIEWS, IMAGES = "resenas", "imagenes"
VARIANT_NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
# How folders end that are no variant's; see ``running.plan``.
RESERVED = ("quick", "test", "sample", "own", "gpu")

Settings = dict[str, Any]  # by ``kind.setting``


@dataclass(frozen=True)
class Experiment:
    """``base``: what is changed in the profile's settings; ``variants``: what each changes besides.
    ``folder``: where relative paths begin."""

    profile: Profile
    base: Settings = field(default_factory=dict)
    variants: Mapping[str, Settings] = field(default_factory=dict)
    reviews: OwnReviews | None = None
    images: OwnImages | None = None
    folder: Path = Path()

    def configs(self, variant: str = "") -> dict[str, Any]:
        """The settings of each kind of run; files in them by name and digest, wherever they lie.

        Raises:
            SettingsError: a value of another type or out of range, or a file that cannot be read.
        """
        given = self._given(variant)
        return {
            name: _identified(
                KINDS[name].complete(config, given), self.files(name, variant), _place(variant, name)
            )
            for name, config in given.items()
        }

    def files(self, kind: str, variant: str = "") -> dict[str, Path]:
        """Files that a run of ``kind`` reads, by the setting that names them."""
        named = KINDS[kind].reads(self._given(variant)[kind])
        return {
            setting: (self.folder / Path(name).expanduser()).absolute() for setting, name in named.items()
        }

    def _given(self, variant: str) -> dict[str, Any]:
        changes = self.base | (self.variants[variant] if variant else {})
        return {name: self._config(name, changes, variant) for name in KINDS}

    def _config(self, kind: str, changes: Settings, variant: str) -> Strict:
        own = {setting: value for (name, setting), value in _parted(changes) if name == kind}
        config, profile = KINDS[kind].config, KINDS[kind].profiles[self.profile]
        try:
            # strict, because true is no 1 and "64" no 64
            return config.model_validate(profile.model_dump() | own, strict=True)
        except ValidationError as error:
            setting, complaint = first_complaint(error)
            where = _place(variant, ".".join(filter(None, (kind, setting))))
            raise SettingsError(f"{where}: {complaint}; corríjalo en {SETTINGS_FILE} o en SET.") from error


def read_experiment(path: Path, assignments: Sequence[str], profile: Profile) -> Experiment:
    """``path``, if it is there, with ``assignments`` («kind.setting=value») over it.

    Raises:
        SettingsError: anything unknown, of another type or out of range.
        DataError: own data that are not well described.
    """
    content = _read_toml(path)
    kinds = {name: content.pop(name) for name in list(content) if name in KINDS}
    data, variants = content.pop(DATA, {}), content.pop(VARIANTS, {})
    if content:
        _refuse(str(path), f"alguna de las secciones {_list([*KINDS, DATA, VARIANTS])}", next(iter(content)))
    experiment = Experiment(
        profile,
        _settings([*_flat(kinds, str(path))]) | _settings([_assignment(text) for text in assignments]),
        dict(_variants(variants, f"{path}: {VARIANTS}")),
        *_own_data(data, path),
        folder=path.parent.absolute(),
    )
    for variant in ("", *experiment.variants):
        _check(experiment, variant)
    return experiment


def choose_variants(experiment: Experiment, names: str) -> list[str]:
    """The variants named in ``names``, separated by spaces or commas; all of them for an empty one.

    Raises:
        SettingsError: an unknown one, or there are none.
    """
    asked = list(dict.fromkeys(names.replace(",", " ").split())) or list(experiment.variants)
    for name in asked:
        if name not in experiment.variants:
            _refuse("VARIANTS", f"alguna de {_list(experiment.variants) or 'las de experimento.toml'}", name)
    if not asked:
        raise SettingsError(
            f"{SETTINGS_FILE}: se esperaba alguna variante, no se encontró ninguna; describa una, por "
            f'ejemplo con [{VARIANTS}.gru] y lstm.cell = "gru".'
        )
    return asked


# --- reading -----------------------------------------------------------------------------


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{path}: se esperaba un fichero TOML, se encontró un error{_where(error)}; corríjalo."
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{path}: se esperaba un fichero TOML en UTF-8, se encontró otra codificación (byte "
            f"{error.start + 1}); guárdelo como UTF-8."
        ) from error


def _where(error: tomllib.TOMLDecodeError) -> str:
    """The complaint itself is in English; its place helps."""
    place = search(r"line (\d+), column (\d+)", str(error))
    return f" en la línea {place[1]}, columna {place[2]}" if place else " al final"


def _flat(table: object, place: str) -> Iterator[tuple[str, Any]]:
    """``kind.setting`` and value of each setting in tables by kind."""
    for name, settings in _table(table, place).items():
        if name not in KINDS:
            _refuse(place, f"alguna de las secciones {_list(KINDS)}", name)
        for setting, value in _table(settings, f"{place}: {name}").items():
            yield f"{name}.{setting}", value


def _variants(table: object, place: str) -> Iterator[tuple[str, Settings]]:
    for name, changes in _table(table, place).items():
        if not fullmatch(VARIANT_NAME, name):
            _refuse(place, "un nombre de minúsculas, cifras y guiones", name)
        if (ending := name.rpartition("-")[2]) in RESERVED:
            _refuse(place, f"un nombre que no acabe en {ending}, que ya distingue otras carpetas", name)
        settings = _settings([*_flat(changes, f"{place}.{name}")])
        if not settings:
            _refuse(f"{place}.{name}", "algún ajuste que la distinga de la base", "ninguno")
        yield name, settings


def _assignment(text: str) -> tuple[str, Any]:
    """``lstm.units=128`` -> ("lstm.units", 128); what is no TOML value is a word."""
    name, equals, value = text.partition("=")
    if not equals or "." not in name:
        _refuse("SET", "sección.ajuste=valor, como lstm.units=128", text)
    try:
        # within a list, so that nothing can follow the value
        values = tomllib.loads(f"values = [{value}]")["values"]
    except tomllib.TOMLDecodeError:
        values = []
    return name.strip(), values[0] if len(values) == 1 else value.strip()


def _own_data(data: object, path: Path) -> tuple[OwnReviews | None, OwnImages | None]:
    tables = {
        name: _table(table, f"{path}: {DATA}.{name}")
        for name, table in _table(data, f"{path}: {DATA}").items()
    }
    for name in tables:
        if name not in (REVIEWS, IMAGES):
            _refuse(f"{path}: {DATA}", f"{REVIEWS} o {IMAGES}", name)
    return (
        own_reviews(tables[REVIEWS], path.parent) if REVIEWS in tables else None,
        own_images(tables[IMAGES], path.parent) if IMAGES in tables else None,
    )


def _settings(pairs: Sequence[tuple[str, Any]]) -> Settings:
    """What is given, as the configurations take it: «none» where it may be none, lists as tuples."""
    found: Settings = {}
    for key, value in pairs:
        kind, _, setting = key.partition(".")
        if kind not in KINDS:
            _refuse(key, f"una sección de {_list(KINDS)}", kind)
        # a digest is found, not given
        fields = [name for name in KINDS[kind].config.model_fields if not name.endswith("_digest")]
        if setting not in fields:
            _refuse(key, f"un ajuste de {kind}: {_list(fields)}", setting)
        if key in found:
            _refuse(key, "un solo valor", f"{shown(found[key])} y {shown(value)}")
        none = value == "none" and _may_be_none(KINDS[kind].config, setting)
        found[key] = None if none else tuple(value) if isinstance(value, list) else value
    return found


def _parted(settings: Settings) -> Iterator[tuple[tuple[str, str], Any]]:
    for key, value in settings.items():
        kind, _, setting = key.partition(".")
        yield (kind, setting), value


def _may_be_none(config: type[Strict], setting: str) -> bool:
    annotation = config.model_fields[setting].annotation
    return type(None) in getattr(annotation, "__args__", ())


def _identified(config: Any, files: Mapping[str, Path], place: str) -> Any:
    """``config`` with its files by name and digest, wherever they lie; ``place`` names it in errors.

    Raises:
        SettingsError: there is none.
    """
    known: dict[str, str] = {}
    for setting, path in files.items():
        try:
            status = path.stat()
            digest = _digest(path, status.st_size, status.st_mtime_ns)
        except OSError as error:
            raise SettingsError(
                f"{place}.{setting}: se esperaba el fichero {one_line(path)}, no se pudo leer "
                f"({error.strerror}); revise la ruta."
            ) from error
        known |= {setting: path.name, f"{setting}_digest": digest}
    return config.model_copy(update=known)


@cache
def _digest(path: Path, size: int, changed: int) -> str:
    """It may have a gigabyte, and is asked for with the settings of every run."""
    return file_digest(path)


# --- checking ----------------------------------------------------------------------------


def _check(experiment: Experiment, variant: str) -> None:
    """Refuse what is out of range, or has no effect beside the rest."""
    configs = experiment.configs(variant)
    for (kind, setting), _ in _parted(experiment.variants[variant] if variant else experiment.base):
        if setting in KINDS[kind].idle(configs[kind]):
            raise SettingsError(
                f"{_place(variant, f'{kind}.{setting}')}: se esperaba un ajuste con efecto, se encontró uno "
                "que no lo tiene junto a los demás; quítelo."
            )
    if variant and configs == experiment.configs():
        raise SettingsError(
            f"{VARIANTS}.{variant}: se esperaba algo distinto de la base, se encontraron los mismos "
            "ajustes; cámbielos o quítela."
        )


def _place(variant: str, setting: str) -> str:
    return f"{VARIANTS}.{variant}: {setting}" if variant else setting


def _table(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        _refuse(place, "una sección con ajustes", value)
    return value


def _refuse(place: str, expected: str, found: object) -> NoReturn:
    raise SettingsError(f"{place}: se esperaba {expected}; se encontró «{shown(found)}»; corríjalo.")


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)

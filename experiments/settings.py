"""What the user wants to be run: ``experimento.toml`` and what the command line puts over it.

[lstm]                                 settings of a kind of run, by the names of its configuration
units = 128
[datos.resenas]                        own data
csv = "mis-resenas.csv"
[variantes.gru]                        a name, and what sets it apart from the base
lstm.cell = "gru"
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from re import fullmatch
from typing import Any

from pydantic import ValidationError

from experiments.data.source import OwnImages, OwnReviews, own_images, own_reviews
from experiments.errors import SettingsError
from experiments.kinds.registry import KINDS
from experiments.records.base import Profile, Strict
from experiments.records.files import file_digest
from experiments.validation import first_complaint

SETTINGS_FILE = Path("experimento.toml")
DATA, VARIANTS = "datos", "variantes"
REVIEWS, IMAGES = "resenas", "imagenes"
VARIANT_NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"

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
            SettingsError: a file that cannot be read.
        """
        given = self._given(variant)
        return {
            name: _identified(KINDS[name].complete(config, given), self.files(name, variant))
            for name, config in given.items()
        }

    def files(self, kind: str, variant: str = "") -> dict[str, Path]:
        """Files that a run of ``kind`` reads, by the setting that names them."""
        named = KINDS[kind].reads(self._given(variant)[kind])
        return {setting: self.folder / name for setting, name in named.items()}

    def _given(self, variant: str) -> dict[str, Any]:
        changes = self.base | (self.variants[variant] if variant else {})
        found: dict[str, Any] = {}
        for name, kind in KINDS.items():
            own = {key.partition(".")[2]: value for key, value in changes.items() if _kind(key) == name}
            found[name] = kind.config.model_validate(kind.profiles[self.profile].model_dump() | own)
        return found


def read_experiment(path: Path, assignments: Sequence[str], profile: Profile) -> Experiment:
    """``path``, if it is there, with ``assignments`` («kind.setting=value») over it.

    Raises:
        SettingsError: anything unknown, of another type or out of range.
    """
    content = _read_toml(path)
    kinds = {name: content.pop(name) for name in list(content) if name in KINDS}
    data, variants = content.pop(DATA, {}), content.pop(VARIANTS, {})
    if content:
        _refuse(str(path), f"alguna de las secciones {_list([*KINDS, DATA, VARIANTS])}", next(iter(content)))
    base = dict(_flat(kinds, str(path))) | dict(map(_assignment, assignments))
    _expect_table(variants, f"{path}: {VARIANTS}")
    named = {}
    for name, changes in variants.items():
        if not fullmatch(VARIANT_NAME, name):
            _refuse(f"{path}: {VARIANTS}", "un nombre de minúsculas, cifras y guiones", name)
        named[name] = dict(_flat(changes, f"{path}: {VARIANTS}.{name}"))
        if not named[name]:
            _refuse(f"{path}: {VARIANTS}.{name}", "algún ajuste que la distinga de la base", "ninguno")
    experiment = Experiment(
        profile,
        {key: _value(key, value) for key, value in base.items()},
        {
            name: {key: _value(key, value) for key, value in changes.items()}
            for name, changes in named.items()
        },
        *_own_data(data, path),
        folder=path.parent,
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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path}: se esperaba un fichero TOML, se encontró «{error}»; corríjalo."
        ) from error


def _flat(table: Mapping[str, Any], place: str) -> Iterator[tuple[str, Any]]:
    """``kind.setting`` and value of each setting in tables by kind."""
    for name, settings in table.items():
        if name not in KINDS:
            _refuse(place, f"alguna de las secciones {_list(KINDS)}", name)
        _expect_table(settings, f"{place}: {name}")
        for setting, value in settings.items():
            yield f"{name}.{setting}", value


def _assignment(text: str) -> tuple[str, Any]:
    """``lstm.units=128`` -> ("lstm.units", 128); what is no TOML value is a word."""
    name, equals, value = text.partition("=")
    if not equals or "." not in name:
        _refuse("SET", "sección.ajuste=valor, como lstm.units=128", text)
    try:
        return name.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return name.strip(), value.strip()


def _own_data(data: Any, path: Path) -> tuple[OwnReviews | None, OwnImages | None]:
    _expect_table(data, f"{path}: {DATA}")
    for name, description in data.items():
        _expect_table(description, f"{path}: {DATA}.{name}")
        if name not in (REVIEWS, IMAGES):
            _refuse(f"{path}: {DATA}", f"{REVIEWS} o {IMAGES}", name)
    return (
        own_reviews(data[REVIEWS], path.parent) if REVIEWS in data else None,
        own_images(data[IMAGES], path.parent) if IMAGES in data else None,
    )


def _value(key: str, value: Any) -> Any:
    """``value`` as the configuration takes it: «none» where it may be none."""
    kind, _, setting = key.partition(".")
    if kind not in KINDS:
        _refuse(key, f"una sección de {_list(KINDS)}", kind)
    # a digest is found, not given
    fields = [name for name in KINDS[kind].config.model_fields if not name.endswith("_digest")]
    if setting not in fields:
        _refuse(key, f"un ajuste de {kind}: {_list(fields)}", setting)
    return None if value == "none" and _may_be_none(KINDS[kind].config, setting) else value


def _kind(key: str) -> str:
    return key.partition(".")[0]


def _may_be_none(config: type[Strict], setting: str) -> bool:
    annotation = config.model_fields[setting].annotation
    return type(None) in getattr(annotation, "__args__", ())


def _identified(config: Any, files: Mapping[str, Path]) -> Any:
    """``config`` with its files by name and digest, wherever they lie.

    Raises:
        SettingsError: there is none.
    """
    known: dict[str, str] = {}
    for setting, path in files.items():
        try:
            known |= {setting: path.name, f"{setting}_digest": file_digest(path)}
        except OSError as error:
            raise SettingsError(
                f"{setting}: se esperaba el fichero {path}, no se pudo leer ({error.strerror}); "
                "revise la ruta."
            ) from error
    return config.model_copy(update=known)


# --- checking ----------------------------------------------------------------------------


def _check(experiment: Experiment, variant: str) -> None:
    """Refuse what is out of range, or has no effect beside the rest."""
    changes = experiment.base | (experiment.variants[variant] if variant else {})
    place = f"{VARIANTS}.{variant}: " if variant else ""
    try:
        configs = experiment.configs(variant)
    except ValidationError as error:
        name, complaint = first_complaint(error)
        kind = error.title.removesuffix("Config").lower()
        where = f"{kind}.{name}" if name else kind
        raise SettingsError(f"{place}{where}: {complaint}; corríjalo en {SETTINGS_FILE} o en SET.") from error
    given = experiment.variants[variant] if variant else experiment.base
    for key in given:
        kind, _, setting = key.partition(".")
        if setting in KINDS[kind].idle(configs[kind]):
            raise SettingsError(
                f"{place}{key}: se esperaba un ajuste con efecto, se encontró uno que no lo tiene junto a "
                "los demás; quítelo."
            )


def _expect_table(value: object, place: str) -> None:
    if not isinstance(value, dict):
        _refuse(place, "una sección con ajustes", value)


def _refuse(place: str, expected: str, found: object) -> None:
    raise SettingsError(f"{place}: se esperaba {expected}; se encontró «{found}»; corríjalo.")


def _list(names: Mapping[str, Any] | Sequence[str]) -> str:
    return ", ".join(names)

"""What the user wants to be run: ``experimento.toml`` and what the command line puts over it.

[lstm]                                 settings of a kind of run, by the names of its configuration
units = 128
[datos.resenas]                        own data
csv = "mis-resenas.csv"
[variantes.gru]                        a name, and what sets it apart from the base
lstm.cell = "gru"
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from os.path import expanduser
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from experiments.causes import cause
from experiments.data.source import OwnImages, OwnReviews
from experiments.errors import SettingsError
from experiments.kinds.registry import KINDS
from experiments.records.base import Profile, Strict
from experiments.records.files import file_digest
from experiments.records.regular import open_regular
from experiments.validation import first_complaint, one_line
from experiments.written import (
    DATA,
    VARIANTS,
    Settings,
    collect,
    flat,
    listed,
    read_assignment,
    read_own_data,
    read_toml,
    read_variants,
    refuse,
)

SETTINGS_FILE = Path("experimento.toml")

Say = Callable[[str], None]


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
        return {setting: (self.folder / expanduser(name)).absolute() for setting, name in named.items()}

    def _given(self, variant: str) -> dict[str, Any]:
        changes = self.base | (self.variants[variant] if variant else {})
        found = {}
        for name in KINDS:
            try:
                found[name] = _config(name, self.profile, changes)
            except ValidationError as error:
                raise _refusal(error, variant, name) from error
        return found


def read_experiment(path: Path, assignments: Sequence[str], profile: Profile) -> Experiment:
    """``path``, if it is there, with ``assignments`` («kind.setting=value») over it.

    Raises:
        SettingsError: anything unknown, of another type or out of range.
        DataError: own data that are not well described.
    """
    content = read_toml(path)
    kinds = {name: content.pop(name) for name in list(content) if name in KINDS}
    data, variants = content.pop(DATA, {}), content.pop(VARIANTS, {})
    if content:
        refuse(str(path), f"alguna de las secciones {listed([*KINDS, DATA, VARIANTS])}", next(iter(content)))
    experiment = Experiment(
        profile,
        collect([*flat(kinds, str(path))]) | collect([read_assignment(text) for text in assignments]),
        dict(read_variants(variants, f"{path}: {VARIANTS}")),
        *read_own_data(data, path),
        folder=path.parent.absolute(),
    )
    _check(experiment, "")
    for name in experiment.variants:
        _check_values(experiment, name)
    return experiment


def choose_variants(experiment: Experiment, names: str) -> list[str]:
    """The variants named in ``names``, separated by spaces or commas; all of them for an empty one.

    Raises:
        SettingsError: an unknown one, one that does not go with the base, or there are none.
    """
    asked = list(dict.fromkeys(names.replace(",", " ").split())) or list(experiment.variants)
    for name in asked:
        if name not in experiment.variants:
            refuse("VARIANTS", f"alguna de {listed(experiment.variants) or 'las de experimento.toml'}", name)
    if not asked:
        raise SettingsError(
            f"{SETTINGS_FILE}: se esperaba alguna variante, no se encontró ninguna; describa una, por "
            f'ejemplo con [{VARIANTS}.gru] y lstm.cell = "gru".'
        )
    for name in asked:
        _check(experiment, name)
    return asked


def leave_out_the_same(experiment: Experiment, variants: Sequence[str], say: Say) -> list[str]:
    """Those of ``variants`` that the profile and the user's settings do not make equal to the base;
    of the others the user is told."""
    base = experiment.configs()
    apart = [name for name in variants if experiment.configs(name) != base]
    for name in variants:
        if name not in apart:
            say(f"Variante «{name}»: con estos ajustes es la misma que la base; no se entrena aparte.")
    return apart


def _config(kind: str, profile: Profile, changes: Settings) -> Strict:
    """Raises ValidationError."""
    own = {setting: value for (name, setting), value in _parted(changes) if name == kind}
    # strict, because true is no 1 and "64" no 64
    return KINDS[kind].config.model_validate(KINDS[kind].profiles[profile].model_dump() | own, strict=True)


def _parted(settings: Settings) -> Iterator[tuple[tuple[str, str], Any]]:
    for key, value in settings.items():
        kind, _, setting = key.partition(".")
        yield (kind, setting), value


def _identified(config: Any, files: Mapping[str, Path], place: str) -> Any:
    """``config`` with its files by name and digest, wherever they lie; ``place`` names it in errors.

    Raises:
        SettingsError: there is none.
    """
    known: dict[str, str] = {}
    for setting, path in files.items():
        try:
            with open_regular(path):
                status = path.stat()
            digest = _digest(path, status.st_size, status.st_mtime_ns)
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            found = cause(error) if isinstance(error, OSError) else f"«{error}»"
            raise SettingsError(
                f"{place}.{setting}: se esperaba poder leer {one_line(path)}, se encontró {found}; revise "
                "la ruta."
            ) from error
        known |= {setting: path.name, f"{setting}_digest": digest}
    return config.model_copy(update=known)


@cache
def _digest(path: Path, size: int, changed: int) -> str:
    """It may have a gigabyte, and is asked for with the settings of every run."""
    return file_digest(path)


# --- checking ----------------------------------------------------------------------------


def _check(experiment: Experiment, variant: str) -> None:
    """Refuse what is out of range, does not go with the rest, or has no effect beside it."""
    configs = experiment.configs(variant)
    for (kind, setting), _ in _parted(experiment.variants[variant] if variant else experiment.base):
        if setting in KINDS[kind].idle(configs[kind]):
            raise SettingsError(
                f"{_place(variant, f'{kind}.{setting}')}: se esperaba un ajuste con efecto, se encontró uno "
                "que no lo tiene junto a los demás; quítelo."
            )


def _check_values(experiment: Experiment, variant: str) -> None:
    """Refuse values that are of another type or out of range whatever the rest is. Whether the
    variant goes with the rest matters only where it is asked for."""
    for kind in KINDS:
        try:
            _config(kind, experiment.profile, experiment.variants[variant])
        except ValidationError as error:
            if error.errors()[0]["loc"]:
                raise _refusal(error, variant, kind) from error


def _refusal(error: ValidationError, variant: str, kind: str) -> SettingsError:
    setting, complaint = first_complaint(error)
    where = _place(variant, ".".join(filter(None, (kind, setting))))
    return SettingsError(f"{where}: {complaint}; corríjalo en {SETTINGS_FILE} o en SET.")


def _place(variant: str, setting: str) -> str:
    return f"{VARIANTS}.{variant}: {setting}" if variant else setting

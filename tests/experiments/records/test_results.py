"""A complete set of results: the runs that its list names, or one sentence."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from brought import brought_gan, brought_lstm, gan_losses
from planned import rule_run, toy_run

from experiments.records.base import RecordError
from experiments.records.results import (
    MANIFEST_FILE,
    Manifest,
    read_all_brought,
    read_results,
    write_manifest,
)
from experiments.records.storage import ARRAYS_FILE, RECORD_FILE, pack_arrays, write_brought, write_run

pytestmark = pytest.mark.usefixtures("only_toys")

RUNS = (toy_run(), rule_run())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A complete set of results with one run of each kind."""
    for run in RUNS:
        write_run(tmp_path / run.name, run.record, run.arrays)
    write_manifest(
        tmp_path,
        Manifest(profile="full", runs=tuple(run.name for run in RUNS), variants={"larga": {"toy.steps": 9}}),
    )
    return tmp_path


def test_results_are_the_runs_of_the_manifest_in_its_order(root: Path) -> None:
    manifest, runs = read_results(root)
    assert (manifest.profile, manifest.runs) == ("full", ("toy/seed-1", "rule"))
    assert manifest.variants == {"larga": {"toy.steps": 9}}
    assert [(run.name, run.record) for run in runs] == [(run.name, run.record) for run in RUNS]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ", se encontró «"),
        ("{", ", se encontró «"),
        ("[]", ", se encontró «"),
        ("3", ", se encontró «"),
        ("[" * 100_000, ", se encontró «"),
        ('{"profile": "full", "runs": ["toy/seed-1"]}', ", se encontró «"),
        (
            '{"schema_version": 2, "profile": "full", "runs": []}',
            ", pero se esperaba al menos una ejecución, no se encontró ninguna; ",
        ),
        (
            '{"schema_version": 2, "profile": null, "runs": ["toy/seed-1"]}',
            ", pero se esperaba el perfil de las ejecuciones, no se encontró; ",
        ),
        (
            '{"schema_version": 2, "profile": "vast", "runs": ["toy/seed-1"]}',
            ", pero en «profile» se esperaba full, quick o test, se encontró «vast",
        ),
        *(
            (
                json.dumps({"schema_version": 2, "profile": "full", "runs": ["toy/seed-1", name]}),
                ", pero en «runs.1» se esperaba el nombre de una carpeta dentro de la de los resultados, se "
                f"encontró «{' '.join(name.split())}",
            )
            for name in (
                "",
                "..",
                "../otros",
                "toy/../toy",
                "/dev/zero",
                "toy/seed-1/",
                "toy/seed-1\n",
                "a\0",
            )
        ),
    ],
)
def test_an_edited_manifest_is_refused(root: Path, text: str, found: str) -> None:
    (root / MANIFEST_FILE).write_text(text)
    with pytest.raises(RecordError) as error:
        read_results(root)
    assert str(error.value).startswith(f"{root / MANIFEST_FILE}: se esperaba la lista de ejecuciones{found}")
    # what cannot be read does not say whose it is
    unknown = " o, si son aportadas, vuelva a importarlas" if found == ", se encontró «" else ""
    assert str(error.value).endswith(f"; ejecute «make train»{unknown}.")
    assert "\n" not in str(error.value)


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=re.escape(f"{tmp_path / MANIFEST_FILE}: se esperaba la lista")):
        read_results(tmp_path)


def test_an_unknown_version_of_the_manifest_is_named_with_what_to_run(root: Path) -> None:
    (root / MANIFEST_FILE).write_text('{"schema_version": 7, "profile": "full", "runs": ["toy/seed-1"]}')
    with pytest.raises(RecordError) as error:
        read_results(root)
    assert str(error.value) == (
        f"{root / MANIFEST_FILE}: se esperaba la versión 2 del esquema, se encontró «7»; "
        "ejecute «make train» con esta versión del programa."
    )


def test_a_run_that_the_manifest_names_must_be_there(root: Path) -> None:
    (root / "rule" / RECORD_FILE).unlink()
    with pytest.raises(RecordError, match=r"rule/record\.json: se esperaba un registro legible"):
        read_results(root)


# --- what an author brought --------------------------------------------------------------

BROUGHT = (brought_gan(2, gan_losses(5)), brought_lstm(1))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A set of nothing but what was brought."""
    for run in BROUGHT:
        write_brought(tmp_path / run.name, run.record, run.arrays)
    write_manifest(tmp_path, Manifest(profile=None, runs=(), brought=tuple(run.name for run in BROUGHT)))
    return tmp_path


def test_what_was_brought_is_read_in_the_order_of_the_manifest(own: Path) -> None:
    manifest, runs = read_results(own)
    assert (manifest.profile, manifest.runs, manifest.brought, runs) == (
        *(None, ()),
        ("brought_gan/seed-2", "brought_lstm/seed-1"),
        [],
    )
    found = read_all_brought(own, manifest)
    assert [(run.name, run.record) for run in found] == [(run.name, run.record) for run in BROUGHT]


def test_beside_it_there_may_be_runs(root: Path) -> None:
    write_brought(root / BROUGHT[1].name, BROUGHT[1].record, BROUGHT[1].arrays)
    names = tuple(run.name for run in RUNS)
    write_manifest(root, Manifest(profile="full", runs=names, brought=(BROUGHT[1].name,)))
    manifest, runs = read_results(root)
    assert [run.name for run in runs] == list(names)
    assert [run.name for run in read_all_brought(root, manifest)] == ["brought_lstm/seed-1"]


def test_of_runs_alone_nothing_was_brought(root: Path) -> None:
    assert read_all_brought(root, read_results(root)[0]) == []


def test_a_manifest_from_before_anything_could_be_brought_is_read(root: Path) -> None:
    (root / MANIFEST_FILE).write_text('{"schema_version": 2, "profile": "full", "runs": ["rule"]}')
    assert read_results(root)[0].brought == ()


def test_what_the_manifest_names_must_be_there(own: Path) -> None:
    path = own / "brought_lstm/seed-1" / RECORD_FILE
    path.unlink()
    with pytest.raises(RecordError) as error:
        read_all_brought(own, read_results(own)[0])
    assert str(error.value) == (
        f"{path}: se esperaba un registro legible, se encontró que no existe; vuelva a importarlo."
    )


@pytest.mark.parametrize("name", ["a\\u0000b", "\\ud800"])
def test_a_run_has_a_name_that_a_folder_can_have(root: Path, name: str) -> None:
    manifest = root / MANIFEST_FILE
    manifest.write_text(manifest.read_text().replace('"rule"', f'"{name}"'))
    with pytest.raises(RecordError, match="se esperaba la lista de ejecuciones"):
        read_results(root)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / RECORD_FILE).unlink(),
        lambda folder: (folder / RECORD_FILE).write_text("{}"),
        lambda folder: (folder / ARRAYS_FILE).write_bytes(b"PK"),
        lambda folder: (folder / ARRAYS_FILE).write_bytes(pack_arrays({})[0]),
    ],
    ids=["no record", "another record", "no arrays", "other arrays"],
)
def test_a_run_beside_what_was_brought_comes_with_it(root: Path, spoil: Callable[[Path], object]) -> None:
    """Training would leave it somewhere else."""
    write_brought(root / BROUGHT[1].name, BROUGHT[1].record, BROUGHT[1].arrays)
    write_manifest(root, Manifest(profile="full", runs=("rule",), brought=(BROUGHT[1].name,)))
    spoil(root / "rule")
    with pytest.raises(RecordError, match=r"/rule/.*(; |y )vuelva a importarlo( con esta versión|\.$)"):
        read_results(root)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '{"schema_version": 7, "brought": ["x"]}',
            "se esperaba la versión 2 del esquema, se encontró «7»; vuelva a importarlo con esta versión del "
            "programa.",
        ),
        (
            '{"schema_version": 2, "profile": "vast", "runs": [], "brought": ["x"]}',
            "se esperaba la lista de ejecuciones, pero en «profile» se esperaba full, quick o test, se "
            "encontró «vast»; vuelva a importarlo.",
        ),
    ],
)
def test_a_list_of_what_was_brought_is_made_by_importing(own: Path, text: str, said: str) -> None:
    (own / MANIFEST_FILE).write_text(text)
    with pytest.raises(RecordError) as error:
        read_results(own)
    assert str(error.value) == f"{own / MANIFEST_FILE}: {said}"


def test_a_run_is_nothing_that_was_brought(root: Path) -> None:
    manifest = Manifest(profile=None, runs=(), brought=("rule",))
    with pytest.raises(
        RecordError, match="se esperaba un registro de tipo brought_lstm, brought_gan, se enc"
    ):
        read_all_brought(root, manifest)

"""What a run leaves behind: read back as it was written, or refused in one sentence."""

import errno
import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import studies

from experiments import records
from experiments.records import (
    ARRAYS_FILE,
    MANIFEST_FILE,
    RECORD_FILE,
    GanConfig,
    Identity,
    LstmConfig,
    Manifest,
    RecordError,
    arrays_digest,
    code_digest,
    differences,
    parse_record,
    read_results,
    read_run,
    record_to_json,
    write_atomically,
    write_manifest,
    write_run,
)

RUNS = {"lstm": studies.lstm_run(1, stopped_early=True), "gan": studies.gan_run(2)}
LSTM = RUNS["lstm"]
PLACE = "aquí/record.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A complete run of the LSTM."""
    write_run(tmp_path / "seed-1", LSTM.record, LSTM.arrays)
    return tmp_path / "seed-1"


def signed(content: dict) -> str:
    """``content`` with a digest that fits it: an edit by somebody who knows how."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return json.dumps(content | {"digest": hashlib.sha256(canonical.encode()).hexdigest()})


def content_of(record: records.Record) -> dict:
    return record.model_dump(mode="json")


def refusal(text: str) -> str:
    with pytest.raises(RecordError) as error:
        parse_record(text, PLACE)
    message = str(error.value)
    assert message.startswith(f"{PLACE}: se esperaba ")
    assert message.endswith(".")
    assert "\n" not in message
    return message


# --- a round trip ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["lstm", "gan"])
def test_what_is_written_is_read_back(kind: str, tmp_path: Path) -> None:
    run = RUNS[kind]
    write_run(tmp_path / "seed-1", run.record, run.arrays)
    found = read_run(tmp_path / "seed-1")
    assert found.name == "seed-1"
    assert found.record == run.record
    assert found.arrays.keys() == run.arrays.keys()
    for name, array in run.arrays.items():
        assert found.arrays[name].dtype == array.dtype, name
        np.testing.assert_array_equal(found.arrays[name], array, err_msg=name)


def test_nothing_but_the_two_files_is_left_and_others_may_read_them(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [ARRAYS_FILE, RECORD_FILE]
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o644, 0o644]


def test_arrays_that_the_record_does_not_describe_are_not_written(tmp_path: Path) -> None:
    changed = LSTM.arrays | {"stars": LSTM.arrays["stars"] + np.int8(1)}
    with pytest.raises(ValueError, match=r"^arrays_digest: expected [0-9a-f]{64}, found [0-9a-f]{64}$"):
        write_run(tmp_path / "seed-1", LSTM.record, changed)
    assert not (tmp_path / "seed-1").exists()


def test_the_digest_of_arrays_is_over_name_type_shape_and_bytes() -> None:
    arrays = {"b": np.array([1, 2], np.int8), "a": np.array([[3]], np.uint8)}
    by_hand = hashlib.sha256(b"a |u1 (1, 1)\0\x03b |i1 (2,)\0\x01\x02").hexdigest()
    assert arrays_digest(arrays) == by_hand
    assert arrays_digest({"b": arrays["b"].view(np.uint8), "a": arrays["a"]}) != by_hand
    assert arrays_digest({"b": arrays["b"][:, None], "a": arrays["a"]}) != by_hand


# --- a record that cannot be used --------------------------------------------------------


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.99])
def test_a_truncated_record_is_refused(kept: float) -> None:
    text = record_to_json(LSTM.record)
    message = refusal(text[: int(kept * len(text))])
    assert "se esperaba un registro JSON completo y sin NaN" in message
    assert "bórrelo y ejecute «make train»" in message


def test_a_single_edited_digit_is_noticed() -> None:
    text = record_to_json(LSTM.record)
    assert text.count('"parameters": 700123') == 1
    assert refusal(text.replace('"parameters": 700123', '"parameters": 700128')) == (
        f"{PLACE}: se esperaba un registro sin modificar, se encontró un contenido que no corresponde "
        "a su huella; restáurelo o bórrelo y ejecute «make train»."
    )


def test_a_record_without_its_digest_is_refused() -> None:
    assert "no corresponde a su huella" in refusal(json.dumps(content_of(LSTM.record)))


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_nan_is_refused(constant: str) -> None:
    text = record_to_json(LSTM.record)
    assert text.count('"duration_s": 3760.0') == 1
    text = text.replace('"duration_s": 3760.0', f'"duration_s": {constant}')
    assert f"se encontró «{constant} no es JSON»" in refusal(text)


def test_nan_never_enters_a_record() -> None:
    with pytest.raises(ValueError, match="test_loss"):
        studies.with_leaf(LSTM, "test_loss", float("nan"))
    broken = LSTM.record.model_copy(update={"test_loss": float("nan")})
    with pytest.raises(ValueError, match="not JSON compliant"):
        record_to_json(broken)


@pytest.mark.parametrize("version", [2, 0, "1", None])
def test_an_unknown_schema_version_is_named_with_what_to_run(version: object) -> None:
    message = refusal(signed(content_of(LSTM.record) | {"schema_version": version}))
    assert message == (
        f"{PLACE}: se esperaba la versión 1 del esquema, se encontró «{version}»; "
        "ejecute «make train» con esta versión del programa."
    )


def test_an_unknown_kind_is_named() -> None:
    message = refusal(signed(content_of(LSTM.record) | {"kind": "transformer"}))
    assert "se esperaba un registro de tipo lstm, gan, linear, memory, probe, judge, readability, " in message
    assert "se encontró «transformer»" in message


@pytest.mark.parametrize(("text", "found"), [("[]", "list"), ("3", "int"), ("null", "NoneType")])
def test_a_record_is_an_object(text: str, found: str) -> None:
    assert f"se esperaba un objeto JSON, se encontró «{found}»" in refusal(text)


def test_an_impossible_value_is_named_even_under_a_fitting_digest() -> None:
    content = content_of(LSTM.record)
    content["epochs"][1]["val_accuracy"] = 1.5
    message = refusal(signed(content))
    assert "se esperaba un valor válido en «epochs.1.val_accuracy», se encontró «1.5»" in message


def test_an_unknown_key_is_refused() -> None:
    assert "en «sorpresa», se encontró «1»" in refusal(signed(content_of(LSTM.record) | {"sorpresa": 1}))


def test_a_missing_record_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        RecordError, match=re.escape(f"{tmp_path / RECORD_FILE}: se esperaba un registro legible")
    ):
        read_run(tmp_path)


def test_a_record_that_is_not_text_is_refused(folder: Path) -> None:
    (folder / RECORD_FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(RecordError, match="se esperaba un registro legible"):
        read_run(folder)


# --- arrays that cannot be used ----------------------------------------------------------


def remove(path: Path) -> None:
    path.unlink()


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def single_array(path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, np.zeros(3))


def save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    np.savez_compressed(path, **arrays)


def edited(path: Path) -> None:
    flipped = LSTM.arrays["label"].copy()
    flipped[0] = 1
    save(path, LSTM.arrays | {"label": flipped})


def one_missing(path: Path) -> None:
    save(path, {name: array for name, array in LSTM.arrays.items() if name != "stars"})


def foreign(path: Path) -> None:
    save(path, RUNS["gan"].arrays)


@pytest.mark.parametrize(
    "damage",
    [remove, truncate, empty, single_array, edited, one_missing, foreign],
    ids=lambda each: each.__name__,
)
def test_arrays_that_are_not_those_of_the_record_are_refused(folder: Path, damage: Callable) -> None:
    path = folder / ARRAYS_FILE
    damage(path)
    with pytest.raises(RecordError) as error:
        read_run(folder)
    message = str(error.value)
    assert message.startswith(f"{path}: se esperaban los datos ")
    assert message.endswith("; restáurelos o borre la carpeta y ejecute «make train».")
    assert "\n" not in message


def test_changed_bytes_of_the_arrays_never_pass_for_results(folder: Path) -> None:
    path = folder / ARRAYS_FILE
    whole = path.read_bytes()
    refused = 0
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            found = read_run(folder).arrays
        except RecordError:
            refused += 1
            continue
        assert arrays_digest(found) == LSTM.record.arrays_digest, place  # a date within the archive
    assert refused > len(whole) // 7 // 2


# --- the manifest ------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A complete set of results with one run of each kind."""
    for run in RUNS.values():
        write_run(tmp_path / run.name, run.record, run.arrays)
    write_manifest(tmp_path, Manifest(profile="full", runs=tuple(run.name for run in RUNS.values())))
    return tmp_path


def test_results_are_the_runs_of_the_manifest_in_its_order(root: Path) -> None:
    manifest, runs = read_results(root)
    assert (manifest.profile, manifest.runs) == ("full", ("lstm/seed-1", "gan/seed-2"))
    assert [(run.name, run.record) for run in runs] == [(run.name, run.record) for run in RUNS.values()]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", '{"profile": "full", "runs": ["lstm/seed-1"]}', '{"schema_version": 1, "runs": []}'],
)
def test_an_edited_manifest_is_refused(root: Path, text: str) -> None:
    (root / MANIFEST_FILE).write_text(text)
    with pytest.raises(RecordError) as error:
        read_results(root)
    assert str(error.value).startswith(
        f"{root / MANIFEST_FILE}: se esperaba la lista de ejecuciones, se encontró «"
    )
    assert str(error.value).endswith("»; ejecute «make train».")
    assert "\n" not in str(error.value)


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=re.escape(f"{tmp_path / MANIFEST_FILE}: se esperaba la lista")):
        read_results(tmp_path)


def test_an_unknown_version_of_the_manifest_is_named_with_what_to_run(root: Path) -> None:
    (root / MANIFEST_FILE).write_text('{"schema_version": 7, "profile": "full", "runs": ["lstm/seed-1"]}')
    with pytest.raises(RecordError) as error:
        read_results(root)
    assert str(error.value) == (
        f"{root / MANIFEST_FILE}: se esperaba la versión 1 del esquema, se encontró «7»; "
        "ejecute «make train» con esta versión del programa."
    )


def test_a_run_that_the_manifest_names_must_be_there(root: Path) -> None:
    (root / "gan" / "seed-2" / RECORD_FILE).unlink()
    with pytest.raises(RecordError, match=r"gan/seed-2/record\.json: se esperaba un registro legible"):
        read_results(root)


# --- writing on a full disk --------------------------------------------------------------


def no_space(*arguments: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("function", ["fsync", "replace"])
@pytest.mark.parametrize("before", [None, b"antes"])
def test_a_full_disk_leaves_the_old_file_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, before: bytes | None
) -> None:
    path = tmp_path / "record.json"
    if before is not None:
        path.write_bytes(before)
    monkeypatch.setattr(os, function, no_space)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"nuevo")
    assert [item.name for item in tmp_path.iterdir()] == ([] if before is None else ["record.json"])
    assert before is None or path.read_bytes() == before


def test_the_record_comes_last_so_that_it_never_stands_without_its_arrays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space left"):
        write_run(tmp_path / "seed-1", LSTM.record, LSTM.arrays)
    assert list((tmp_path / "seed-1").iterdir()) == []


# --- what makes a run stale --------------------------------------------------------------

SOURCE = '''"""A module."""

RATE = 0.5  # a comment


def half(x: float) -> float:
    """Half of x."""
    return RATE * x
'''


@pytest.fixture
def digest_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """The digest of an experiment whose source is the given text."""

    def digest(text: str) -> str:
        (tmp_path / "source.py").write_text(text)
        return code_digest("lstm")

    monkeypatch.setattr("experiments.records.identity.SOURCES", {"lstm": (str(tmp_path / "source.py"),)})
    return digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  # a comment", ""),
        ('"""A module."""', '"""Other words."""'),
        ('    """Half of x."""\n', ""),
        ("RATE * x", "(RATE\n            * x)"),
        ("\n\n\n", "\n\n"),
    ],
)
def test_comments_docstrings_and_layout_do_not_make_a_run_stale(
    digest_of: Callable, old: str, new: str
) -> None:
    assert SOURCE.count(old) == 1
    assert digest_of(SOURCE.replace(old, new)) == digest_of(SOURCE)


@pytest.mark.parametrize(
    ("old", "new"), [("0.5", "0.25"), ("RATE * x", "RATE + x"), ("float) ->", "float = 1.0) ->")]
)
def test_code_that_can_alter_a_result_does(digest_of: Callable, old: str, new: str) -> None:
    assert SOURCE.count(old) == 1
    assert digest_of(SOURCE.replace(old, new)) != digest_of(SOURCE)


def test_each_experiment_has_its_own_code() -> None:
    assert re.fullmatch("[0-9a-f]{64}", code_digest("lstm"))
    assert code_digest("lstm") != code_digest("gan")


IDENTITY = Identity(
    kind="lstm",
    seed=1,
    config=LstmConfig(),
    data_digest="a" * 64,
    code_digest="b" * 64,
    libraries={"keras": "3.15.1", "numpy": "2.3.5"},
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"seed": 2}, ["la semilla (lstm 1 → lstm 2)"]),
        ({"config": LstmConfig(units=32)}, ["la configuración (units: 64 → 32)"]),
        ({"config": LstmConfig(max_reviews=500)}, ["la configuración (max_reviews: None → 500)"]),
        ({"data_digest": "c" * 64}, ["los datos (huella aaaaaaaaaaaa → cccccccccccc)"]),
        ({"code_digest": "d" * 64}, ["el código del experimento (huella bbbbbbbbbbbb → dddddddddddd)"]),
        (
            {"libraries": {"keras": "3.16.0", "numpy": "2.3.5"}},
            ["la versión de keras (3.15.1 → 3.16.0)"],
        ),
        ({"libraries": {"keras": "3.15.1"}}, ["la versión de numpy (2.3.5 → None)"]),
        (
            {"seed": 3, "data_digest": "c" * 64},
            ["la semilla (lstm 1 → lstm 3)", "los datos (huella aaaaaaaaaaaa → cccccccccccc)"],
        ),
    ],
)
def test_differences_name_what_changed(change: dict, said: list[str]) -> None:
    assert differences(IDENTITY, IDENTITY.model_copy(update=change)) == said


def test_an_identity_survives_its_file_with_its_kind_of_configuration() -> None:
    for config in (LstmConfig(units=3), GanConfig(architecture="dense")):
        identity = IDENTITY.model_copy(update={"config": config})
        again = Identity.model_validate_json(identity.model_dump_json())
        assert again == identity
        assert type(again.config) is type(config)


def test_the_identity_of_a_record_is_what_it_was_made_from() -> None:
    identity = Identity.of(LSTM.record)
    assert (identity.kind, identity.seed, identity.data_digest) == ("lstm", 1, "d" * 64)
    assert identity.code_digest == "a" * 64
    assert identity.libraries == {"tensorflow": "2.21.0", "numpy": "2.3.5"}
    assert identity.config == LSTM.record.config

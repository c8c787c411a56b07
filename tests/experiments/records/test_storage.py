"""What a run leaves behind: read back as it was written, or refused in one sentence."""

import errno
import hashlib
import json
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from brought import answers, brought_gan, brought_lstm, gan_losses, grids
from planned import rule_run, toy_run

from experiments.records.base import RecordError, RunRecord
from experiments.records.brought import Brought
from experiments.records.files import file_digest, write_atomically
from experiments.records.storage import (
    ARRAYS_FILE,
    RECORD_FILE,
    arrays_digest,
    parse_brought,
    parse_record,
    read_brought,
    read_run,
    record_to_json,
    write_brought,
    write_run,
)
from experiments.records.whole import write_whole

pytestmark = pytest.mark.usefixtures("only_toys")

RUNS = {"toy": toy_run(), "rule": rule_run()}
TOY = RUNS["toy"]
PLACE = "aquí/record.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A complete run of a toy."""
    write_run(tmp_path / "seed-1", TOY.record, TOY.arrays)
    return tmp_path / "seed-1"


def signed(content: dict) -> str:
    """``content`` with a digest that fits it: an edit by somebody who knows how."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return json.dumps(content | {"digest": hashlib.sha256(canonical.encode()).hexdigest()})


def content_of(record: RunRecord) -> dict:
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


@pytest.mark.parametrize("kind", RUNS)
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


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_nothing_but_the_two_files_is_left_and_those_may_read_them_whom_the_user_lets(
    tmp_path: Path, mask: int
) -> None:
    before = os.umask(mask)
    try:
        write_run(tmp_path / "seed-1", TOY.record, TOY.arrays)
    finally:
        os.umask(before)
    found = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "seed-1").iterdir()}
    assert found == {ARRAYS_FILE: 0o666 & ~mask, RECORD_FILE: 0o666 & ~mask}


def test_arrays_that_the_record_does_not_describe_are_not_written(tmp_path: Path) -> None:
    changed = {"values": TOY.arrays["values"] + np.float32(1)}
    with pytest.raises(ValueError, match=r"^arrays_digest: expected [0-9a-f]{64}, found [0-9a-f]{64}$"):
        write_run(tmp_path / "seed-1", TOY.record, changed)
    assert not (tmp_path / "seed-1").exists()


def test_nor_are_arrays_that_nobody_would_read(tmp_path: Path) -> None:
    arrays = {"valores": TOY.arrays["values"]}
    record = TOY.record.model_copy(update={"arrays_digest": arrays_digest(arrays)})
    with pytest.raises(ValueError, match=r"^arrays: expected \('values',\), found \('valores',\)$"):
        write_run(tmp_path / "seed-1", record, arrays)
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
    text = record_to_json(TOY.record)
    message = refusal(text[: int(kept * len(text))])
    assert "se esperaba un registro JSON completo y sin NaN" in message
    assert "bórrelo y ejecute «make train»" in message


def test_a_single_edited_digit_is_noticed() -> None:
    text = record_to_json(TOY.record)
    assert text.count('"total": 6.0') == 1
    assert refusal(text.replace('"total": 6.0', '"total": 6.5')) == (
        f"{PLACE}: se esperaba un registro sin modificar, se encontró un contenido que no corresponde "
        "a su huella; restáurelo o bórrelo y ejecute «make train»."
    )


def test_a_record_without_its_digest_is_refused() -> None:
    assert "no corresponde a su huella" in refusal(json.dumps(content_of(TOY.record)))


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_nan_is_refused(constant: str) -> None:
    text = record_to_json(TOY.record)
    assert text.count('"duration_s": 60.0') == 1
    text = text.replace('"duration_s": 60.0', f'"duration_s": {constant}')
    assert f"se encontró «{constant} no es JSON»" in refusal(text)


def test_a_number_that_is_too_large_is_refused() -> None:
    text = record_to_json(TOY.record).replace('"duration_s": 60.0', '"duration_s": 1e999')
    assert "se encontró «1e999 es demasiado grande»" in refusal(text)


def test_a_record_that_never_ends_is_refused() -> None:
    assert "se esperaba un registro JSON completo y sin NaN" in refusal("[" * 100_000)


def test_nan_never_enters_a_record() -> None:
    with pytest.raises(ValueError, match="total"):
        toy_run(values=(1, float("nan")))
    broken = TOY.record.model_copy(update={"total": float("nan")})
    with pytest.raises(ValueError, match="not JSON compliant"):
        record_to_json(broken)


@pytest.mark.parametrize("version", [1, 3, "2", None])
def test_an_unknown_schema_version_is_named_with_what_to_run(version: object) -> None:
    message = refusal(signed(content_of(TOY.record) | {"schema_version": version}))
    assert message == (
        f"{PLACE}: se esperaba la versión 2 del esquema, se encontró «{version}»; "
        "ejecute «make train» con esta versión del programa."
    )


@pytest.mark.parametrize(
    ("kind", "found"), [("transformer", "transformer"), (None, "None"), (["toy"], "['toy']")]
)
def test_an_unknown_kind_is_named(kind: object, found: str) -> None:
    message = refusal(signed(content_of(TOY.record) | {"kind": kind}))
    assert f"se esperaba un registro de tipo measure, rule, toy, se encontró «{found}»" in message


@pytest.mark.parametrize(("text", "found"), [("[]", "list"), ("3", "int"), ("null", "NoneType")])
def test_a_record_is_an_object(text: str, found: str) -> None:
    assert f"se esperaba un objeto JSON, se encontró «{found}»" in refusal(text)


def test_an_impossible_value_is_named_even_under_a_fitting_digest() -> None:
    content = content_of(TOY.record)
    content["model"]["layers"][0]["parameters"] = -1
    assert refusal(signed(content)) == (
        f"{PLACE}: se esperaba un registro válido, pero en «model.layers.0.parameters» se esperaba un valor "
        "mayor o igual que 0, se encontró «-1»; bórrelo y ejecute «make train»."
    )


def test_a_network_that_contradicts_its_settings_is_refused_even_under_a_fitting_digest() -> None:
    content = content_of(TOY.record)
    content["config"]["width"] = 5
    assert refusal(signed(content)) == (
        f"{PLACE}: se esperaba un registro válido, pero la red construida no es la de la configuración: "
        "width: se esperaba 5, se encontró 2; bórrelo y ejecute «make train»."
    )


def test_an_unknown_key_is_refused() -> None:
    message = refusal(signed(content_of(TOY.record) | {"sorpresa": 1}))
    assert "en «sorpresa» se esperaba un ajuste que exista, se encontró «1»" in message


def test_half_a_letter_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that looks for a word in it stumbles."""

    def stumble(content: dict) -> None:
        content["variant"].encode()

    monkeypatch.setattr(type(TOY.record), "model_validate", stumble)
    message = refusal(signed(content_of(TOY.record) | {"variant": "\ud800"}))
    assert "se encontró la mitad de una letra" in message


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
    flipped = TOY.arrays["values"].copy()
    flipped[0] = 9
    save(path, {"values": flipped})


def one_missing(path: Path) -> None:
    save(path, {})


def foreign(path: Path) -> None:
    save(path, RUNS["rule"].arrays)


def enormous(path: Path) -> None:
    """A header that promises terabytes."""
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1" + 12 * "0" + ",), }\n"
    with zipfile.ZipFile(path, "w") as archive:
        prefix = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little")
        archive.writestr("values.npy", prefix + header.encode())


@pytest.mark.parametrize(
    "damage",
    [remove, truncate, empty, single_array, edited, one_missing, foreign, enormous],
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
        assert arrays_digest(found) == TOY.record.arrays_digest, place  # a date within the archive
    assert refused > len(whole) // 7 // 2


# --- what an author brought --------------------------------------------------------------

BROUGHT = {
    "a history": brought_lstm(),
    "predictions": brought_lstm(2, answers=answers(20)),
    "losses": brought_gan(losses=gan_losses(5)),
    "grids": brought_gan(3, gan_losses(5), grids((1, 2), 4), (1, 2), steps=(1, 2)),
}
LSTM = BROUGHT["predictions"]


def brought_refusal(text: str) -> str:
    with pytest.raises(RecordError) as error:
        parse_brought(text, PLACE)
    message = str(error.value)
    assert message.startswith(f"{PLACE}: se esperaba ")
    assert "\n" not in message
    return message


@pytest.mark.parametrize("brought", BROUGHT.values(), ids=BROUGHT)
def test_what_was_brought_is_read_back(brought: Brought, tmp_path: Path) -> None:
    write_brought(tmp_path / "seed-1", brought.record, brought.arrays)
    assert sorted(path.name for path in (tmp_path / "seed-1").iterdir()) == [ARRAYS_FILE, RECORD_FILE]
    found = read_brought(tmp_path / "seed-1")
    assert (found.name, found.record) == ("seed-1", brought.record)
    assert read_brought(tmp_path / "seed-1", brought.name).name == brought.name
    assert found.arrays.keys() == brought.arrays.keys()
    for name, array in brought.arrays.items():
        assert found.arrays[name].dtype == array.dtype, name
        np.testing.assert_array_equal(found.arrays[name], array, err_msg=name)


def test_arrays_that_were_not_brought_so_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^arrays_digest: expected [0-9a-f]{64}, found [0-9a-f]{64}$"):
        write_brought(tmp_path / "seed-1", LSTM.record, {"label": LSTM.arrays["label"]})
    expected = r"^arrays: expected some of \('probability', .*\), found \('grid',\)$"
    with pytest.raises(ValueError, match=expected):
        write_brought(tmp_path / "seed-1", LSTM.record, LSTM.arrays | grids((1,), 1))
    assert not (tmp_path / "seed-1").exists()


def test_a_record_of_what_was_brought_says_what_to_do_where_it_cannot_be_used() -> None:
    """What was run here is trained again; what was brought is imported again."""
    text, content = record_to_json(LSTM.record), LSTM.record.model_dump(mode="json")
    again = "vuelva a importarlo"
    assert brought_refusal(text[:50]).endswith(f"»; bórrelo y {again}.")
    assert brought_refusal("[]") == (
        f"{PLACE}: se esperaba un objeto JSON, se encontró «list»; bórrelo y {again}."
    )
    assert brought_refusal(signed(content | {"schema_version": 3})) == (
        f"{PLACE}: se esperaba la versión 2 del esquema, se encontró «3»; {again} con esta versión del "
        "programa."
    )
    assert brought_refusal(record_to_json(TOY.record)) == (
        f"{PLACE}: se esperaba un registro de tipo brought_lstm, brought_gan, se encontró «toy»; bórrelo y "
        f"{again}."
    )
    assert brought_refusal(signed(content | {"seed": -1})) == (
        f"{PLACE}: se esperaba un registro válido, pero en «seed» se esperaba un valor mayor o igual que 0, "
        f"se encontró «-1»; bórrelo y {again}."
    )


def test_a_number_that_its_author_betters_afterwards_is_noticed() -> None:
    text = record_to_json(brought_lstm().record)
    assert text.count('"true_positive": 10452') == 1
    assert brought_refusal(text.replace('"true_positive": 10452', '"true_positive": 12452')) == (
        f"{PLACE}: se esperaba un registro sin modificar, se encontró un contenido que no corresponde a su "
        "huella; restáurelo o bórrelo y vuelva a importarlo."
    )


def test_what_was_brought_is_no_run() -> None:
    assert "se esperaba un registro de tipo measure, rule, toy, se encontró «brought_lstm»" in refusal(
        record_to_json(LSTM.record)
    )


@pytest.mark.parametrize("damage", [remove, truncate, edited, one_missing], ids=lambda each: each.__name__)
def test_arrays_that_are_not_those_that_were_brought_are_refused(tmp_path: Path, damage: Callable) -> None:
    write_brought(tmp_path, LSTM.record, LSTM.arrays)
    damage(tmp_path / ARRAYS_FILE)
    with pytest.raises(RecordError) as error:
        read_brought(tmp_path)
    assert str(error.value).startswith(f"{tmp_path / ARRAYS_FILE}: se esperaban los datos ")
    assert str(error.value).endswith("; restáurelos o borre la carpeta y vuelva a importarlo.")


# --- writing on a full disk --------------------------------------------------------------


def no_space(*arguments: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("function", ["fsync", "replace"])
@pytest.mark.parametrize("before", [None, b"antes"])
@pytest.mark.parametrize("write", [write_atomically, write_whole])
def test_a_full_disk_leaves_the_old_file_or_none(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[Path, bytes], None],
    function: str,
    before: bytes | None,
) -> None:
    path = tmp_path / "record.json"
    if before is not None:
        path.write_bytes(before)
    monkeypatch.setattr(os, function, no_space)
    with pytest.raises(OSError, match="No space left"):
        write(path, b"nuevo")
    assert [item.name for item in tmp_path.iterdir()] == ([] if before is None else ["record.json"])
    assert before is None or path.read_bytes() == before


def test_the_record_comes_last_so_that_it_never_stands_without_its_arrays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space left"):
        write_run(tmp_path / "seed-1", TOY.record, TOY.arrays)
    assert list((tmp_path / "seed-1").iterdir()) == []


def test_the_digest_of_a_file_is_of_its_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    # FIPS 180-2, appendix B.1
    assert file_digest(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

"""What travels inside the PDF: whole, without a path, the same every time."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import studies

from experiments.records.storage import arrays_digest
from report.findings.base import id_of, to_json
from report.proof.carried.packing import (
    FINDINGS_FILE,
    LEDGER_FILE,
    PROGRAM_FILE,
    RESULTS_FILE,
    EmbeddedResults,
    pack,
    program_json,
    results_json,
)
from report.proof.state import program
from report.settings import Settings
from report.study.folders import LOCAL, REFERENCE
from report.study.reduction import reduce
from report.text.document import compose

SETTINGS = Settings(author="Ana Ruiz", decimal=",", date="2026-03-01")


@pytest.fixture(scope="module")
def study():
    made = studies.make_study(2)
    return replace(made, lstm=tuple(map(reduce, made.lstm)), gan=tuple(map(reduce, made.gan)))


@pytest.fixture(scope="module")
def document(study):
    return compose(study, SETTINGS)


@pytest.fixture(scope="module")
def packed(study, document):
    files = pack(study, SETTINGS, document, {0: {1, 4}}, program_json({"Pango": "1.0"}))
    return {item.name: json.loads(item.content) for item in files}


def test_settings_come_back(study):
    assert EmbeddedResults.model_validate_json(results_json(study, SETTINGS)).settings == SETTINGS


@pytest.mark.parametrize(
    ("root", "label"), [(LOCAL, "local"), (REFERENCE, "referencia"), (Path("/casa/ana/notas"), "otra")]
)
def test_where_the_results_lay_is_told_without_a_path(study, root, label):
    content = results_json(replace(study, root=root), SETTINGS)

    assert json.loads(content)["origin"] == label
    assert b"casa" not in content


def test_the_ledger_gives_each_number_and_its_pages(packed, document):
    ledger = packed[LEDGER_FILE]

    assert len(ledger) == len(document.ledger.entries)
    assert ledger[0]["páginas"] == [1, 4]
    assert ledger[1]["páginas"] == []
    assert ledger[0]["impreso"] == document.ledger.entries[0].printed


def test_findings_and_program_are_listed(packed, document):
    assert [entry["id"] for entry in packed[FINDINGS_FILE]] == [
        id_of(type(found)) for found in document.findings
    ]
    assert packed[FINDINGS_FILE][0]["veredicto"] == to_json(next(iter(document.findings)))["veredicto"]
    assert packed[PROGRAM_FILE] == {
        "informe": program.release(),
        "ficheros": program.sources(),
        "bibliotecas": program.libraries(),
        "sistema": {"Pango": "1.0"},
    }


def test_digests_are_those_of_the_reduced_arrays(packed, study):
    run = packed[RESULTS_FILE]["runs"][0]

    assert run["name"] == "lstm/seed-1"
    assert run["digest"] == arrays_digest(study.lstm[0].arrays)
    assert json.loads(run["record"])["digest"]


def test_packing_is_the_same_every_time(study, document):
    first, second = (pack(study, SETTINGS, document, {}, {}) for _ in range(2))

    assert first == second

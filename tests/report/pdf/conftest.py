"""The sample document as a PDF, made once."""

import io
import re

import pikepdf
import pytest
import sample_document as sample

from report.proof.checks.reading import reading_text


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> bytes:
    return sample.pdf(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def opened(built) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(built))


@pytest.fixture(scope="session")
def text(built) -> str:
    pages = "\n".join(reading_text(built))
    return re.sub(r"\s+", " ", re.sub(r"-\n", "", pages))

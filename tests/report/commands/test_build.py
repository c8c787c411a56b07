"""What is said of a document that was made."""

import re

import pytest
import studies

from report.commands.build import PROFILE_WORDS, headlines
from report.settings import Settings
from report.text.document import compose

LSTM = r"LSTM: exactitud en la prueba 0,8588 \[0,82\d\d; 0,89\d\d\], n = 2\."  # 343 and 344 hits of 400
GAN = (
    r"GAN: ventaja leve del discriminador; "
    r"pérdida final de D 1,24\d ± 0,00\d y de G 0,77\d ± 0,00\d, n = 2\."
)


@pytest.fixture(scope="module")
def study():
    return studies.make_study(2)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (("lstm", "linear", "gan", "judge", "readability"), [LSTM, GAN]),
        (("lstm",), [LSTM]),
        (("gan",), [GAN]),
        (("probe",), []),
    ],
    ids=["both", "LSTM", "GAN", "probe"],
)
def test_each_experiment_that_there_is_has_its_line(study, groups, expected):
    settings = Settings(decimal=",")
    said = list(headlines(compose(studies.only(study, *groups), settings), settings))
    assert len(said) == len(expected)
    for line, pattern in zip(said, expected, strict=True):
        assert re.fullmatch(pattern, line)


def test_every_profile_has_its_word():
    assert PROFILE_WORDS == {"full": "completo", "quick": "rápido", "test": "de prueba"}

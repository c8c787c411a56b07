"""What the document may claim to be about: which data, which profile."""

from enum import StrEnum

from report.findings.base import Finding, Rule, seeds
from report.quantities import COUNT
from report.results import Study, at


class Profile(StrEnum):
    FULL = "completo"
    QUICK = "rápido"


class Data(StrEnum):
    REAL = "reales"
    SAMPLE = "muestra"
    SAMPLE_REVIEWS = "muestra en la parte A"
    SAMPLE_DIGITS = "muestra en la parte B"


def find_profile(study: Study) -> Finding:
    """A quick look must say on the first page that it is one."""
    verdict = Profile.FULL if study.profile == "full" else Profile.QUICK
    values = {
        "lstm_epochs": COUNT(at(study.lstm[0], "config.max_epochs")),
        "lstm_train": COUNT(at(study.lstm[0], "sizes.train")),
        "gan_iterations": COUNT(at(study.gan[0], "config.iterations")),
    }
    return Finding("study.profile", verdict, values, Rule("perfil", "convention"), seeds(study.lstm))


def find_data(study: Study) -> Finding:
    reviews, digits = study.lstm[0].record.data.is_sample, study.gan[0].record.data.is_sample
    verdict = {
        (False, False): Data.REAL,
        (True, True): Data.SAMPLE,
        (True, False): Data.SAMPLE_REVIEWS,
        (False, True): Data.SAMPLE_DIGITS,
    }[reviews, digits]
    values = {
        "reviews_train": COUNT(at(study.lstm[0], "data.n_train")),
        "reviews_test": COUNT(at(study.lstm[0], "data.n_test")),
        "digits_train": COUNT(at(study.gan[0], "data.n_train")),
        "digits_test": COUNT(at(study.gan[0], "data.n_test")),
    }
    return Finding("study.data", verdict, values, Rule("datos", "convention"), seeds(study.lstm))

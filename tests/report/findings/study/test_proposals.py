"""All that was tried, in both parts."""

import pytest
from studies import make_study, only
from variant_cases import with_elsewhere

from report.findings.collection import find_all
from report.findings.study.proposals import Answer, Proposals, find

BASE, MORE = {"confusion": (171, 29, 28, 172)}, {"cell": "gru", "confusion": (181, 19, 18, 182)}
NO_GAIN = {"confusion": (171, 29, 28, 172)}


def study(seeds=2, **others):
    variants = {"gru": {"lstm": MORE}, "promedio": {"readability": {"weights": "average"}}}
    return make_study(seeds, **{"lstm": BASE, "linear": NO_GAIN, "variants": variants} | others)


def test_both_parts_are_counted():
    """The network, the ensemble, the averaged weights and the dense GAN; the first one helps."""
    found = find(study())
    assert (found.verdict, found.tried.value, found.helped.value) == (Answer.HELPED, 4, 1)


@pytest.mark.parametrize(
    ("options", "groups", "answer", "tried"),
    [
        ({}, ("gan", "judge", "readability", "gan@densa", "readability@densa"), Answer.WORSENED, 1),
        ({}, ("lstm", "lstm@gru"), Answer.HELPED, 1),
        ({"seeds": 1}, ("lstm", "lstm@gru"), Answer.NOT_TOLD, 1),
        ({"lstm": MORE}, ("lstm", "linear", "lstm@gru"), Answer.NOT_HELPED, 2),
    ],
)
def test_one_part_is_enough(options, groups, answer, tried):
    found = find(only(study(**options), *groups))
    assert (found.verdict, found.tried.value) == (answer, tried)


def test_variants_that_change_no_network_are_named():
    found = find(with_elsewhere(study(), "otro"))
    assert [name.value for name in found.elsewhere] == ["«otro»"]
    assert found.tried.value == 4


def test_without_variants_there_is_no_finding():
    assert find_all(only(study(), "lstm", "linear", "gan", "judge", "readability")).get(Proposals) is None
    alone = with_elsewhere(only(study(), "lstm", "linear"), "otro")
    assert find_all(alone).get(Proposals) is None

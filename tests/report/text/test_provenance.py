"""What the tables of provenance tell of runs and machines."""

from dataclasses import replace

from studies import make_study, with_leaf

from report.proof.state import program
from report.text.provenance import Experiment, Item, machine_rows, provenance, run_rows, short


def test_variants_have_rows_of_their_own():
    rows = [row[0] for row in run_rows(make_study(2))]
    named = [(cell[0], cell[1].value) for cell in rows if isinstance(cell, tuple)]
    assert named == [(Experiment.GAN, "«densa»"), (Experiment.READABILITY, "«densa»")]
    bases = [cell for cell in rows if isinstance(cell, Experiment)]
    assert bases == [each for each in Experiment if each is not Experiment.NETWORK]


def test_another_network_goes_by_its_name_not_by_its_kind_too():
    study = make_study(2, variants={"gru": {"lstm": {"cell": "gru"}}})
    assert [
        cell[1].value
        for cell, *_ in run_rows(study)
        if isinstance(cell, tuple) and cell[0] is Experiment.NETWORK
    ] == ["«gru»"]


def test_a_graphics_card_is_told_where_one_was_used():
    study = make_study(2)
    assert Item.GPU not in [row[0] for row in machine_rows(study.runs)]
    run = with_leaf(with_leaf(study.gan[0], "environment.device", "gpu"), "environment.gpu", "Tarjeta")
    told = dict(machine_rows(replace(study, gan=(run, study.gan[1])).runs))[Item.GPU]
    assert [number.value for number in told] == ["Tarjeta"]


def test_runs_may_have_noted_different_libraries():
    study = make_study(1)
    first = with_leaf(study.gan[0], "environment.libraries", {"numpy": "1.0"})
    second = with_leaf(study.gan[0], "environment.libraries", {"numpy": "1.0", "a.b[0]": "2.0"})
    rows = machine_rows([first, second])[1:3]
    assert [(name.value, [each.value for each in versions]) for name, versions in rows] == [
        ("numpy", ["1.0"]),
        ("a.b[0]", ["2.0"]),
    ]


def test_the_program_is_this_one_or_that_of_the_files_that_are_given():
    study, files = make_study(1), {"report/a.py": "0" * 64}
    own, other = (dict(provenance(study, given).before)[Item.SOURCES].value for given in (None, files))
    assert own == short(program.sources_digest())
    assert other == short(program.digest_of_sources(files))

"""What documents say of forgetting, read whole: no sentence that another one, or the table beside it,
denies."""

import re
from functools import cache

import instrumented
import pytest
from cases import DOUBLED, FLAT, GAINS, HALVED, HELD, LOST, NO_INTERACTION, UNLEARNED, UNLEARNT
from studies import make_study

from report.settings import Settings
from report.text.document import compose

STUDIES = {
    "supported": {},
    "decays less than the control": {
        "memory": {"decay": DOUBLED, "interaction": GAINS, "whole": GAINS},
        "linear": {"decay": HALVED},
    },
    "decays as the control does": {
        "memory": {"decay": HALVED, "interaction": NO_INTERACTION, "whole": NO_INTERACTION},
        "linear": {"decay": HALVED},
    },
    "only where reviews are cut": {"memory": {"whole": NO_INTERACTION, "decay": FLAT}},
    "nothing measured": {"memory": {"interaction": None, "whole": None, "decay": None}},
    "at chance": {"lstm": UNLEARNT},
    "wrong three times in four": {
        "lstm": {**UNLEARNT, "confusion": (50, 150, 150, 50), "val_accuracy": (0.25,) * 5}
    },
    "no cell learns": {"probe": UNLEARNED},
    "a cell of three does not learn": {"probe": [{"cell_share": HELD}, {"cell_share": HELD}, UNLEARNED]},
    "the probe finds a limit": {"probe": {"cell_share": LOST}},
    "the probe's control fails": {"probe": {"control_share": (0.99, 0.98, 0.9)}},
}


@cache
def document(name: str, seeds: int = 3) -> str:
    with instrumented.templates(), instrumented.text_alone():
        return compose(make_study(seeds, **STUDIES[name]), Settings()).markdown


def first_page(name: str, seeds: int = 3) -> str:
    return next(line for line in document(name, seeds).splitlines() if line.startswith("- **¿Olvida"))


def section(name: str, title: str, seeds: int = 3) -> str:
    """Under the heading that ends with ``title``."""
    (found,) = re.findall(rf"^#+ (?:.*\s)?{title}\n(.*?)(?=^#|\Z)", document(name, seeds), re.M | re.S)
    return str(found)


def reflection(name: str, seeds: int = 3) -> str:
    return section(name, r"¿Olvida lo lejano\?", seeds)


def test_two_models_that_differ_are_not_said_to_do_the_same():
    """It was «lo lejano influye más. También en el control… influye menos»."""
    said = section("decays less than the control", "Influencia y gradiente")
    assert "En la LSTM lo lejano pesa más que lo cercano" in said
    assert "en el control, lo lejano pesa menos que lo cercano" in said
    assert "También" not in said
    assert "Tanto" not in said


def test_a_decay_that_the_control_has_too_is_no_forgetting():
    said = section("decays as the control does", "Influencia y gradiente")
    assert "Tanto en la LSTM como en el control lo lejano pesa menos que lo cercano" in said
    assert "La condición de distancia no queda demostrada" in said
    assert "no queda respaldada" in section("decays as the control does", "Lo que decide")


def test_what_is_cut_is_not_forgotten():
    """With all reviews it falls; with those seen whole it does not."""
    assert "entre las que ve enteras eso no se demuestra" in first_page("only where reviews are cut")
    assert "entre las que ve enteras, ante el control, eso no se demuestra" in reflection(
        "only where reviews are cut"
    )
    assert "no queda respaldada" in section("only where reviews are cut", "Lo que decide")
    assert "El recorte no es olvido" in reflection("only where reviews are cut")


@pytest.mark.parametrize("name", ["at chance", "wrong three times in four"])
def test_what_has_learned_nothing_forgets_nothing(name):
    """It was «olvida… respaldada en parte», and «queda respaldada» with an accuracy of 0.25."""
    assert not re.search(r"olvid|respaldad", document(name))


@pytest.mark.parametrize("seeds", [1, 3])
def test_what_cannot_be_measured_is_told_with_its_subject(seeds):
    """«No puede contestarse», of what?"""
    assert "No puede saberse** con estas reseñas" in first_page("nothing measured", seeds)
    assert "Estas reseñas no permiten saberlo" in reflection("nothing measured", seeds)
    answer = section("nothing measured", "Lo que decide", seeds)
    assert "si la LSTM olvida lo lejano queda sin respuesta" in answer
    assert "No puede contestarse" not in document("nothing measured", seeds)


def test_one_seed_supports_nothing():
    assert "Con una sola semilla no se decide" in first_page("supported", seeds=1)
    assert "Una sola semilla no basta" in reflection("supported", seeds=1)
    assert "no se da por respaldada" in section("supported", "Lo que decide", seeds=1)
    assert "queda respaldada" not in document("supported", 1)


def test_failing_to_learn_is_told_as_such():
    assert "difícil aprenderla, no que la olvide" in section("no cell learns", "La sonda")
    said = section("a cell of three does not learn", "La sonda")
    assert "aprenderla es difícil, no que se olvide" in said
    assert "las dos que la aprenden aciertan más que el azar" in said


def test_of_a_probe_that_is_not_valid_nothing_is_concluded():
    said = section("the probe's control fails", "La sonda")
    assert "no se puede concluir nada" in said
    assert "llega al final" not in said
    assert "no inclina la balanza" in section("the probe's control fails", "Lo que decide")


def test_what_the_probe_says_of_the_classifier_is_limited():
    for name in ("supported", "the probe finds a limit"):
        assert "no se traslada sin más a las reseñas" in section(name, "La sonda")


def words(sentence: str) -> list[str]:
    return re.findall(r"\w+", sentence.lower())


@pytest.mark.parametrize("name", ["supported", "decays as the control does", "only where reviews are cut"])
def test_page_one_reflection_appendix_and_conclusion_are_not_the_same_words(name):
    """No ten words in a row of any are in another."""
    conclusion = section(name, "Conclusión")
    places = (first_page(name), reflection(name), section(name, "Lo que decide"), conclusion)
    said = [" ".join(words(text)) for text in places]
    for place, text in enumerate(said):
        parts = text.split()
        runs = {" ".join(parts[i : i + 10]) for i in range(len(parts) - 9)}
        for other in said[place + 1 :]:
            assert [run for run in runs if run in other] == []

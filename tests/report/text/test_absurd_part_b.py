"""What a referee found absurd in part B when the results are poor: the study that made the document say
it, and that it says it no more."""

import re

import pytest
from studies import gan_run, make_study, study_of, with_array

from report.settings import Settings
from report.text.document import compose

READ = re.compile(r"legib|peldaño|entropía|Fréchet|más próxim|cuenta[n]? como copia|densa")


def part_b(study) -> str:
    """Notes left out, which state rules."""
    text = compose(study, Settings()).markdown
    lines = text[text.index("## Parte B") : text.index("## Límites")].splitlines()
    return "\n".join(line for line in lines if not line.startswith("[^"))


def section(text: str, heading: str) -> str:
    """From its heading to the next of the same level."""
    start = text.index(f"### {heading}")
    return text[start : text.index("\n### ", start)]


def test_copies_are_not_judged_on_noise():
    text = part_b(make_study(3, readability={"readable": (0,) * 5}))
    assert "no llegan a reconocerse" in text
    assert "indicio de que el generador copie" not in text
    assert "copia más" not in text
    assert "entropía de las clases" not in text
    assert "![" not in section(text, "Variedad y copias")


def test_noise_has_one_sentence_on_each_question():
    text = part_b(make_study(3, readability={"readable": (0,) * 5}))
    variety = section(text, "Variedad y copias")
    assert len(re.findall(r"[.](?:\s|$)", variety)) == 1
    recognised = section(text, "¿Desde cuándo")
    assert "Peldaño" not in recognised
    assert "figures/" not in recognised


def test_a_collapse_has_one_sentence_on_what_it_draws():
    text = part_b(make_study(2, readability={"readable": (0, 300, 940, 940, 950), "classes": 2}))
    variety = section(text, "Variedad y copias")
    assert len(re.findall(r"[.](?:\s|$)", variety)) == 1
    assert "colapso de modos" in variety


@pytest.mark.parametrize(("level", "said"), [(0.032 / 1.386, False), (0.9, True)])
def test_an_untrained_discriminator_is_not_spoken_of_under_a_loss_of_0032(level, said):
    text = part_b(make_study(1, gan={"level": level, "right": 0.99}))
    assert ("un discriminador sin entrenar" in text) is said


def test_no_sentence_lacks_its_subject_where_the_judge_fails():
    study = make_study(3, judge={"failed": ["blends"]})
    text = compose(study, Settings()).markdown
    assert "No puede contestarse" not in text
    assert "El juez no sirve: falla con mezclas de reales." in text


@pytest.mark.parametrize("judge", [{"failed": ["blends"]}, {"accuracy": 0.98}])
def test_a_judge_that_is_no_good_is_followed_by_no_verdict_of_its_own(judge):
    """One sentence instead of eight verdicts: nothing of what it reads, counts or compares."""
    text = part_b(make_study(3, judge=judge))
    after = text[text.index("El juez no sirve") :]
    without_controls = re.sub(r"!\[[^]]*\]\([^)]*\)|\*\*Figura.*", "", after)
    assert READ.search(without_controls) is None
    verdicts = text[text.index("Veredictos de la parte B") :]
    assert len(re.findall(r"^\| (?!---|Afirmación)", verdicts, re.MULTILINE)) == 3
    steps = re.findall(r"\*\*Figura\s\d+\.\*\* Iteración [^\n]*", text)
    assert steps
    assert not any("juez" in caption for caption in steps)


def test_a_discriminator_that_is_right_two_times_in_three_is_not_called_in_equilibrium():
    text = part_b(make_study(3, gan={"right": 0.655, "level": 0.9}))
    assert "cerca del equilibrio, con ventaja leve y estable del discriminador" in text
    assert "termina en equilibrio" not in text


def test_a_critic_has_neither_hits_nor_probabilities():
    run = gan_run(1, loss="wasserstein_gp")
    for name in ("d_real", "d_fake", "accuracy_real", "accuracy_fake"):
        run = with_array(run, name, run.arrays[name] * 0 + 0.123)
    text = part_b(study_of([run, *(make_study(1).lstm)]))
    assert "12.3" not in text
    assert "0.123" not in text
    assert "acierta" not in text.replace("no acierta ni falla", "")
    assert "ln 2" not in text


def test_losses_of_hinge_are_not_set_beside_those_of_goodfellow():
    text = part_b(make_study(2, gan={"loss": "hinge"}))
    assert "1.386" not in text
    assert "ln 2" not in text
    assert "probabilidad de ser real" not in text


def test_what_the_judge_never_saw_stands_beside_what_it_qualifies():
    text = compose(make_study(2, judge={"failed": ["letters"]}), Settings()).markdown
    answer = next(line for line in text.splitlines() if "¿Desde cuándo se reconocen" in line)
    assert "letras" in answer
    assert "12.0\u00a0% de letras" in text
    assert "comienzan a reconocerse" in text

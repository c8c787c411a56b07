"""What a referee found absurd in part B when the results are poor: the study that made the document say
it, and that it says it no more."""

import re
from dataclasses import replace

import pytest
from studies import gan_run, make_study, with_array

from report.settings import Settings
from report.text.document import compose

READ = re.compile(r"legib|peldaño|entropía|Fréchet|más próxim|cuenta[n]? como copia|densa")


def part_b(study) -> str:
    """Its body, without notes, which state rules."""
    text = compose(study, Settings()).markdown
    lines = text[text.index("## Parte B") : text.index("## Límites")].splitlines()
    return "\n".join(line for line in lines if not line.startswith("[^"))


def under(text: str, title: str) -> str:
    """What stands under the heading that ends with ``title``."""
    (found,) = re.findall(rf"^#+ (?:.*\s)?{title}\n(.*?)(?=^#|\Z)", text, re.M | re.S)
    return str(found)


NOISE = make_study(3, readability={"readable": (0,) * 5})
COLLAPSED = make_study(2, readability={"readable": (0, 300, 940, 940, 950), "classes": 2})


def test_copies_are_not_judged_on_noise():
    text = part_b(NOISE)
    assert "no llegan a reconocerse" in text
    assert "indicio de que el generador copie" not in text
    assert "copia más" not in text


@pytest.mark.parametrize("study", [NOISE, COLLAPSED], ids=["noise", "collapse"])
def test_what_is_not_read_has_neither_rungs_nor_figures_nor_an_appendix(study):
    text = compose(study, Settings()).markdown
    images = under(text, "Imágenes generadas")
    assert "Peldaño" not in text
    assert "legibilidad.svg" not in images
    assert "entropía de las clases" not in text
    assert "Legibilidad, variedad y copias" not in text


@pytest.mark.parametrize(
    ("study", "said"),
    [(NOISE, "No hay al final|no hay al final bastantes imágenes legibles"), (COLLAPSED, "colapso de modos")],
    ids=["noise", "collapse"],
)
def test_one_sentence_says_why_nothing_more_is_asked_of_what_is_drawn(study, said):
    assert len(re.findall(said, under(part_b(study), "Imágenes generadas"))) == 1


def test_what_is_read_of_few_classes_is_not_said_to_be_recognised():
    answer = next(
        line
        for line in compose(COLLAPSED, Settings()).markdown.splitlines()
        if "¿Desde cuándo se reconocen" in line
    )
    assert "**No como se pide**" in answer
    assert re.search(r"pero de \w+\sclases?; se piden", answer)


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
    study = make_study(3, judge=judge)
    whole, text = compose(study, Settings()).markdown, part_b(study)
    after = text[text.index("El juez no sirve") :]
    without_controls = re.sub(r"!\[[^]]*\]\([^)]*\)|\*\*Figura.*", "", after)
    assert READ.search(without_controls) is None
    rules = re.findall(r"^\| (?!---|Afirmación)([^|]*) \|", under(whole, "Reglas y umbrales"), re.MULTILINE)
    assert not any("reconocen" in rule or "copia" in rule or "legible" in rule for rule in rules)
    steps = re.findall(r"\*\*Figura\s\d+\.\*\* Iteración [^\n]*", whole)
    assert steps
    assert not any("juez" in caption for caption in steps)


def test_a_discriminator_that_is_right_two_times_in_three_is_not_called_in_equilibrium():
    text = part_b(make_study(3, gan={"right": 0.655, "level": 0.9}))
    assert "termina con ventaja leve y estable del discriminador" in text
    assert "termina en equilibrio" not in text


def test_a_critic_has_neither_hits_nor_probabilities():
    run = gan_run(1, loss="wasserstein_gp")
    for name in ("d_real", "d_fake", "accuracy_real", "accuracy_fake"):
        run = with_array(run, name, run.arrays[name] * 0 + 0.123)
    text = part_b(replace(make_study(1), gan=(run,), judge=(), readability=(), variants={}))
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
    images = under(text, "Imágenes generadas")
    assert "12.0\u00a0% de las letras" in images
    assert "comienzan a reconocerse" in images

"""A document of ours, read as one that somebody wrote by hand, before anybody else reads it."""

from report.audit import evidence, rules
from report.audit.readers import markdown
from report.audit.ruling import Ruling, Verdict
from report.audit.understanding import understand
from report.errors import RenderError
from report.study.study import Study

# What is asked of our own documents: tables, matrices, counts and settings, of which there is no doubt what
# they say. Of our sentences, which tell of means over seeds, of several epochs and of intervals, the other
# rules take one thing for another; numbers in them are traced, which is more.
ASKED = frozenset(
    {
        *("tabla y resultados", "matriz y resultados", "recuento y matriz", "métrica de clase y matriz"),
        *("época inexistente", "épocas entrenadas", "parada anticipada", "valor final"),
        *("ajuste y resultados", "referencia a figura", "paso de la figura"),
    }
)


def contradictions(text: str, study: Study) -> list[Ruling]:
    """What ``text``, in Markdown, says and the results that it is made from deny, in its order."""
    understood = understand(markdown.read(text))
    results = evidence.of_runs(study.runs, study.brought)
    rulings = rules.check_all(understood, [evidence.own(understood), results])
    denied = [each for each in rulings if each.verdict is Verdict.CONTRADICTED and each.rule in ASKED]
    return sorted(denied, key=lambda ruling: ruling.place)


def refuse_contradictions(name: str, text: str, study: Study) -> None:
    """
    Raises:
        RenderError: with the line of the file ``name`` of the first one, what stands there and what the
            results say.
    """
    denied = contradictions(text, study)
    if denied:
        first, *others = denied
        more = f" (y {len(others)} más)" if others else ""
        raise RenderError(
            f"{name}, {first.place}: se esperaba lo que dicen los resultados, {first.expected}, se encontró "
            f"«{first.says}»{more}; no se publica: compruebe los resultados y las plantillas."
        )

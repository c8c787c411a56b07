"""The author's own words in a document of ours, against the results that it is made from."""

from report.audit import evidence, rules
from report.audit.claims import ShapeClaim, VerdictClaim
from report.audit.readers import markdown
from report.audit.ruling import Ruling, Verdict
from report.audit.understanding import understand
from report.errors import RenderError
from report.settings import Reflection
from report.study.study import Study


def contradictions(reflection: Reflection, study: Study) -> list[Ruling]:
    """What the words say in numbers and the results deny, in the order of the words. A judgement is the
    author's own: a convention of ours does not refute it."""
    understood = understand(markdown.read(reflection.text))
    rulings = rules.check(understood, evidence.of_runs(study.runs, study.brought))
    denied = [
        ruling
        for ruling in rulings
        if ruling.verdict is Verdict.CONTRADICTED and not isinstance(ruling.claim, VerdictClaim | ShapeClaim)
    ]
    return sorted(denied, key=lambda ruling: ruling.place)


def refuse_contradictions(reflection: Reflection, study: Study) -> None:
    """
    Raises:
        RenderError: with the place of the first one, what is said there and what the results say.
    """
    denied = contradictions(reflection, study)
    if denied:
        first, *others = denied
        more = f" (y {len(others)} más)" if others else ""
        raise RenderError(
            f"{reflection.file}, {first.place}: se esperaba lo que dicen los resultados, {first.expected}, "
            f"se encontró «{first.says}»{more}; corrija la frase."
        )

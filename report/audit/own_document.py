"""A document of ours, read as one that somebody wrote by hand, before anybody else reads it."""

from report.audit import evidence, rules
from report.audit.claims import ShapeClaim, VerdictClaim
from report.audit.readers import markdown
from report.audit.ruling import Ruling, Verdict
from report.audit.statements import understand
from report.errors import RenderError
from report.study.study import Study


def contradictions(text: str, study: Study, has_own_words: bool) -> list[Ruling]:
    """What ``text``, in Markdown, says and the results that it is made from deny, in the order of the text. A
    judgement may be one of the author's own words, where it has any; a convention of ours does not refute
    it."""
    understood = understand(markdown.read(text))
    rulings = rules.check(understood, evidence.of_study(study, understood))
    free = (VerdictClaim, ShapeClaim) if has_own_words else ()
    denied = [
        ruling
        for ruling in rulings
        if ruling.verdict is Verdict.CONTRADICTED and not isinstance(ruling.claim, free)
    ]
    return sorted(denied, key=lambda ruling: ruling.place)


def refuse_contradictions(name: str, text: str, study: Study, has_own_words: bool) -> None:
    """
    Raises:
        RenderError: with the line of the file ``name`` of the first one, what stands there and what the
            results say.
    """
    denied = contradictions(text, study, has_own_words)
    if denied:
        first, *others = denied
        more = f" (y {len(others)} más)" if others else ""
        raise RenderError(
            f"{name}, {first.place}: se esperaba lo que dicen los resultados, {first.expected}, se encontró "
            f"«{first.says}»{more}; no se publica: compruebe los resultados y las plantillas."
        )

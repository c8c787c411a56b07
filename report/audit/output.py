"""The audit for a person and for a program."""

import json
from typing import Any

from report.audit.auditing import Audit
from report.audit.blocks import Place
from report.audit.provenance import Origin
from report.audit.ruling import Ruling, Verdict
from report.ledger.spanish import join

_SHOWN = (Verdict.CONTRADICTED, Verdict.UNREADABLE, Verdict.UNSUPPORTED, Verdict.AMBIGUOUS)
MAX_PLACES = 8  # of a list for a person; the rest is counted


def to_text(audit: Audit) -> str:
    """How much was checked, rulings in the order of the document, where sections come from, a summary."""
    lines = [line for ruling in shown(audit) for line in _ruling(ruling)]
    lines += [_origin(origin) for origin in questioned(audit)]
    if lines:
        lines.append("")
    return "\n".join(map(_printable, [*_coverage(audit), *lines, *_summary(audit)]))


def _coverage(audit: Audit) -> list[str]:
    found = audit.coverage
    known = "el documento ni en los resultados" if audit.with_results else "el documento"
    total = _number(found.claims, "afirmación", "afirmaciones")
    verb = "comprobada" if found.checked == 1 else "comprobadas"
    line = f"{audit.document}: {verb} {found.checked} de {total}"
    if found.without:
        line += f"; {len(found.without)} sin evidencia en {known} ({_places(found.without)})"
    needed = [f"Para comprobar más haría falta: {found.needed}."] if found.needed else []
    return [f"{line}.", *needed]


def unchecked(audit: Audit) -> str:
    """Why nothing could be checked, and what to do."""
    if not audit.coverage.claims:
        return (
            f"{audit.document}: se esperaba alguna afirmación que comprobar, no se encontró ninguna; revise "
            "que diga algo de sus cifras, o dé los resultados con --results."
        )
    claims = _number(audit.coverage.claims, "afirmación", "afirmaciones")
    return (
        f"{audit.document}: se esperaba algo con que comparar sus cifras (una tabla, un registro, una matriz "
        f"o la misma cantidad dicha dos veces), no se encontró nada de eso para {claims}; las imágenes no se "
        "leen: dé los resultados con --results."
    )


def _printable(line: str) -> str:
    """Without the control characters of the document, which a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in line)


def shown(audit: Audit) -> list[Ruling]:
    """What the reader must know: all but plain agreement."""
    return [f for f in audit.rulings if f.verdict in _SHOWN or f.truncated]


def questioned(audit: Audit) -> list[Origin]:
    """Where sections come from, if some of the document disagrees with the results."""
    sources = {origin.source for origin in audit.origins}
    disagrees = any(f.verdict is Verdict.CONTRADICTED and f.source in sources for f in audit.rulings)
    return list(audit.origins) if disagrees else []


def _ruling(ruling: Ruling) -> list[str]:
    grade = f" ({ruling.severity})" if ruling.severity else ""
    lines = [f"{_capital(str(ruling.place))}: {ruling.verdict}{grade} · {ruling.rule}"]
    lines.append(f"    dice: «{ruling.says}»")
    if ruling.expected:
        source = f" [{ruling.source}]" if ruling.source else ""
        lines.append(f"    se sigue: {ruling.expected}{source}")
    return lines


def _origin(origin: Origin) -> str:
    name = f"Sección «{origin.section}»" if origin.section else "Antes de la primera sección"
    compared = _number(origin.compared, "afirmación comparable", "afirmaciones comparables")
    agreeing = _number(origin.agreeing, "coincide", "coinciden")
    return f"{name} ({_places(origin.places)}): {compared}, {agreeing} con {origin.source}."


def _summary(audit: Audit) -> list[str]:
    n = audit.counts
    verdicts = [
        _number(n["verificados"], "verificada", "verificadas"),
        _number(n["contradichos"], "contradicha", "contradichas"),
        f"{n['sin_respaldo']} sin respaldo",
        _number(n["ambiguos"], "ambigua", "ambiguas"),
    ]
    read = _number(n["leidos"], "número leído", "números leídos")
    unreadable = _number(n["ilegibles"], "ilegible", "ilegibles")
    lines = [_capital(f"{read}, {unreadable}; afirmaciones: {', '.join(verdicts)}.")]
    if audit.unread:
        count = _number(len(audit.unread), "número", "números")
        lines.append(f"Sin interpretar, y por tanto sin comprobar: {count} ({_places(audit.unread)}).")
    return [*lines, *(f"Aviso: {notice}" for notice in audit.notices)]


def _number(count: int, singular: str, plural: str) -> str:
    return f"{count} {singular if count == 1 else plural}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _places(places: tuple[Place, ...]) -> str:
    """«líneas 3, 5 y 8», «páginas 2 y 4», without repetitions."""
    each = list(dict.fromkeys(places))
    plain = len(each) > 1 and each[0].line is None
    names = [str(place.number) if plain else str(place) for place in each[:MAX_PLACES]]
    if len(each) > MAX_PLACES:
        names.append(f"{len(each) - MAX_PLACES} más")
    listed = join(names)
    return f"{each[0].name}s {listed}" if plain else listed


def to_json(audit: Audit) -> str:
    """The same as JSON, with every place."""
    content = {
        "documento": audit.document,
        **audit.counts,
        "hallazgos": [_entry(ruling) for ruling in shown(audit)],
        "procedencia": [_origin_entry(origin) for origin in audit.origins],
        "lugares_sin_contraste": [_place(place) for place in audit.unmatched],
        "lugares_sin_interpretar": [_place(place) for place in audit.unread],
        "avisos": list(audit.notices),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)


def _place(place: Place) -> dict[str, int]:
    found: dict[str, int] = {place.unit: place.number}
    return found | ({"linea": place.line} if place.line is not None else {})


def _entry(ruling: Ruling) -> dict[str, Any]:
    severity = str(ruling.severity) if ruling.severity else None
    said = {"regla": ruling.rule, "dice": ruling.says, "esperado": ruling.expected, "fuente": ruling.source}
    return {**_place(ruling.place), "veredicto": str(ruling.verdict), "gravedad": severity, **said}


def _origin_entry(origin: Origin) -> dict[str, Any]:
    compared = {"comparadas": origin.compared, "coinciden": origin.agreeing, "fuente": origin.source}
    return {"seccion": origin.section, "lugares": [_place(place) for place in origin.places], **compared}

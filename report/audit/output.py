"""The audit for a person and for a program."""

import json
from typing import Any

from report.audit.auditing import Audit
from report.audit.finding import Finding, Verdict

_SHOWN = (Verdict.CONTRADICTED, Verdict.UNREADABLE, Verdict.UNSUPPORTED, Verdict.AMBIGUOUS)


def to_text(audit: Audit) -> str:
    """Findings in the order of the document, and a summary."""
    lines = []
    for finding in shown(audit):
        grade = f" ({finding.severity})" if finding.severity else ""
        place = str(finding.place)
        lines.append(f"{place[0].upper()}{place[1:]}: {finding.verdict}{grade} · {finding.rule}")
        lines.append(f"    dice: «{finding.says}»")
        if finding.expected:
            lines.append(
                f"    se sigue: {finding.expected}" + (f" [{finding.source}]" if finding.source else "")
            )
    if lines:
        lines.append("")
    counts = audit.counts
    lines.append(
        f"{audit.document}: {counts['leidos']} números leídos; afirmaciones: "
        f"{counts['verificados']} verificadas, "
        f"{counts['contradichos']} contradichas, "
        f"{counts['sin_respaldo']} sin respaldo, {counts['ambiguos']} ambiguas; "
        f"números ilegibles: {counts['ilegibles']}."
    )
    return "\n".join(lines)


def to_json(audit: Audit) -> str:
    """The same as JSON."""
    content = {"documento": audit.document, **audit.counts, "hallazgos": [_entry(f) for f in shown(audit)]}
    return json.dumps(content, ensure_ascii=False, indent=1)


def shown(audit: Audit) -> list[Finding]:
    """What the reader must know: all but plain agreement."""
    return [f for f in audit.findings if f.verdict in _SHOWN or f.truncated]


def _entry(finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {finding.place.unit: finding.place.number}
    if finding.place.line is not None:
        place["linea"] = finding.place.line
    return {
        **place,
        "veredicto": str(finding.verdict),
        "gravedad": str(finding.severity) if finding.severity else None,
        "regla": finding.rule,
        "dice": finding.says,
        "esperado": finding.expected,
        "fuente": finding.source,
    }

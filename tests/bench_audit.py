"""``make bench-audit``: how many injected contradictions the audit finds, and how often it cries wolf.

From clean generated documents of every style one statement at a time is made to contradict the
others. A contradiction counts as found only if the audit reports a finding that the clean document
does not have. Documents that the parser's author never looked at: choose other seeds.

    python tests/bench_audit.py [FIRST_SEED] [--misses]
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from audit_documents import STYLES, Writer

from report.audit.auditing import Audit, audit
from report.audit.finding import Finding, Verdict

SEEDS = 4  # documents of each style
PDF_MUTATIONS = 40  # typesetting takes longer than auditing
ALARMS = (Verdict.CONTRADICTED, Verdict.UNREADABLE, Verdict.UNSUPPORTED)
RECALL, RECALL_OF_A_KIND, CLAIMS_PER_ALARM = 0.95, 0.85, 500


def alarms(found: Audit) -> Counter:
    return Counter((f.verdict, f.rule, f.says) for f in found.findings if f.verdict in ALARMS)


def contradictions(found: Audit) -> Counter:
    return Counter(
        (f.rule, f.says, f.expected)
        for f in found.findings
        if f.verdict in (Verdict.CONTRADICTED, Verdict.UNREADABLE)
    )


def run(first_seed: int, misses: bool) -> bool:
    injected, caught = Counter(), Counter()
    claims = false = documents = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for style in STYLES:
            for seed in range(first_seed, first_seed + SEEDS):
                writer = Writer(style, seed)
                clean = audit(writer.write(folder))
                documents += 1
                claims += clean.claims
                false += alarms(clean).total()
                if misses:
                    for finding in clean.findings:
                        if finding.verdict in ALARMS:
                            print(f"ALARM {style}/{seed} {show(finding)}")
                known = contradictions(clean)
                mutations = writer.mutations()
                if writer.suffix == ".pdf":
                    mutations = mutations[seed % SEEDS :: max(1, SEEDS * len(mutations) // PDF_MUTATIONS)]
                for mutation in mutations:
                    path = writer.write(folder, mutation)
                    if path is None:
                        continue
                    injected[mutation.kind] += 1
                    if contradictions(audit(path)) - known:
                        caught[mutation.kind] += 1
                    elif misses:
                        print(f"MISS {style}/{seed} {mutation} {said(writer, mutation)}")
    print(
        f"{documents} documentos limpios, {claims} afirmaciones, "
        f"{injected.total()} contradicciones inyectadas."
    )
    for kind in sorted(injected):
        print(f"  {kind:<16} {caught[kind]:>4} de {injected[kind]:<4} {caught[kind] / injected[kind]:.3f}")
    recall = caught.total() / injected.total()
    least = min(caught[kind] / injected[kind] for kind in injected)
    print(f"Exhaustividad: {recall:.3f} en total, {least:.3f} en la peor clase.")
    print(f"Falsas alarmas: {false} en {claims} afirmaciones.")
    return recall >= RECALL and least >= RECALL_OF_A_KIND and false * CLAIMS_PER_ALARM <= claims


def show(finding: Finding) -> str:
    return f"{finding.rule} | {finding.says} | {finding.expected}"


def said(writer: Writer, mutation) -> str:
    statement = writer.statements()[mutation.at]
    changed = writer.wrong(mutation, *statement)
    return f"{writer.say(mutation.at, *statement)} -> {writer.say(mutation.at, *changed)}"


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    sys.exit(not run(int(arguments[0]) if arguments else 0, "--misses" in sys.argv))

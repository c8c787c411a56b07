"""``make bench-audit``: how many injected contradictions the audit finds, and how often it cries wolf.

From clean generated documents of every style one statement at a time is made to contradict the
others, or the results. A contradiction counts as found only if the audit reports a ruling that the
clean document does not have. Documents that nobody has looked at: choose other seeds.

First the documents of one model, then those with scopes (``bench_scoped``): several models, phases and runs.

    python tests/bench/bench_audit.py [FIRST_SEED] [--misses]
"""

import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from audit_documents import STYLES, Writer
from audit_mutations import mutations, other_history, wrong
from bench_scoped import documents, measure, show_tally

from report.audit.auditing import Audit, audit
from report.audit.ruling import Ruling, Verdict

SEEDS = 6  # documents of each style
PDF_MUTATIONS = 60  # typesetting takes longer than auditing
ALARMS = (Verdict.CONTRADICTED, Verdict.UNREADABLE, Verdict.UNSUPPORTED)
RECALL, RECALL_OF_A_KIND, CLAIMS_PER_ALARM = 0.95, 0.85, 500


def alarms(found: Audit) -> list[Ruling]:
    return [f for f in found.rulings if f.verdict in ALARMS]


def contradictions(found: Audit) -> Counter:
    wrong_ones = (f for f in alarms(found) if f.verdict is not Verdict.UNSUPPORTED)
    return Counter((f.rule, f.says, f.expected) for f in wrong_ones)


def run(first_seed: int, misses: bool) -> bool:
    injected, caught = Counter(), Counter()
    claims = false = documents = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        history = folder / "history.json"
        for style in STYLES:
            for seed in range(first_seed, first_seed + SEEDS):
                writer = Writer(style, seed)
                path = writer.write(folder)
                history.write_text(json.dumps(writer.facts.history()))
                clean = {"": audit(path), "history": audit(path, history)}
                known = {name: contradictions(found) for name, found in clean.items()}
                documents += 1
                claims += sum(found.claims for found in clean.values())
                wolves = [ruling for found in clean.values() for ruling in alarms(found)]
                false += len(wolves)
                if misses:
                    print(*(f"ALARM {style}/{seed} {show(ruling)}\n" for ruling in wolves), sep="", end="")
                for mutation in chosen(writer):
                    if mutation.at == "history":
                        path = writer.write(folder)
                        random_ = random.Random(f"{style}/{seed}/{mutation}")
                        other = other_history(writer.facts, mutation.variant, random_)
                        history.write_text(json.dumps(other))
                        found = audit(path, history)
                    else:
                        path = writer.write(folder, mutation)
                        if path is None:
                            continue
                        found = audit(path)
                    injected[mutation.kind] += 1
                    if contradictions(found) - known["history" if mutation.at == "history" else ""]:
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


def run_scoped(first_seed: int, misses: bool) -> bool:
    with tempfile.TemporaryDirectory() as name:
        tally = measure(documents(first_seed), Path(name))
    show_tally(tally, misses=misses)
    return tally.passes


def chosen(writer: Writer) -> list:
    every = mutations()
    if writer.suffix != ".pdf":
        return every
    return every[writer.seed % SEEDS :: max(1, SEEDS * len(every) // PDF_MUTATIONS)]


def show(ruling: Ruling) -> str:
    return f"{ruling.rule} | {ruling.says} | {ruling.expected}"


def said(writer: Writer, mutation) -> str:
    if mutation.at == "history":
        return ""
    statement = writer.statements()[mutation.at]
    changed = wrong(writer, mutation, *statement)
    return f"{writer.say(mutation.at, *statement)} -> {writer.say(mutation.at, *changed)}"


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    asked = int(arguments[0]) if arguments else 0, "--misses" in sys.argv
    sys.exit(not all([run(*asked), run_scoped(*asked)]))

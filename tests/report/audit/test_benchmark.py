"""A small draw of ``make bench-audit``, with seeds of its own."""

from collections import Counter

import pytest
from audit_documents import STYLES, Writer
from audit_mutations import MUTATIONS, mutations
from audit_vocabulary import FILLERS
from bench_audit import alarms, contradictions

from report.audit.auditing import audit

SEED = 1_000


@pytest.mark.parametrize("style", STYLES)
def test_a_clean_document_raises_no_alarm(tmp_path, style):
    found = audit(Writer(style, SEED).write(tmp_path))

    assert alarms(found) == []
    assert found.counts["verificados"] > 25


@pytest.mark.parametrize("language", FILLERS)
def test_what_is_true_whatever_the_results_raises_no_alarm(tmp_path, language):
    style = "prose-es" if language == "es" else "prose-en"
    path = Writer(style, SEED).write(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n\n" + ". ".join(FILLERS[language]) + ".\n", encoding="utf-8")

    assert alarms(audit(path)) == []


def test_contradictions_of_every_kind_are_found(tmp_path):
    injected, caught = Counter(), Counter()
    for style in ("prose-es", "html-en", "tables-es"):
        writer = Writer(style, SEED)
        known = contradictions(audit(writer.write(tmp_path)))
        for mutation in mutations():
            path = None if mutation.at == "history" else writer.write(tmp_path, mutation)
            if path is not None:
                injected[mutation.kind] += 1
                caught[mutation.kind] += bool(contradictions(audit(path)) - known)

    assert injected.keys() == MUTATIONS.keys() - {"against_results"}
    assert caught.keys() == injected.keys()
    assert caught.total() > 0.95 * injected.total() > 0.95 * 130


def test_a_mutated_document_differs_in_the_mutated_statement_only():
    writer = Writer("bullets-es", SEED)
    clean = writer.document().splitlines()
    for mutation in mutations():
        text = None if mutation.at == "history" else writer.document(mutation)
        if text is not None:
            changed = [pair for pair in zip(clean, text.splitlines(), strict=True) if pair[0] != pair[1]]
            assert len(changed) == 1, mutation

"""The prose read aloud: what every path through every macro says, beside the text that has been
read and approved, ``golden/frases.md``.

After changing a template or a case, write that file anew and read what has changed:

    python tests/test_phrases.py
    git diff tests/golden/frases.md
"""

import difflib
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # as pytest does
    sys.path.insert(0, str(Path(__file__).parents[1]))

import instrumented
import pytest
from cases import cases
from instrumented import CompiledOnce, branches, observe_branches
from jinja2 import nodes

from report import content
from report.document import compose
from report.findings import (
    FINDINGS,
    find_all,
    gan_controls,
    gan_diversity,
    gan_losses,
    gan_recognisable,
    gan_steps,
    lstm_confusion,
    lstm_control,
    lstm_forgetting,
    lstm_length,
    lstm_overfitting,
    lstm_probe,
    lstm_truncation,
    lstm_val_loss,
)
from report.findings.base import Finding
from report.numbers import Ledger, unmark
from report.prose import SUFFIX, TEMPLATES, Kind, Numbering, flow, make_environment
from report.results import Study
from report.settings import Settings
from report.spanish import Style

GOLDEN = Path(__file__).parent / "golden" / "frases.md"
FOLDER = "frases"
OBSERVED = CompiledOnce()
# Verdicts on which there is nothing to say.
SILENT = {
    ("study.profile", "completo"),
    ("study.data", "reales"),
    ("lstm.linear_reference", "sin modelo lineal comparable"),
    ("gan.comparison", "sin comparación"),
    ("gan.comparison", "sin juez válido"),
}


MODULES = (
    *(gan_controls, gan_diversity, gan_losses, gan_recognisable, gan_steps),
    *(lstm_confusion, lstm_control, lstm_length, lstm_forgetting, lstm_overfitting, lstm_probe),
    *(lstm_truncation, lstm_val_loss),
)


def macros() -> dict[str, list[nodes.Macro]]:
    """Of each template of phrases, its macros in order."""
    environment = make_environment(Ledger(Style()), Numbering())
    return {
        f"{FOLDER}/{path.name}": list(environment.parse(path.read_text("utf-8")).find_all(nodes.Macro))
        for path in sorted((TEMPLATES / FOLDER).glob(f"*{SUFFIX}"))
    }


def calls(findings: dict[str, Finding], macro: nodes.Macro) -> Iterator[tuple[str, list[Any]]]:
    """What to call ``macro`` with and a name for it; nothing for those that only others call."""
    of_finding = {id_.replace(".", "_"): finding for id_, finding in findings.items()}
    steps = findings["gan.steps"]
    helpers = {
        "cautela": findings["lstm.test_accuracy"].n_seeds,
        "intervalo": findings["lstm.test_accuracy"],
        "dispersion": findings["lstm.overfitting"],
        "dos_reglas": findings["lstm.val_loss_shape"],
        "solo_enteras": findings["lstm.memory"],
        "diversidad": findings["gan.coverage"],
        "peldanos": findings["gan.recognisable_from"],
        "manchas": findings["gan.recognisable_from"],
        "sin_mantenerse": findings["gan.recognisable_from"],
        "desenlace": findings["gan.losses"],
        "veredicto_memoria": findings["lstm.memory"],
        "error_comun": findings["lstm.confusion"],
        "estrellas": findings["lstm.length"],
        "condicion_longitud": findings["lstm.memory"],
        "condicion_distancia": findings["lstm.memory"],
        "frente_al_control": findings["lstm.memory"],
        "gradiente": findings["lstm.memory"],
    }
    if macro.name in of_finding:
        yield str(of_finding[macro.name].verdict), [of_finding[macro.name]]
    elif macro.name in helpers:
        yield "", [helpers[macro.name]]
    elif macro.name == "pie":
        rows = steps.values["steps"]
        for index, row in enumerate(rows):
            before = rows[index - 1] if index else None
            yield str(row["texture"]), [row, steps, before, index % content.CAPTION_FRAMES]
    elif macro.name == "leido":
        for index, row in enumerate(findings["gan.recognisable_from"].values["steps"]):
            yield str(row["legible"]), [row, index % content.CAPTION_FRAMES]
    elif macro.name == "descripcion":
        for row in steps.values["steps"]:
            yield str(row["texture"]), [row, steps]
    elif not macro.args:
        yield "", []


class Numbered(Numbering):
    """For phrases outside their document: every reference leads to a first figure or table."""

    def refer(self, kind: Kind, name: str) -> str:
        self.numbers[kind, name] = 1
        return super().refer(kind, name)


def say(study: Study, settings: Settings) -> Iterator[tuple[str, str, frozenset[str], str]]:
    """Of each call: the macro, its verdict, the branches taken and the text."""
    findings, taken = find_all(study), set()
    environment = instrumented.make_environment(
        Ledger(settings.style), Numbered(), OBSERVED, observe_branches("branch"), branch=noting(taken)
    )
    names = content.context(study, findings, settings)
    for file, listed in macros().items():
        module = environment.get_template(file).make_module(names)
        for macro in listed:
            for verdict, arguments in calls(findings, macro):
                taken.clear()
                text = flow(unmark(str(getattr(module, macro.name)(*arguments))))
                yield macro.name, verdict, frozenset(taken), text


def noting(taken: set[str]) -> Any:
    def note(key: str, *test: Any) -> Any:
        taken.add(f"{key}: {'sí' if test[0] else 'no'}" if test else key)
        return test[0] if test else ""

    return note


def written() -> str:
    """The golden file as it should be: of each macro, each path once, with the first case that
    takes it."""
    entries: dict[str, list[str]] = {macro.name: [] for listed in macros().values() for macro in listed}
    seen = set()
    for name, (study, settings) in cases().items():
        for macro, verdict, path, text in say(study, settings):
            if (macro, verdict, path) not in seen:
                seen.add((macro, verdict, path))
                title = f"{verdict} ({name})" if verdict else name
                entries[macro].append(f"### {title}\n\n{text or '—'}\n")
    sections = [f"## {macro}\n\n" + "\n".join(texts) for macro, texts in entries.items() if texts]
    return "# Todas las frases\n\n" + "\n".join(sections)


def test_every_phrase_is_the_one_that_was_read():
    expected, found = GOLDEN.read_text("utf-8"), written()
    changed = "\n".join(difflib.unified_diff(expected.splitlines(), found.splitlines(), lineterm="", n=1))
    assert found == expected, f"read the changes, then run «python tests/test_phrases.py»:\n{changed}"


@pytest.mark.parametrize(
    ("id_", "verdict"), [(id_, verdict) for id_, (_, kind) in FINDINGS.items() for verdict in kind]
)
def test_every_verdict_has_a_phrase(id_: str, verdict: StrEnum):
    _, _, section = GOLDEN.read_text("utf-8").partition(f"\n## {id_.replace('.', '_')}\n")
    section = section.partition("\n## ")[0]
    _, title, rest = section.partition(f"### {verdict} (")
    assert title
    text = rest.partition("\n\n")[2].partition("\n")[0]
    assert (text == "—") == ((id_, verdict) in SILENT)


def test_every_lesser_verdict_is_met():
    """Those that stand inside findings: spreads, textures, changes, errors."""
    kinds = {
        kind
        for module in MODULES
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    }
    met = {verdict for study, _ in cases().values() for verdict in verdicts(find_all(study))}
    assert {member for kind in kinds for member in kind} - met == set()


def verdicts(value: Any) -> Iterator[StrEnum]:
    """Every verdict in findings, however nested."""
    if isinstance(value, StrEnum):
        yield value
    elif isinstance(value, Finding):
        yield value.verdict
        yield from verdicts(value.values)
    elif isinstance(value, dict):
        for item in (*value, *value.values()):
            yield from verdicts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from verdicts(item)


def test_every_branch_is_taken_and_no_state_falls_through():
    """Of the whole document, the parts included: a branch that no case reaches has been read by
    nobody, and a chain of alternatives none of which holds says nothing at all."""
    taken: set[str] = set()
    with instrumented.templates(OBSERVED, observe_branches("branch"), branch=noting(taken)):
        for study, settings in cases().values():
            compose(study, settings)
    environment = make_environment(Ledger(Style()), Numbering())
    every = set()
    for path in TEMPLATES.rglob(f"*{SUFFIX}"):
        every |= branches(environment.parse(path.read_text("utf-8")), str(path.relative_to(TEMPLATES)))
    assert sorted(every - taken) == []
    assert sorted(taken - every) == []


def test_one_seed_is_never_compared():
    """With a single seed nothing is said of all seeds, nor of a spread between them, but for the
    notes, which state the rules."""
    compared = ("todas las semillas", "cada una de las semillas", "alguna semilla", "\u00a0±\u00a0")
    for macro, _, _, text in (
        phrase
        for study, settings in cases().values()
        if len(study.lstm) == 1
        for phrase in say(study, settings)
    ):
        assert [phrase for phrase in compared if phrase in text] == [], macro


if __name__ == "__main__":
    GOLDEN.write_text(written(), encoding="utf-8")
    print(f"{GOLDEN.name}: léalo.")

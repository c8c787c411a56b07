"""Documents with several models, phases and runs, clean or with one statement made false.

``Document(form, language, suffix, seed)`` proves what it says in that form of evidence, and often in others
too. It is made once; ``write`` gives it clean, or with one lie, and nothing else changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import scoped_phrases_en
import scoped_phrases_es
import scoped_programs as programs
import scoped_tables as tables
from scoped_facts import Study, make_study
from scoped_forms import (
    ALONE,
    BY_HAND,
    RESULTS,
    SETTINGS,
    SIDE_BY_SIDE,
    TRAINING,
    fits,
    make_teller,
    show,
    told_of,
)
from scoped_hand import draw_hand, plain
from scoped_of_comparisons import of_comparison
from scoped_of_settings import of_sizes
from scoped_pages import Block, Heading, Prose, save
from scoped_telling import Lie, Told, names_of

FEATURED, BESIDE = 14, 4  # statements that a form proves if it is the document's, or another

PHRASES = {
    "es": (scoped_phrases_es.OWN, scoped_phrases_es.NAMED, scoped_phrases_es.FILLERS),
    "en": (scoped_phrases_en.OWN, scoped_phrases_en.NAMED, scoped_phrases_en.FILLERS),
}
TITLES = {
    "es": ("Resultados de los experimentos", "Datos", "Comparación", "Conclusiones"),
    "en": ("Results of the experiments", "Data", "Comparison", "Conclusions"),
}


@dataclass(frozen=True)
class Statement:
    """``at``: the index of the unit in whose section it stands, or «data», «comparison» or «end»."""

    form: str
    told: Told
    at: int | str
    named: bool
    phrase: int


@dataclass
class Evidence:
    """Blocks with what proves the statements."""

    setup: list[Block] = field(default_factory=list)
    of_units: list[list[Block]] = field(default_factory=list)
    side_by_side: list[Block] = field(default_factory=list)


class Document:
    def __init__(self, form: str, language: str, suffix: str, seed: int) -> None:
        self.form, self.language, self.suffix = form, language, suffix
        self.name = f"{form}/{language}{suffix}/{seed}"
        self._random = Random(self.name)
        mark = "latex" if form == "latex" else "code" if form == "inline" else ""
        self.hand = draw_hand(language, self._random, mark)
        self.evidence = Evidence()
        self._statements: list[Statement] = []
        if suffix == ".ipynb":
            self.study = self._run()
        else:
            self.study = self._make()
        self._fillers = self._random.sample(PHRASES[language][2], 4)
        self._layout = self._random.random()

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(self._statements)

    @property
    def lies(self) -> Iterator[tuple[int, Lie]]:
        """Every way of making a statement of the document's own form false, by its index."""
        for index, statement in enumerate(self._statements):
            if statement.form in (self.form, ALONE):
                for lie in statement.told.lies:
                    if self.say(index, lie) != self.say(index):
                        yield index, lie

    def say(self, index: int, lie: Lie | None = None) -> str:
        statement = self._statements[index]
        told = statement.told
        key, fields = (lie.key or told.key, lie.fields) if lie else (told.key, told.fields)
        own, named, _ = PHRASES[self.language]
        phrases = (named if statement.named else own)[key]
        names = names_of(self.study.units[told.unit], self.language) if told.unit is not None else {}
        text = phrases[statement.phrase % len(phrases)].format(**{**names, **fields})
        return text.replace("  ", " ")  # «supera  0.85», without the article of a percentage

    def write(self, folder: Path, index: int | None = None, lie: Lie | None = None) -> Path:
        path = folder / f"documento{self.suffix}"
        save(list(self._blocks(index, lie)), path, Random(self.name))
        return path

    # --- what is shown, and what is said of it -------------------------------------------

    def _make(self) -> Study:
        random, form = self._random, self.form
        if form.startswith("gan"):
            study = make_study(self.language, random, gan=True)
            self.evidence.of_units = [[] for _ in study.units]
            self._show_units(study, form)
            return study
        by_epoch = form.startswith("frame") and random.random() < 0.4
        forms = [form]
        for others in (TRAINING, RESULTS, SIDE_BY_SIDE, SETTINGS):
            fitting = [each for each in others if fits(each, self.suffix)]
            if form not in others and fitting and random.random() < 0.35:
                forms.append(random.choice(fitting))
        networks = by_epoch or any(each in TRAINING + SETTINGS for each in forms)
        study = make_study(self.language, random, networks=networks)
        self.evidence.of_units = [[] for _ in study.units]
        self._say_sizes(study)
        for each in sorted(forms, key=[*SETTINGS, *TRAINING, *RESULTS, *SIDE_BY_SIDE].index):
            if each in SIDE_BY_SIDE and not (by_epoch and each == form):
                shown = tables.draw_shown(study, random)
                block = tables.comparison(study, shown, each, plain(self.hand), random)
                self.evidence.side_by_side.append(block)
                teller = make_teller(study, self.hand, random, self.hand.decimals if each in BY_HAND else 4)
                self._say(each, list(of_comparison(teller, shown)))
            else:
                self._show_units(study, each)
        return study

    def _run(self) -> Study:
        ran = programs.run(self.form, self.language, self._random)
        self.evidence.setup = list(ran.setup)
        self.evidence.of_units = [list(each) for each in ran.of_units]
        self.evidence.side_by_side = list(ran.shared)
        if ran.shared:
            teller = make_teller(ran.study, self.hand, self._random)
            self._say(self.form, list(of_comparison(teller, ran.shown)))
        else:
            self._say_of_units(ran.study, self.form, by_epoch=ran.by_epoch)
        return ran.study

    def _show_units(self, study: Study, form: str) -> None:
        digits = self._random.choice([2, 2, 2, 4])
        likeness = self._random.random()  # one author shows every unit in the same way
        for unit, blocks in zip(study.units, self.evidence.of_units, strict=True):
            blocks.extend(show(form, study, unit, self.hand, digits, Random(likeness)))
        self._say_of_units(study, form, digits, by_epoch=form.startswith("frame"))

    def _say_of_units(self, study: Study, form: str, digits: int = 2, *, by_epoch: bool = False) -> None:
        self._say(form, list(told_of(form, study, self.hand, self._random, digits, by_epoch=by_epoch)))

    def _say_sizes(self, study: Study) -> None:
        if study.sizes and self._random.random() < 0.3:
            teller = make_teller(study, self.hand, self._random)
            told = self._random.choice(list(of_sizes(teller, study.sizes)))
            self._statements.append(Statement(ALONE, told, "data", True, self._random.randrange(99)))

    def _say(self, form: str, told: list[Told]) -> None:
        """Some of what could be said; in its own section without a name, or wherever with one."""
        own, named, _ = PHRASES[self.language]
        random = self._random
        of_all = [each for each in told if each.unit is None]
        of_units = [each for each in told if each.unit is not None]
        many = FEATURED if form == self.form else BESIDE
        chosen = random.sample(of_all, min(len(of_all), many // 2))
        chosen += random.sample(of_units, min(len(of_units), many - len(chosen)))
        compared = bool(self.evidence.side_by_side) and (form in SIDE_BY_SIDE)
        for each in chosen:
            is_own = each.unit is not None and not compared and each.key in own
            if is_own and (each.key not in named or random.random() < 0.55):
                at: int | str = each.unit if each.unit is not None else "end"
                self._statements.append(Statement(form, each, at, False, random.randrange(99)))
                continue
            at = random.choice(["comparison", "end"]) if compared else "end"
            if not compared and each.unit is not None and random.random() < 0.4:
                at = each.unit
            self._statements.append(Statement(form, each, at, True, random.randrange(99)))

    # --- the page ------------------------------------------------------------------------

    def _blocks(self, index: int | None, lie: Lie | None) -> Iterator[Block]:
        random = Random(self.name)
        title, data, comparison, end = TITLES[self.language]
        numbered = self._layout < 0.3
        number = 0

        def heading(level: int, text: str) -> Heading:
            nonlocal number
            number += level == 2
            return Heading(level, f"{number}. {text}" if numbered and level == 2 else text)

        yield Heading(1, title)
        yield Prose((self._fillers[0],))
        if self.evidence.setup or self._of("data"):
            yield heading(2, data)
            yield from self.evidence.setup
            yield from self._prose("data", index, lie, random)
        outer = ""
        for i, unit in enumerate(self.study.units):
            if len(unit.path) > 1 and unit.path[0].title != outer:
                outer = unit.path[0].title
                yield heading(2, outer)
            yield heading(1 + len(unit.path), unit.path[-1].title)
            yield from self.evidence.of_units[i]
            yield from self._prose(i, index, lie, random)
            if random.random() < 0.2:
                yield Prose((self._fillers[1],))
        if self.evidence.side_by_side or self._of("comparison"):
            yield heading(2, comparison)
            yield from self.evidence.side_by_side
            yield from self._prose("comparison", index, lie, random)
        yield heading(2, end)
        yield Prose(tuple(self._fillers[2:]))
        yield from self._prose("end", index, lie, random)

    def _of(self, at: int | str) -> list[int]:
        return [i for i, each in enumerate(self._statements) if each.at == at]

    def _prose(self, at: int | str, index: int | None, lie: Lie | None, random: Random) -> Iterator[Block]:
        said = [self.say(i, lie if i == index else None) for i in self._of(at)]
        if not said:
            return
        if random.random() < 0.4:
            yield Prose(tuple(said), bullets=True)
            return
        for start in range(0, len(said), 3):
            yield Prose(tuple(said[start : start + 3]))

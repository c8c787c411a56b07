"""The forms of evidence: in which files each stands, how it shows one training, and what is told of it."""

from collections.abc import Callable, Iterator
from random import Random

import scoped_logs as logs
import scoped_programs as programs
import scoped_reports as reports
import scoped_settings as settings
import scoped_tables as tables
from scoped_facts import Study, Unit
from scoped_hand import Hand, plain
from scoped_of_results import of_matrices, of_reports, of_tests
from scoped_of_settings import of_settings
from scoped_of_training import of_epochs, of_losses
from scoped_pages import Block
from scoped_telling import Teller, Told

TEXT, PAGES, TABLES = (".md", ".html"), (".html",), (".md", ".html", ".pdf")
WRITTEN = {  # form -> the files in which an author has it
    "keras1": TEXT,
    "keras2": (*TEXT, ".pdf"),
    "keras3": TEXT,
    "pytorch": TEXT,
    "lightning": TEXT,
    "history": TEXT,
    "epoch_table": TABLES,
    "evaluate": TEXT,
    "report": (*TEXT, ".pdf"),
    "matrix_print": TEXT,
    "matrix_array": TEXT,
    "matrix_table": TABLES,
    "comparison": TABLES,
    "frame_text": TEXT,
    "frame_bare": TEXT,
    "frame_html": PAGES,
    "inline": TEXT,
    "latex": (".md",),
    "settings_dict": TEXT,
    "settings_assign": TEXT,
    "gan": TEXT,
    "gan_table": TABLES,
}
ALONE = "sentence"  # proves itself: partitions
FORMS = {
    form: (*suffixes, *((".ipynb",) if form in programs.FORMS else ())) for form, suffixes in WRITTEN.items()
}
TRAINING = ("keras1", "keras2", "keras3", "pytorch", "lightning", "history", "epoch_table")
RESULTS = ("evaluate", "report", "matrix_print", "matrix_array", "matrix_table", "inline", "latex")
SIDE_BY_SIDE = ("comparison", "frame_text", "frame_bare", "frame_html")
SETTINGS = ("settings_dict", "settings_assign")
BY_HAND = ("epoch_table", "comparison", "latex", "gan_table")  # with as many decimals as the author writes


def fits(form: str, suffix: str) -> bool:
    """Whether a document that is about another form may have this one too."""
    return suffix in WRITTEN[form] and form not in ("latex", "inline")


def show(form: str, study: Study, unit: Unit, hand: Hand, digits: int, random: Random) -> list[Block]:
    each, classes, language = unit.training, study.topic.classes, hand.language
    sizes, cells, chosen = study.sizes, plain(hand), each.settings
    assert sizes is not None
    assert chosen is not None
    shows: dict[str, Callable[[], Block]] = {
        "pytorch": lambda: logs.pytorch(each, language, random),
        "lightning": lambda: logs.lightning(each, sizes, random),
        "history": lambda: logs.history(each, random),
        "epoch_table": lambda: tables.epoch_table(each, cells, random),
        "evaluate": lambda: logs.evaluation(each, sizes, language, random),
        "report": lambda: reports.report(each, classes, digits, random),
        "matrix_print": lambda: reports.printed_matrix(each, random),
        "matrix_array": lambda: reports.array(each),
        "matrix_table": lambda: reports.matrix_table(each, classes, cells, random),
        "inline": lambda: settings.inline(each, random),
        "latex": lambda: settings.formulas(each, hand, random),
        "settings_dict": lambda: settings.dictionary(chosen, random),
        "settings_assign": lambda: settings.assignments(chosen, random),
        "gan": lambda: logs.gan(each.losses, language, random),
        "gan_table": lambda: tables.gan_table(each, cells, random),
    }
    if form.startswith("keras"):
        return [logs.keras(form, each, sizes, random)]
    if form.startswith("frame"):
        return [tables.history_frame(each, form)]
    return [shows[form]()]


def make_teller(study: Study, hand: Hand, random: Random, decimals: int = 4, first: int = 1) -> Teller:
    taken = [x for each in study.units for epoch in each.training.epochs for x in (epoch[1], epoch[3])]
    taken += [each.training.test_accuracy for each in study.units]
    return Teller(study, hand, random, decimals, first, taken)


def told_of(
    form: str, study: Study, hand: Hand, random: Random, digits: int, *, by_epoch: bool
) -> Iterator[Told]:
    """``digits``: of the report. ``by_epoch``: a table of pandas has the epochs of each training."""
    if form == "lightning":
        return of_epochs(make_teller(study, hand, random, decimals=3, first=0))
    if form == "report":
        return of_reports(make_teller(study, hand, random, digits))
    teller = make_teller(study, hand, random, hand.decimals if form in BY_HAND else 4)
    if form in TRAINING or by_epoch:
        return of_epochs(teller)
    if form.startswith("matrix"):
        return of_matrices(teller)
    if form in SETTINGS:
        return of_settings(teller)
    return of_losses(teller) if form.startswith("gan") else of_tests(teller)

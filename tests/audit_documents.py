"""Hand-written reports of different style, generated from consistent facts with a seed.

``Writer(style, seed).document()`` is clean; ``Writer(style, seed).document(mutation)`` is the same
document, word for word, with one statement that contradicts the others.
"""

import html
import itertools
import json
import random
from dataclasses import dataclass
from pathlib import Path

from audit_phrases import COLUMNS, FILLERS, HEADINGS, MATRIX, ORDINALS, PHRASES, WORDS

STYLES = {  # style -> (language, file suffix)
    "tables-es": ("es", ".md"),
    "prose-es": ("es", ".md"),
    "bullets-es": ("es", ".md"),
    "html-en": ("en", ".html"),
    "pdf-es": ("es", ".pdf"),
    "notebook-en": ("en", ".ipynb"),
    "prose-en": ("en", ".md"),
}


@dataclass(frozen=True)
class Facts:
    """A training that could have happened."""

    rows: tuple[tuple[float, float, float, float], ...]  # train loss, train acc, val loss, val acc
    patience: int
    total: int
    val: int
    confusion: tuple[int, int, int, int]  # tn, fp, fn, tp
    batch: int
    rate: float
    units: int
    step: int
    n_steps: int
    d_loss: float
    g_loss: float

    def column(self, index):
        return [row[index] for row in self.rows]


def make_facts(random_):
    while True:
        low = random_.randint(2, 5)
        patience = random_.randint(3, 5)
        n = low + patience
        train_loss, train_acc, val_loss, val_acc = 0.52, 0.74, 0.40, 0.82
        climbs = random_.random() < 0.5
        rows = []
        for epoch in range(1, n + 1):
            train_loss *= random_.uniform(0.80, 0.92)
            train_acc += (0.99 - train_acc) * random_.uniform(0.15, 0.35)
            if epoch <= low:
                val_loss -= random_.uniform(0.008, 0.03)
                val_acc += random_.uniform(0.003, 0.02)
            else:
                down = not climbs and (epoch - low) % 2 == 0
                val_loss += -random_.uniform(0.002, 0.005) if down else random_.uniform(0.006, 0.02)
                val_acc -= random_.uniform(0.0015, 0.006)
            rows.append(tuple(round(x, 4) for x in (train_loss, train_acc, val_loss, val_acc)))
        gap = rows[-1][1] - rows[-1][3]
        if min(abs(gap - bound) for bound in (0.01, 0.05, 0.10)) < 0.004 or gap < 0.01:
            continue
        if len({row[3] for row in rows}) < n or len({row[2] for row in rows}) < n:
            continue
        break
    half = random_.choice([5000, 10000, 12500])
    fp, fn = random_.randint(half // 12, half // 9), random_.randint(half // 7, half // 5)
    if random_.random() < 0.5:
        fp, fn = fn, fp
    total = random_.choice([20000, 25000, 40000])
    collapse = random_.random() < 0.25
    return Facts(
        rows=tuple(rows),
        patience=patience,
        total=total,
        val=total * random_.choice([10, 15, 20]) // 100,
        confusion=(half - fp, fp, fn, half - fn),
        batch=random_.choice([32, 64, 128]),
        rate=random_.choice([1e-3, 2e-4, 5e-4]),
        units=random_.choice([48, 64, 96, 128]),
        step=random_.choice([250, 500, 1000]),
        n_steps=random_.randint(4, 6),
        d_loss=round(random_.uniform(0.01, 0.09) if collapse else random_.uniform(1.25, 1.45), 3),
        g_loss=round(random_.uniform(5, 8) if collapse else random_.uniform(0.68, 0.95), 3),
    )


class Numbers:
    """One author's habits: decimal sign, decimals, thousands, rates or percentages."""

    def __init__(self, language, random_):
        self.comma = language == "es" and random_.random() < 0.5
        self.percent = random_.random() < 0.35
        self.decimals = random_.choice([3, 4, 4])
        self.grouping = random_.choice(["", "\u00a0", "." if self.comma else ","])
        self.space = random_.choice(["", " ", "\u00a0"]) if language == "es" else ""
        self.scientific = random_.random() < 0.5

    def real(self, value, decimals):
        text = f"{value:.{decimals}f}"
        return text.replace(".", ",") if self.comma else text

    def rate(self, value):
        if self.percent:
            return self.real(100 * value, self.decimals - 2) + self.space + "%"
        return self.real(value, self.decimals)

    def loss(self, value):
        return self.real(value, self.decimals)

    def share(self, value):
        return self.real(100 * value, 1) + self.space + "%"

    def whole_percent(self, value):
        return f"{value}{self.space}%"

    def count(self, value):
        return f"{value:,}".replace(",", self.grouping) if value >= 10000 else str(value)

    def learning_rate(self, value):
        if self.scientific:
            return f"{value:.0e}".replace("e-0", "e-")
        return self.real(value, 4)


@dataclass(frozen=True)
class Mutation:
    kind: str
    at: str  # the statement that is made wrong
    variant: int


class Writer:
    def __init__(self, style, seed):
        self.style, self.seed = style, seed
        self.language, self.suffix = STYLES[style]
        random_ = random.Random(f"{style}/{seed}")
        self.facts = make_facts(random_)
        self.numbers = Numbers(self.language, random_)

    # --- what is true, and what is not ---------------------------------------------------

    def statements(self):
        """name -> (key of the phrasing, fields), all of them true."""
        f, n = self.facts, self.numbers
        train_loss, train_acc, val_loss, val_acc = (f.column(i) for i in range(4))
        best, low = argmax(val_acc), argmin(val_loss)
        tn, fp, fn, tp = f.confusion
        size = sum(f.confusion)
        words, ordinals = WORDS[self.language], ORDINALS[self.language]
        rises = count_rises(val_loss)
        gap = self.gap(len(f.rows) - 1)
        middle = 1 if best != 1 else 0
        precision, recall = tp / (tp + fp), tp / (tp + fn)
        return {
            "final_train": ("final_train", {"v": n.rate(train_acc[-1])}),
            "final_val": ("final_val", {"v": n.rate(val_acc[-1])}),
            "final_val_loss": ("final_val_loss", {"v": n.loss(val_loss[-1])}),
            "best": ("best", {"v": n.rate(val_acc[best]), "ep": best + 1, "ord": ordinals[best]}),
            "min_loss": ("min_loss", {"v": n.loss(val_loss[low]), "ep": low + 1}),
            "at_epoch": ("at_epoch", {"v": n.rate(val_acc[middle]), "ep": middle + 1}),
            "gap": ("gap", {"v": n.rate(gap)}),
            "rises": ("rises", {"n": rises, "w": words[rises]}),
            "shape": (f"shape.{shape(val_loss)}", {"ep": low + 1}),
            "order_down": ("order.down", {"a": n.loss(train_loss[0]), "b": n.loss(train_loss[-1])}),
            "order_up": ("order.up", {"a": n.rate(train_acc[0]), "b": n.rate(train_acc[-1])}),
            "trend": ("trend.down", {}),
            "degree": (f"degree.{degree(gap)}", {}),
            "test_accuracy": ("test_accuracy", {"v": n.rate((tn + tp) / size)}),
            "test_again": ("test_accuracy", {"v": n.rate((tn + tp) / size)}),
            "precision": ("precision", {"v": n.rate(precision)}),
            "recall": ("recall", {"v": n.rate(recall)}),
            "f1": ("f1", {"v": n.rate(2 * precision * recall / (precision + recall))}),
            "class_total": ("class_total", {"n": n.count(tp + fn)}),
            "common": ("common.fn", {"n": fn}) if fn > fp else ("common.fp", {"n": fp}),
            "bias": ("bias.negative" if fn > fp else "bias.positive", {}),
            "share": ("share", {"k": fn, "m": n.count(fn + tp), "p": n.share(fn / (fn + tp))}),
            "sizes": (
                "sizes",
                {"total": n.count(f.total), "val": n.count(f.val), "train": n.count(f.total - f.val)},
            ),
            "split": (
                "split",
                {
                    "total": n.count(f.total),
                    "val": n.count(f.val),
                    "p": n.whole_percent(100 * f.val // f.total),
                },
            ),
            "test_size": ("test_size", {"n": n.count(size)}),
            "stopping": ("stopping", {"p": f.patience, "ep": len(f.rows)}),
            "epochs": ("epochs", {"n": len(f.rows)}),
            "batch": ("batch", {"n": f.batch}),
            "batch_again": ("batch", {"n": f.batch}),
            "rate": ("rate", {"v": n.learning_rate(f.rate)}),
            "rate_again": ("rate", {"v": n.learning_rate(f.rate)}),
            "units": ("units", {"n": f.units}),
            "units_again": ("units", {"n": f.units}),
            "iterations": ("iterations", {"n": n.count(f.step * f.n_steps)}),
            "iterations_again": ("iterations", {"n": n.count(f.step * f.n_steps)}),
            "d_loss": ("d_loss", {"v": n.real(f.d_loss, 3)}),
            "g_loss": ("g_loss", {"v": n.real(f.g_loss, 3)}),
            "balance": ("balance.collapse" if f.d_loss < 0.1 else "balance.equilibrium", {}),
            **{
                f"reference_{i}": ("reference", {"step": n.count(f.step * i), "fig": i + 1})
                for i in range(1, f.n_steps + 1)
            },
        }

    def gap(self, epoch):
        """From the values as written, so that it can be redone by hand."""
        _, train, _, val = self.facts.rows[epoch]
        decimals = self.numbers.decimals
        return round(round(train, decimals) - round(val, decimals), decimals)

    def mutations(self):
        """Every way in which this document can be made to contradict itself."""
        return [
            Mutation(kind, at, variant)
            for kind, (names, variants) in MUTATIONS.items()
            for at in names
            for variant in range(variants)
        ]

    def wrong(self, mutation, key, fields):
        """The mutated statement, or None if this document cannot be mutated so."""
        f, n = self.facts, self.numbers
        random_ = random.Random(f"{self.style}/{self.seed}/{mutation}")
        _train_loss, train_acc, val_loss, val_acc = (f.column(i) for i in range(4))
        tn, fp, fn, tp = f.confusion
        last = len(f.rows) - 1

        def shifted(value, write=n.rate):
            sign = -1 if value > 0.93 or random_.random() < 0.5 else 1
            return {"v": write(value + sign * random_.uniform(0.004, 0.03))}

        def other_epoch(column, right, write):
            others = [i for i in range(last + 1) if write(column[i]) != write(column[right])]
            return {"v": write(column[random_.choice(others)])}

        match mutation.kind:
            case "best_epoch":
                column = val_acc if mutation.at == "best" else val_loss
                right = argmax(val_acc) if mutation.at == "best" else argmin(val_loss)
                wrong = random_.choice([i for i in range(min(last + 1, 10)) if column[i] != column[right]])
                return key, fields | {"ep": wrong + 1, "ord": ORDINALS[self.language][wrong]}
            case "best_value" if mutation.at == "best":
                return key, fields | other_epoch(val_acc, argmax(val_acc), n.rate)
            case "best_value":
                return key, fields | other_epoch(val_loss, argmin(val_loss), n.loss)
            case "final_value":
                column, write = {
                    "final_train": (train_acc, n.rate),
                    "final_val": (val_acc, n.rate),
                    "final_val_loss": (val_loss, n.loss),
                }[mutation.at]
                return key, other_epoch(column, last, write)
            case "epoch_value":
                return key, fields | other_epoch(val_acc, fields["ep"] - 1, n.rate)
            case "gap":
                wrong = abs(train_acc[last] - val_acc[random_.choice(range(last))])
                same = {n.rate(self.gap(i)) for i in range(last + 1)}
                return None if n.rate(wrong) in same else (key, {"v": n.rate(wrong)})
            case "rises":
                wrong = random_.choice([i for i in range(2, 9) if i != count_rises(val_loss)])
                return key, {"n": wrong, "w": WORDS[self.language][wrong]}
            case "shape":
                return key.replace(*swap(key, "oscillates", "climbs")), fields
            case "order":
                if mutation.at == "trend":
                    return "trend.up", fields
                if mutation.variant:
                    return key, {"a": fields["b"], "b": fields["a"]}
                return key.replace(*swap(key, "down", "up")), fields
            case "degree":
                others = [d for d in ("leve", "moderado", "severo") if d != key.partition(".")[2]]
                return f"degree.{random_.choice(others)}", fields
            case "accuracy":
                return key, shifted((tn + tp) / sum(f.confusion))
            case "class_metric":
                precision, recall = tp / (tp + fp), tp / (tp + fn)
                f1 = 2 * precision * recall / (precision + recall)
                return key, shifted({"precision": precision, "recall": recall, "f1": f1}[mutation.at])
            case "class_total":
                return key, {"n": n.count(tp + fn + random_.choice([-500, 300, 1000]))}
            case "common_error":
                if mutation.variant:
                    return key, {"n": min(fn, fp) if random_.random() < 0.5 else fields["n"] + 17}
                return key.replace(*swap(key, "fn", "fp")), {"n": min(fn, fp)}
            case "bias":
                return key.replace(*swap(key, "negative", "positive")), fields
            case "share":
                return key, fields | {"p": n.share(fn / (fn + tp) + random_.choice([-0.03, 0.02, 0.05]))}
            case "sizes":
                change = random_.choice([-1000, 1000, 2500])
                return key, fields | {"train": n.count(f.total - f.val + change)}
            case "split":
                return key, fields | {"val": n.count(f.val + random_.choice([500, 1000, -500]))}
            case "test_size":
                return key, {"n": n.count(sum(f.confusion) + random_.choice([1000, -1000, 5000]))}
            case "stopping":
                wrong = f.patience + random_.choice([-2, -1, 1, 2])
                if mutation.variant:
                    return key, fields | {"ep": fields["ep"] + random_.choice([-2, -1, 1, 2])}
                return key, fields | {"p": wrong}
            case "epochs":
                return key, {"n": fields["n"] + random_.choice([-2, -1, 1, 2])}
            case "repeated":
                return key, {
                    "test_again": lambda: shifted((tn + tp) / sum(f.confusion)),
                    "batch_again": lambda: {"n": f.batch * 2},
                    "rate_again": lambda: {"v": n.learning_rate(f.rate * 3)},
                    "units_again": lambda: {"n": f.units + 32},
                    "iterations_again": lambda: {"n": n.count(f.step * (f.n_steps + 1))},
                }[mutation.at]()
            case "figure_nowhere":
                return key, fields | {"fig": f.n_steps + 2 + random_.randint(1, 4)}
            case "figure_step":
                return key, fields | {"fig": fields["fig"] % f.n_steps + 2}
            case "balance":
                return key.replace(*swap(key, "equilibrium", "collapse")), fields
        raise ValueError(mutation)

    # --- the document --------------------------------------------------------------------

    def document(self, mutation=None):
        """Source text (Markdown, HTML or notebook JSON; HTML for a PDF), or None."""
        statements = self.statements()
        if mutation is not None:
            if mutation.at not in statements:
                return None
            before = self.say(mutation.at, *statements[mutation.at])
            changed = self.wrong(mutation, *statements[mutation.at])
            if changed is None:
                return None
            statements[mutation.at] = changed
            if self.say(mutation.at, *changed) == before:
                return None  # this phrasing does not mention what was changed
        said = {name: self.say(name, *statement) for name, statement in statements.items()}
        render = {".md": self.markdown, ".ipynb": self.notebook}.get(self.suffix, self.html)
        return render(self.outline(said))

    def say(self, name, key, fields):
        random_ = random.Random(f"{self.style}/{self.seed}/{name}")
        phrases = PHRASES[self.language][key]
        return phrases[random_.randrange(1 << 30) % len(phrases)].format(**fields)

    def outline(self, said):
        """(kind, content) blocks: heading, group of statements, table, caption."""
        random_ = random.Random(f"{self.style}/{self.seed}/outline")
        heads = HEADINGS[self.language]
        fillers = random_.sample(FILLERS[self.language], 5)
        statements = self.statements()

        def group(*names):
            return ("group", [said[name] for name in names])

        captions = [
            ("caption", self.say(f"caption_{i}", "caption", statements[f"reference_{i}"][1]))
            for i in range(1, self.facts.n_steps + 1)
        ]
        losses = {"es": "Figura 1. Pérdidas de ambas redes.", "en": "Figure 1. Losses of both networks."}
        references = [f"reference_{i}" for i in range(1, self.facts.n_steps + 1)]
        return [
            ("heading", heads["lstm"]),
            ("group", fillers[:2]),
            ("heading", heads["setup"]),
            group("sizes", "split", "units", "batch", "rate", "epochs", "stopping"),
            ("heading", heads["metrics"]),
            group("final_train", "final_val", "final_val_loss", "best", "min_loss", "gap", "degree"),
            ("heading", heads["epochs"]),
            ("table", self.epoch_table(random_)),
            group("at_epoch", "rises", "shape", "order_down", "order_up", "trend"),
            ("heading", heads["confusion"]),
            ("table", self.matrix_table(random_)),
            group("test_size", "test_accuracy", "precision", "recall", "f1", "class_total"),
            group("common", "bias", "share"),
            ("heading", heads["discussion"]),
            ("group", fillers[2:4]),
            group("test_again", "batch_again", "rate_again", "units_again"),
            ("heading", heads["gan"]),
            group("iterations", "d_loss", "g_loss", "balance"),
            ("caption", losses[self.language]),
            ("heading", heads["images"]),
            group(*references),
            *captions,
            ("heading", heads["end"]),
            group("iterations_again"),
            ("group", fillers[4:]),
        ]

    def epoch_table(self, random_):
        n = self.numbers
        header = random_.choice(COLUMNS[self.language])
        mark = random_.choice(["", " ✅", " *"])
        best = argmax(self.facts.column(3))
        rows = [
            [str(i + 1), n.loss(a), n.rate(b), n.loss(c), n.rate(d) + (mark if i == best else "")]
            for i, (a, b, c, d) in enumerate(self.facts.rows)
        ]
        return [list(header), *rows]

    def matrix_table(self, random_):
        columns_neg, columns_pos, rows_neg, rows_pos = random_.choice(MATRIX[self.language])
        tn, fp, fn, tp = (self.numbers.count(x) for x in self.facts.confusion)
        match random_.randrange(3):
            case 0:
                return [["", columns_neg, columns_pos], [rows_neg, tn, fp], [rows_pos, fn, tp]]
            case 1:
                return [["", rows_neg, rows_pos], [columns_neg, tn, fn], [columns_pos, fp, tp]]
            case _:
                return [["", columns_pos, columns_neg], [rows_pos, tp, fn], [rows_neg, fp, tn]]

    def markdown(self, blocks):
        random_ = random.Random(f"{self.style}/{self.seed}/markdown")
        bold = random_.random() < 0.5
        parts = []
        for kind, content in blocks:
            if kind == "heading":
                parts.append(f"{random_.choice(['##', '###'])} {content}")
            elif kind == "caption":
                parts.append(f"**{content}**" if bold else f"![{content}](images/step_900.png)\n\n{content}")
            elif kind == "table":
                head, *rows = content
                lines = [head, ["---"] * len(head), *rows]
                parts.append("\n".join("| " + " | ".join(line) + " |" for line in lines))
            elif self.style.startswith("prose"):
                parts.append(" ".join(f"{sentence}." for sentence in content))
            elif self.style.startswith("bullets"):
                mark = "*" if bold else "-"
                parts.append("\n".join(f"{mark} {embolden(item, bold)}" for item in content))
            else:
                parts.append(self.key_values(content))
        return "\n\n".join(parts) + "\n"

    def key_values(self, content):
        """Statements of the form «name: value» as a table, the others as paragraphs."""
        pairs = [s.split(": ") for s in content if s.count(": ") == 1 and len(s.split(": ")[1]) < 24]
        rest = [s for s in content if s.split(": ") not in pairs]
        name, value = {"es": ("Concepto", "Valor"), "en": ("Item", "Value")}[self.language]
        lines = [f"| {name} | {value} |", "| :-- | --: |", *(f"| {a} | {b} |" for a, b in pairs)]
        parts = ["\n".join(lines)] if pairs else []
        return "\n\n".join([*parts, *(f"{s}." for s in rest)])

    def html(self, blocks):
        random_ = random.Random(f"{self.style}/{self.seed}/html")
        parts = [
            "<!DOCTYPE html><html><head><title>3</title><style>"
            "p{margin:1em}td,th{padding:2px 9px}</style></head><body>"
        ]
        for kind, content in blocks:
            if kind == "heading":
                parts.append(f"<h2>{html.escape(content)}</h2>")
            elif kind == "caption":
                parts.append(f"<figure><figcaption>{html.escape(content)}</figcaption></figure>")
            elif kind == "table":
                head, *rows = content
                cells = ["".join(f"<th>{html.escape(c)}</th>" for c in head)]
                cells += ["".join(f"<td>{html.escape(c)}</td>" for c in row) for row in rows]
                parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
            elif random_.random() < 0.5:
                parts.append("<p>" + " ".join(f"{html.escape(s)}." for s in content) + "</p>")
            else:
                parts.append("<ul>" + "".join(f"<li>{html.escape(s)}</li>\n" for s in content) + "</ul>")
        return "\n".join([*parts, "</body></html>\n"])

    def notebook(self, blocks):
        cells = []
        for block in blocks:
            if block[0] == "table":
                code = {"cell_type": "code", "source": ["acc = 0.1234\n", "print('accuracy', acc)"]}
                cells.append(code | {"metadata": {}, "execution_count": 3, "outputs": []})
            text = self.markdown([block]).splitlines(keepends=True)
            cells.append({"cell_type": "markdown", "metadata": {}, "source": text})
        return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)

    def write(self, folder: Path, mutation=None):
        """The file, or None; a PDF is typeset from its HTML."""
        text = self.document(mutation)
        if text is None:
            return None
        path = folder / f"documento{self.suffix}"
        if self.suffix == ".pdf":
            from weasyprint import HTML

            HTML(string=text).write_pdf(path)
        else:
            path.write_text(text, encoding="utf-8")
        return path

    def history(self):
        """Keras' log of this training, with more decimals than the document gives."""
        names = ("loss", "accuracy", "val_loss", "val_accuracy")
        return {name: [x + 0.000004 for x in self.facts.column(i)] for i, name in enumerate(names)}


MUTATIONS = {  # kind -> (statements, variants)
    "best_epoch": (["best", "min_loss"], 1),
    "best_value": (["best", "min_loss"], 1),
    "final_value": (["final_train", "final_val", "final_val_loss"], 1),
    "epoch_value": (["at_epoch"], 1),
    "gap": (["gap"], 2),
    "rises": (["rises"], 2),
    "shape": (["shape"], 1),
    "order": (["order_down", "order_up", "trend"], 2),
    "degree": (["degree"], 1),
    "accuracy": (["test_accuracy"], 2),
    "class_metric": (["precision", "recall", "f1"], 1),
    "class_total": (["class_total"], 1),
    "common_error": (["common"], 2),
    "bias": (["bias"], 1),
    "share": (["share"], 1),
    "sizes": (["sizes"], 1),
    "split": (["split"], 1),
    "test_size": (["test_size"], 1),
    "stopping": (["stopping"], 2),
    "epochs": (["epochs"], 1),
    "repeated": (["test_again", "batch_again", "rate_again", "units_again", "iterations_again"], 1),
    "figure_nowhere": (["reference_1", "reference_2", "reference_3"], 1),
    "figure_step": (["reference_1", "reference_2", "reference_3"], 1),
    "balance": (["balance"], 1),
}


def argmax(values):
    return max(range(len(values)), key=values.__getitem__)


def argmin(values):
    return min(range(len(values)), key=values.__getitem__)


def count_rises(values):
    return sum(b > a for a, b in itertools.pairwise(values))


def shape(values):
    """Climbs if it never falls again after its first rise."""
    steps = [b > a for a, b in itertools.pairwise(values)]
    return "oscillates" if False in steps[steps.index(True) :] else "climbs"


def degree(gap):
    return "severo" if gap >= 0.1 else "moderado" if gap >= 0.05 else "leve"


def swap(text, one, other):
    return (one, other) if one in text else (other, one)


def embolden(item, bold):
    name, colon, value = item.partition(": ")
    return f"**{name}**: {value}" if bold and colon else item

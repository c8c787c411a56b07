"""Hand-written reports of different style, generated from consistent facts with a seed.

``Writer(style, seed).document()`` is clean; ``Writer(style, seed).document(mutation)`` is the same
document, word for word, with one statement that contradicts the others.
"""

import html
import json
import random
from pathlib import Path

import audit_authors_en
import audit_authors_es
import audit_phrases_en
import audit_phrases_es
from audit_facts import Numbers, argmax, argmin, count_rises, degree, make_facts, shape
from audit_mutations import wrong
from audit_vocabulary import COLUMNS, FILLERS, HEADINGS, LOSS_COLUMNS, MATRIX, ORDINALS, WORDS

STYLES = {  # style -> (language, file suffix)
    "tables-es": ("es", ".md"),
    "prose-es": ("es", ".md"),
    "bullets-es": ("es", ".md"),
    "html-en": ("en", ".html"),
    "pdf-es": ("es", ".pdf"),
    "notebook-en": ("en", ".ipynb"),
    "prose-en": ("en", ".md"),
}


def both(*tables):
    return {key: [phrase for table in tables for phrase in table.get(key, [])] for key in tables[0]}


PHRASES = {
    "es": both(audit_phrases_es.PHRASES, audit_authors_es.PHRASES),
    "en": both(audit_phrases_en.PHRASES, audit_authors_en.PHRASES),
}


class Writer:
    """One author: a training, habits with numbers and a choice of words."""

    def __init__(self, style, seed):
        self.style, self.seed = style, seed
        self.language, self.suffix = STYLES[style]
        random_ = random.Random(f"{style}/{seed}")
        self.facts = make_facts(random_)
        self.numbers = Numbers(self.language, random_)
        self.tabulates_losses = random_.random() < 0.5  # or else states them twice

    def statements(self):
        """name -> (key of the phrasing, fields), all of them true."""
        f, n = self.facts, self.numbers
        train_loss, train_acc, val_loss, val_acc = (f.column(i) for i in range(4))
        best, low = argmax(val_acc), argmin(val_loss)
        tn, fp, fn, tp = f.confusion
        size = sum(f.confusion)
        words, ordinals = WORDS[self.language].split(), ORDINALS[self.language].split()
        rises = count_rises(val_loss)
        gap = self.gap(len(f.rows) - 1)
        middle = 1 if best != 1 else 0
        precision, recall = tp / (tp + fp), tp / (tp + fn)
        d_loss, g_loss = f.losses[-1]
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
            "d_loss": ("d_loss", {"v": n.real(d_loss, 3)}),
            "g_loss": ("g_loss", {"v": n.real(g_loss, 3)}),
            "d_again": ("d_loss", {"v": n.real(d_loss, 3)}),
            "g_again": ("g_loss", {"v": n.real(g_loss, 3)}),
            "d_step": ("d_step", {"v": n.real(f.losses[1][0], 3), "step": n.count(2 * f.step)}),
            "balance": ("balance.collapse" if d_loss < 0.1 else "balance.equilibrium", {}),
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

    # --- the document --------------------------------------------------------------------

    def document(self, mutation=None):
        """Source text (Markdown, HTML or notebook JSON; HTML for a PDF), or None."""
        statements = self.statements()
        if mutation is not None:
            if mutation.at not in statements or (mutation.at == "d_step" and not self.tabulates_losses):
                return None
            before = self.say(mutation.at, *statements[mutation.at])
            changed = wrong(self, mutation, *statements[mutation.at])
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
            *([("table", self.loss_table(random_)), group("d_step")] if self.tabulates_losses else []),
            ("caption", losses[self.language]),
            ("heading", heads["images"]),
            group(*references),
            *captions,
            ("heading", heads["end"]),
            group("iterations_again", *([] if self.tabulates_losses else ["d_again", "g_again"])),
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

    def loss_table(self, random_):
        n, f = self.numbers, self.facts
        header = random_.choice(LOSS_COLUMNS[self.language])
        rows = enumerate(f.losses, start=1)
        return [list(header), *([n.count(f.step * i), n.real(d, 3), n.real(g, 3)] for i, (d, g) in rows)]

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


def embolden(item, bold):
    name, colon, value = item.partition(": ")
    return f"**{name}**: {value}" if bold and colon else item

"""One statement of a clean document made wrong, of every kind that the audit is to find."""

import random
from dataclasses import dataclass

from audit_facts import argmax, argmin, count_rises
from audit_vocabulary import ORDINALS, WORDS

BOUNDS = {"leve": 0.01, "moderado": 0.05, "severo": 0.10}  # of the gap from which each holds


@dataclass(frozen=True)
class Mutation:
    kind: str
    at: str  # the statement that is made wrong; «history» or «losses» for what stands in no sentence
    variant: int


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
    "gan_losses": (["d_loss", "g_loss", "d_step"], 2),
    "against_results": (["history"], 3),
    "unreadable": (["final_val", "best", "test_accuracy"], 2),
}


def mutations():
    """Every way in which a document can be made to contradict itself."""
    return [
        Mutation(kind, at, variant)
        for kind, (names, variants) in MUTATIONS.items()
        for at in names
        for variant in range(variants)
    ]


def other_history(facts, variant, random_):
    """The log of a training that disagrees with the document in one cell, one row or everywhere."""
    history = facts.history()
    names = list(history)
    epoch = random_.randrange(len(facts.rows))
    touched = {0: [random_.choice(names)], 1: names, 2: names}[variant]
    for name in touched:
        for i in range(len(facts.rows)) if variant == 2 else [epoch]:
            history[name][i] += random_.choice([-1, 1]) * random_.uniform(0.002, 0.02)
    return history


def is_near(gap, degree):
    """Whether a gap is so near the bound of a degree, which is a convention, that nobody is wrong."""
    return abs(gap - BOUNDS[degree]) < 0.52 * BOUNDS[degree]


def wrong(writer, mutation, key, fields):
    """The mutated statement (key, fields), or None if this document cannot be mutated so."""
    f, n = writer.facts, writer.numbers
    random_ = random.Random(f"{writer.style}/{writer.seed}/{mutation}")
    _, train_acc, val_loss, val_acc = (f.column(i) for i in range(4))
    tn, fp, fn, tp = f.confusion
    last = len(f.rows) - 1

    def shifted(value, write=n.rate):
        sign = -1 if value > 0.93 or random_.random() < 0.5 else 1
        return {"v": write(value + sign * random_.uniform(0.004, 0.03))}

    def other_epoch(column, right, write):
        others = [i for i in range(len(column)) if write(column[i]) != write(column[right])]
        return {"v": write(column[random_.choice(others)])}

    match mutation.kind:
        case "best_epoch":
            column = val_acc if mutation.at == "best" else val_loss
            right = argmax(val_acc) if mutation.at == "best" else argmin(val_loss)
            epoch = random_.choice([i for i in range(min(last + 1, 10)) if column[i] != column[right]])
            return key, fields | {"ep": epoch + 1, "ord": ORDINALS[writer.language].split()[epoch]}
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
            value = abs(train_acc[last] - val_acc[random_.choice(range(last))])
            near = 3 * 10.0**-n.decimals  # each accuracy is rounded, and so is their difference
            is_some_gap = any(abs(value - writer.gap(i)) < near for i in range(last + 1))
            return None if is_some_gap else (key, {"v": n.rate(value)})
        case "rises":
            count = random_.choice([i for i in range(2, 9) if i != count_rises(val_loss)])
            return key, {"n": count, "w": WORDS[writer.language].split()[count]}
        case "shape":
            return key.replace(*swap(key, "oscillates", "climbs")), fields
        case "order" if mutation.at == "trend":
            return "trend.up", fields
        case "order" if mutation.variant:
            return key, {"a": fields["b"], "b": fields["a"]}
        case "order":
            return key.replace(*swap(key, "down", "up")), fields
        case "degree":
            own, gap = key.partition(".")[2], writer.gap(last)
            order = sorted(BOUNDS, key=BOUNDS.get)
            beside = [d for d in order if abs(order.index(d) - order.index(own)) == 1]
            near = [d for d in beside if is_near(gap, max(d, own, key=BOUNDS.get))]
            others = [d for d in BOUNDS if d != own and d not in near]
            return (f"degree.{random_.choice(others)}", fields) if others else None
        case "accuracy":
            return key, shifted((tn + tp) / sum(f.confusion))
        case "class_metric":
            precision, recall = tp / (tp + fp), tp / (tp + fn)
            f1 = 2 * precision * recall / (precision + recall)
            return key, shifted({"precision": precision, "recall": recall, "f1": f1}[mutation.at])
        case "class_total":
            return key, {"n": n.count(tp + fn + random_.choice([-500, 300, 1000]))}
        case "common_error" if mutation.variant:
            return key, {"n": min(fn, fp) if random_.random() < 0.5 else fields["n"] + 17}
        case "common_error":
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
            shift = random_.choice([-2, -1, 1, 2])
            name = "ep" if mutation.variant else "p"
            return key, fields | {name: fields[name] + shift}
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
        case "gan_losses":
            column = [row[mutation.at == "g_loss"] for row in f.losses]
            right = 1 if mutation.at == "d_step" else len(column) - 1
            value = random_.choice([v for i, v in enumerate(column) if i != right])
            return key, fields | {"v": n.real(value + 0.1 * mutation.variant, 3)}
        case "unreadable":
            return key, fields | {"v": misspell(fields["v"], mutation.variant)}
    raise ValueError(mutation)


def misspell(text, variant):
    """A second decimal sign, or a letter for a digit: «0.88.30», «O,8830», «B8.3 %»."""
    sign = "," if "," in text else "."
    whole, _, decimals = text.partition(sign)
    if variant == 0:
        return (
            f"{whole}{sign}{decimals[:1]}{sign}{decimals[1:]}"
            if decimals[1:2].isdigit()
            else f"{whole}{sign}{sign}{decimals}"
        )
    return text.replace("0" if "0" in whole else whole[-1], "O", 1)


def swap(text, one, other):
    return (one, other) if one in text else (other, one)

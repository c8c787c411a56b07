"""What code sets, and what an author lists in code or formulas inside the text."""

from random import Random

from scoped_facts import Settings, Sizes, Training
from scoped_hand import Hand
from scoped_pages import Output, Prose


def dictionary(settings: Settings, random: Random) -> Output:
    names = random.choice(
        (
            ("batch_size", "learning_rate", "epochs", "hidden_units", "dropout"),
            ("batch_size", "lr", "epochs", "units", "dropout"),
            ("batch", "learning_rate", "n_epochs", "hidden", "dropout_rate"),
        )
    )
    pairs = zip(names, settings, strict=True)
    if random.random() < 0.5:
        body = "".join(f'    "{name}": {_number(value)},\n' for name, value in pairs)
        return Output(code=f"config = {{\n{body}}}")
    return Output(code=f"params = dict({', '.join(f'{name}={_number(value)}' for name, value in pairs)})")


def assignments(settings: Settings, random: Random) -> Output:
    names = random.choice(
        (
            ("BATCH_SIZE", "LEARNING_RATE", "EPOCHS", "UNITS", "DROPOUT"),
            ("batch_size", "learning_rate", "epochs", "hidden_units", "dropout"),
            ("batch_size", "lr", "num_epochs", "units", "dropout"),
        )
    )
    pairs = zip(names, settings, strict=True)
    return Output(code="\n".join(f"{name} = {_number(value)}" for name, value in pairs))


def _number(value: float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def sizes_in_code(sizes: Sizes) -> Output:
    return Output(code=f"n_train, n_val, n_test = {sizes.train}, {sizes.val}, {sizes.test}")


def inline(training: Training, random: Random) -> Prose:
    """Results as an author lists them between backticks."""
    accuracy, loss = f"{training.test_accuracy:.4f}", f"{training.test_loss:.4f}"
    pairs = random.choice(
        (
            (f"`test_accuracy = {accuracy}`", f"`test_loss = {loss}`"),
            (f"`test_acc: {accuracy}`", f"`test_loss: {loss}`"),
            (f"Test accuracy: `{accuracy}`", f"Test loss: `{loss}`"),
            (f"`accuracy` (test): `{accuracy}`", f"`loss` (test): `{loss}`"),
        )
    )
    return Prose(pairs, bullets=True)


def formulas(training: Training, hand: Hand, random: Random) -> Prose:
    """The same in LaTeX."""
    accuracy = hand.rate(training.test_accuracy)[1:-1]
    loss = hand.loss(training.test_loss)[1:-1]
    names = {"es": ("Exactitud en test", "Pérdida en test"), "en": ("Test accuracy", "Test loss")}
    of_accuracy, of_loss = names[hand.language]
    pairs = random.choice(
        (
            (f"{of_accuracy}: ${accuracy}$", f"{of_loss}: ${loss}$"),
            (
                f"$\\text{{accuracy}}_{{\\text{{test}}}} = {accuracy}$",
                f"$\\mathcal{{L}}_{{\\text{{test}}}} = {loss}$",
            ),
            (f"$\\mathrm{{Acc}}_{{test}} = {accuracy}$", f"$\\mathrm{{Loss}}_{{test}} = {loss}$"),
        )
    )
    return Prose(pairs, bullets=True)

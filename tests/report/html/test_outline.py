"""What a voice says of where a number comes from."""

import pytest

from report.html.outline import outline


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ("media([lstm/seed-1:a, lstm/seed-2:a, lstm/seed-3:a])", "media: clasificador, semillas 1 a 3"),
        ("media([gan/seed-2:a, gan/seed-1:a])", "media: GAN, semillas 1 y\u00a02"),
        ("media([gan/seed-1:a, gan/seed-3:a, gan/seed-4:a])", "media: GAN, semillas 1, 3 y\u00a04"),
        (
            "x(f(lstm@gru/seed-1:a), lstm/seed-1:a)",
            "x: clasificador «gru», semilla 1; clasificador, semilla 1",
        ),
        ("lstm/seed-10:epochs[3].val_loss", ""),
        ('lstm/seed-10:a["b (c)"]', ""),
        ("suma(otra/seed-1:f(x))", "suma: otra, semilla 1"),
        ("regla:gan.losses.azar", ""),
        ("recuento(texto)", ""),
    ],
)
def test_it_names_what_was_done_and_the_runs(origin, words):
    assert outline(origin) == words

"""The layers of both networks of a GAN, as they stand in its record."""

import pytest
from gan_drawings import prepared
from studies import make_study


def test_from_noise_to_an_image_and_from_an_image_to_an_answer():
    study = make_study(1)
    pair, record = prepared("redes-gan", study), study.gan[0].record
    noise, *drawn = pair.generator.bars
    image, *read = pair.discriminator.bars
    assert (noise.name, noise.size) == ("Ruido", record.config.latent_dim)
    assert [bar.learns for bar in drawn] == [layer.parameters > 0 for layer in record.generator.layers]
    assert (image.name, image.shape, image.size) == ("Imagen", drawn[-1].shape, 784)
    assert (
        drawn[-1].shape == "28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}1"
    )
    assert len(read) == len(record.discriminator.layers)
    assert (read[-1].name, read[-1].size) == ("Densa", 1)


@pytest.mark.parametrize(
    ("settings", "title", "first"),
    [
        ({"architecture": "dense"}, "Discriminador", "Aplanado"),
        ({"loss": "wasserstein_gp", "critic_steps": 5}, "Crítico", "Convolución"),
        ({"loss": "hinge", "spectral_norm": True}, "Discriminador", "Convolución, con norma espectral"),
    ],
)
def test_of_other_gans_their_own(settings, title, first):
    pair = prepared("redes-gan", make_study(1, gan=settings))
    assert pair.discriminator.title == title
    assert pair.discriminator.bars[1].name == first

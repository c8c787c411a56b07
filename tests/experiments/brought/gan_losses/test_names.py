"""What a column is taken for, by its name."""

import pytest

from experiments.brought.gan_losses.names import meaning


@pytest.mark.parametrize(
    ("names", "canonical"),
    [
        (
            "d_loss D_loss loss_D lossD dLoss dloss lossd errD D_losses disc_loss disc_total_loss "
            "discriminator_loss DiscriminatorLoss loss/discriminator critic_loss perdida_d pérdida_D "
            "perdida_discriminador train/d_loss",
            "discriminator_loss",
        ),
        (
            "g_loss G_loss loss_G lossG gloss errG gen_loss generator_loss loss_generator perdida_g "
            "pérdida_generador",
            "generator_loss",
        ),
        ("d_loss_real loss_D_real errD_real disc_real_loss pérdida_d_reales", "discriminator_loss_real"),
        ("d_loss_fake D_fake_loss d_loss_generadas perdida_d_falsas", "discriminator_loss_fake"),
        ("d_acc d_accuracy D_acc discAccuracy accuracy exactitud_d acc", "accuracy"),
        ("acc_real accuracy_real d_acc_real exactitud_reales", "accuracy_real"),
        ("acc_fake accuracy_fake d_acc_fake exactitud_generadas", "accuracy_fake"),
        ("d_real D_real D(x) real_score D_out_real salida_d_real", "d_real"),
        ("d_fake D(G(z)) fake_score prob_fake", "d_fake"),
        ("step steps iteration iter it global_step paso Iteración iteraciones batch lote", "iteration"),
        ("epoch Epoch época epocas", "epoch"),
    ],
)
def test_known_names(names: str, canonical: str) -> None:
    assert {name: meaning(name) for name in names.split()} == dict.fromkeys(names.split(), canonical)


def test_names_of_several_words() -> None:
    assert meaning("Pérdida del discriminador") == "discriminator_loss"
    assert meaning("loss of the generator") == "generator_loss"


def test_other_names_mean_nothing() -> None:
    names = (
        "loss val_d_loss lr time D G D_G_z1 d_loss_2 gen_acc g_loss_real real_loss gradient_penalty precision"
    )
    for name in (*names.split(), "Unnamed: 0", "dl", "d_lossy", "1", "", " ", "ñ"):
        assert meaning(name) is None, name

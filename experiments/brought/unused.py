"""What an author says of something that they do not give: refused, since it would be ignored."""

from experiments.brought.given import Said, Trainings
from experiments.brought.refusals import refusal

_BOTH = "dé ambas o ninguna"


def refuse_unused(trainings: Trainings, said: Said) -> None:
    """
    Raises:
        BroughtError: something is said of grids, of losses, or of a part, and it is not given; or real
            images without any that imitate them.
    """
    reviews, images = (
        {name for each in part.values() for name in each.present} for part in (trainings.lstm, trainings.gan)
    )
    settings = said.settings or {}
    if not reviews and settings.get("lstm"):
        raise _no_setting("lstm")
    if not reviews and said.reviews:
        raise refusal("--reviews", "algo de las reseñas", "solo cómo se llaman", "quítelo")
    if "real" in images and "gan_samples" not in images:
        raise refusal("--real", "también --gan-samples", "solo las reales", _BOTH)
    if said.grid and "gan_samples" not in images:
        raise refusal("--grid", "también --gan-samples", "solo su cuadrícula", _BOTH)
    if said.gan_loss and "gan_losses" not in images:
        raise refusal("--gan-loss", "también --gan-losses", "solo lo que son", _BOTH)
    if not images and settings.get("gan"):
        raise _no_setting("gan")
    if not images and said.images:
        raise refusal("--images", "algo de la GAN", "solo cómo se llaman", "quítelo")


def _no_setting(kind: str) -> Exception:
    return refusal("--set", "un ajuste de lo que se importa", f"alguno de {kind} sin nada suyo", "quítelo")

"""What each profile runs: ``full`` is the study, ``quick`` shows in two minutes that all works,
``test`` takes the tests seconds. Knows nothing of TensorFlow, so that ``report`` can import it."""

from experiments.records import (
    Config,
    GanConfig,
    JudgeConfig,
    Kind,
    LinearConfig,
    LstmConfig,
    MemoryConfig,
    ProbeConfig,
    Profile,
    ReadabilityConfig,
)

# What a dense network draws is speckled and does not compress: a thousand images of each step
# would be more than half of the committed results.
DENSE_SAMPLES = 200

PROFILES: dict[Profile, dict[Kind, Config]] = {
    "full": {
        "lstm": LstmConfig(),
        "gan": GanConfig(),
        "linear": LinearConfig(),
        "memory": MemoryConfig(),
        "probe": ProbeConfig(),
        "judge": JudgeConfig(),
        "readability": ReadabilityConfig(),
    },
    "quick": {
        "lstm": LstmConfig(max_reviews=5_000, max_epochs=3),
        "gan": GanConfig(architecture="dense", iterations=1_000),
        "linear": LinearConfig(occluded_reviews=300, max_reviews=5_000),
        "memory": MemoryConfig(
            budgets=(50, 200),
            truncated_reviews=500,
            occluded_reviews=300,
            gradient_reviews=100,
            bootstrap_samples=500,
        ),
        "probe": ProbeConfig(
            distances=(10, 30, 60),
            train_reviews=2_000,
            test_reviews=200,
            sequence_length=80,  # cuts the longest in front, never the clause
            epochs=5,
        ),
        "judge": JudgeConfig(epochs=1, control_images=300),
        "readability": ReadabilityConfig(images=200, compared_images=200),
    },
    "test": {
        "lstm": LstmConfig(
            vocabulary_size=500,
            sequence_length=30,
            embedding_dim=8,
            units=8,
            learning_rate=1e-2,
            max_epochs=3,
            train_eval_size=100,
            max_reviews=500,
        ),
        "gan": GanConfig(
            architecture="dense",
            iterations=120,
            sample_every=40,
            samples_kept=40,
            weights_every=40,
            batch_size=32,
        ),
        "linear": LinearConfig(candidates=(1.0, 16.0), occluded_reviews=60, max_reviews=500),
        "memory": MemoryConfig(
            budgets=(10,),
            truncated_reviews=60,
            occluded_reviews=60,
            window=5,
            near=10,
            far=20,
            gradient_reviews=30,
            bootstrap_samples=100,
        ),
        "probe": ProbeConfig(
            distances=(5, 20),
            train_reviews=64,
            test_reviews=20,
            sequence_length=40,
            embedding_dim=8,
            units=8,
            batch_size=32,
            epochs=1,
        ),
        "judge": JudgeConfig(epochs=1, control_images=40),
        "readability": ReadabilityConfig(images=40, compared_images=40),
    },
}


def config_of(kind: Kind, profile: Profile, architecture: str | None = None) -> Config:
    """The profile's configuration; ``architecture``, if given, is that of the GAN."""
    config = PROFILES[profile][kind]
    if not isinstance(config, GanConfig):
        return config
    changes: dict[str, object] = {"architecture": architecture or config.architecture}
    if changes["architecture"] == "dense":
        changes["samples_kept"] = min(config.samples_kept, DENSE_SAMPLES)
    return GanConfig.model_validate(config.model_dump() | changes)

"""Which data the experiments read, and what proves that they are those: the official sets, the user's
own, the built-in samples, and the corpus of the probe."""

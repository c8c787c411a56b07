"""Part A: what is learned from reviews, and how it is measured: the classifier, its controls, what it does
with distance, and the probe of its cell."""

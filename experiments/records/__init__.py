"""The shared contract: what a run leaves behind.

A run is one folder with ``record.json`` (settings, provenance, per-epoch metrics, counts) and
``arrays.npz`` (per-example and per-iteration arrays). What each kind records stands in
``experiments.kinds``. Nothing here knows of TensorFlow, so that ``report`` can import it.

Rates are in [0, 1]; losses are mean cross-entropies in nats; durations in seconds.
"""

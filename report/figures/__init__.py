"""Findings -> figures: one file a figure, which says what it shows (a dataclass), prepares that from the
findings and draws it; its words come from the templates. Import ``FIGURES`` from ``collection`` and
``draw`` from ``drawing``, never Matplotlib's figures,
which all but ``drawing``, ``scales`` and ``svg`` import only inside the functions that draw: the process that
writes would wait for them.
"""

"""What authors bring of a training of their own, read from the files that it left.

A sub-package reads each kind of file; the modules here put one training together, compare its files and
those of several seeds, and write the records. Nothing trains; only ``networks`` and ``judging`` need
TensorFlow.
"""

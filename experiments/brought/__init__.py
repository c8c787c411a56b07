"""What authors bring of a training of their own, read from the files that it left.
Readers take a path and give plain values; nothing here trains, and only ``networks`` and ``reading`` need
TensorFlow.
"""

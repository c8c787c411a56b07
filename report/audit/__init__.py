"""Find the contradictions in a training report that somebody wrote by hand.

A document becomes blocks of text and tables with their places (``read_*``), these become typed
claims and tables with a meaning (``extract``, ``tables``), and the rules recompute what can be
recomputed. A number is kept as it was written: rounding is an interval, never a tolerance.
"""

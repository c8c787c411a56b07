"""Figures on part A: the LSTM, its linear control, its memory and the probe.
One file a figure, with its data, its words and ``draw``; see ``report.figures``."""

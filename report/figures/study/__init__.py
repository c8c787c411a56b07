"""Figures on both parts together. One file a figure, with its data, its words and ``draw``; see
``report.figures``."""

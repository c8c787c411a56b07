"""Figures of part B, one file each. Nothing is imported from here but by ``report.figures.collection``."""

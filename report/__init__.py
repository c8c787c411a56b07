"""Reads records, writes documents. Imports ``experiments.records`` and nothing else of ``experiments``."""

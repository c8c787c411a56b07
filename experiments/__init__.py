"""Trains and measures; leaves typed records on disk. Never imports ``report``."""

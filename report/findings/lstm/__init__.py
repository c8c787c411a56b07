"""Findings on part A: the LSTM, its linear control, its memory and the probe.
One file a finding; see ``report.findings``."""

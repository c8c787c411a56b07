"""Findings on the study as a whole: what the document may claim to be about, and what was not measured.
One file a finding; see ``report.findings``."""

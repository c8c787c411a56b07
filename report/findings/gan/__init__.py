"""Findings on part B: the GAN, the judge of its digits and what that reads.
One file a finding; see ``report.findings``."""

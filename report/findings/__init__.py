"""Records -> findings: pure functions, no input or output, no prose; one file a finding, which holds
its rule, its thresholds, its values and the rows of its tables. Import ``find_all`` and ``Findings``
from ``collection``, from each file its finding and the rule behind it.
"""

"""What in a record follows from the rest of it, or from the arrays beside it, worked out again: a digest says
that nobody has touched a record since it was sealed, not that it is true.

One file for each kind of record, with ``of_record``, which asks for the record alone, and ``of_arrays``; both
yield complaints. Nothing here is imported by an experiment, so that a check more makes no result stale; and
nothing here refuses what an experiment may rightly have measured.
"""

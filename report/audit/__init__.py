"""Any document against itself and against evidence: its blocks (``readers``) become typed statements
(``extract``, ``tables``, ``statements``), and the ``rules`` recompute them; a number stays as it was
written, so that rounding is an interval and never a tolerance.

From outside, import ``auditing.audit``, what ``output`` says of its answer, and
``blocks.UnreadableError``.
"""

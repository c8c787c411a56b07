"""Checks of a finished document: against its own data (``verification``), against what any good PDF
must be (``gate``), and against the present results and program (``status``). The commands import one
function of each; nothing here has a part in the pages.
"""

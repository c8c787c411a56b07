"""How a document proves what it says: what it is made of and whether it is up to date (``state``), what
travels inside the PDF (``carried``), and the checks of a finished one (``checks``). Import from the
files of these three, never from here.
"""

"""What travels inside the PDF, put in (``packing``, with ``placement``) and taken out again
(``opening``, ``unpacking``) with the distrust that a file from anywhere deserves: who opens one does so
in a process with bounds (``confinement``), and counts what it paints (``painting``). It knows nothing of
how a document is made or compared: ``assembly`` imports the first two, ``audit`` and ``checks`` the others.
"""

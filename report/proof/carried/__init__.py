"""What travels inside the PDF, put in (``packing``, with ``placement``) and taken out again
(``opening``, ``unpacking``) with the distrust that a file from anywhere deserves. It knows nothing of
how a document is made or compared: ``assembly`` imports the first two, ``checks`` the others.
"""

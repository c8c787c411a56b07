"""What WeasyPrint, Pyphen and pydyf still lack, mended in their private names; README.md says for each
mend why. Only ``report.pdf`` imports from here: ``mend_all``, what it prints and ``finish``.
"""

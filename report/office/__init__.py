"""The document for those who go on writing it: as a Word file and as LaTeX, both through pandoc. The page
(``report.html``) becomes HTML that pandoc reads without loss (``source``), with figures that either format
takes; a Lua filter for each makes numbers, references and contents that Word and LaTeX bring up to date by
themselves. From here are imported ``write_docx`` and ``write_tex``, of ``writing``, and ``find_pandoc``.
"""

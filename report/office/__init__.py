"""The document for those who go on writing it: as a Word file and as LaTeX, both through pandoc. The
composed Markdown becomes pandoc's tree of the document (``structure``), that tree what either format wants
(``word``, ``latex``), with the figures drawn anew as it takes them. From here are imported ``write_docx``
and ``write_tex``, of ``writing``, and ``find_pandoc``.
"""

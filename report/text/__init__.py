"""Findings and figures -> Markdown: the language of the templates, numbering, bibliography, and the law
that no number is printed untraced. Import ``compose`` and ``Document`` from ``document``.
"""

"""A document is made by three processes: one writes, one draws, one lays out; here stands what each does
and what they tell one another. From here are imported ``open_workshop``, ``Crew``, ``make_document`` and
``write_document``, each from its own file.
"""

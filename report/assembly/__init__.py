"""A document is made by three processes: one writes, one draws, one lays out; here stands what each does
and what they tell one another, and how the document takes the place of the one before. From here are
imported ``open_workshop``, ``Crew``, ``make_document``, ``write_document``, ``alone_in`` and what
``exchange`` offers, each from its own file.
"""

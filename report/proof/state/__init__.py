"""Which program makes a document, and whether the one on disk is up to date: digests and versions,
read as bytes and never run. From here are imported ``program`` and ``freshness``, which know nothing
of results or text.
"""

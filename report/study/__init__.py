"""The results that a document is about: runs on disk or in a PDF, in groups each of which may be absent.
Import ``Study`` and the traced access to its values from ``study``; nothing here decides anything.
"""

"""The history of a training in whatever form it was kept, read into one table of epochs.

``reader`` is what others import; the readers of the forms and the meaning of names serve it. ``audit``
reads the histories that it compares a document with by the same way.
"""

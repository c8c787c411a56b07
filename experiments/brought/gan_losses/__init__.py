"""The losses of a GAN, read from columns named by whoever wrote them.

``reader`` reads the file and ``curves`` makes of it what a record has.
"""

"""The error of every step that makes a document."""


class RenderError(Exception):
    """A document that cannot be built; the message is one Spanish sentence for the user."""

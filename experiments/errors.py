"""What ends a command."""


class TrainError(Exception):
    """Training could not be done; the message is one Spanish sentence for the user."""


class SettingsError(Exception):
    """Settings that cannot be used; the message is one Spanish sentence for the user."""


class BroughtError(Exception):
    """What an author brings of their own training cannot be used; the message is one Spanish sentence."""

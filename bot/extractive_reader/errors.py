"""The error of a reader that cannot be used."""


class ReaderUnavailable(Exception):
    """The reader cannot be used; the message is a sentence for a person: what is wrong, where, and what to do."""

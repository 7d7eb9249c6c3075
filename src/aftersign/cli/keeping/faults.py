"""Why an archive cannot be made or put back."""


class NoArchive(Exception):
    """The sentence says what stands in the way; nothing was changed."""


class Damaged(NoArchive):
    """The bytes are not those that were written: changed, cut off, or never an archive."""


class WrongPassphrase(NoArchive):
    """The archive is whole as far as can be told, and another passphrase opens it."""

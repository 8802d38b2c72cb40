"""What can go wrong below the text package."""


class TextError(Exception):
    """The root of this package's errors."""


class LexiconError(TextError):
    """A table of data/lexicon is missing or malformed; the message names file, place and remedy."""

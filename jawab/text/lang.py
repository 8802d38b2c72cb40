"""The three languages."""

from enum import Enum


class Lang(str, Enum):
    """A language the shop answers in, by its ISO 639-1 code: ``Lang("fa") is Lang.FA``."""

    FA = "fa"
    AR = "ar"
    EN = "en"

"""All that is known of a message before it is understood."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from jawab.text.folding import fold
from jawab.text.language import Lang, identify
from jawab.text.tokens import Token, tokenize
from jawab.text.transliteration import to_native

LONGEST_TEXT: Final = 4_000
"""Characters of a message that are analysed; nobody asks a shop a longer question."""


@dataclass(frozen=True)
class Analysis:
    """A message, its language, and the form it is compared by.

    ``raw`` is the whole message as it came; ``folded`` is the folded form of its first 4,000
    characters, of their native form where Persian or Arabic is typed in Latin letters (``latin``).
    """

    raw: str
    lang: Lang
    latin: bool
    confidence: float
    folded: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the first 4,000 characters, made when first asked for."""
        return tokenize(self.raw[:LONGEST_TEXT], lang=self.lang, latin=self.latin)


def analyze(text: str, *, prior: Lang) -> Analysis:
    """Identify, transliterate and fold a message; any string will do, lone surrogates too.

    Only the first 4,000 characters are analysed, so that the time is bounded. A text without a
    letter has the language ``prior`` and confidence 0.

    >>> analyze("chejoori poolamo pas begiram?", prior=Lang.FA).folded
    'چطور پولم را پس بگیرم'
    >>> analyze("وين طلبي؟", prior=Lang.FA).folded
    'اين طلبي'
    """
    head = text[:LONGEST_TEXT]
    known = identify(head, prior=prior)
    native = to_native(head, lang=known.lang) if known.latin else head
    return Analysis(
        raw=text,
        lang=known.lang,
        latin=known.latin,
        confidence=known.confidence,
        folded=fold(native, lang=known.lang),
    )

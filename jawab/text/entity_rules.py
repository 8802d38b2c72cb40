"""The rules of spaCy's matcher: runs of digits, e-mails, and the words around them."""

import re
from collections.abc import Iterator
from typing import Any, Final

from jawab.text import lexicon

DASHES: Final = "-–‐‑"

_MOST_STRINGS: Final = 100_000


def matches(words: list[str]) -> Iterator[tuple[str, int, int, bool, bool]]:
    """Yield the e-mails and runs of digits spaCy's matcher finds: kind, first, last, neighbours."""
    from spacy.tokens import Doc
    from spacy.util import filter_spans

    vocab, matcher = _matcher()
    spans = matcher(Doc(vocab, words=words), as_spans=True)
    ends = {span.end for span in spans if span.label_ == "order_label"}
    starts = {span.start for span in spans if span.label_ == "currency"}
    for span in filter_spans([span for span in spans if span.label_ in ("email", "number")]):
        yield span.label_, span.start, span.end, span.start in ends, span.end in starts


_built: list[tuple[Any, Any]] = []
lexicon.on_change(_built.clear)


def _matcher() -> tuple[Any, Any]:
    """Return spaCy's vocabulary and matcher, made anew once they remember too many strings."""
    if not _built or len(_built[0][0].strings) > _MOST_STRINGS:
        _built[:] = [_build()]
    return _built[0]


def _build() -> tuple[Any, Any]:
    import spacy
    from spacy.matcher import Matcher

    vocab = spacy.blank("en").vocab
    matcher = Matcher(vocab)
    group = {"TEXT": {"REGEX": rf"^(?:[0-9]+|[().{re.escape(DASHES)}])$"}, "OP": "{0,11}"}
    matcher.add("number", [[{"ORTH": "+", "OP": "?"}, {"IS_DIGIT": True}, group]], greedy="LONGEST")
    matcher.add("email", [[{"LIKE_EMAIL": True}]])
    label, currency = (
        {"LOWER": {"IN": list(lexicon.words("entities", name))}}
        for name in ("order_label", "currency")
    )
    signs = {"TEXT": {"IN": [".", ":", "#", "№"]}, "OP": "{0,2}"}
    matcher.add("order_label", [[label, signs], [{"TEXT": {"IN": ["#", "№"]}}]])
    matcher.add("currency", [[currency]])
    return vocab, matcher

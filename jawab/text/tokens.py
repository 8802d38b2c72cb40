"""Tokens with true offsets: hazm's tokeniser for Persian, spaCy's rules for Arabic and English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from jawab.text import lexicon
from jawab.text.folding import fold
from jawab.text.lang import Lang
from jawab.text.transliteration import to_native

_LONGEST_CHUNK: Final = 100
_MOST_STRINGS: Final = 100_000

_chunk = re.compile(r"\S+")
_surrogate = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Token:
    """A piece of the raw text: ``text[token.start:token.end] == token.text``.

    ``lemma`` is the folded form, which features read; it is empty for punctuation and emoji.
    """

    text: str
    start: int
    end: int
    lemma: str


def tokenize(text: str, *, lang: Lang, latin: bool = False) -> tuple[Token, ...]:
    """Return the tokens in order; every character that is no white space is in exactly one.

    ``latin``: Persian or Arabic in Latin letters, whose lemmas are those of the native script.
    The first Persian call imports hazm (2.3 s), the first of the others spaCy (1.5 s).

    >>> [token.text for token in tokenize("سفارشم #۱۲۳۴ کجاست؟", lang=Lang.FA)]
    ['سفارشم', '#', '۱۲۳۴', 'کجاست', '؟']
    >>> [token.lemma for token in tokenize("أين طلبي؟", lang=Lang.AR)]
    ['اين', 'طلبي', '']
    """
    spans = _persian_spans(text) if lang is Lang.FA else _spacy_spans(text, lang)
    return tuple(
        Token(text[start:end], start, end, _lemma(text[start:end], lang, latin))
        for start, end in spans
    )


def _lemma(word: str, lang: Lang, latin: bool) -> str:
    return fold(to_native(word, lang=lang) if latin else word, lang=lang)


def _persian_spans(text: str) -> Iterator[tuple[int, int]]:
    """Find hazm's tokens in the raw text: it sets blanks between them and changes nothing else."""
    at = 0
    for piece in _hazm().tokenize(text):
        for word in piece.split():
            start = text.index(word, at)
            at = start + len(word)
            yield start, at


def _spacy_spans(text: str, lang: Lang) -> Iterator[tuple[int, int]]:
    # spaCy refuses lone surrogates; a character of the same length keeps the offsets.
    text = _surrogate.sub("\ufffd", text)
    for start, end in _manageable(text):
        for token in _spacy(lang)(text[start:end]):
            if not token.is_space:
                yield start + token.idx, start + token.idx + len(token)


def _manageable(text: str) -> Iterator[tuple[int, int]]:
    """Cut chunks without white space that are too long: spaCy's time grows with their square."""
    at = 0
    for chunk in _chunk.finditer(text):
        if chunk.end() - chunk.start() <= _LONGEST_CHUNK:
            continue
        if at < chunk.start():
            yield at, chunk.start()
        for start in range(chunk.start(), chunk.end(), _LONGEST_CHUNK):
            yield start, min(start + _LONGEST_CHUNK, chunk.end())
        at = chunk.end()
    if at < len(text):
        yield at, len(text)


@lexicon.remembered
def _hazm() -> Any:
    import hazm

    # Joining verb parts would change the text. The word list (0.5 s) serves that joining alone,
    # so a small file, in which the reader finds no word, stands in for it.
    return hazm.WordTokenizer(words_file=hazm.abbreviations, join_verb_parts=False)


_tokenizers: dict[Lang, Any] = {}


def _spacy(lang: Lang) -> Any:
    """Return spaCy's tokeniser, made anew once it has remembered too many strings."""
    tokenizer = _tokenizers.get(lang)
    if tokenizer is None or len(tokenizer.vocab.strings) > _MOST_STRINGS:
        import spacy

        tokenizer = _tokenizers[lang] = spacy.blank(lang.value).tokenizer
    return tokenizer

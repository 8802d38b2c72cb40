"""Where a message may be cut in two questions: at sentence marks, line ends, commas and joining words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Final

from jawab.text import lexicon
from jawab.text.analysis import Analysis
from jawab.text.characters import fold_letters
from jawab.text.errors import LexiconError
from jawab.text.lang import Lang
from jawab.text.tokens import Token

_MARKS: Final = frozenset(".!?؟؛;…\n")
_COMMAS: Final = frozenset(",،")
_QUESTION_MARKS: Final = frozenset("?؟")
_MOST_TOKENS: Final = 120
_FEWEST: Final = 2
"""Words that a question has at least."""

_break = re.compile(r"[\n\r\u2028\u2029]")


class Seam(Enum):
    """What stands where a message may be cut."""

    MARK = "the end of a sentence"
    LINE = "the end of a line"
    JOIN = "a joining word"
    COMMA = "a comma"


class Asking(IntEnum):
    """How much a part of a message looks like a question."""

    NO = 0
    BY_WORDS = 1
    BY_MARK = 2


@dataclass(frozen=True)
class Cut:
    """A place where a message may be cut: ``raw[start:at]`` and ``raw[at:]``.

    ``start`` leaves out sentences at the beginning, a greeting or a story, that ask nothing.
    ``adds``: whether the second part says that it comes on top ("also", «هم», «كمان»).
    """

    start: int
    at: int
    seam: Seam
    first: Asking
    second: Asking
    adds: bool


@dataclass(frozen=True)
class _Words:
    asks: frozenset[str]
    opens: frozenset[str]
    joins: frozenset[str]
    adds: frozenset[str]


def cuts(analysis: Analysis) -> tuple[Cut, ...]:
    """Return the places where a second question may begin, in order.

    >>> text = "وين طلبي؟ وكم رسوم التوصيل؟"
    >>> [text[cut.at :] for cut in cuts(analyze(text, prior=Lang.AR))]
    ['وكم رسوم التوصيل؟']
    >>> cuts(analyze("کد تخفیفم کجاست", prior=Lang.FA))
    ()
    """
    words = _words(analysis.lang)
    tokens = _tokens(analysis)
    return tuple(
        Cut(
            start=_start(tokens[:place], words),
            at=tokens[place].token.start,
            seam=seam,
            first=_asking(tokens[:place], words),
            second=_second(_sentence(tokens[place:]), seam, words),
            adds=any(token.letters in words.adds for token in tokens[place:]),
        )
        for place, seam in _places(analysis, tokens, words)
        if min(_spoken(tokens[:place], words), _spoken(tokens[place:], words)) >= _FEWEST
    )


def heart(analysis: Analysis) -> str | None:
    """Return the message from its first sentence that asks to its last one; None when that is all of it, or none asks.

    >>> heart(analyze("Hello there. How do I return a lamp? Thanks!", prior=Lang.EN))
    'How do I return a lamp?'
    """
    words = _words(analysis.lang)
    tokens = _tokens(analysis)
    ends = [
        place
        for place in range(1, len(tokens))
        if _ends_sentence(tokens, place) or _ends_line(analysis, tokens, place)
    ]
    sentences = [tokens[a:b] for a, b in zip([0, *ends], [*ends, len(tokens)], strict=True)]
    asking = [sentence for sentence in sentences if _asking(sentence, words)]
    if not asking or len(asking) == len(sentences):
        return None
    return analysis.raw[asking[0][0].token.start : asking[-1][-1].token.end]


@dataclass(frozen=True)
class _Token:
    """A token, its letters in one form, and those of the next one behind a blank."""

    token: Token
    letters: str
    pair: str

    @property
    def forms(self) -> tuple[str, ...]:
        # The Arabic "and" is written together with the word behind it.
        if self.letters[:1] == "و":
            return self.letters, self.pair, self.letters[1:], self.pair[1:]
        return self.letters, self.pair


def _tokens(analysis: Analysis) -> list[_Token]:
    found = analysis.tokens[:_MOST_TOKENS]
    if not found:
        return []
    letters = [
        token.lemma if analysis.latin else fold_letters(token.text, lang=analysis.lang)
        for token in found
    ]
    return [
        _Token(token, here, f"{here} {ahead}")
        for token, here, ahead in zip(found, letters, [*letters[1:], ""], strict=True)
    ]


def _spoken(tokens: Sequence[_Token], words: _Words) -> int:
    return sum(bool(here.letters) and here.letters not in words.joins for here in tokens)


def _places(
    analysis: Analysis, tokens: Sequence[_Token], words: _Words
) -> Iterator[tuple[int, Seam]]:
    """Yield the number of the token that a second question may begin with, and what stands there."""
    for place in range(1, len(tokens)):
        before, here = tokens[place - 1], tokens[place]
        if not here.letters:
            continue
        if _ends_line(analysis, tokens, place):
            yield place, Seam.LINE
        elif _ends_sentence(tokens, place):
            yield place, Seam.MARK
        elif _joins(here, words):
            yield place, Seam.JOIN
        elif before.token.text[-1] in _COMMAS:
            yield place, Seam.COMMA


def _ends_line(analysis: Analysis, tokens: Sequence[_Token], place: int) -> bool:
    between = analysis.raw[tokens[place - 1].token.end : tokens[place].token.start]
    return _break.search(between) is not None


def _ends_sentence(tokens: Sequence[_Token], place: int) -> bool:
    """Tell whether a sentence ends before a token; of several marks the last one ends it."""
    return tokens[place - 1].token.text[-1] in _MARKS and bool(tokens[place].letters)


def _sentence(tokens: Sequence[_Token]) -> Sequence[_Token]:
    """Return the first sentence: what joins it to the one before makes a question of no later one."""
    ends = (place for place in range(1, len(tokens)) if _ends_sentence(tokens, place))
    return tokens[: next(ends, len(tokens))]


def _second(sentence: Sequence[_Token], seam: Seam, words: _Words) -> Asking:
    """Within one sentence its question mark belongs to both parts, so that the words must tell."""
    if seam in (Seam.JOIN, Seam.COMMA) and not _asks_by_words(sentence, words):
        return Asking.NO
    return _asking(sentence, words)


def _joins(here: _Token, words: _Words) -> bool:
    if here.letters in words.joins or here.pair in words.joins:
        return True
    return here.letters[:1] == "و" and _asks(here, words)


def _asks(here: _Token, words: _Words) -> bool:
    return any(form in words.asks for form in here.forms)


def _asking(tokens: Sequence[_Token], words: _Words) -> Asking:
    if any(here.token.text[0] in _QUESTION_MARKS for here in tokens):
        return Asking.BY_MARK
    return Asking.BY_WORDS if _asks_by_words(tokens, words) else Asking.NO


def _asks_by_words(tokens: Sequence[_Token], words: _Words) -> bool:
    opening = True
    for here in tokens:
        if _asks(here, words) or (opening and any(form in words.opens for form in here.forms)):
            return True
        if here.letters not in words.joins:
            opening = not here.letters
    return False


def _start(tokens: Sequence[_Token], words: _Words) -> int:
    """Return where the first sentence that asks begins; the beginning where none does."""
    ends = [place for place in range(1, len(tokens)) if _ends_sentence(tokens, place)]
    for begin, end in zip([0, *ends], [*ends, len(tokens)], strict=True):
        if _asking(tokens[begin:end], words):
            return tokens[begin].token.start
    return 0


@lexicon.remembered
def _words(lang: Lang) -> _Words:
    table = lexicon.table("questions").get(lang.value)

    def part(name: str) -> frozenset[str]:
        if not isinstance(table, dict) or not isinstance(table.get(name), str):
            raise LexiconError(f"questions.yml: {lang.value} has no words {name!r}; add them")
        return frozenset(
            fold_letters(word.replace("_", " "), lang=lang) for word in table[name].split()
        )

    return _Words(part("asks"), part("opens"), part("joins"), part("adds"))

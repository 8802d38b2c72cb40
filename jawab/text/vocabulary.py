"""The tables that turn colloquial Persian, Arabic dialects and chat English into one form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jawab.text import lexicon
from jawab.text.characters import fold_letters
from jawab.text.lang import Lang

_FILES = {Lang.FA: "persian_colloquial", Lang.AR: "arabic_dialect", Lang.EN: "english_chat"}


@dataclass(frozen=True)
class Vocabulary:
    """Spellings of a language and the forms they are compared by, all in folded letters."""

    words: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], str]
    longest: int
    """Words in the longest phrase."""
    openers: frozenset[str]
    """First words of phrases."""


@lexicon.remembered
def vocabulary(lang: Lang) -> Vocabulary:
    """Return the tables of one language, built once."""
    words: dict[str, str] = {}
    phrases: dict[tuple[str, ...], str] = {}
    for spelling, kept in _pairs(lang):
        typed = fold_letters(spelling, lang=lang).split()
        target = fold_letters(kept, lang=lang)
        if len(typed) == 1:
            words.setdefault(typed[0], target)
        elif typed:
            phrases.setdefault(tuple(typed), target)
            # A zero-width joint typed for the blank leaves the parts joined.
            words.setdefault("".join(typed), target)
    words = {word: _last(target, words) for word, target in words.items()}
    words = {word: target for word, target in words.items() if word != target}
    phrases = {typed: _last(target, words) for typed, target in phrases.items()}
    phrases = {typed: target for typed, target in phrases.items() if " ".join(typed) != target}
    return Vocabulary(
        words=words,
        phrases=phrases,
        longest=max(map(len, phrases), default=0),
        openers=frozenset(typed[0] for typed in phrases),
    )


def _last(target: str, words: Mapping[str, str]) -> str:
    """Follow the table from each word of a target, so that a form once reached stays."""
    for _ in range(4):
        followed = " ".join(words.get(word, word) for word in target.split())
        if followed == target:
            break
        target = followed
    return target


def _pairs(lang: Lang) -> Iterator[tuple[str, str]]:
    file = _FILES[lang]
    yield from lexicon.spellings(file, "words").items()
    if lang is Lang.FA:
        yield from _verbs(file)
        yield from _nouns(file)


def _verbs(file: str) -> Iterator[tuple[str, str]]:
    """Yield the present tense of colloquial stems: میخوام → میخواهم, بگه → بگوید."""
    formal_endings = lexicon.words(file, "formal_endings")
    prefixes = lexicon.words(file, "verb_prefixes")
    nouns = set(lexicon.words(file, "not_verbs"))
    for kind in ("consonant", "vowel"):
        typed_endings = lexicon.words(file, f"endings_after_{kind}")
        for typed_stem, stem in lexicon.spellings(file, f"stems_in_{kind}").items():
            for prefix in prefixes:
                for typed_person, ending in zip(typed_endings, formal_endings, strict=True):
                    for typed_ending in typed_person.split("|"):
                        typed = prefix + typed_stem + typed_ending
                        if typed not in nouns:
                            yield typed, prefix + stem + ending


def _nouns(file: str) -> Iterator[tuple[str, str]]:
    """Yield a shop's nouns with colloquial endings: سفارشمو → سفارشم را, پولمون → پولمان."""
    endings = lexicon.spellings(file, "noun_endings")
    for noun in lexicon.words(file, "nouns"):
        for typed, kept in endings.items():
            yield noun + typed, noun + kept

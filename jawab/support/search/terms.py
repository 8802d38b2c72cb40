"""What is looked for and what it is compared with: words of one folded form, whatever the language and the keyboard.

Persian and Arabic are folded alike, because a person who searches does not say which of them it is: ك and ک, ي and ی, ة and ه,
أ and ا, harakat, the three scripts' digits are one. A Persian word whose parts are joined, apart or parted by a zero-width
joint is found by each of the three spellings.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from jawab.text.characters import ZWNJ, ascii_digits, fold_letters
from jawab.text.entities import extract
from jawab.text.lang import Lang
from jawab.text.reference import PATTERN, canonical
from jawab.text.wording import joined

LONGEST_QUERY: Final = 200
MOST_CLAUSES: Final = 12
_LONGEST_TEXT: Final = 8_000
_LONGEST_TERM: Final = 80
_MOST_TERMS: Final = 1_200
_SHORTEST_PREFIX: Final = 2

_number = re.compile(r"\+?[0-9](?:[0-9 ().\u200c-]*[0-9])?")
_country = re.compile(r"(98|966)([0-9]{9,10})")


@dataclass(frozen=True)
class Term:
    """A folded word; a `prefix` also stands for the words that begin with it."""

    text: str
    prefix: bool = True

    def matches(self, word: str) -> bool:
        """Whether a folded word is meant.

        >>> Term("مرجوع").matches("مرجوعی"), Term("و", prefix=False).matches("وقت")
        (True, False)
        """
        return word.startswith(self.text) if self.prefix else word == self.text


# One of the ways to write what is looked for; every term of a way must be there.
Way = tuple[Term, ...]


@dataclass(frozen=True)
class Wanted:
    """All clauses must be met, each by one of its ways."""

    clauses: tuple[tuple[Way, ...], ...]

    @property
    def terms(self) -> frozenset[Term]:
        """Every term there is, for marking what was found."""
        return frozenset(term for ways in self.clauses for way in ways for term in way)


def terms_of(text: str, *, lang: Lang) -> tuple[str, ...]:
    """Return the words under which a text is found, each once.

    >>> terms_of("می‌خوام كتابِ ۱۲", lang=Lang.FA)
    ('میخوام', 'کتاب', '12', 'می', 'خوام')
    """
    text = text[:_LONGEST_TEXT]
    words = fold_letters(text, lang=Lang.FA).split()
    found = [*words, *joined(words)]
    if ZWNJ in text:
        found += fold_letters(text.replace(ZWNJ, " "), lang=Lang.FA).split()
    for entity in extract(text, lang=lang):
        found += contact_terms(entity.value)
    for reference in _references(ascii_digits(text)):
        found += reference_terms(reference[0])
    return distinct(found)


def contact_terms(value: str) -> tuple[str, ...]:
    """Return the forms of a phone number in E.164, an e-mail address or an order number.

    >>> contact_terms("+989121234567")
    ('989121234567', '09121234567', '9121234567')
    """
    bare = value.strip().removeprefix("+").lower()
    if value.startswith("+") and (there := _country.fullmatch(bare)):
        return (bare, f"0{there[2]}", there[2])
    return (bare,) if bare else ()


def reference_terms(reference: str) -> tuple[str, ...]:
    """Return the forms of a ticket's reference: with its prefix, and without.

    >>> reference_terms("JW-K37-W9F2")
    ('jwk37w9f2', 'k37w9f2', 'w9f2')
    """
    prefix, first, last = reference.lower().split("-")
    return (prefix + first + last, first + last, last)


def distinct(terms: Iterable[str]) -> tuple[str, ...]:
    """Return terms that can be stored: each once, none too long, not too many."""
    kept = dict.fromkeys(term[:_LONGEST_TERM] for term in terms if term)
    return tuple(kept)[:_MOST_TERMS]


def wanted(query: str) -> Wanted:
    """Read what a person types into the search box.

    A reference says all ("ticket JW-K37-W9F2"). Phone numbers, e-mail addresses and order numbers are known in every
    form; the other words are looked for by their beginnings. Everything named must be there.

    >>> wanted("jw k37 w9f2").clauses
    (((Term(text='jwk37w9f2', prefix=False),),),)
    >>> [way[0].text for way in wanted("۰۹۱۲ 1234567").clauses[0]]
    ['989121234567']
    """
    text = ascii_digits(query[:LONGEST_QUERY]).strip()
    whole = canonical(text)
    if named := [whole] if whole else [name for name, _ in _references(text)]:
        return Wanted(tuple((_exactly(reference_terms(name)[0]),) for name in named[:MOST_CLAUSES]))
    clauses: list[tuple[Way, ...]] = []
    for entity in extract(text, lang=Lang.FA):
        clauses.append((_exactly(contact_terms(entity.value)[0]),))
        text = text[: entity.start] + " " * (entity.end - entity.start) + text[entity.end :]
    for run in tuple(_number.finditer(text)):
        if len(run[0].split()) > 1:
            clauses.append(_of_number(run[0]))
            text = text[: run.start()] + " " * len(run[0]) + text[run.end() :]
    clauses += _of_words(text)
    return Wanted(tuple(dict.fromkeys(clauses))[:MOST_CLAUSES])


def _references(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for hit in PATTERN.finditer(text):
        if (name := canonical(hit[0])) is not None:
            yield name, hit


def _of_number(run: str) -> tuple[Way, ...]:
    """A number in groups: typed as one, or the groups as they are."""
    groups = re.findall("[0-9]+", run)
    whole = "".join(groups)
    return ((_term(whole.removeprefix("00")),), tuple(map(_term, groups)))


def _of_words(text: str) -> Iterator[tuple[Way, ...]]:
    chunks = [(fold_letters(chunk, lang=Lang.FA).split(), chunk) for chunk in text.split()]
    apart = [word for words, _ in chunks for word in words]
    for group in _groups(apart):
        if len(group) > 1:
            yield ((_term("".join(group)),), tuple(map(_term, group)))
    grouped = {word for group in _groups(apart) if len(group) > 1 for word in group}
    for words, chunk in chunks:
        parts = fold_letters(chunk.replace(ZWNJ, " "), lang=Lang.FA).split()
        if len(parts) > len(words) == 1:
            yield ((_term(words[0]),), tuple(map(_term, parts)))
        else:
            yield from (((_term(word),),) for word in words if word not in grouped)


def _groups(words: list[str]) -> Iterator[list[str]]:
    """Yield the words that are the parts of one: می خوام, کتاب ها."""
    left = iter(words)
    for whole in joined(words):
        group: list[str] = []
        while "".join(group) != whole and (word := next(left, None)) is not None:
            group.append(word)
            if not whole.startswith("".join(group)):
                group = [word]  # a word that joining replaces by another
                break
        yield group


def _term(text: str) -> Term:
    return Term(text[:_LONGEST_TERM], prefix=len(text) >= _SHORTEST_PREFIX)


def _exactly(text: str) -> Way:
    return (Term(text, prefix=False),)

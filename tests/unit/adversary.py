"""Texts made to slow a regular expression down, drawn from the expression itself, and how its work grows with them.

Python's `re` goes back and tries again: work that grows with the square of a text, or faster, is what is looked for here.
"""

import re
import sre_constants as sre
import sre_parse
import statistics
import time
from math import log

ENDLESS = 50  # a repetition of so many may be abused
ENDINGS = ("", "\x01")
FIRST_STEPS = (
    8,
    12,
    16,
    20,
    24,
    32,
)  # what doubles with every character shows here, and goes no further
STEPS = (64, 512, 4096)
HEAVY = 0.001  # seconds; below it nothing is worth a second look
_ALPHABET = "ab01 -.\n\u0627@/_:Aé59<(\u200c\x00"


def attacks(pattern):
    """Pairs of a beginning, what is repeated, and an ending."""
    tree = sre_parse.parse(pattern.pattern, pattern.flags & (re.I | re.S | re.M | re.A))
    repeated = set(_repetitions(tree, ""))
    if not repeated:
        return
    letters = sorted(set(_letters(tree)))[:24]
    bodies = {body for _, body in repeated if body}.union(letters)
    for beginning in sorted({"", *(before for before, _ in repeated)})[:4]:
        for body in sorted(bodies):
            for ending in ENDINGS:
                yield beginning, body, ending
    for beginning, body in sorted(repeated):
        if beginning:
            yield "", beginning + body, ENDINGS[-1]


def growth(pattern, method, *, longest=STEPS[-1], enough=9.0):
    """The greatest exponent by which the work of `method` grows with an adversarial text: 1 is linear; and that text.

    The search ends early at one that is `enough`.
    """
    steps = [size for size in FIRST_STEPS + STEPS if size < longest] + [longest]
    worst = (0.0, ("", "", ""))
    for attack in attacks(pattern):
        sizes = steps[:1]
        for size in steps[1:]:
            if _work(pattern, method, _text(attack, sizes[-1])) > 20 * HEAVY:
                break
            sizes.append(size)
        small = max(size for size in steps if size <= sizes[-1] / 2)
        if _work(pattern, method, _text(attack, sizes[-1])) > HEAVY:
            large = _median(pattern, method, _text(attack, sizes[-1]))
            ratio = large / _median(pattern, method, _text(attack, small))
            worst = max(worst, (log(ratio) / log(sizes[-1] / small), attack))
            if worst[0] > enough:
                break
    return worst


def _text(attack, size):
    beginning, body, ending = attack
    return beginning + (body * (size // len(body) + 1))[:size] + ending


def _work(pattern, method, text):
    """The processor's time for one call, whatever else the machine does."""
    given = text.encode() if isinstance(pattern.pattern, bytes) else text
    arguments = (given[:0], given) if method == "sub" else (given,)
    began = time.thread_time()
    found = getattr(pattern, method)(*arguments)
    if method == "finditer":
        for _ in found:
            pass
    return time.thread_time() - began


def _median(pattern, method, text):
    return max(statistics.median(_work(pattern, method, text) for _ in range(5)), 1e-6)


def _repetitions(tree, before):
    """What comes before each endless repetition, and what it repeats."""
    for kind, value in tree:
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            if value[1] >= ENDLESS:
                yield before, _sample(value[2])
            yield from _repetitions(value[2], before)
        elif kind is sre.SUBPATTERN:
            yield from _repetitions(value[3], before)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from _repetitions(branch, before)
        before += _sample([(kind, value)])


def _sample(tree):
    """A text that the pieces match, their least one."""
    return "".join(map(_sampled, tree))


def _sampled(piece):
    kind, value = piece
    if kind is sre.BRANCH:
        return _sample(value[1][0])
    if kind is sre.SUBPATTERN:
        return _sample(value[3])
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return _sample(value[2]) * value[0]
    return next(_one(kind, value), "")


def _letters(tree):
    for kind, value in tree:
        if kind is sre.BRANCH:
            for branch in value[1]:
                yield from _letters(branch)
        elif kind is sre.SUBPATTERN:
            yield from _letters(value[3])
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            yield from _letters(value[2])
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _letters(value[1])
        else:
            yield from _one(kind, value)


def _one(kind, value):
    """Letters that a piece of one letter takes."""
    if kind is sre.LITERAL:
        yield chr(value)
    elif kind is sre.ANY:
        yield "a"
    elif kind is sre.NOT_LITERAL:
        yield from (letter for letter in _ALPHABET if ord(letter) != value)
    elif kind is sre.IN:
        yield from _members(value)


def _members(items):
    if items[0][0] is sre.NEGATE:
        yield from (one for one in _ALPHABET if not any(_holds(item, one) for item in items[1:]))
        return
    for kind, value in items:
        if kind is sre.LITERAL:
            yield chr(value)
        elif kind is sre.RANGE:
            yield chr(value[0])
        else:
            yield from [one for one in _ALPHABET if _holds((kind, value), one)][:3]


def _holds(item, letter):
    kind, value = item
    if kind is sre.LITERAL:
        return ord(letter) == value
    if kind is sre.RANGE:
        return value[0] <= ord(letter) <= value[1]
    known = {
        sre.CATEGORY_DIGIT: letter.isdigit(),
        sre.CATEGORY_SPACE: letter.isspace(),
        sre.CATEGORY_WORD: letter.isalnum() or letter == "_",
    }
    opposite = {
        sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
        sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
        sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
    }
    return known[value] if value in known else not known[opposite[value]]

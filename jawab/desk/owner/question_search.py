"""Finding a question of the FAQ by words of its title, or by words people ask it with."""

from collections.abc import Iterator

from jawab.desk.keywords import Keywords
from jawab.knowledge import Knowledge
from jawab.text.characters import fold_letters
from jawab.text.language import Lang

_TITLE, _KEYWORD = 3, 1
_LEAST_LETTERS = 2


def questions_like(
    text: str, knowledge: Knowledge, keywords: Keywords, *, most: int
) -> tuple[str, ...]:
    """Return ids of the questions that share most words with a text in any of the three languages, likest first.

    >>> questions_like("هزینه پس فرستادن", knowledge, keywords, most=1)
    ('returns_cost',)
    >>> questions_like("تكلفة الإرجاع", knowledge, keywords, most=1)
    ('returns_cost',)
    """
    scores = {id: 0 for id in knowledge.questions}
    for lang in Lang:
        words = {
            word for word in fold_letters(text, lang=lang).split() if len(word) >= _LEAST_LETTERS
        }
        for id, score in _scores(words, knowledge, keywords, lang):
            scores[id] = max(scores[id], score)
    found = sorted((-score, place, id) for place, (id, score) in enumerate(scores.items()) if score)
    return tuple(id for _, _, id in found[:most])


def _scores(
    words: set[str], knowledge: Knowledge, keywords: Keywords, lang: Lang
) -> Iterator[tuple[str, int]]:
    told = keywords.of(lang)
    for id, question in knowledge.questions.items():
        title = fold_letters(question.title[lang], lang=lang)
        known = set(told[id].split())
        yield (
            id,
            sum(_TITLE if word in title else _KEYWORD if word in known else 0 for word in words),
        )

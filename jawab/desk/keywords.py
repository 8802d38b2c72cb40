"""The words people use for a question that stand neither in its title nor in its answer: for the search of /faq."""

from collections import Counter
from collections.abc import Mapping
from threading import Lock

from jawab.knowledge import Knowledge
from jawab.text.characters import fold_letters
from jawab.text.language import Lang

_LEAST_LETTERS = 3
_LEAST_TIMES = 2
_MOST_WORDS = 40
_WIDESPREAD = 0.2  # a word of more questions than this part of them tells none of them apart


class Keywords:
    """Finds them in the examples once for each language, when they are first asked for (about half a second)."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._found: dict[Lang, Mapping[str, str]] = {}
        self._lock = Lock()

    def of(self, lang: Lang) -> Mapping[str, str]:
        """Folded words with blanks between, by question."""
        with self._lock:
            if lang not in self._found:
                self._found[lang] = _keywords(self._knowledge, lang)
            return self._found[lang]


def _keywords(knowledge: Knowledge, lang: Lang) -> Mapping[str, str]:
    counted = {
        question.id: Counter(
            word
            for example in question.examples
            if example.lang is lang
            for word in set(fold_letters(example.text, lang=lang).split())
            if len(word) >= _LEAST_LETTERS
        )
        for question in knowledge.questions.values()
    }
    spread = Counter(word for words in counted.values() for word in words)
    most = _WIDESPREAD * len(counted)
    return {id: " ".join(_telling(words, spread, most)) for id, words in counted.items()}


def _telling(words: Counter[str], spread: Counter[str], most: float) -> list[str]:
    found = [
        word
        for word, times in words.most_common()
        if times >= _LEAST_TIMES and spread[word] <= most
    ]
    return found[:_MOST_WORDS]

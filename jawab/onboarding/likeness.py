"""Whether a question is already there in other words: folded, by the letters the two have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jawab.knowledge import Knowledge
from jawab.text.folding import fold
from jawab.text.language import Lang

# Of 1.0: «چطور می‌توانم کالا را پس بدهم؟» and «چگونه می‌توانم پولم را پس بگیرم؟», which are two questions, have 0.63 in common.
_ALIKE: Final = 0.7


@dataclass(frozen=True)
class Alike:
    """A question that is there: its id, the text that is nearest, and whether that is the same but for spelling."""

    id: str
    text: str
    same: bool


class Known:
    """The titles and examples of the questions that are there, and what is added to them.

    A language is folded when it is first asked for, 10,000 examples in about two seconds.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        """Keep the knowledge; nothing is folded yet."""
        self._knowledge = knowledge
        self._texts: dict[Lang, list[tuple[str, str, str, frozenset[str]]]] = {}

    def add(self, text: str, lang: Lang, id: str) -> None:
        """Take a text of a question to what is there."""
        folded = fold(text, lang=lang) or text
        self._of(lang).append((id, text, folded, _pieces(folded)))

    def nearest(self, text: str, lang: Lang) -> Alike | None:
        """Return the question that a text is nearest to, if it is near: «چگونه کالا را مرجوع کنم؟» is near returns_how."""
        folded = fold(text, lang=lang) or text
        pieces = _pieces(folded)
        best, found = _ALIKE, None
        for id, known, form, others in self._of(lang):
            if form == folded:
                return Alike(id, known, same=True)
            shared = 2 * len(pieces & others) / (len(pieces) + len(others))
            if shared >= best:
                best, found = shared, Alike(id, known, same=False)
        return found

    def _of(self, lang: Lang) -> list[tuple[str, str, str, frozenset[str]]]:
        if lang not in self._texts:
            self._texts[lang] = []
            for question in self._knowledge.questions.values():
                examples = (each.text for each in question.examples if each.lang is lang)
                for text in (question.title[lang], *examples):
                    self.add(text, lang, question.id)
            for act in self._knowledge.acts.values():
                for example in act.examples:
                    if (
                        example.lang is lang
                    ):  # what is said of other things may well resemble a question
                        folded = fold(example.text, lang=lang) or example.text
                        self._texts[lang].append((act.id, example.text, folded, frozenset()))
        return self._texts[lang]


def _pieces(folded: str) -> frozenset[str]:
    edged = f" {folded} "
    return frozenset(edged[at : at + 3] for at in range(max(1, len(edged) - 2)))

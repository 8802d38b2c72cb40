"""References between files: related and top questions, shops' own answers, placeholders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from jawab.knowledge.questions import Question
from jawab.knowledge.rendering import FACTS, OF_CHANNEL, PLAIN, lack
from jawab.knowledge.report import Place, did_you_mean
from jawab.knowledge.shop import Shop
from jawab.knowledge.template import Placeholder, placeholders
from jawab.knowledge.texts import LANGUAGE_NAMES, Texts

# What Knowledge.say is told at every call; no value can have such a name.
_OF_EVERY_CALL = frozenset({"{lang}", "{now}"})


def check_ids(named: Iterable[str], known: Collection[str], path: str, place: Place) -> None:
    """Report every id that no question has, and every one named twice."""
    seen: set[str] = set()
    for id in named:
        if id not in known:
            place.error(f"has the unknown question '{id}' in {path}", did_you_mean(id, known))
        elif id in seen:
            place.error(f"has '{id}' twice in {path}", "delete one of the two")
        seen.add(id)


@dataclass(frozen=True)
class Profiles:
    """The shops' profiles by the file each stands in, and what texts may ask of them."""

    files: Mapping[str, Shop]

    @cached_property
    def fillable(self) -> frozenset[str]:
        """Every placeholder that at least one shop knows, without its braces."""
        known = set(PLAIN)
        for shop in self.files.values():
            known.update(shop.channels, (f"{FACTS}.{fact}" for fact in shop.facts))
            known.update(f"{name}.{id}" for name in OF_CHANNEL for id in shop.channels)
        return frozenset(known)

    def check_answer(self, question: Question, place: Place) -> None:
        """Report placeholders that do not exist, or that a shop without its own answer lacks."""
        for placeholder in _used(question.answer):
            if not self._exists(placeholder, place):
                continue
            for file, shop in self.files.items():
                missing = lack(placeholder, shop)
                if missing and question.id not in shop.answers:
                    place.error(
                        f"uses {placeholder}, and shop '{shop.id}' has no {missing}",
                        f"add {missing} to {file}, or its own answers.{question.id} there",
                    )

    def check_own_answers(self, shop: Shop, place: Place) -> None:
        """Report placeholders of a shop's own answers that do not exist or that its profile lacks."""
        for id, answer in shop.answers.items():
            for placeholder in _used(answer):
                missing = lack(placeholder, shop)
                if self._exists(placeholder, place) and missing:
                    what = f"uses {placeholder} in answers.{id} and has no {missing}"
                    place.error(what, f"add {missing}")

    def check_words(self, texts: Texts, place: Place) -> None:
        """Report placeholders of the bot's own words that a shop lacks.

        A plain name no profile knows is a value given at the call; the three languages must use the same
        ones, so that a misspelt value is found here and not when it is said.
        """
        values = {
            lang: {str(p) for p in placeholders(text) if self._is_value(p)}
            for lang, text in texts.items()
        }
        for taken in sorted(_OF_EVERY_CALL & set().union(*values.values())):
            place.error(f"uses {taken}, which every call has already", "rename the value")
        for lang, found in values.items():
            for value in sorted(set().union(*values.values()) - found):
                what = f"has {value} but not in {LANGUAGE_NAMES[lang]}"
                place.error(what, f"use the same values in all three languages; see {lang.value}")
        for placeholder in _used(texts):
            if self._is_value(placeholder) or not self._exists(placeholder, place):
                continue
            for file, shop in self.files.items():
                if missing := lack(placeholder, shop):
                    what = f"uses {placeholder}, and shop '{shop.id}' has no {missing}"
                    place.error(what, f"add {missing} to {file}")

    def _is_value(self, placeholder: Placeholder) -> bool:
        return placeholder.argument is None and placeholder.name not in self.fillable

    def _exists(self, placeholder: Placeholder, place: Place) -> bool:
        inner = str(placeholder)[1:-1]
        if inner in self.fillable:
            return True
        # Only the half that is wrong is compared, or every fact would look like every other.
        siblings = [known for known in self.fillable if known.startswith(f"{placeholder.name}.")]
        if siblings and placeholder.argument:
            arguments = sorted(known.partition(".")[2] for known in siblings)
            advice = did_you_mean(placeholder.argument, arguments)
        else:
            advice = did_you_mean(placeholder.name, sorted(self.fillable))
        if placeholder.name == FACTS:
            advice += f" (or add {inner} to the shops' profiles)"
        place.error(f"uses the placeholder {placeholder}, which no shop can fill", advice)
        return False


def _used(texts: Texts) -> list[Placeholder]:
    return list(dict.fromkeys(p for text in texts.values() for p in placeholders(text)))

"""The knowledge itself: questions, acts, shops and the bot's own words, and how they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from jawab.knowledge.errors import UnknownQuestion, UnknownShop, UnknownWords
from jawab.knowledge.followups import FollowUps
from jawab.knowledge.questions import Act, Question, Topic
from jawab.knowledge.rendering import Occasion, render
from jawab.knowledge.shop import Shop
from jawab.knowledge.texts import Texts, frozen
from jawab.text.language import Lang


@dataclass(frozen=True)
class Words:
    """The bot's own words: everything it says that is no answer to a question of the FAQ."""

    texts: Mapping[str, Texts]

    def text(self, key: str, lang: Lang) -> str:
        """Return the template under that key; raises UnknownWords."""
        try:
            return self.texts[key][lang]
        except KeyError:
            raise UnknownWords(
                f"data/dialogue/words.yml has no '{key}'; add it in fa, ar and en"
            ) from None


@dataclass(frozen=True)
class Knowledge:
    """All that the assistant knows; frozen, read once, safe to share."""

    topics: Mapping[str, Topic]
    questions: Mapping[str, Question]
    acts: Mapping[str, Act]
    shops: Mapping[str, Shop]
    words: Words
    followups: FollowUps = field(default_factory=FollowUps)

    def shop(self, shop_id: str) -> Shop:
        """Return a shop's profile; raises UnknownShop."""
        try:
            return self.shops[shop_id]
        except KeyError:
            known = ", ".join(self.shops)
            raise UnknownShop(f"no shop '{shop_id}'; there are: {known}") from None

    def answer(self, question_id: str, *, shop: str, lang: Lang, now: datetime) -> str:
        """Return the answer to a question as this shop gives it, in this language, at this moment.

        A shop's own answer goes before the template of data/faq. `now` is aware.
        Raises UnknownQuestion, UnknownShop, NaiveClock.
        """
        profile = self.shop(shop)
        if question_id not in self.questions:
            raise UnknownQuestion(f"no question '{question_id}' in data/faq")
        answer = profile.answers.get(question_id, self.questions[question_id].answer)
        return render(answer[lang], Occasion(profile, lang, now))

    def say(self, key: str, /, *, shop: str, lang: Lang, now: datetime, **values: object) -> str:
        """Return the bot's own words under `key`, filled with the shop's facts and with `values`.

        Raises UnknownWords, UnknownShop, and Unfillable when a value is not given.
        """
        return render(self.words.text(key, lang), Occasion(self.shop(shop), lang, now), values)

    def with_shop(self, shop: Shop) -> Knowledge:
        """Return this knowledge with one profile put in place of its namesake (an owner's overrides)."""
        return replace(self, shops=frozen({**self.shops, shop.id: shop}))

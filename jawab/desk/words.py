"""The desk's own words, from the same table as the bot's: data/dialogue/words.yml."""

from collections.abc import Callable
from datetime import datetime

from jawab.knowledge import Knowledge
from jawab.text.language import Lang


class Words:
    """Says a key in a language, at this moment, for a shop; without one, for the first shop there is."""

    def __init__(self, knowledge: Knowledge, clock: Callable[[], datetime]) -> None:
        self._knowledge = knowledge
        self._clock = clock

    def say(self, key: str, *, lang: Lang, shop: str | None = None, **values: str) -> str:
        """The words under this key."""
        shop = shop or next(iter(self._knowledge.shops))
        return self._knowledge.say(key, shop=shop, lang=lang, now=self._clock(), **values)

"""The desk's own words, from the same table as the bot's: data/dialogue/words.yml."""

from collections.abc import Callable
from datetime import datetime

from jawab.support.overrides.current import Current
from jawab.text.language import Lang


class Words:
    """Says a key in a language, at this moment, for a shop; without one, for the first shop there is."""

    def __init__(self, current: Current, clock: Callable[[], datetime]) -> None:
        self._current = current
        self._clock = clock

    def say(self, key: str, *, lang: Lang, shop: str | None = None, **values: str) -> str:
        """The words under this key."""
        knowledge = self._current.knowledge
        shop = shop or next(iter(knowledge.shops))
        return knowledge.say(key, shop=shop, lang=lang, now=self._clock(), **values)

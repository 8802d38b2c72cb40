"""What a message names (numbers, amounts, dates, cities) as Rasa entities."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from jawab.nlu.component import OfThisCode
from jawab.nlu.tokenizer import analysis_of
from jawab.text.entities import extract
from jawab.text.language import Lang


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class MatcherEntityExtractor(OfThisCode, GraphComponent, EntityExtractorMixin):  # type: ignore[misc]
    """Finds entities by spaCy's rule matchers; offsets are those of the raw text."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MatcherEntityExtractor:
        """Create the component (Rasa's interface)."""
        for lang in Lang:
            extract("12345678", lang=lang)  # reads the matchers before the first shopper waits
        return cls(ZoneInfo(config["time_zone"]))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults: «دیروز» is reckoned from today in this time zone."""
        return {"time_zone": "Asia/Tehran"}

    def __init__(self, time_zone: ZoneInfo) -> None:
        self._time_zone = time_zone

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of each message."""
        today = datetime.now(self._time_zone).date()
        for message in messages:
            text = message.get(TEXT) or ""
            found = [
                {"entity": e.kind, "value": e.value, "start": e.start, "end": e.end}
                for e in extract(text, lang=analysis_of(message).lang, today=today)
            ]
            existing = message.get(ENTITIES, [])
            message.set(ENTITIES, existing + self.add_extractor_name(found), add_to_output=True)
        return messages

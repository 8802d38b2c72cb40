"""The FAQ as Rasa training data: data/faq and data/dialogue are the one source, nothing is written twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa.shared.constants import DEFAULT_CONFIG_PATH
from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from jawab.knowledge import Example, Knowledge, load

RETRIEVAL_INTENT = "faq"


class FaqImporter(RasaFileImporter):  # type: ignore[misc]
    """Reads domain, rules and stories as Rasa does, and the examples from data/faq and data/dialogue.

    FAQ ids become retrieval intents ``faq/<id>``. Rasa wants a response for each and warns about every example of
    one that has none, so each gets a placeholder that no rule utters: answers come from the custom actions.
    Source: https://rasa.com/docs/rasa/training-data-importers
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        **kwargs: Any,
    ) -> None:
        self._root = Path(config_file or DEFAULT_CONFIG_PATH).resolve().parent
        # Rasa would parse every file below data/ several times to find out which are its own.
        own = sorted(str(path) for path in (self._root / "data" / "dialogue").glob("rules*.yml"))
        super().__init__(config_file, domain_path, own)

    @cached_method  # type: ignore[untyped-decorator]
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return all examples of the FAQ and of the dialogue intents, in all languages."""
        knowledge = load(self._root)
        messages = [
            Message.build(text=example.text, intent=intent)
            for intent, example in labelled(knowledge)
        ]
        return TrainingData(messages, responses=self._placeholders(knowledge))

    @cached_method  # type: ignore[untyped-decorator]
    def get_domain(self) -> Domain:
        """Return the domain of domain.yml."""
        return super().get_domain()

    @staticmethod
    def _placeholders(knowledge: Knowledge) -> dict[str, list[dict[str, str]]]:
        return {
            f"utter_{RETRIEVAL_INTENT}/{question}": [{"text": f"({question})"}]
            for question in knowledge.questions
        }


def labelled(knowledge: Knowledge) -> Iterator[tuple[str, Example]]:
    """Yield Rasa's full intent name with each example."""
    for question in knowledge.questions.values():
        for example in question.examples:
            yield f"{RETRIEVAL_INTENT}/{question.id}", example
    for act in knowledge.acts.values():
        for example in act.examples:
            yield act.id, example

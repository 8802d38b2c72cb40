"""The FAQ as Rasa training data: data/faq and data/dialogue are the one source, nothing is written twice."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa.shared.constants import DEFAULT_CONFIG_PATH
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.importers.utils import story_graph_from_paths
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from jawab.knowledge import Example, Knowledge, load

RETRIEVAL_INTENT = "faq"

# Without placeholder responses Rasa warns about every example; with them, that nothing utters them. Nothing should.
_ABOUT_PLACEHOLDERS = (
    "You have defined training data with examples for training a response selector",
    f"The utterance 'utter_{RETRIEVAL_INTENT}' is not used in any story or rule",
)


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
        for message in _ABOUT_PLACEHOLDERS:
            warnings.filterwarnings("ignore", message=message, category=UserWarning)

    @cached_method  # type: ignore[untyped-decorator]
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return all examples of the FAQ and of the dialogue intents, in all languages."""
        knowledge = load(self._root)
        messages = [
            Message.build(text=example.text, intent=intent)
            for intent, example in labelled(knowledge)
        ]
        return TrainingData(messages, responses=self._placeholders(knowledge))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Return the rules, read with the retrieval intent that Rasa adds to the domain only afterwards.

        Named in domain.yml too, it would be a duplicate to Rasa, with a warning.
        """
        if not self._domain_path:
            return StoryGraph([])
        # Read anew: Rasa's importers change the domain they got from here.
        domain = Domain.load(self._domain_path).as_dict()
        known = Domain.from_dict({**domain, "intents": [*domain["intents"], RETRIEVAL_INTENT]})
        return story_graph_from_paths(self._story_files, known, exclusion_percentage)

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

"""The classifier over all intents as a Rasa component, and the decision that rules can fire on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse

from jawab.nlu.component import OfThisCode
from jawab.nlu.featurizers import ngrams_of, vectors_of
from jawab.nlu.importer import RETRIEVAL_INTENT
from jawab.nlu.tokenizer import analysis_of
from jawab.text.analysis import Analysis
from jawab.understanding.buttons import pressed
from jawab.understanding.classifier import ClassifierSettings, Committee
from jawab.understanding.decision import Candidate, Decision, Outcome, Thresholds, decide
from jawab.understanding.features import Features
from jawab.understanding.model import has_words, save_decision
from jawab.understanding.questions import every_question
from jawab.understanding.settings import chosen, refuse_unknown

FAQ_ID = "faq_id"
DECISION = "decision"
FALLBACK = "nlu_fallback"
_PREFIX = f"{RETRIEVAL_INTENT}/"


def catalogue_id(full_intent: str) -> str:
    """Return the catalogue's id of Rasa's full intent name: ``faq/returns_how`` → ``returns_how``."""
    return full_intent.removeprefix(_PREFIX)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CatalogueClassifier(OfThisCode, GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Ranks all intents, decides, and gives Rasa an intent its rules can fire on.

    ``intent.name`` is ``faq`` (the id is in ``faq_id``), a dialogue act, or ``nlu_fallback`` when nothing is answered at
    once; ``decision`` tells the outcome (answered, offered, not_understood) and its ids, several when several questions are
    answered. A pressed button needs no classifier: its meaning is in the
    turn's metadata.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what has to come before in the pipeline."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults; see ``ClassifierSettings`` and ``Thresholds`` in jawab.understanding."""
        settings, thresholds = ClassifierSettings(), Thresholds()
        return {
            **asdict(settings),
            **asdict(thresholds),
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: Committee,
        acts: frozenset[str],
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier
        self._thresholds = Thresholds(**chosen(Thresholds, config))
        self._acts = acts

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CatalogueClassifier:
        """Create the untrained component (Rasa's interface)."""
        refuse_unknown("CatalogueClassifier", config)
        classifier = Committee(ClassifierSettings(**chosen(ClassifierSettings, config)))
        return cls(config, model_storage, resource, classifier, frozenset())

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples' features and full intents; write the result into the model."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        full_intents = [message.get_full_intent() for message in examples]
        self._acts = frozenset(name for name in full_intents if not name.startswith(_PREFIX))
        self._classifier.fit(_rows(examples), [catalogue_id(name) for name in full_intents])
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
            save_decision(
                folder,
                vectors=self._classifier.reads_vectors,
                thresholds=self._thresholds,
                acts=self._acts,
            )
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CatalogueClassifier:
        """Read the learnt numbers from the model (Rasa's interface)."""
        import json

        with model_storage.read_from(resource) as folder:
            classifier = Committee.load(folder)
            acts = frozenset(json.loads((folder / "decision.json").read_text("utf-8"))["acts"])
        return cls(config, model_storage, resource, classifier, acts)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking, ``faq_id`` and decision of each message."""
        for message in messages:
            self._understand(message)
        return messages

    def _understand(self, message: Message) -> None:
        button = (message.get("metadata") or {}).get("button")
        if button:
            known = self._acts | frozenset(self._classifier.labels)
            decision = pressed(button, known=known)
            ranking = tuple(Candidate(intent, 1.0) for intent in decision.intents)
        elif has_words(analysis_of(message)):
            (ranking,) = self._ranked(message, [analysis_of(message)])
            decision = decide(ranking, acts=self._acts, thresholds=self._thresholds)
            ranking, decision = every_question(
                analysis_of(message),
                ranking,
                decision,
                rank=lambda parts: self._ranked(message, parts),
                acts=self._acts,
            )
        else:
            ranking, decision = (), Decision(Outcome.NOT_UNDERSTOOD, ())
        confidence = ranking[0].confidence if ranking else 0.0
        intent = {"name": self._rasa_intent(decision), "confidence": confidence}
        message.set(INTENT, intent, add_to_output=True)
        message.set(
            INTENT_RANKING_KEY,
            [{"name": c.intent, "confidence": c.confidence} for c in ranking],
            add_to_output=True,
        )
        outcome = {"outcome": decision.outcome.value, "intents": list(decision.intents)}
        message.set(DECISION, outcome, add_to_output=True)
        if intent["name"] == RETRIEVAL_INTENT:
            message.set(FAQ_ID, decision.intents[0], add_to_output=True)

    def _ranked(self, message: Message, parts: Sequence[Analysis]) -> list[tuple[Candidate, ...]]:
        return self._classifier.rank(ngrams_of(message, parts), vectors_of(message, parts))

    def _rasa_intent(self, decision: Decision) -> str:
        if decision.outcome is not Outcome.ANSWERED:
            return FALLBACK
        intent = decision.intents[0]
        return intent if intent in self._acts else RETRIEVAL_INTENT


def _rows(messages: list[Message]) -> Features:
    ngrams = [message.get_sparse_features(TEXT)[1].features for message in messages]
    vectors = [message.get_dense_features(TEXT)[1] for message in messages]
    return Features.of(
        sparse.vstack(ngrams, format="csr") if len(ngrams) > 1 else ngrams[0],
        np.vstack([vector.features for vector in vectors]) if all(vectors) else None,
    )

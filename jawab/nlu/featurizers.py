"""Sparse and dense sentence features as Rasa components."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse

from jawab.nlu.component import OfThisCode
from jawab.nlu.tokenizer import analysis_of
from jawab.text.analysis import Analysis, analyze
from jawab.text.language import Lang
from jawab.understanding.features import Floats, Indices
from jawab.understanding.ngrams import NgramVectorizer
from jawab.understanding.sentence_vectors import sentence_vectors
from jawab.understanding.settings import ngram_settings, refuse_unknown

NGRAMS_OF = "jawab_ngrams_of"
VECTORS_OF = "jawab_vectors_of"


def ngrams_of(message: Message, parts: Sequence[Analysis]) -> sparse.csr_matrix:
    """Return the n-grams of parts of a message, made by the featuriser that the message came through."""
    if len(parts) == 1 and parts[0] is analysis_of(message):
        return message.get_sparse_features(TEXT)[1].features
    return message.get(NGRAMS_OF)(parts)


def vectors_of(message: Message, parts: Sequence[Analysis]) -> Callable[[Indices], Floats] | None:
    """Return what makes the vectors of some of the parts of a message; None without a featuriser for it."""
    make = message.get(VECTORS_OF)
    if make is None:
        return None
    return lambda rows: make([parts[row] for row in rows])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(OfThisCode, SparseFeaturizer, GraphComponent):  # type: ignore[misc]
    """TF-IDF of word and character n-grams of the folded text, one sparse row a message."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what has to come before in the pipeline."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults; see :class:`jawab.understanding.ngrams.NgramSettings`."""
        return {
            **SparseFeaturizer.get_default_config(),
            "char_ngrams": [2, 4],
            "word_ngrams": [1, 2],
            "most": 50_000,
        }

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        vectorizer: NgramVectorizer,
    ) -> None:
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._vectorizer = vectorizer

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeaturizer:
        """Create the untrained component (Rasa's interface)."""
        vectorizer = NgramVectorizer(ngram_settings(config))
        return cls(config, execution_context.node_name, model_storage, resource, vectorizer)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the vocabulary and write it into the model."""
        self._vectorizer.fit([analysis_of(m) for m in training_data.intent_examples])
        with self._model_storage.write_to(self._resource) as folder:
            self._vectorizer.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramFeaturizer:
        """Read the vocabulary from the model (Rasa's interface)."""
        with model_storage.read_from(resource) as folder:
            vectorizer = NgramVectorizer.load(folder)
        return cls(config, execution_context.node_name, model_storage, resource, vectorizer)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to the examples."""
        self._add_features(training_data.intent_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add one row of features to each message, and the way to those of its parts."""
        for message in messages:
            message.set(NGRAMS_OF, self._vectorizer.transform)
        return self._add_features(messages)

    def _add_features(self, messages: list[Message]) -> list[Message]:
        rows = self._vectorizer.transform([analysis_of(message) for message in messages])
        for index, message in enumerate(messages):
            self.add_features_to_message(None, rows[index], TEXT, message)
        return messages

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Fail early on lengths that are no range and on settings there are not."""
        refuse_unknown("NgramFeaturizer", config)
        ngram_settings(config)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectorFeaturizer(OfThisCode, DenseFeaturizer, GraphComponent):  # type: ignore[misc]
    """The vector of a multilingual sentence encoder, one dense row a message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults.

        ``cache`` is a file that keeps the examples' vectors from one training to the next. With ``when_asked`` a message
        gets its vector only when CatalogueClassifier asks for it; classifiers of Rasa's own need it at once.
        """
        return {**DenseFeaturizer.get_default_config(), "cache": None, "when_asked": False}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectorFeaturizer:
        """Create the component (Rasa's interface)."""
        # The weights are read before the first shopper waits.
        sentence_vectors([analyze("سلام", prior=Lang.FA)])
        return cls(execution_context.node_name, config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to the examples."""
        cache = self._config["cache"]
        examples = training_data.intent_examples
        vectors = sentence_vectors(
            [analysis_of(message) for message in examples], cache=Path(cache) if cache else None
        )
        for index, message in enumerate(examples):
            self.add_features_to_message(None, vectors[index : index + 1], TEXT, message)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add one vector to each message, if it does not wait to be asked, and the way to those of its parts."""
        for message in messages:
            message.set(VECTORS_OF, sentence_vectors)
            if not self._config["when_asked"]:
                vector = sentence_vectors([analysis_of(message)])
                self.add_features_to_message(None, vector, TEXT, message)
        return messages

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Fail early on settings there are not."""
        refuse_unknown("SentenceVectorFeaturizer", config)

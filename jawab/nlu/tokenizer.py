"""The tokeniser of the pipeline: language, folding and tokens in one reading of the message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from jawab.nlu import rasa_speedups
from jawab.nlu.component import OfThisCode
from jawab.text.analysis import Analysis, analyze
from jawab.text.ellipsis import sides
from jawab.text.language import Lang

ANALYSIS = "jawab_analysis"
LANGUAGE = "lang"
SIDES = "sides"
_WARM_UP = (
    "سلام، سفارشم کجاست؟",
    "مرحبا، أين طلبي؟",
    "hello, where is my order?",
    "salam sefaresham kojast",
    "wein talabi",
)


def prior_of(message: Message) -> Lang:
    """Return the language the conversation has so far, from the turn's metadata; Persian when unknown."""
    metadata = message.get("metadata") or {}
    try:
        return Lang(metadata.get("lang"))
    except ValueError:
        return Lang.FA


def analysis_of(message: Message) -> Analysis:
    """Return the message's analysis, made once and kept on the message."""
    analysis = message.get(ANALYSIS)
    if analysis is None:
        analysis = analyze(message.get(TEXT) or "", prior=prior_of(message))
        message.set(ANALYSIS, analysis)
    return analysis  # type: ignore[no-any-return]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class JawabTokenizer(OfThisCode, Tokenizer):  # type: ignore[misc]
    """Tokens of hazm (Persian) and spaCy (Arabic, English) with true offsets; the folded form is the lemma."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> JawabTokenizer:
        """Create the component (Rasa's interface)."""
        rasa_speedups.apply()
        for greeting in _WARM_UP:
            # Tables and tokenisers are read here, so that a wrong file stops the start and no shopper waits for them.
            _ = analyze(greeting, prior=Lang.FA).tokens
        return cls(config)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings every Rasa tokeniser has."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the tokens of the message's text; other attributes are split at blanks."""
        if attribute != TEXT:
            text = message.get(attribute)
            return list(self._convert_words_to_tokens(text.split(), text))
        analysis = analysis_of(message)
        message.set(LANGUAGE, analysis.lang.value, add_to_output=True)
        asked = sides(analysis)
        message.set(SIDES, None if asked is None else sorted(asked), add_to_output=True)
        return [Token(t.text, t.start, t.end, lemma=t.lemma) for t in analysis.tokens]

"""The pipeline's components under Rasa's own interfaces, on a small project."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from jawab.nlu.classifier import CatalogueClassifier
from jawab.nlu.entities import MatcherEntityExtractor
from jawab.nlu.featurizers import NgramFeaturizer, SentenceVectorFeaturizer
from jawab.nlu.tokenizer import JawabTokenizer
from jawab.text.language import Lang
from jawab.understanding.model import Understander
from jawab.understanding.settings import PipelineError

EXAMPLES = {
    "faq/returns_how": [
        "چطور کالا را پس بدهم",
        "كيف أرجع المنتج",
        "how do I return an item",
        "مرجوعی چجوریه",
    ],
    "faq/order_track": ["سفارشم کجاست", "وين طلبي", "where is my order", "پیگیری سفارش"],
    "greet": ["سلام", "مرحبا", "hello", "سلام خوبی"],
}


class Pipeline:
    """The components in the order of config.yml, created, trained and loaded as Rasa does."""

    def __init__(self, folder):
        self.storage = LocalModelStorage.create(folder)
        self.components = [
            self.make(kind, f"node{i}", "create")
            for i, kind in enumerate(
                [
                    JawabTokenizer,
                    MatcherEntityExtractor,
                    NgramFeaturizer,
                    SentenceVectorFeaturizer,
                    CatalogueClassifier,
                ]
            )
        ]

    def make(self, kind, name, how):
        context = ExecutionContext(GraphSchema({}), model_id="m", node_name=name)
        default = getattr(kind, "get_default_config", dict)()
        return getattr(kind, how)(default, self.storage, Resource(name), context)

    def train(self, data):
        for component in self.components:
            if hasattr(component, "train"):
                component.train(data)
            if hasattr(component, "process_training_data") and not isinstance(
                component, CatalogueClassifier
            ):
                component.process_training_data(data)

    def load(self):
        self.components = [
            self.make(type(c), f"node{i}", "load") for i, c in enumerate(self.components)
        ]

    def parse(self, text, **metadata):
        message = Message(data={TEXT: text, "metadata": metadata})
        for component in self.components:
            component.process([message])
        return message


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    made = Pipeline(tmp_path_factory.mktemp("model"))
    data = TrainingData(
        [Message.build(text=t, intent=i) for i, texts in EXAMPLES.items() for t in texts]
    )
    made.train(data)
    made.load()
    return made


@pytest.mark.parametrize(
    ("text", "faq_id"),
    [
        pytest.param("چطور کالا را پس بدهم؟", "returns_how", id="fa"),
        pytest.param("كيف أرجع المنتج؟", "returns_how", id="ar"),
        pytest.param("where is my order", "order_track", id="en"),
    ],
)
def test_a_question_is_the_retrieval_intent_and_its_id_travels_beside(pipeline, text, faq_id):
    message = pipeline.parse(text, lang="fa")
    assert message.get("intent_ranking")[0]["name"] == faq_id
    decision = message.get("decision")
    if decision["outcome"] == "answered":
        assert message.get("intent")["name"] == "faq"
        assert message.get("faq_id") == faq_id


def test_tokens_keep_their_offsets_and_carry_the_folded_form(pipeline):
    text = "سفارشِ من می‌رسه كجاست؟"
    tokens = pipeline.parse(text, lang="fa").get("text_tokens")
    assert tokens
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert any(t.lemma != t.text for t in tokens)


def test_entities_are_found_in_the_raw_text(pipeline):
    text = "سفارش ۱۲۳۴۵۶۷۸ کجاست؟ ali@example.com"
    entities = {e["entity"]: e for e in pipeline.parse(text, lang="fa").get("entities")}
    assert entities["order_number"]["value"] == "12345678"
    span = entities["order_number"]
    assert text[span["start"] : span["end"]] == "۱۲۳۴۵۶۷۸"
    assert entities["email"]["value"] == "ali@example.com"


def test_a_pressed_button_needs_no_classifier(pipeline):
    message = pipeline.parse("یک عنوان بی‌ربط", lang="fa", button={"intent": "order_track"})
    assert message.get("intent")["name"] == "faq"
    assert message.get("faq_id") == "order_track"
    assert message.get("intent")["confidence"] == 1.0


def test_a_button_that_no_longer_exists_falls_back(pipeline):
    message = pipeline.parse("x", lang="fa", button={"intent": "gone"})
    assert message.get("intent")["name"] == "nlu_fallback"


@pytest.mark.parametrize("text", ["", "   ", "؟؟؟!!!", "\u200c\u200c"])
def test_a_message_without_words_is_not_understood(pipeline, text):
    assert pipeline.parse(text, lang="fa").get("decision")["outcome"] == "not_understood"


def test_the_language_is_in_the_output(pipeline):
    message = pipeline.parse("كيف أرجع المنتج؟", lang="fa")
    assert message.as_dict(only_output_properties=True)["lang"] == "ar"


ASKED = [
    pytest.param("چطور کالا را پس بدهم؟", "fa", id="fa"),
    pytest.param("وين طلبي يا جماعة", "ar", id="ar"),
    pytest.param("Where IS my order??", "en", id="en"),
    pytest.param("sefaresham kojast", "fa", id="finglish"),
    pytest.param("wein talabi", "ar", id="arabizi"),
    pytest.param("چیزی که هیچ‌کس نپرسیده", "fa", id="unheard of"),
    pytest.param("؟؟", "ar", id="no words"),
]


@pytest.fixture(scope="module")
def understander(pipeline):
    """What the command line reads out of Rasa's model."""
    with (
        pipeline.storage.read_from(Resource("node2")) as ngrams,
        pipeline.storage.read_from(Resource("node4")) as classifier,
    ):
        return Understander.load(ngrams=ngrams, classifier=classifier)


@pytest.mark.parametrize(("text", "lang"), ASKED)
def test_the_command_line_understands_as_rasa_does(pipeline, understander, text, lang):
    message = pipeline.parse(text, lang=lang)
    understood = understander.understand(text, prior=Lang(lang))
    ranking = message.get("intent_ranking")
    assert [c["name"] for c in ranking] == [c.intent for c in understood.ranking]
    assert [c["confidence"] for c in ranking] == pytest.approx(
        [c.confidence for c in understood.ranking], abs=1e-4
    )
    assert message.get("decision") == {
        "outcome": understood.decision.outcome.value,
        "intents": list(understood.decision.intents),
    }
    assert message.get("lang") == understood.analysis.lang.value


def test_the_acts_and_the_encoder_travel_with_the_model(understander):
    assert understander.acts == {"greet"}
    assert understander.vectors


@pytest.mark.parametrize(
    "kind",
    [NgramFeaturizer, SentenceVectorFeaturizer, CatalogueClassifier],
    ids=lambda k: k.__name__,
)
def test_a_misspelt_setting_stops_the_training(kind, tmp_path):
    context = ExecutionContext(GraphSchema({}), model_id="m", node_name="node")
    config = {**kind.get_default_config(), "wieght": 2.0}
    storage = LocalModelStorage.create(tmp_path)
    with pytest.raises(PipelineError, match="has no setting 'wieght'"):
        kind.create(config, storage, Resource("node"), context)


@pytest.mark.parametrize(
    ("metadata", "lang"),
    [
        pytest.param({"lang": "ar"}, "ar", id="the conversation's"),
        pytest.param({"lang": "xx"}, "fa", id="an unknown one"),
        pytest.param({"lang": None}, "fa", id="null"),
        pytest.param({}, "fa", id="none"),
    ],
)
def test_a_text_without_letters_keeps_the_conversations_language(pipeline, metadata, lang):
    assert pipeline.parse("12345678", **metadata).get("lang") == lang


@pytest.mark.parametrize(
    ("button", "intent", "faq_id"),
    [
        pytest.param({"intent": "greet"}, "greet", None, id="an act"),
        pytest.param({"intent": "none_of_these"}, "nlu_fallback", None, id="none of these"),
        pytest.param({"intent": "returns_how"}, "faq", "returns_how", id="a question"),
    ],
)
def test_a_button_is_an_intent_that_rules_can_fire_on(pipeline, button, intent, faq_id):
    message = pipeline.parse("…", lang="fa", button=button)
    assert message.get("intent")["name"] == intent
    assert message.get("faq_id") == faq_id


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=60), lang=st.sampled_from(["fa", "ar", "en", "xx"]))
def test_any_text_passes_through_the_pipeline(pipeline, text, lang):
    message = pipeline.parse(text, lang=lang)
    assert message.get("intent")["name"] in {"faq", "greet", "nlu_fallback"}
    assert all(text[t.start : t.end] == t.text for t in message.get("text_tokens") or ())

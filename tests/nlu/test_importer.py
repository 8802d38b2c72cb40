"""The training data that Rasa sees is the FAQ's, whole."""

import warnings

import pytest
from rasa.shared.importers.importer import TrainingDataImporter

from jawab.knowledge import load


@pytest.fixture(scope="module")
def imported(root):
    # Rasa drops an importer that cannot be imported with only a log line: go through its own loading.
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        importer = TrainingDataImporter.load_from_config(
            str(root / "config.yml"), str(root / "domain.yml"), [str(root / "data")]
        )
        data, domain, stories = (
            importer.get_nlu_data(),
            importer.get_domain(),
            importer.get_stories(),
        )
    return data, domain, stories, caught


@pytest.fixture(scope="module")
def knowledge(root):
    return load(root)


def test_every_question_and_act_is_an_intent(imported, knowledge):
    data, *_ = imported
    expected = {f"faq/{q}" for q in knowledge.questions} | set(knowledge.acts)
    assert {m.get_full_intent() for m in data.intent_examples} == expected


def test_no_example_is_lost(imported, knowledge):
    data, *_ = imported
    written = [e.text for q in knowledge.questions.values() for e in q.examples]
    written += [e.text for a in knowledge.acts.values() for e in a.examples]
    assert {m.get("text") for m in data.intent_examples} == set(written)


def test_every_question_has_a_response_so_that_rasa_does_not_warn(imported, knowledge):
    data, *_ = imported
    assert {f"utter_faq/{q}" for q in knowledge.questions} <= set(data.responses)


def test_the_domain_names_every_act_the_rules_and_the_data_speak_of(imported, knowledge):
    _, domain, *_ = imported
    assert set(knowledge.acts) | {"faq", "nlu_fallback"} <= set(domain.intents)


def test_every_intent_has_a_rule(imported):
    _, domain, stories, _ = imported
    ruled = {
        event.intent_name
        for step in stories.story_steps
        for event in step.events
        if getattr(event, "intent_name", None)
    }
    own = {i for i in domain.intents if i not in ("restart", "back", "session_start")}
    assert own == ruled


def test_nothing_of_ours_warns(imported):
    *_, caught = imported
    messages = [str(w.message) for w in caught if issubclass(w.category, UserWarning)]
    # Rasa says this to every project that has a slot.
    assert [m for m in messages if not m.startswith("Slot auto-fill has been removed")] == []

"""What an agent may answer at once: answers of the FAQ, ready ones."""

import pytest

from jawab.text.language import Lang

from .colleague import Clock, call_a_person, called, hired


@pytest.fixture
def desk(start_desk):
    return start_desk(clock=Clock())


@pytest.fixture(autouse=True)
def _calls(rasa):
    call_a_person(rasa)


@pytest.fixture
def sara(desk):
    return hired(desk)


def test_the_bots_candidates_are_suggested_with_the_shops_facts(desk, rasa, sara):
    chat = called(desk, "souq", "ar")
    found = sara.get(f"/conversations/{chat.id}/suggestions?lang=en")
    (only,) = found["suggestions"]
    assert (only["intent"], only["confidence"]) == ("returns_how", 0.93)
    assert only["title"] == desk.services.knowledge.questions["returns_how"].title[Lang.EN]
    shown = desk.services.knowledge.answer(
        "returns_how", shop="souq", lang=Lang.AR, now=desk.services.clock()
    )
    assert only["text"] == shown.strip()
    assert rasa.parsed == []


def test_what_is_said_to_a_person_is_put_to_the_assistant_once_more(desk, rasa, sara):
    chat = called(desk)
    sara.claim(chat)
    chat.send("/how do I get my money back")
    found = sara.get(f"/conversations/{chat.id}/suggestions")
    assert [one["intent"] for one in found["suggestions"]] == ["returns_how", "refund_how"]
    assert rasa.parsed == ["⁄how do I get my money back"]
    assert found["message_id"] == chat.messages()[-1]["id"]


def test_without_the_assistant_there_are_no_suggestions(desk, rasa, sara):
    chat = called(desk)
    sara.claim(chat)
    chat.send("how do I get my money back")
    rasa.model = None
    assert sara.get(f"/conversations/{chat.id}/suggestions")["suggestions"] == []


def test_a_conversation_without_words_has_no_suggestions(desk, sara):
    chat = desk.begin("souq")
    empty = {"message_id": None, "suggestions": []}
    assert sara.get(f"/conversations/{chat.id}/suggestions") == empty


def test_ready_answers_speak_the_shoppers_language_under_the_agents_titles(desk, sara):
    chat = called(desk, "souq", "ar")
    found = {one["id"]: one for one in sara.get(f"/conversations/{chat.id}/canned?lang=en")}
    assert found["hello"]["title"] == "Greeting"
    assert found["hello"]["text"].startswith("أهلًا بكم، معكم سارا من خدمة عملاء سوق دوت كوم")


def test_another_shops_agent_sees_neither(desk):
    chat = called(desk, "souq")
    other = hired(desk, "dk", "D", shops=("digikala",))
    for what in ("suggestions", "canned"):
        code = other.refused("GET", f"/conversations/{chat.id}/{what}")
        assert code == (404, "not_found")

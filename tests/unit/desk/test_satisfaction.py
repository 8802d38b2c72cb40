"""What the help was worth: asked once after an agent closed, answered by buttons, words and the API."""

from datetime import timedelta

import pytest

from jawab.support.deliveries.store import DeliveryStore
from jawab.support.handovers.satisfaction_store import SatisfactionStore

from .colleague import Clock, call_a_person, hired

HELP = "a person please"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(start_desk, clock):
    return start_desk(clock=clock, watch_interval=3600)


@pytest.fixture(autouse=True)
def _calls(rasa):
    call_a_person(rasa)


@pytest.fixture
def sara(desk):
    return hired(desk)


def helped(sara, chat, ending="close"):
    """The shopper calls a person; an agent comes, and ends it."""
    chat.ask(HELP)
    sara.claim(chat)
    sara.post(f"/conversations/{chat.id}/{ending}")


def asked(chat):
    """The messages that asked."""
    return [m for m in chat.messages() if (m.get("form") or {}).get("field") == "stars"]


def kept(desk, chat):
    return SatisfactionStore(desk.services.database).of(chat.id)


def press(chat, message, place):
    return chat.ask(button=message["buttons"][place]["id"])


@pytest.mark.parametrize(
    ("lang", "best"), [("fa", "۵ – خیلی راضی"), ("ar", "5 – راضٍ جدًا"), ("en", "5 – very satisfied")]
)
def test_it_is_asked_in_the_conversations_language_when_an_agent_closes(desk, sara, lang, best):
    chat = desk.begin("souq", lang=lang)
    helped(sara, chat)
    (question,) = asked(chat)
    assert question == chat.messages()[-1]
    assert [len(question["buttons"]), question["buttons"][4]["title"]] == [5, best]
    assert question["form"]["id"] == "satisfaction"


def test_it_is_never_asked_when_it_only_went_back_to_the_bot(desk, sara):
    chat = desk.begin("souq", lang="en")
    helped(sara, chat, "return")
    assert asked(chat) == []


def test_it_is_asked_once_in_a_conversation(desk, sara):
    chat = desk.begin("souq", lang="en")
    for _ in range(2):
        helped(sara, chat)
    assert len(asked(chat)) == 1


def test_a_button_rates_and_invites_a_word_and_the_bot_hears_nothing_of_it(desk, sara, rasa):
    chat = desk.begin("souq", lang="en")
    helped(sara, chat)
    before = len(rasa.asked)
    (thanks,) = press(chat, asked(chat)[0], 4)
    assert "Thank you" in thanks["text"]
    (go_ahead,) = press(chat, thanks, 0)
    assert go_ahead["form"] == {
        "id": "satisfaction",
        "field": "word",
        "input": "text",
        "step": 2,
        "steps": 2,
    }
    (done,) = chat.ask("Sara was wonderful")
    assert "read what you wrote" in done["text"]
    found = kept(desk, chat)
    assert (found.stars, found.word, found.agent_id) == (5, "Sara was wonderful", sara.id)
    assert len(rasa.asked) == before
    (reply,) = chat.ask("where is my order")
    assert reply["text"] == "پاسخ: where is my order"


def test_who_is_dissatisfied_gets_a_way_on(desk, sara):
    chat = desk.begin("souq", lang="en")
    helped(sara, chat)
    (sorry,) = press(chat, asked(chat)[0], 0)
    assert "sorry" in sorry["text"]
    assert [b["title"] for b in sorry["buttons"]] == ["Add a few words", "Open a ticket"]
    assert kept(desk, chat).stars == 1


def test_without_the_invitation_the_next_message_is_a_question(desk, sara):
    chat = desk.begin("souq", lang="en")
    helped(sara, chat)
    press(chat, asked(chat)[0], 4)
    (reply,) = chat.ask("where is my order")
    assert reply["text"] == "پاسخ: where is my order"
    assert kept(desk, chat).word is None


@pytest.mark.parametrize("later", [timedelta(minutes=31), timedelta(days=3)])
def test_long_after_the_invitation_it_is_a_question_too(desk, sara, clock, later):
    chat = desk.begin("souq", lang="en")
    helped(sara, chat)
    (thanks,) = press(chat, asked(chat)[0], 3)
    press(chat, thanks, 0)
    clock.now += later
    assert chat.ask("hello again")[0]["text"] == "پاسخ: hello again"
    assert kept(desk, chat).word is None


def test_who_presses_something_else_writes_no_word(desk, sara):
    chat = desk.begin("souq", lang="en")
    helped(sara, chat)
    (thanks,) = press(chat, asked(chat)[0], 3)
    press(chat, thanks, 0)
    press(chat, chat.messages()[0], 0)
    assert chat.ask("and where is it?")[0]["text"] == "پاسخ: and where is it?"


def test_stars_pressed_while_a_person_is_called_again_are_kept(desk, sara):
    chat = desk.begin("souq", lang="en")
    helped(sara, chat)
    (question,) = asked(chat)
    chat.ask("a person again")
    assert chat.send(button=question["buttons"][2]["id"]).status_code == 202
    assert kept(desk, chat).stars == 3


def rate(chat, **body):
    return chat.desk.http.post(f"{chat.path}/satisfaction", json=body, headers=chat.headers)


def test_a_widget_rates_by_the_api_and_the_last_answer_counts(desk, sara):
    chat = desk.begin("souq", lang="en")
    response = rate(chat, stars=5)
    assert (response.status_code, response.json()["error"]["code"]) == (409, "not_asked")
    helped(sara, chat)
    assert rate(chat, stars=2, word="بطيء").status_code == 204
    assert rate(chat, stars=4).status_code == 204
    assert (kept(desk, chat).stars, kept(desk, chat).word) == (4, "بطيء")


@pytest.mark.parametrize("body", [{}, {"stars": 0}, {"stars": 6}, {"stars": 5, "word": "x" * 1001}])
def test_a_rating_that_is_none_is_refused(desk, sara, body):
    chat = desk.begin("souq", lang="en")
    helped(sara, chat)
    assert rate(chat, **body).json()["error"]["code"] == "invalid_request"
    assert kept(desk, chat).stars is None


def test_another_conversations_token_rates_nothing(desk, sara):
    chat = desk.begin("souq", lang="en")
    helped(sara, chat)
    chat.headers = desk.begin().headers
    assert rate(chat, stars=1).status_code == 403


def test_the_course_of_it_is_told_outside(desk, sara):
    chat = desk.begin("souq", lang="en")
    helped(sara, chat)
    press(chat, asked(chat)[0], 4)
    told = [
        (d.parcel.event.partition(".")[2], d.parcel.data["conversation"])
        for d in DeliveryStore(desk.services.database).of(chat.id)
    ]
    assert [event for event, _ in told] == ["opened", "called", "claimed", "returned", "rated"]
    assert told[1][1]["reason"] == "asked"
    assert told[2][1]["agent"] == sara.id
    assert told[3][1]["ending"] == "closed"
    assert (told[4][1]["stars"], told[4][1]["agent"]) == (5, sara.id)


FORM = {
    "client_id": "form-1",
    "topic": "delivery",
    "name": "Nora",
    "phone": "0501234567",
    "message": "It has not arrived",
}


def test_it_is_asked_when_the_conversations_ticket_is_solved(desk, sara):
    chat = desk.begin("souq", lang="en")
    reference = chat.open_ticket(**FORM).json()["reference"]
    sara.post(f"/tickets/{reference}/state", state="open")
    assert asked(chat) == []
    sara.post(f"/tickets/{reference}/state", state="solved")
    assert len(asked(chat)) == 1
    assert (kept(desk, chat).reference, kept(desk, chat).agent_id) == (reference, sara.id)
    sara.post(f"/tickets/{reference}/state", state="open")
    sara.post(f"/tickets/{reference}/state", state="solved")
    helped(sara, chat)
    assert len(asked(chat)) == 1


def test_a_ticket_solved_in_the_middle_of_a_talk_waits_for_its_end(desk, sara):
    chat = desk.begin("souq", lang="en")
    chat.ask(HELP)
    sara.claim(chat)
    reference = sara.post(f"/conversations/{chat.id}/tickets", **FORM)["reference"]
    sara.post(f"/tickets/{reference}/state", state="solved")
    assert asked(chat) == []
    sara.post(f"/conversations/{chat.id}/close")
    assert len(asked(chat)) == 1

"""A shopper's conversation, over HTTP, with a Rasa that answers."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from .running import eventually


def test_a_conversation_begins_with_the_shops_three_questions(desk):
    opened = desk.begin("digikala").opened
    (greeting,) = opened["greeting"]
    assert greeting["author"] == "bot"
    assert "دیجی" in greeting["text"]
    assert len(greeting["buttons"]) == 3
    assert set(greeting) == {"id", "author", "name", "text", "buttons", "attachments", "at"}
    assert set(greeting["buttons"][0]) == {"id", "title"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", greeting["at"])


@pytest.mark.parametrize(
    ("shop", "lang", "expected"),
    [("souq", None, "ar"), ("digikala", None, "fa"), ("souq", "en", "en")],
)
def test_the_bot_greets_in_the_pages_language_else_the_shops(desk, knowledge, shop, lang, expected):
    opened = desk.begin(shop, **({"lang": lang} if lang else {})).opened
    asked = knowledge.shops[shop].top_questions[0]
    assert (
        opened["greeting"][0]["buttons"][0]["title"] == knowledge.questions[asked].title[expected]
    )


def test_a_message_is_answered_and_both_are_in_the_transcript(desk):
    chat = desk.begin()
    (reply,) = chat.ask("چطور پس بدهم؟")
    assert reply["text"] == "پاسخ: چطور پس بدهم؟"
    assert [m["author"] for m in chat.messages()] == ["bot", "shopper", "bot"]


def test_without_wait_the_message_is_accepted_at_once_and_answered_later(desk, rasa):
    gate = threading.Event()
    rasa.then(gate)
    chat = desk.begin()
    response = chat.send("کجاست؟")
    assert response.status_code == 202
    assert set(response.json()) == {"id"}
    assert chat.said("shopper") == ["کجاست؟"]
    gate.set()
    eventually(lambda: "پاسخ: کجاست؟" in chat.said("bot"))


def test_wait_is_bounded_and_then_only_accepts(start_desk, rasa):
    gate = threading.Event()
    rasa.then(gate)
    chat = start_desk(wait_limit=0.1).begin()
    assert chat.send("سلام", wait=True).status_code == 202
    gate.set()


def test_rasa_learns_shop_language_ids_and_who_is_there_and_nothing_else(desk, rasa):
    chat = desk.begin("souq")
    message_id = chat.send("متى تفتحون؟", wait=True).json()["id"]
    assert rasa.asked == [
        {
            "sender": chat.id,
            "message": "متى تفتحون؟",
            "metadata": {
                "message_id": message_id,
                "shop": "souq",
                "lang": "ar",
                "agents": {"present": 0, "waiting": 0},
                "known": {},
                "tickets": [],
                "attachments": [],
            },
        }
    ]


def test_a_pressed_button_goes_as_its_title_with_its_meaning_beside_it(desk, rasa):
    chat = desk.begin("digikala")
    button = chat.opened["greeting"][0]["buttons"][1]
    chat.ask(button=button["id"])
    assert rasa.asked[0]["message"] == button["title"]
    assert rasa.asked[0]["metadata"]["button"] == {"intent": "returns_how"}
    assert chat.said("shopper") == [button["title"]]


def test_a_buttons_meaning_never_leaves_the_desk_but_comes_back_with_the_press(desk, rasa):
    offered = {"title": "هزینه", "payload": "/x", "intent": "returns_cost", "topic": "returns"}
    rasa.reply = lambda q: [{"text": "کدام؟", "buttons": [offered]}, {"custom": rasa.custom(q)}]
    chat = desk.begin()
    (reply,) = chat.ask("مرجوعی")
    assert reply["buttons"] == [{"id": reply["buttons"][0]["id"], "title": "هزینه"}]
    chat.ask(button=reply["buttons"][0]["id"])
    assert rasa.asked[1]["metadata"]["button"] == {"intent": "returns_cost", "topic": "returns"}


def test_what_a_form_asks_for_goes_with_the_message(desk, rasa):
    form = {"id": "ticket", "field": "phone", "input": "tel", "step": 3, "steps": 7}
    rasa.reply = lambda q: [{"text": "شماره؟"}, {"custom": rasa.custom(q, form=form)}]
    chat = desk.begin()
    (reply,) = chat.ask("تیکت")
    assert reply["form"] == form
    assert chat.messages()[-1]["form"] == form


@pytest.mark.parametrize("button", ["x", "1", "99999-0", "1-9", "1-0-0", "۱-۰", "-1-0"])
def test_an_unknown_button_is_refused_clearly(desk, button):
    response = desk.begin().send(button=button)
    assert response.status_code == 422
    assert response.json()["error"]["code"] == "unknown_button"


def test_another_conversations_button_is_unknown_here(desk):
    theirs = desk.begin().opened["greeting"][0]["buttons"][0]["id"]
    assert desk.begin().send(button=theirs).json()["error"]["code"] == "unknown_button"


def test_the_same_client_id_gives_the_same_answer_and_doubles_nothing(desk, rasa):
    chat = desk.begin()
    first = chat.send("سلام", client_id="once", wait=True).json()
    again = chat.send("سلام", client_id="once", wait=True).json()
    assert first == again
    assert chat.said("shopper") == ["سلام"]
    assert rasa.texts == ["سلام"]


def test_duplicates_at_the_same_moment_are_one_message(desk, rasa):
    chat = desk.begin()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: chat.send("سلام", client_id="once", wait=True), range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert rasa.texts == ["سلام"]


def test_the_same_client_id_with_other_words_is_refused_and_changes_nothing(desk):
    chat = desk.begin()
    chat.ask("سلام", client_id="once")
    response = chat.send("خداحافظ", client_id="once")
    assert response.status_code == 409
    assert response.json()["error"]["code"] == "client_id_reused"
    assert chat.said("shopper") == ["سلام"]


def test_rapid_messages_are_asked_and_answered_in_order(desk, rasa):
    chat = desk.begin()
    sent = [f"پیام {n}" for n in range(12)]
    for text in sent:
        assert chat.send(text).status_code == 202
    eventually(lambda: len(chat.said("bot")) == 13)
    assert rasa.texts == sent
    assert chat.said("bot")[1:] == [f"پاسخ: {text}" for text in sent]
    assert rasa.most_at_once == 1


def test_conversations_do_not_wait_for_each_other(desk, rasa):
    gate = threading.Event()
    rasa.then(gate)
    slow = desk.begin()
    slow.send("یک")
    eventually(lambda: rasa.texts == ["یک"])
    assert desk.begin().ask("دو")[0]["text"] == "پاسخ: دو"
    gate.set()


def test_the_conversation_goes_on_in_the_language_last_spoken(desk, rasa):
    rasa.reply = lambda q: [{"text": "أهلا"}, {"custom": rasa.custom(q, lang="ar")}]
    chat = desk.begin("digikala")
    chat.ask("مرحبا")
    assert desk.store.conversation(chat.id).lang == "ar"
    chat.ask("ok")
    assert rasa.asked[1]["metadata"]["lang"] == "ar"
    assert chat.send("").json()["error"]["message"] == "رسالتكم فارغة. اكتبوا سؤالكم من فضلكم."


def test_the_turn_keeps_what_the_bot_reports_unknown_keys_too(desk, rasa):
    rasa.reply = lambda q: [{"text": "بله"}, {"custom": rasa.custom(q, ticket="K7-22")}]
    chat = desk.begin()
    message_id = int(chat.send("سلام", wait=True).json()["id"])
    result = desk.store.turn(message_id).result
    assert (result["intent"], result["outcome"], result["ticket"]) == (
        "returns_how",
        "answered",
        "K7-22",
    )


def test_the_transcript_is_read_from_a_cursor_on(desk):
    chat = desk.begin()
    chat.ask("یک")
    second = chat.messages()[1]["id"]
    assert [m["text"] for m in chat.messages(after=second)] == ["پاسخ: یک"]
    assert chat.messages(after="999999999") == []


def test_a_long_transcript_comes_in_pages(desk, monkeypatch):
    monkeypatch.setattr("jawab.desk.api.PAGE", 2)
    chat = desk.begin()
    chat.ask("یک")
    first = desk.http.get(f"{chat.path}/messages", headers=chat.headers).json()
    assert (len(first["messages"]), first["more"]) == (2, True)
    rest = desk.http.get(
        f"{chat.path}/messages?after={first['messages'][-1]['id']}", headers=chat.headers
    ).json()
    assert (len(rest["messages"]), rest["more"]) == (1, False)

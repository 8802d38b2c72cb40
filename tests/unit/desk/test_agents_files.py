"""Files that agents send to shoppers."""

import pytest

from .colleague import Clock, call_a_person, called, hired
from .pictures import photo


@pytest.fixture
def desk(start_desk):
    return start_desk(clock=Clock())


@pytest.fixture(autouse=True)
def _calls(rasa):
    call_a_person(rasa)


def uploaded(desk, who, chat):
    """The response to an agent's photo."""
    return desk.http.post(
        f"/api/v1/agent/conversations/{chat.id}/attachments",
        files={"file": ("رسید.jpg", photo(), "image/jpeg")},
        headers=who.headers,
    )


def sent(who, chat, client_id, ids, text=""):
    """The message, or the code of its refusal."""
    path = f"/conversations/{chat.id}/messages"
    return who.post(path, client_id=client_id, text=text, attachments=ids)


def test_the_shopper_gets_the_photo_with_or_without_words(desk):
    sara, chat = hired(desk), called(desk)
    sara.claim(chat)
    first, second = (uploaded(desk, sara, chat).json()["id"] for _ in range(2))
    sent(sara, chat, "1", [first])
    sent(sara, chat, "2", [second], "look")
    found = [one for one in chat.messages() if one["author"] == "agent"]
    assert [(one["text"], one["attachments"][0]["id"]) for one in found] == [
        ("", first),
        ("look", second),
    ]
    assert desk.http.get(found[0]["attachments"][0]["url"]).status_code == 200


def test_the_same_message_again_is_stored_once_and_with_other_files_refused(desk):
    sara, chat = hired(desk), called(desk)
    sara.claim(chat)
    first, second = (uploaded(desk, sara, chat).json()["id"] for _ in range(2))
    once, again = (sent(sara, chat, "1", [first]) for _ in range(2))
    assert once["id"] == again["id"]
    path = f"/conversations/{chat.id}/messages"
    body = {"client_id": "1", "text": "", "attachments": [second]}
    assert sara.refused("POST", path, **body) == (409, "client_id_reused")


def test_only_who_holds_the_conversation_sends_files_into_it(desk):
    sara, ali, chat = hired(desk), hired(desk, "ali", "علی"), called(desk)
    sara.claim(chat)
    response = uploaded(desk, ali, chat)
    assert (response.status_code, response.json()["error"]["code"]) == (403, "not_yours")


def test_a_message_needs_words_or_files(desk):
    sara, chat = hired(desk), called(desk)
    sara.claim(chat)
    path = f"/conversations/{chat.id}/messages"
    assert sara.refused("POST", path, client_id="1", text=" ")[0] == 422


def test_a_file_of_another_conversation_is_refused(desk):
    sara, chat, other = hired(desk), called(desk), called(desk)
    sara.claim(chat)
    sara.claim(other)
    foreign = uploaded(desk, sara, other).json()["id"]
    path = f"/conversations/{chat.id}/messages"
    refused = sara.refused("POST", path, client_id="1", attachments=[foreign])
    assert refused == (422, "unknown_attachment")
    assert chat.said("agent") == []

"""Thumbs under the bot's messages."""

import pytest


def give(chat, message, **body):
    return chat.desk.http.post(
        f"{chat.path}/messages/{message}/feedback", json=body, headers=chat.headers
    )


@pytest.fixture
def chat(desk):
    chat = desk.begin()
    chat.ask("سلام")
    return chat


def answer(chat):
    return chat.messages()[-1]["id"]


def test_the_last_verdict_counts(desk, chat):
    judged = answer(chat)
    assert give(chat, judged, value="up").status_code == 204
    response = give(chat, judged, value="down", reason="wrong", comment="قیمت نبود")
    assert (response.status_code, response.content) == (204, b"")
    kept = desk.services.feedback.of(int(judged))
    assert (kept.value, kept.reason, kept.comment) == ("down", "wrong", "قیمت نبود")
    give(chat, judged, value="up")
    kept = desk.services.feedback.of(int(judged))
    assert (kept.value, kept.reason, kept.comment) == ("up", None, None)


def test_only_the_bots_own_words_here_can_be_judged(desk, chat):
    own = chat.messages()[1]["id"]
    elsewhere = desk.begin().messages()[0]["id"]
    for message in (own, elsewhere, "999999999"):
        response = give(chat, message, value="up")
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "unknown_message"
        assert desk.services.feedback.of(int(message)) is None
    assert "پاسخ" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"value": "sideways"},
        {"value": "up", "reason": "wrong"},
        {"value": "down", "reason": "ugly"},
        {"value": "down", "comment": "x" * 1001},
    ],
)
def test_a_verdict_that_is_none_is_refused(chat, body):
    assert give(chat, answer(chat), **body).json()["error"]["code"] == "invalid_request"


@pytest.mark.parametrize("message", ["x", "0", "-1", str(2**63)])
def test_a_message_id_that_is_none_is_refused(chat, message):
    assert give(chat, message, value="up").status_code == 422


def test_another_conversations_token_judges_nothing(desk, chat):
    chat.headers = desk.begin().headers
    assert give(chat, "1", value="up").status_code == 403

"""Tokens: signed, for one conversation, for a limited time, in one place."""

import stat
from datetime import datetime, timedelta, timezone

import pytest

from jawab.desk.failures import Refusal
from jawab.desk.secret import SecretUnsafe, secret_from
from jawab.desk.tokens import Tokens

ROUTES = [
    ("POST", "messages"),
    ("GET", "messages"),
    ("GET", "events"),
    ("POST", "attachments"),
    ("POST", "messages/1/feedback"),
]
SECRET = "s" * 40


def call(desk, chat, method, what, headers, **params):
    json = {"client_id": "x", "text": "سلام"} if method == "POST" else None
    return desk.http.request(
        method, f"{chat.path}/{what}", json=json, headers=headers, params=params
    )


@pytest.mark.parametrize(("method", "what"), ROUTES)
@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        (None, "token_missing"),
        ("", "token_missing"),
        ("Bearer", "token_missing"),
        ("Basic abc", "token_missing"),
        ("Bearer abc", "token_invalid"),
        ("Bearer a.b.c", "token_invalid"),
    ],
)
def test_without_a_good_token_nothing_is_read_or_written(desk, method, what, authorization, code):
    chat = desk.begin()
    headers = {} if authorization is None else {"Authorization": authorization}
    response = call(desk, chat, method, what, headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["error"]["code"] == code
    assert len(chat.messages()) == 1


@pytest.mark.parametrize(("method", "what"), ROUTES)
def test_another_conversations_token_is_refused(desk, method, what):
    chat, other = desk.begin(), desk.begin()
    response = call(desk, chat, method, what, other.headers)
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "forbidden"


@pytest.mark.parametrize(("method", "what"), ROUTES)
def test_whether_another_conversation_exists_cannot_be_learnt(desk, method, what):
    chat = desk.begin()
    real = call(desk, desk.begin(), method, what, chat.headers)
    chat_nowhere = desk.begin()
    chat_nowhere.path = "/api/v1/conversations/nowhere"
    nowhere = call(desk, chat_nowhere, method, what, chat.headers)
    assert (real.status_code, real.json()) == (nowhere.status_code, nowhere.json())


@pytest.mark.parametrize(("method", "what"), ROUTES)
def test_a_token_in_the_address_opens_nothing(desk, method, what):
    chat = desk.begin()
    token = chat.opened["token"]
    response = call(desk, chat, method, what, {}, token=token, access_token=token)
    assert response.status_code == 401


@pytest.mark.parametrize(("method", "what"), ROUTES)
def test_a_token_expires(start_desk, method, what):
    now = [datetime.now(timezone.utc)]
    desk = start_desk(clock=lambda: now[0], token_lifetime=timedelta(days=1))
    chat = desk.begin()
    now[0] += timedelta(days=1, seconds=2)
    response = call(desk, chat, method, what, chat.headers)
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "token_expired"


def test_a_token_of_another_installation_opens_nothing():
    def clock():
        return datetime.now(timezone.utc)

    theirs = Tokens("t" * 40, lifetime=timedelta(days=1), clock=clock).issue("c1")
    with pytest.raises(Refusal, match="token_invalid"):
        Tokens(SECRET, lifetime=timedelta(days=1), clock=clock).check(theirs, "c1")


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "var" / "secret.key"
    first = secret_from(path)
    assert len(first) >= 32
    assert secret_from(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["secret.key"]


def test_a_secret_that_others_can_read_stops_the_desk(tmp_path):
    path = tmp_path / "secret.key"
    secret_from(path)
    path.chmod(0o644)
    with pytest.raises(SecretUnsafe, match="chmod 600"):
        secret_from(path)


def test_a_token_made_while_the_clock_was_ahead_still_opens_its_conversation():
    now = datetime(2027, 1, 2, tzinfo=timezone.utc)
    ahead = Tokens(SECRET, lifetime=timedelta(days=1), clock=lambda: now + timedelta(days=400))
    Tokens(SECRET, lifetime=timedelta(days=1), clock=lambda: now).check(ahead.issue("c1"), "c1")

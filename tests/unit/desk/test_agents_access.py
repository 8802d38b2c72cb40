"""Who gets in as an agent, what for, and what stays shut."""

import re
from datetime import timedelta

import httpx
import pytest

from jawab.desk.agents.words import AGENT_WORDS
from jawab.support.agents.agent import NewAgent, Presence, Role
from jawab.support.handovers.handover import Reason
from jawab.support.tickets.ticket import Happening, Queue, TicketState
from jawab.text.language import Lang

from .colleague import PASSWORD, Clock, call_a_person, called, hired
from .running import PATIENCE

ROUTES = [
    ("GET", "/me"),
    ("PUT", "/presence"),
    ("GET", "/colleagues"),
    ("GET", "/queues"),
    ("GET", "/handovers"),
    ("GET", "/events"),
    ("GET", "/tickets"),
    ("GET", "/tickets/JW-K37-W9F2"),
    ("POST", "/tickets/JW-K37-W9F2/assign"),
    ("POST", "/tickets/JW-K37-W9F2/notes"),
    ("POST", "/tickets/JW-K37-W9F2/reply"),
    ("POST", "/tickets/JW-K37-W9F2/state"),
    ("DELETE", "/session"),
    *[
        (method, f"/conversations/{{}}{way}")
        for method, way in (
            ("GET", ""),
            ("POST", "/claim"),
            ("POST", "/messages"),
            ("POST", "/typing"),
            ("POST", "/notes"),
            ("POST", "/transfer"),
            ("POST", "/return"),
            ("POST", "/close"),
            ("POST", "/tickets"),
        )
    ],
]
IN_CONVERSATION = [(method, path) for method, path in ROUTES if "{}" in path]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(start_desk, clock):
    return start_desk(clock=clock)


@pytest.fixture(autouse=True)
def _calls(rasa):
    call_a_person(rasa)


def sign_in(desk, login="sara", password=PASSWORD, headers=None, **more):
    return desk.http.post(
        "/api/v1/agent/session",
        json={"login": login, "password": password, **more},
        headers={"Accept-Language": "en", **(headers or {})},
    )


def code(response):
    return response.status_code, response.json()["error"]["code"]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nothing_opens_without_an_agents_token(desk, method, path):
    chat = called(desk)
    url = f"/api/v1/agent{path.format(chat.id)}"
    for headers in ({}, {"Authorization": "Bearer abc"}, chat.headers):
        response = desk.http.request(method, url, json={}, headers=headers)
        # A cookie's missing header may be what is found first.
        assert response.status_code in (401, 403)
        assert response.json()["error"]["code"] in ("sign_in_needed", "forbidden")
    assert code(desk.http.request(method, url, json={}, headers=chat.headers)) == (
        401,
        "sign_in_needed",
    )


@pytest.mark.parametrize(
    ("method", "what"),
    [("POST", "messages"), ("GET", "messages"), ("GET", "events"), ("POST", "tickets")],
)
def test_an_agents_token_opens_no_shoppers_route(desk, method, what):
    sara, chat = hired(desk), called(desk)
    body = {"client_id": "1", "text": "x"} if method == "POST" else None
    response = desk.http.request(
        method,
        f"{chat.path}/{what}",
        json=body,
        headers={"Authorization": sara.headers["Authorization"]},
    )
    assert code(response) == (401, "token_invalid")


@pytest.mark.parametrize(("method", "path"), IN_CONVERSATION)
def test_another_shops_conversation_is_not_there(desk, method, path):
    foreign = hired(desk, shops=("digikala",))
    chat = called(desk, "souq")
    bodies = {
        "/messages": {"client_id": "1", "text": "x"},
        "/notes": {"text": "x"},
        "/transfer": {"queue": "shoppers"},
        "/tickets": {"client_id": "1", "topic": "other"},
    }
    body = next((body for end, body in bodies.items() if path.endswith(end)), {})
    real = foreign.refused(method, path.format(chat.id), **body)
    assert real == (404, "not_found")
    assert foreign.refused(method, path.format("nowhere"), **body) == real


def test_another_shops_queues_and_tickets_are_not_there(desk):
    owner = hired(desk, "owner", "Owner", role=Role.OWNER, shops=("digikala",))
    foreign = hired(desk, "foreign", "Foreign", shops=("digikala",))
    chat = called(desk, "souq")
    opened = owner.post(
        f"/conversations/{chat.id}/tickets",
        client_id="1",
        topic="other",
        name="Nora",
        phone="0501234567",
        message="x",
    )
    assert foreign.get("/queues")["counts"] == {
        "waiting": 0,
        "mine": 0,
        "tickets": {queue.value: 0 for queue in Queue},
    }
    assert foreign.get("/handovers")["handovers"] == []
    assert foreign.get("/tickets")["tickets"] == []
    assert foreign.get("/tickets?shop=souq")["tickets"] == []
    path = f"/tickets/{opened['reference']}"
    assert foreign.refused("GET", path) == (404, "unknown_ticket")
    assert foreign.refused("POST", f"{path}/state", state="solved") == (404, "unknown_ticket")
    assert owner.get(path)["state"] == "new"


def test_a_queue_that_is_not_ones_own_is_not_there(desk):
    seller = hired(desk, queues=(Queue.SELLERS,))
    called(desk)
    queues = seller.get("/queues")
    assert queues["counts"] == {"waiting": 0, "mine": 0, "tickets": {"sellers": 0}}


def test_the_right_password_gives_a_token_and_a_wrong_one_or_an_unknown_login_the_same_refusal(
    desk,
):
    hired(desk)
    assert sign_in(desk).json()["token"]
    wrong, unknown = sign_in(desk, password="wrong"), sign_in(desk, login="nobody")
    assert code(wrong) == (401, "sign_in_failed")
    assert wrong.json() == unknown.json()


def test_a_new_sign_in_replaces_the_token_it_came_with(desk):
    sara = hired(desk)
    token = sign_in(desk, headers=sara.headers).json()["token"]
    assert token != sara.token
    assert sara.refused("GET", "/me") == (401, "sign_in_needed")


def test_a_session_ends_by_itself_and_by_signing_out(desk, clock):
    sara = hired(desk)
    other = sign_in(desk).json()["token"]
    sara.call("DELETE", "/session")
    assert sara.refused("GET", "/me") == (401, "sign_in_needed")
    headers = {"Authorization": f"Bearer {other}"}
    assert desk.http.get("/api/v1/agent/me", headers=headers).status_code == 200
    clock.forward(timedelta(hours=12))
    assert desk.http.get("/api/v1/agent/me", headers=headers).status_code == 401


def test_guessing_is_paused_for_this_login_from_this_address_alone(start_desk, clock):
    desk = start_desk(clock=clock, sign_in_attempts=3)
    hired(desk)
    hired(desk, "ali", "علی")
    for _ in range(3):
        assert sign_in(desk, password="wrong").status_code == 401
    paused = sign_in(desk)
    assert code(paused) == (429, "too_many_attempts")
    assert int(paused.headers["Retry-After"]) > 0
    assert sign_in(desk, login="ali").status_code == 201
    # Somebody else's guesses, from elsewhere, keep nobody out.
    limits = {"sign-in 203.0.113.7 ali": 3}
    for _ in range(3):
        desk.services.guesses.attempt(limits)
    assert sign_in(desk, login="ali").status_code == 201
    clock.forward(timedelta(hours=1, seconds=1))
    assert sign_in(desk).status_code == 201


def test_right_passwords_are_not_counted(start_desk):
    desk = start_desk(sign_in_attempts=2)
    hired(desk)
    assert [sign_in(desk).status_code for _ in range(5)] == [201] * 5


def page(desk):
    """A browser's client: it keeps cookies."""
    return httpx.Client(base_url=desk.url, timeout=PATIENCE, trust_env=False)


OURS = {"X-Jawab-Desk": "1", "Accept-Language": "en"}


def test_a_page_keeps_its_token_in_a_cookie_that_no_script_reads(desk):
    hired(desk)
    with page(desk) as browser:
        response = browser.post(
            "/api/v1/agent/session",
            json={"login": "sara", "password": PASSWORD, "cookie": True},
            headers=OURS,
        )
        assert response.json()["token"] is None
        cookie = response.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        assert browser.get("/api/v1/agent/me").json()["name"] == "سارا"
        assert browser.put(
            "/api/v1/agent/presence", json={"presence": "online"}, headers=OURS
        ).is_success
        assert browser.delete("/api/v1/agent/session", headers=OURS).status_code == 204
        assert browser.get("/api/v1/agent/me").status_code == 401


def test_over_https_the_cookie_is_the_hosts_own(desk):
    hired(desk)
    response = desk.http.post(
        "/api/v1/agent/session",
        json={"login": "sara", "password": PASSWORD, "cookie": True},
        headers={**OURS, "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.9"},
    )
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-jawab-desk=")
    assert "Secure" in cookie


@pytest.mark.parametrize(
    "headers",
    [{}, {**OURS, "Origin": "https://evil.example"}, {**OURS, "Origin": "null"}],
)
def test_another_sites_page_changes_nothing_with_the_agents_cookie(desk, headers):
    hired(desk, presence=Presence.AWAY)
    with page(desk) as browser:
        signing_in = {"login": "sara", "password": PASSWORD, "cookie": True}
        assert (
            browser.post("/api/v1/agent/session", json=signing_in, headers=headers).status_code
            == 403
        )
        browser.post("/api/v1/agent/session", json=signing_in, headers=OURS)
        response = browser.put(
            "/api/v1/agent/presence", json={"presence": "online"}, headers=headers
        )
        assert code(response) == (403, "forbidden")
        assert not browser.get("/api/v1/agent/me").json()["present"]


def test_other_origins_are_never_let_to_the_agents_api(start_desk):
    desk = start_desk(allowed_origins=("https://shop.example",))
    response = desk.http.options(
        "/api/v1/agent/presence",
        headers={
            "Origin": "https://shop.example",
            "Access-Control-Request-Method": "PUT",
            "Access-Control-Request-Headers": "x-jawab-desk",
        },
    )
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize(("lang", "words"), [("fa", "نشست"), ("ar", "جلستكم"), ("en", "session")])
def test_refusals_are_told_in_the_agents_language(desk, lang, words):
    response = desk.http.get("/api/v1/agent/me", headers={"Accept-Language": lang})
    assert words in response.json()["error"]["message"]


def test_without_a_browsers_wish_the_agents_own_language_counts(desk):
    agents = desk.services.agents
    agents.add(NewAgent("nour", "نور", languages=(Lang.AR,)), PASSWORD, now=desk.services.clock())
    token = sign_in(desk, login="nour").json()["token"]
    response = desk.http.get(
        "/api/v1/agent/tickets/none",
        headers={"Authorization": f"Bearer {token}", "Accept-Language": ""},
    )
    assert response.headers["content-language"] == "ar"


def test_the_desks_page_is_for_those_who_are_signed_in(desk):
    hired(desk)
    with page(desk) as browser:
        shut = browser.get("/desk?lang=ar")
        assert (shut.status_code, shut.headers["location"]) == (307, "/desk/sign-in?lang=ar")
        signing_in = {"login": "sara", "password": PASSWORD, "cookie": True}
        browser.post("/api/v1/agent/session", json=signing_in, headers=OURS)
        opened = browser.get("/desk?lang=ar")
        assert '<html lang="ar" dir="rtl"' in opened.text
        assert "default-src 'self'" in opened.headers["content-security-policy"]
        assert opened.headers["cache-control"] == "no-store"
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", opened.text)
        assert not re.search(r"<script(?![^>]*\ssrc=)", opened.text)


@pytest.mark.parametrize("lang", list(Lang))
def test_every_word_of_the_agents_pages_exists_in_every_language(lang):
    assert all(texts[lang].strip() for texts in AGENT_WORDS.values())
    for kind, members in (("queue", Queue), ("state", TicketState), ("reason", Reason)):
        assert all(f"{kind}_{member.value}" in AGENT_WORDS for member in members)
    assert all(f"event_{member.value}" in AGENT_WORDS for member in Happening)


def test_no_password_and_no_words_of_a_talk_reach_the_log(desk, caplog):
    sara, chat = hired(desk), called(desk)
    sara.claim(chat)
    sara.say(chat, "secret-zx81")
    sara.post(f"/conversations/{chat.id}/notes", text="note-zx81")
    sign_in(desk, password="guess-zx81")
    desk.stop()
    assert "zx81" not in caplog.text
    assert PASSWORD not in caplog.text
    assert "handover.claimed" in caplog.text

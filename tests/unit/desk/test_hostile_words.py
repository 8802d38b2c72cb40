"""Hostile words, by message, form, agent and search: taken or refused in words, and raw in nothing that is read later."""

import csv
import io
import json

import httpx
import pytest

from .colleague import call_a_person
from .fake_rasa import FakeRasa
from .hostile import CONTROLS, HOSTILE, MARK, TURNS
from .outside import MailServer
from .owner import Visitor
from .running import Desk, Running, eventually
from .test_transcripts import pdf, text_of

HUGE = {"100 kB": "س" * 50_000 + "x" * 50_000, "10,000 emoji": "😀" * 10_000}
EACH = pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)


@pytest.fixture(scope="module")
def outside():
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def owner(tmp_path_factory, knowledge, outside):
    rasa = FakeRasa()
    call_a_person(rasa)
    with Running(rasa.app) as server:
        sends = {"smtp_url": outside.url, "mail_from": "notices@shop.example"}
        values = {**sends, "delivery_poll": 0.02}
        desk = Desk(tmp_path_factory.mktemp("hostile"), server.url, knowledge, values)
        yield Visitor(desk)
        desk.stop()


def said(chat, **body):
    """The answer to a message or form with any characters in it, lone surrogates as `\\ud800`."""
    path = "tickets" if "topic" in body else "messages"
    headers = {**chat.headers, "Content-Type": "application/json"}
    return chat.desk.http.post(f"{chat.path}/{path}", content=json.dumps(body), headers=headers)


def form(words, **more):
    return {
        "client_id": "f",
        "topic": "other",
        "name": "سارا",
        "email": "sara@example.com",
        "message": words,
        **more,
    }


def raw_in(text):
    """What of the controls stands in a text as it came."""
    return sorted(set(text) & CONTROLS)


@EACH
def test_hostile_words_reach_pages_files_and_printers_tamed(owner, words, caplog):
    desk = owner.desk
    chat = desk.begin("souq", lang="en")
    assert said(chat, client_id="a", text=words).status_code == 202
    opened = said(chat, **form(words))
    assert opened.status_code == 201
    agent = owner.agent
    reference = opened.json()["reference"]
    assert agent.post(f"/tickets/{reference}/notes", text=words)
    eventually(lambda: len(chat.said("bot")) > 1)
    assert raw_in("".join(chat.said("shopper"))) == []

    for path in (
        f"/desk/search?q={MARK}&lang=en",
        "/desk/tickets?lang=en",
        "/desk/figures?lang=en",
    ):
        page = desk.http.get(path, headers=owner.cookies)
        assert page.status_code == 200
        assert raw_in(page.text) == []
        assert "<img src=x" not in page.text

    table = desk.http.get("/desk/figures/tickets.csv?lang=en", headers=owner.cookies)
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"), newline="")))
    assert raw_in(table.text.replace("\ufeff", "")) == []
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))] == []
    assert set(table.text) & TURNS == set()
    assert MARK in table.text

    printed = "".join(text_of(pdf(agent, f"/tickets/{reference}", lang="en")))
    assert raw_in(printed.replace("\x0c", "")) == []
    assert reference in printed
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("httpx")]
    assert ours
    assert MARK not in "".join(ours)


@EACH
def test_a_hostile_name_is_refused_or_tamed(owner, outside, words):
    chat = owner.desk.begin("souq", lang="en")
    before = len(outside.box.mails)
    opened = said(chat, **form("x", name=words[:60]))
    assert opened.status_code in (201, 422)
    if opened.status_code == 422:
        assert set(opened.json()["error"]["fields"]) == {"name"}
        return
    mail = eventually(lambda: outside.box.mails[before:])[0]
    assert [address.addr_spec for address in mail["To"].addresses] == ["sara@example.com"]
    assert mail["Bcc"] is None
    heads = "".join(f"{name}{value}" for name, value in mail.items())
    assert raw_in(heads) == []
    assert set(heads) & TURNS == set()
    page = owner.open("/desk/tickets?lang=en")
    assert set(page) & TURNS == set()


@pytest.mark.parametrize("words", HUGE.values(), ids=HUGE)
def test_what_is_huge_is_refused_in_words(owner, words):
    chat = owner.desk.begin("souq", lang="ar")
    for refused in (said(chat, client_id="a", text=words), said(chat, **form(words))):
        assert refused.status_code == 422
        assert "4000" in refused.text or "٤٠٠٠" in refused.text
    assert chat.said("shopper") == []


def places(schema, described):
    """The names of the texts that a request's body may hold."""
    schema = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for name, value in schema.get("properties", {}).items():
        kinds = [value, *value.get("anyOf", [])]
        if any(kind.get("type") == "string" for kind in kinds):
            yield name


def test_every_text_of_every_request_may_be_hostile_and_crashes_nothing(owner):
    desk = owner.desk
    chat = desk.begin("souq", lang="en")
    reference = said(chat, **form("x")).json()["reference"]
    known = {
        "conversation_id": chat.id,
        "reference": reference,
        "shop": "souq",
        "message_id": "1",
    }
    described = desk.http.get("/openapi.json").json()
    tried = 0
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema")
            if not schema or "$ref" not in schema:
                continue
            token = owner.agent.token if "/agent/" in path else chat.opened["token"]
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            for name in places(schema, described):
                for words in HOSTILE.values():
                    response = desk.http.request(
                        method,
                        path.format(**known),
                        content=json.dumps({"client_id": "h", "topic": "other", name: words}),
                        headers=headers,
                    )
                    assert response.status_code < 500, f"{method} {path} {name}: {response.text}"
                    tried += 1
    assert tried > 400


@pytest.mark.parametrize("words", ["\ud800", "\x00", "x" * 100_000, "\u202e"])
def test_hostile_credentials_are_wrong_ones(owner, words):
    for login, password in ((words, "x"), ("owner", words)):
        answer = owner.desk.http.post(
            "/api/v1/agent/session",
            content=json.dumps({"login": login, "password": password}),
            headers={"Content-Type": "application/json"},
        )
        assert answer.status_code in (401, 422)


def test_hostile_paths_and_queries_find_nothing(owner):
    with httpx.Client(base_url=owner.desk.url, trust_env=False) as client:
        for path in (
            "/static/../../jawab/settings.py",
            "/static/%2e%2e/%2e%2e/pyproject.toml",
            "/static/..%2f..%2fpyproject.toml",
            "/static/%00",
            "/faq/%00",
            "/demo/..%2f",
            "//evil.example/faq/",
            "/faq/%2f%2fevil.example/",
            "/chat/%ed%a0%80",
            "/api/v1/attachments/..%2f..%2fsecret.key",
            "/channels/%00/%ff",
            "/desk/conversations/%00/transcript.pdf",
        ):
            found = client.get(path, headers=owner.cookies)
            if found.is_redirect:
                assert found.headers["location"].startswith(f"{owner.desk.url}/"), path
            else:
                assert found.status_code in (400, 403, 404, 405, 422), path

"""Eitaa: notices of tickets to the shop's people, by an Eitaayar on loopback; nothing comes from it."""

import stat
from datetime import datetime, timezone

import anyio
import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from typer.testing import CliRunner

from jawab.channels import accounts
from jawab.channels.account import Account
from jawab.channels.contract import ChannelError, Outgoing, OutgoingFile
from jawab.channels.eitaa import Eitaa
from jawab.cli import app
from jawab.support.deliveries.delivery import Arrived, Later, Never
from jawab.support.tickets.ticket import TicketState, agent
from jawab.text.language import Lang

from ..fakes.forms import form
from ..unit.desk.running import Running, eventually
from .conftest import SETTINGS

TOKEN, CHAT = "bot12345:abc", "7000000"


class FakeEitaayar:
    """Keeps what was sent; `then(...)` lines up answers to it: an error's code, or `(status, body)`."""

    def __init__(self):
        self.sent, self._next = [], []
        self.app = Starlette(
            routes=[Route("/api/{token}/{method}", self._call, methods=["GET", "POST"])]
        )

    def then(self, *answers):
        self._next += answers

    async def _call(self, request):
        if request.path_params["token"] != TOKEN:
            return _refused(401, "Unauthorized")
        if request.path_params["method"] == "getMe":
            return JSONResponse({"ok": True, "result": {"id": 1, "username": "digikala"}})
        if self._next:
            answer = self._next.pop(0)
            if isinstance(answer, int):
                return _refused(answer, "as told")
            return Response(answer[1], answer[0])
        values, files = await form(request)
        told = dict(values)
        if told.get("chat_id") != CHAT:
            return _refused(400, "Bad Request: chat not found")
        if request.path_params["method"] == "sendFile":
            told["file"] = files["file"].read()
        self.sent.append(told)
        return JSONResponse({"ok": True, "result": {"message_id": len(self.sent)}})


def _refused(code, description):
    return JSONResponse({"ok": False, "error_code": code, "description": description}, code)


@pytest.fixture
def eitaayar():
    fake = FakeEitaayar()
    with Running(fake.app) as server:
        fake.url = server.url
        yield fake


def opened(url, client, *, token=TOKEN, **options):
    return Eitaa(
        Account(
            "e", "eitaa", "digikala", {"token": token}, {"chat": CHAT, **options}, base_url=url
        ),
        client,
    )


def with_channel(eitaayar, act, **options):
    async def run():
        async with httpx.AsyncClient(trust_env=False) as client:
            return await act(opened(eitaayar.url, client, **options))

    return anyio.run(run)


def deliver(eitaayar, **values):
    outgoing = Outgoing(**{"key": "n1", "chat": CHAT, "text": "سلام", "lang": Lang.FA, **values})
    return with_channel(eitaayar, lambda channel: channel.deliver(outgoing))


def test_words_and_files_arrive(eitaayar, tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"content")
    assert deliver(eitaayar) == Arrived("1")
    file = OutgoingFile(path, "a.jpg", "image/jpeg", 7)
    assert deliver(eitaayar, text="رسید", file=file) == Arrived("2")
    assert eitaayar.sent == [
        {"chat_id": CHAT, "text": "سلام"},
        {"chat_id": CHAT, "caption": "رسید", "file": b"content"},
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (403, Never("blocked")),
        (400, Never("bot api 400")),
        (500, Later("bot api 500")),
        ((502, b"<html>"), Later("http 502")),
    ],
    ids=str,
)
def test_every_refusal_means_what_it_says(eitaayar, answer, expected):
    eitaayar.then(answer)
    assert deliver(eitaayar) == expected


def test_it_says_plainly_that_nothing_comes_from_it(eitaayar):
    assert "brings nothing" in with_channel(eitaayar, lambda channel: channel.check())
    channel = opened("http://127.0.0.1:1", httpx.AsyncClient())
    assert not channel.verify({}, b"{}", "")
    assert channel.receive(b'{"update_id": 1}') == ()


def test_a_wrong_token_is_told(eitaayar):
    with pytest.raises(ChannelError, match="token"):
        with_channel(eitaayar, lambda channel: channel.check(), token="another")


@pytest.mark.parametrize(
    "wrong", [{"token": ""}, {"chat": ""}, {"notices": "opened closed"}], ids=str
)
def test_what_is_set_wrongly_does_not_start(wrong):
    with pytest.raises(ChannelError, match=next(iter(wrong))):
        opened(None, httpx.AsyncClient(), **wrong)


def test_the_shops_people_are_told_of_its_tickets_and_nothing_of_shoppers(
    eitaayar, start_desk, tmp_path
):
    path = tmp_path / "channels.yml"
    account = {
        "app": "eitaa",
        "shop": "digikala",
        "token": TOKEN,
        "chat": CHAT,
        "notices": "opened, solved",
        "base_url": eitaayar.url,
    }
    accounts.write(path, {"digikala-eitaa": account})
    eitaayar.then(500)
    desk = start_desk(**SETTINGS, channels_file=path)
    reference = desk.begin("digikala").open_ticket().json()["reference"]
    desk.begin("souq").open_ticket()
    eventually(lambda: len(eitaayar.sent) == 1)
    tickets, now = desk.services.tickets, datetime.now(timezone.utc)
    tickets.move(reference, TicketState.OPEN, who=agent("3"), at=now)
    tickets.move(reference, TicketState.SOLVED, who=agent("3"), at=now)
    eventually(lambda: len(eitaayar.sent) == 2)
    assert [each["text"] for each in eitaayar.sent] == [
        f"تیکت تازه‌ای باز شد: {reference}",
        f"تیکت {reference} حل شد",
    ]
    desk.stop()


@pytest.fixture
def run(tmp_path):
    return CliRunner(env={"JAWAB_CHANNELS_FILE": str(tmp_path / "channels.yml")}).invoke


def words(eitaayar, *more, chat=CHAT):
    given = ["--shop", "digikala", "--base-url", eitaayar.url, "--secrets-stdin"]
    return [
        "channel",
        "add",
        "eitaa",
        *given,
        *(["--option", f"chat={chat}"] if chat else []),
        *more,
    ]


def test_it_is_added_and_checked_at_the_console(eitaayar, run, tmp_path):
    path = tmp_path / "channels.yml"
    added = run(app, words(eitaayar), input=f"{TOKEN}\n")
    assert added.exit_code == 0, added.output
    assert accounts.read(path)["digikala-eitaa"]["chat"] == CHAT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert TOKEN not in added.output
    checked = run(app, ["channel", "check", "digikala-eitaa"])
    assert "brings nothing" in checked.output


@pytest.mark.parametrize(
    ("token", "chat", "more", "said"),
    [
        ("bot1:wrong", CHAT, (), "check token"),
        ("", CHAT, (), "no token is set"),
        (TOKEN, "", (), "chat"),
        (TOKEN, CHAT, ("--option", "notices=closed"), "notices"),
    ],
    ids=["wrong token", "no token", "no chat", "unknown notice"],
)
def test_what_cannot_be_used_is_not_added(eitaayar, run, tmp_path, token, chat, more, said):
    added = run(app, words(eitaayar, *more, chat=chat), input=f"{token}\n")
    assert added.exit_code == 1
    assert said in added.output
    assert not (tmp_path / "channels.yml").exists()

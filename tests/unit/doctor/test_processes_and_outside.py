"""What the doctor says of processes that are away or in each other's place, and of apps and mail servers."""

import socket

import pytest

from jawab.channels import accounts
from jawab.doctor import outside, processes

from ...fakes.bot_api import FakeBotApi
from ..desk.outside import MailServer
from ..desk.running import Running, eventually

NOWHERE = "http://127.0.0.1:9"
SHOPS = ("digikala", "souq")
TOKEN = "4242:fake-token"


def port_of(url):
    return int(url.rsplit(":", 1)[1])


def test_a_desk_that_runs_is_asked_how_the_others_are(told, settings, start_desk):
    desk = start_desk(actions_url=NOWHERE)

    def found():
        return told(processes.desk(settings(port=port_of(desk.url))))

    # A desk on a busy machine may find its Rasa too slow at first.
    eventually(lambda: ("well", "rasa") in found())
    assert ("well", "desk") in found()
    assert "jawab run" in found()["broken", "actions"]


def test_a_rasa_without_a_model_is_told_to_be_trained(told, settings, start_desk, rasa):
    rasa.model = None
    desk = start_desk()
    assert "jawab train" in told(processes.desk(settings(port=port_of(desk.url))))["broken", "rasa"]


def test_what_is_no_desk_is_told(told, settings, rasa):
    found = told(processes.desk(settings(port=port_of(rasa.url))))
    assert "JAWAB_PORT" in found["broken", "desk"]


def test_a_port_that_another_has_is_told_before_the_start(told, settings):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        found = told(processes.desk(settings(port=9, actions_url=f"http://127.0.0.1:{port}")))
    assert ("note", "desk") in found
    assert "JAWAB_ACTIONS_URL" in found["broken", "ports"]


@pytest.mark.parametrize("host", ["8.8.8.8", "rasa.example.com"])
def test_a_rasa_that_the_world_could_reach_is_broken(told, settings, host):
    found = told(processes.places(settings(rasa_url=f"http://{host}:5005")))
    assert "JAWAB_RASA_URL" in found["broken", "rasa"]


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "rasa"])
def test_a_rasa_of_ones_own_network_is_well(told, settings, host):
    assert told(processes.places(settings(rasa_url=f"http://{host}:5005"))) == {}


@pytest.fixture
def bot():
    server = FakeBotApi()
    server.bot(TOKEN)
    with Running(server.app) as running:
        server.url = running.url
        yield server


def account(bot, token=TOKEN):
    return {
        "app": "telegram",
        "shop": "digikala",
        "token": token,
        "secret": "a-secret-nobody-can-guess",
        "base_url": bot.url,
        "updates": "poll",
    }


def test_each_app_is_asked_for_its_account(told, settings, bot):
    found = settings()
    accounts.write(found.channels_file, {"good": account(bot)})
    assert (
        "good is @jawab_bot"
        in told(outside.channels(found, shops=SHOPS, ask=True))["well", "channels"]
    )
    accounts.write(found.channels_file, {"bad": account(bot, "1:wrong")})
    broken = told(outside.channels(found, shops=SHOPS, ask=True))["broken", "channels"]
    assert "jawab channel check bad" in broken
    assert "1:wrong" not in broken


def test_a_file_of_accounts_that_others_may_read_is_refused(told, settings, bot):
    found = settings()
    accounts.write(found.channels_file, {"good": account(bot)})
    found.channels_file.chmod(0o644)
    assert ("broken", "channels") in told(outside.channels(found, shops=SHOPS, ask=False))


def test_nobody_is_asked_when_it_is_not_wanted(told, settings, bot):
    found = settings(smtp_url=f"smtp://{NOWHERE[7:]}", mail_from="a@shop.example")
    accounts.write(found.channels_file, {"bad": account(bot, "1:wrong")})
    assert set(told(outside.channels(found, shops=SHOPS, ask=False))) == {("note", "channels")}
    assert set(told(outside.mail(found, ask=False))) == {("note", "mail")}


def test_a_mail_server_that_takes_mail_is_told_from_one_that_does_not(told, settings):
    with MailServer() as server:
        there = settings(smtp_url=server.url, mail_from="a@shop.example")
        assert "takes mail" in told(outside.mail(there, ask=True))["warning", "mail"]
    away = settings(smtp_url="smtp://u:hunter2@127.0.0.1:9", mail_from="a@shop.example")
    broken = told(outside.mail(away, ask=True))["broken", "mail"]
    assert "JAWAB_SMTP_URL" in broken
    assert "hunter2" not in broken
    wrong = settings(smtp_url="http://mail.example", mail_from="a@shop.example")
    assert ("broken", "mail") in told(outside.mail(wrong, ask=True))
    assert ("note", "mail") in told(outside.mail(settings(), ask=True))

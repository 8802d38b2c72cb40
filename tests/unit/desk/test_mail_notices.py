"""Notices by e-mail, through a real SMTP server on loopback."""

from datetime import datetime, timedelta, timezone

import pytest

from jawab.desk.failures import DeskError
from jawab.desk.mailer import SmtpServer
from jawab.support.delivery import Carrier, DeliveryState
from jawab.support.delivery_store import DeliveryStore
from jawab.support.ticket import TicketState, agent

from .outside import MailServer
from .running import eventually

QUICK = {
    "mail_from": "support@shop.example",
    "delivery_poll": timedelta(milliseconds=20),
    "delivery_first_delay": timedelta(milliseconds=20),
    "delivery_longest_delay": timedelta(milliseconds=40),
}
NOW = datetime(2026, 11, 26, 9, tzinfo=timezone.utc)
LEE = {"who": agent("1"), "at": NOW}


@pytest.fixture
def server():
    with MailServer() as server:
        yield server


@pytest.fixture
def desk(start_desk, server):
    return start_desk(smtp_url=server.url, **QUICK)


def opened(desk, shop="digikala", **form):
    response = desk.begin(shop).open_ticket(email="sara@example.com", **form)
    assert response.status_code == 201, response.text
    return response.json()["reference"]


def outbox(desk, reference):
    deliveries = DeliveryStore(desk.services.database).of(reference)
    return [d for d in deliveries if d.parcel.carrier == "mail"]


def states(desk, reference):
    return [delivery.state for delivery in outbox(desk, reference)]


def test_the_shopper_hears_of_each_step_in_the_tickets_language(start_desk, server):
    desk = start_desk(smtp_url=server.url, clock=lambda: NOW, **QUICK)
    reference = opened(desk, "souq")
    (mail,) = eventually(lambda: server.box.mails)
    assert reference in mail["Subject"]
    assert mail["Subject"].startswith("تم تسجيل طلبكم")
    assert mail["To"].addresses[0].addr_spec == "sara@example.com"
    assert server.box.raw[0].mail_from == "support@shop.example"
    assert server.box.raw[0].rcpt_tos == ["sara@example.com"]
    tickets = desk.services.tickets
    tickets.note(reference, "لا يُرسل", **LEE)
    tickets.reply(reference, "وصل طلبكم اليوم", **LEE)
    tickets.move(reference, TicketState.SOLVED, **LEE)
    mails = eventually(lambda: len(server.box.mails) == 3 and server.box.mails)
    answered = next(m for m in mails if m["Subject"].startswith("رد على"))
    assert "وصل طلبكم اليوم" in answered.get_body().get_content()
    assert answered["In-Reply-To"] == mails[0]["Message-ID"]
    assert any("انتهت معالجة" in m["Subject"] for m in mails)
    assert all("لا يُرسل" not in m.get_body().get_content() for m in mails)
    eventually(lambda: states(desk, reference) == [DeliveryState.SENT] * 3)
    assert server.box.attempts == 3


def test_a_server_that_says_later_is_tried_again_until_it_takes_it(desk, server):
    server.box.then("451 later", "452 full")
    reference = opened(desk)
    eventually(lambda: states(desk, reference) == [DeliveryState.SENT])
    assert (server.box.attempts, len(server.box.mails)) == (3, 1)


def test_an_address_that_does_not_exist_is_given_up_at_once(desk, server):
    server.box.recipients_refused = "550 no such user"
    reference = opened(desk)
    eventually(lambda: states(desk, reference) == [DeliveryState.FAILED])
    assert outbox(desk, reference)[0].problem == "smtp 550"
    assert server.box.attempts == 1


def test_a_server_that_stays_away_is_given_up_in_the_end(start_desk):
    with MailServer() as gone:
        url = gone.url
    desk = start_desk(smtp_url=url, delivery_attempts=3, **QUICK)
    reference = opened(desk)
    eventually(lambda: states(desk, reference) == [DeliveryState.FAILED])
    (delivery,) = outbox(desk, reference)
    assert (delivery.attempts, delivery.problem) == (3, "smtp SMTPConnectError")


def test_what_an_earlier_process_left_is_sent_after_a_restart(start_desk, server):
    with MailServer() as gone:
        url = gone.url
    desk = start_desk(smtp_url=url, **QUICK)
    reference = opened(desk)
    desk.stop()
    assert server.box.mails == []
    desk = start_desk(smtp_url=server.url, **QUICK)
    (mail,) = eventually(lambda: server.box.mails)
    assert reference in mail["Subject"]
    eventually(lambda: states(desk, reference) == [DeliveryState.SENT])


def test_what_was_on_its_way_when_the_process_died_is_sent_again(start_desk, server):
    off = start_desk()
    reference = opened(off)
    off.stop()
    store = DeliveryStore(off.services.database)
    now = datetime.now(timezone.utc)
    lost = store.take([Carrier.MAIL], now=now, lease=timedelta(seconds=0), limit=9)
    assert [d.parcel.subject for d in lost] == [reference]
    start_desk(smtp_url=server.url, **QUICK)
    (mail,) = eventually(lambda: server.box.mails)
    assert mail["Message-ID"] == f"<{reference}@shop.example>"


def test_without_a_mail_server_nothing_is_sent_and_nothing_waits(start_desk):
    desk = start_desk(delivery_poll=timedelta(milliseconds=20))
    reference = opened(desk)
    desk.stop()
    desk = start_desk(delivery_poll=timedelta(milliseconds=20))
    eventually(lambda: states(desk, reference) == [])


def test_no_address_and_no_words_reach_the_log(desk, server, capfd):
    server.box.then("554 sara@example.com said no: راز")
    reference = opened(desk, message="راز من")
    eventually(lambda: states(desk, reference) == [DeliveryState.FAILED])
    logged = "".join(capfd.readouterr())
    assert "delivery.tried" in logged
    for secret in ("sara@example.com", "راز", "احمدی"):
        assert secret not in logged


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost", SmtpServer("localhost", 25, None, None, False, None)),
        ("smtps://m.example", SmtpServer("m.example", 465, None, None, True, False)),
        (
            "smtp://us%40er:p%3Ass@m.example:587",
            SmtpServer("m.example", 587, "us@er", "p:ss", False, True),
        ),
        ("smtp://u:p@127.0.0.1:1025", SmtpServer("127.0.0.1", 1025, "u", "p", False, None)),
    ],
)
def test_the_servers_address_is_read(url, server):
    assert SmtpServer.parse(url) == server


@pytest.mark.parametrize(
    "url", ["mail.example", "http://m.example", "smtp://", "smtp://m:x", "smtp://m/x"]
)
def test_an_address_that_is_none_is_refused_without_being_shown(start_desk, url):
    with pytest.raises(DeskError, match="JAWAB_SMTP_URL") as refused:
        start_desk(smtp_url=url, **QUICK)
    assert "m:x" not in str(refused.value)

"""Notices by e-mail, through a real SMTP server on loopback."""

import asyncio
import shutil
import ssl
import subprocess
from datetime import datetime, timedelta, timezone

import pytest
from aiosmtpd.smtp import AuthResult

from jawab.desk.failures import DeskError
from jawab.desk.mail.mailer import Mailer, SmtpServer
from jawab.desk.mail.replies import MailReplies
from jawab.settings import PROJECT
from jawab.support.deliveries.delivery import Arrived, Carrier, DeliveryState, Later
from jawab.support.deliveries.store import DeliveryStore
from jawab.support.mail import texts as mail_texts
from jawab.support.mail.signs import MailSigns
from jawab.support.mail.store import MailStore
from jawab.support.tickets.ticket import Happening, TicketState, agent

from .outside import MailServer
from .running import eventually

QUICK = {
    "mail_from": "support@shop.example",
    "delivery_poll": timedelta(milliseconds=20),
    "delivery_first_delay": timedelta(milliseconds=20),
    "delivery_longest_delay": timedelta(milliseconds=40),
}
SIGNS = MailSigns("k" * 40)
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
    last = eventually(lambda: desk.services.tickets.history(reference)[1:])[-1]
    assert (last.who, last.what) == ("system", Happening.UNDELIVERED)
    assert last.data == {"notice": "opened", "problem": "smtp 550"}


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
    assert mail["Message-ID"] == SIGNS.message_id(reference, "support@shop.example")


def test_without_a_mail_server_nothing_is_sent_and_nothing_waits(start_desk):
    desk = start_desk(delivery_poll=timedelta(milliseconds=20))
    reference = opened(desk)
    desk.stop()
    desk = start_desk(delivery_poll=timedelta(milliseconds=20))
    eventually(lambda: states(desk, reference) == [])


def test_no_address_and_no_words_reach_the_log(desk, server, caplog):
    server.box.then("554 sara@example.com said no: راز")
    reference = opened(desk, message="راز من")
    eventually(lambda: "delivery.tried" in caplog.text)
    assert states(desk, reference) == [DeliveryState.FAILED]
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("jawab")]
    for secret in ("sara@example.com", "راز", "احمدی"):
        assert secret not in "\n".join(ours)


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


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A self-made certificate for 127.0.0.1, and the key to it."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    files = (str(folder / "cert.pem"), str(folder / "key.pem"))
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=localhost", "-out", files[0]),
            *("-keyout", files[1], "-addext", "subjectAltName=IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    return files


def serving(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


def trusting(certificate):
    return ssl.create_default_context(cafile=certificate[0])


class Logins:
    """Takes one password, and remembers what was tried and over which line."""

    def __init__(self):
        self.tried = []

    def __call__(self, server, session, envelope, mechanism, data):
        self.tried.append((data.login, data.password, session.ssl is not None))
        return AuthResult(success=data.password == b"right", handled=False)


def hand_in(start_desk, certificate, server, *, password="right", starttls=True, trust=True):
    """Open a ticket on a desk that sends nothing by itself, and hand its mail in by a mailer of our own."""
    desk = start_desk()
    reference = opened(desk)
    (delivery,) = outbox(desk, reference)
    mailer = Mailer(
        SmtpServer("127.0.0.1", server.port, "shop", password, False, starttls),
        sender="support@shop.example",
        signs=SIGNS,
        tickets=desk.services.tickets,
        threads=MailStore(desk.services.database),
        replies=MailReplies(
            desk.services.database,
            current=desk.services.current,
            texts=mail_texts.load(PROJECT),
            signs=SIGNS,
            files=desk.services.files,
        ),
        current=desk.services.current,
        topics=desk.services.topics,
        texts=mail_texts.load(PROJECT),
        tls=trusting(certificate) if trust else None,
    )
    return asyncio.run(mailer(delivery))


def test_a_password_goes_over_an_encrypted_line(start_desk, certificate):
    logins = Logins()
    tls = serving(certificate)
    with MailServer(tls_context=tls, authenticator=logins, auth_required=True) as server:
        assert hand_in(start_desk, certificate, server) == Arrived()
        assert logins.tried == [(b"shop", b"right", True)]
        assert len(server.box.mails) == 1


def test_a_wrong_password_is_the_owners_to_mend(start_desk, certificate):
    tls = serving(certificate)
    with MailServer(tls_context=tls, authenticator=Logins(), auth_required=True) as server:
        outcome = hand_in(start_desk, certificate, server, password="wrong")
        assert outcome == Later("smtp login 535")
        assert server.box.mails == []


def test_no_password_goes_over_a_line_that_cannot_be_encrypted(start_desk, certificate):
    logins = Logins()
    with MailServer(authenticator=logins, auth_require_tls=False) as server:
        assert isinstance(hand_in(start_desk, certificate, server), Later)
        assert (logins.tried, server.box.mails) == ([], [])


def test_a_server_that_nobody_vouches_for_gets_nothing(start_desk, certificate):
    logins = Logins()
    with MailServer(tls_context=serving(certificate), authenticator=logins) as server:
        assert isinstance(hand_in(start_desk, certificate, server, trust=False), Later)
        assert (logins.tried, server.box.mails) == ([], [])

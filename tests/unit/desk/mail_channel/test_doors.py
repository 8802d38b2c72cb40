"""How mails come in: SMTP and IMAP on loopback, whatever they are; nothing is lost and nothing logged."""

import smtplib
import threading
from datetime import timedelta

import pytest

from jawab.desk.failures import DeskError
from jawab.settings import Settings

from ...channels.imap_server import ImapServer
from ..running import eventually
from .post import MAIL, NASTY, answer, deliver, ended, fates, mail


def test_only_the_shops_addresses_take_mail(desk):
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        deliver(desk, mail(to="other@souq.example"))


def test_a_mail_that_is_too_large_is_refused(start_desk, out):
    desk = start_desk(smtp_url=out.url, mail_listen="127.0.0.1:0", max_mail_bytes=10_000, **MAIL)
    with pytest.raises(smtplib.SMTPException):
        deliver(desk, mail("ا" * 20_000))
    assert fates(desk) == {}


def test_a_mail_that_cannot_be_stored_is_not_taken(desk):
    with desk.services.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE mails RENAME TO hidden")
    with pytest.raises(smtplib.SMTPDataError) as refused:
        deliver(desk, mail())
    with desk.services.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE hidden RENAME TO mails")

    assert refused.value.smtp_code == 451


def test_a_mailbox_is_read_and_answered(start_desk, rasa, out):
    with ImapServer() as box:
        start_desk(smtp_url=out.url, mailboxes=f"souq={box.url}?done=Answered", **MAIL)
        box.put(mail().as_bytes())
        got = answer(out)

        assert got["To"].addresses[0].addr_spec == "sara@example.com"
        eventually(lambda: len(box.folders["Answered"]) == 1)
        assert box.folders["INBOX"] == {}


def test_a_mailbox_that_tells_of_a_mail_is_read_without_being_asked(start_desk, rasa, out):
    with ImapServer(idle=True) as box:
        settings = {**MAIL, "mail_poll": timedelta(hours=1)}
        desk = start_desk(smtp_url=out.url, mailboxes=f"souq={box.url}", **settings)
        eventually(lambda: box.idling)
        box.put(mail().as_bytes())
        assert answer(out)
        eventually(lambda: box.idling)  # and it is waited for the next
        desk.stop()
        eventually(lambda: not box.idling)


def test_a_mailbox_that_was_away_is_read_when_it_is_back(start_desk, out):
    box = ImapServer()
    box.__enter__()
    box.drop_after = 0
    start_desk(smtp_url=out.url, mailboxes=f"souq={box.url}", **MAIL)
    eventually(lambda: len(box.commands) > 1)
    box.put(mail().as_bytes())
    box.drop_after = None

    assert answer(out)
    box.__exit__()


def test_a_mail_that_came_before_a_restart_is_answered_after_it(start_desk, rasa, out):
    held = threading.Event()
    rasa.then(held)
    settings = {"smtp_url": out.url, "mail_listen": "127.0.0.1:0", **MAIL}
    desk = start_desk(shutdown_grace=timedelta(milliseconds=50), **settings)
    deliver(desk, mail())
    eventually(lambda: rasa.asked)
    desk.stop()
    held.set()
    assert out.box.mails == []
    desk = start_desk(**settings)

    assert answer(out)
    assert ended(desk, answered=1)


def test_whatever_comes_is_kept_and_comes_to_an_end(start_desk, rasa, out):
    with ImapServer() as box:
        desk = start_desk(
            smtp_url=out.url, mailboxes=f"souq={box.url}", mails_per_sender=99, **MAIL
        )
        for raw in NASTY:
            box.put(raw)
        eventually(
            lambda: sum(fates(desk).values()) == len(NASTY) and "waiting" not in fates(desk),
            within=60,
        )
        assert "broken" not in fates(desk)
        eventually(lambda: len(out.box.mails) == fates(desk)["answered"])
        assert {made["To"].addresses[0].addr_spec for made in out.box.mails} == {"sara@example.com"}
        assert all(len(made["To"].addresses) == 1 for made in out.box.mails)


def test_no_words_and_no_address_reach_the_log(desk, out, caplog):
    deliver(desk, mail("سر كبير"))
    answer(out)
    ended(desk, answered=1)
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("jawab")]

    for secret in ("sara@example.com", "سر كبير", "الحذاء", "Sara"):
        assert not any(secret in line for line in ours)


@pytest.mark.parametrize(
    "settings",
    [
        {"mailboxes": "souq=imaps://u:p@mail.example"},
        {"mail_listen": "127.0.0.1:0"},
        {"mail_addresses": "souq=help@souq.example"},
        {"mail_addresses": "help@souq.example"},
    ],
)
def test_settings_that_do_not_go_together_are_refused(settings):
    with pytest.raises(ValueError, match=r"JAWAB_MAIL|souq=help"):
        Settings(_env_file=None, **settings)


def test_a_mailbox_of_no_shops_is_refused(start_desk, out):
    with pytest.raises(DeskError, match="JAWAB_MAILBOXES"):
        start_desk(smtp_url=out.url, mailboxes="nobody=imaps://u:p@mail.example", **MAIL)

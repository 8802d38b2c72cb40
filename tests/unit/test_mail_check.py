"""`jawab channel` and e-mail, as an owner types it, against a mailbox on loopback."""

import pytest
from typer.testing import CliRunner

from jawab.cli import app as jawab

from .channels.imap_server import ImapServer


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("JAWAB_VAR", str(tmp_path))
    monkeypatch.setenv("JAWAB_SMTP_URL", "smtp://127.0.0.1:25")
    monkeypatch.setenv("JAWAB_MAIL_FROM", "notices@souq.example")
    monkeypatch.setenv("JAWAB_MAIL_ADDRESSES", "souq=help@souq.example")
    monkeypatch.setenv("JAWAB_MAIL_LISTEN", "127.0.0.1:2525")
    return lambda *words: CliRunner().invoke(jawab, ["channel", *words])


def test_a_mailbox_is_listed_and_checked(run, monkeypatch):
    with ImapServer() as server:
        server.put(b"Subject: x\r\n\r\nx")
        monkeypatch.setenv("JAWAB_MAILBOXES", f"souq={server.url}")
        listed, checked = run("list"), run("check")

    assert "INBOX at 127.0.0.1, by IMAP" in listed.output
    assert "SMTP at 127.0.0.1:2525 for help@souq.example" in listed.output
    assert checked.exit_code == 0
    assert "souq-email: INBOX at 127.0.0.1, 1 mails wait there" in checked.output
    assert server.password not in listed.output + checked.output


def test_a_wrong_password_is_told(run, monkeypatch):
    with ImapServer() as server:
        monkeypatch.setenv("JAWAB_MAILBOXES", f"souq={server.url}".replace("secret", "wrong"))
        checked = run("check", "souq-email")

    assert checked.exit_code == 1
    assert "login refused" in checked.output


def test_how_email_is_added_is_told(run):
    added = run("add", "email", "--shop", "souq")

    assert added.exit_code == 1
    assert "JAWAB_MAIL_ADDRESSES" in added.output


def test_settings_that_do_not_go_together_are_told(run, monkeypatch):
    monkeypatch.delenv("JAWAB_MAIL_FROM")
    told = run("list")

    assert told.exit_code == 1
    assert "JAWAB_SMTP_URL needs JAWAB_MAIL_FROM" in told.output

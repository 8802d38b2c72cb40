"""A mailbox read by IMAP, from a server on loopback."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from jawab.channels.contract import ChannelError
from jawab.channels.mail.mailbox import ImapMailbox, MailboxAccount, MailboxAway

from ..desk.running import PATIENCE, eventually
from .imap_server import ImapServer

RAW = "From: sara@example.com\r\nSubject: سفارش\r\n\r\nنرسیده\r\n".encode()


@pytest.fixture
def server():
    with ImapServer() as server:
        yield server


def mailbox(server, *, limit=1_000_000, query=""):
    return ImapMailbox(MailboxAccount.parse("souq", server.url + query), limit=limit)


def test_each_mail_comes_once_as_it_lies_there(server):
    uid = server.put(RAW)
    got = []

    assert mailbox(server).collect(got.append) == 1
    assert mailbox(server).collect(got.append) == 0

    assert got == [RAW]
    assert server.flags(uid) == {"\\Seen"}


def test_what_could_not_be_stored_stays_unseen(server):
    uid = server.put(RAW)

    def full(_):
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        mailbox(server).collect(full)
    assert server.flags(uid) == set()


@pytest.mark.parametrize("moves", [True, False])
def test_what_is_stored_moves_where_a_folder_is_named(moves):
    with ImapServer(move=moves) as server:
        server.put(RAW)
        got = []
        mailbox(server, query="?done=Answered").collect(got.append)

        assert got == [RAW]
        assert [raw for raw, _ in server.folders["Answered"].values()] == [RAW]


def test_a_mail_that_is_too_large_stays_there_flagged(server):
    large, small = server.put(RAW + b"x" * 500), server.put(RAW)
    got = []

    assert mailbox(server, limit=300).collect(got.append) == 1
    assert got == [RAW]
    assert server.flags(large) == {"\\Seen", "\\Flagged"}
    assert server.flags(small) == {"\\Seen"}


def test_a_line_that_breaks_loses_nothing(server):
    server.put(RAW)
    got = []
    for commands in range(6):
        server.drop_after = commands
        with pytest.raises(MailboxAway):
            mailbox(server).collect(got.append)
    assert "UID FETCH 1 (BODY.PEEK[])" in server.commands
    server.drop_after = None
    mailbox(server).collect(got.append)

    assert RAW in got
    assert all("\\Seen" in flags for _, flags in server.folders["INBOX"].values())


def test_a_server_that_is_away_and_a_wrong_password_are_told_apart(server):
    wrong = server.url.replace(":secret@", ":wrong@")
    with pytest.raises(MailboxAway, match="login refused"):
        ImapMailbox(MailboxAccount.parse("souq", wrong), limit=10).check()
    away = mailbox(server)
    server.__exit__()
    with pytest.raises(MailboxAway, match="ConnectionRefusedError"):
        away.check()
    server.__enter__()


def test_a_check_tells_how_many_mails_wait(server):
    server.put(RAW)
    server.put(RAW, flags=["\\Seen"])

    assert mailbox(server).check() == 1


@pytest.fixture
def telling():
    with ImapServer(idle=True) as server:
        yield server


@pytest.fixture
def waiting():
    """Wait for a mailbox beside the test; what comes of it."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda box, **more: pool.submit(
            box.wait, more.get("seconds", PATIENCE), ended=more.get("ended", bool)
        )


def test_a_server_that_tells_of_a_new_mail_ends_the_wait(telling, waiting):
    waits = waiting(mailbox(telling))
    eventually(lambda: telling.idling)
    assert not waits.done()
    telling.put(RAW)
    assert waits.result(PATIENCE / 2) is True


def test_a_mail_that_is_there_already_is_not_waited_for(telling):
    telling.put(RAW)
    assert mailbox(telling).wait(PATIENCE, ended=bool) is True
    assert "IDLE" not in telling.commands


def test_a_server_that_cannot_tell_is_not_waited_for(server):
    assert mailbox(server).wait(PATIENCE, ended=bool) is False


def test_the_wait_ends_by_itself_and_in_order(telling):
    assert mailbox(telling).wait(0.1, ended=bool) is True
    assert telling.commands[-2:] == ["IDLE", "LOGOUT"]


def test_a_wait_that_nobody_needs_any_more_ends(telling, waiting):
    stopping = threading.Event()
    waits = waiting(mailbox(telling), ended=stopping.is_set)
    eventually(lambda: telling.idling)
    stopping.set()
    assert waits.result(PATIENCE / 2) is True


def test_a_line_that_breaks_while_waiting_is_told(telling, waiting):
    waits = waiting(mailbox(telling))
    (session,) = eventually(lambda: tuple(telling.idling))
    session.cut()
    with pytest.raises(MailboxAway):
        waits.result(PATIENCE / 2)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "imaps://mail.example",
        "http://u:p@mail.example",
        "imap://u:p@mail.example",
        "imaps://u:p@h:x",
    ],
)
def test_what_is_no_mailbox_is_refused_without_its_password(url):
    with pytest.raises(ChannelError) as refused:
        MailboxAccount.parse("souq", url)
    assert "u:p" not in str(refused.value)


def test_a_password_is_never_shown():
    account = MailboxAccount.parse("souq", "imaps://help%40souq.example:p%3Ass@mail.example/Shop")

    assert (account.username, account.password) == ("help@souq.example", "p:ss")
    assert (account.port, account.folder, account.tls) == (993, "Shop", True)
    assert "p:ss" not in repr(account)

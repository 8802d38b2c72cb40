"""`jawab person …`, against a database of its own."""

from datetime import datetime, timezone
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from jawab.person_commands import app
from jawab.settings import Settings
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival, Draft
from jawab.support.conversations.store import Store
from jawab.support.database import Database, connect
from jawab.support.migrate import upgrade
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import NewTicket, Origin, Queue
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, tzinfo=timezone.utc)
PHONE, WORD = "+989121110001", "ژاله‌باران"


@pytest.fixture
def database(tmp_path, monkeypatch):
    monkeypatch.setenv("JAWAB_VAR", str(tmp_path / "var"))
    settings = Settings()
    made = Database(connect(settings.database_url, patience=settings.database_patience))
    upgrade(made)
    yield made
    made.close()


@pytest.fixture
def talk(database):
    """A conversation with a ticket of this phone."""
    return asked(database, PHONE)


def asked(database, phone, conversation=None):
    store = Store(database)
    begun = conversation or begin(shop="digikala", lang=Lang.FA, now=NOW)
    if conversation is None:
        store.open_conversation(begun, Draft("سلام", Lang.FA))
        store.accept(begun.id, Arrival("m1", text=WORD), now=NOW)
    TicketStore(database).open(
        NewTicket(
            shop="digikala",
            lang=Lang.FA,
            topic="other",
            queue=Queue.SHOPPERS,
            name="پری",
            phone=phone,
            message=WORD,
            conversation_id=begun.id,
            client_id=phone,
            origin=Origin.WIDGET,
            at=NOW,
        ),
        due_at=NOW,
    )
    return begun


def run(*arguments, answer=None):
    return CliRunner().invoke(app, arguments, input=answer)


def test_an_erasure_shows_what_it_found_and_asks_first(database, talk):
    result = run("erase", "--phone", "۰۹۱۲ ۱۱۱ ۰۰۰۱", answer="n\n")
    assert result.exit_code == 1
    for told in (talk.id, "1 tickets", "2 messages", "erase it all?"):
        assert told in result.output
    assert len(Store(database).messages_after(talk.id, 0, limit=9)) == 2


def test_a_yes_erases_and_is_written_down_without_a_name(database, talk):
    result = run("erase", "--phone", PHONE, answer="y\n")
    assert result.exit_code == 0, result.output
    assert run("export", "x.zip", "--phone", PHONE).exit_code == 1
    told = run("log").output
    assert "erased" in told
    assert "by phone" in told
    assert "tickets=1" in told
    for theirs in (PHONE[3:], WORD, talk.id):
        assert theirs not in told


def test_with_yes_nothing_is_asked(talk):
    assert run("erase", "--conversation", talk.id, "--yes").exit_code == 0
    assert "nothing is kept" in run("erase", "--conversation", talk.id, "--yes").stderr


def test_an_export_is_written_and_not_over_another(talk, tmp_path):
    path = str(tmp_path / "pari.zip")
    assert run("export", path, "--phone", PHONE).exit_code == 0
    with ZipFile(path) as archive:
        assert WORD in archive.read("person.json").decode()
    again = run("export", path, "--phone", PHONE)
    assert (again.exit_code, "exists" in again.stderr) == (1, True)
    assert "exported" in run("log").output


def test_a_friends_conversation_is_named_and_left(database, talk):
    asked(database, "+989125550005", talk)
    result = run("erase", "--phone", PHONE, "--yes")
    assert result.exit_code == 0
    assert f"--conversation {talk.id} takes it whole" in result.stderr
    assert len(Store(database).messages_after(talk.id, 0, limit=9)) == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "--phone, --email, --conversation or --user"),
        (("--user", "4711"), "souq=4711"),
        (("--user", "souq=4711"), "nothing is kept"),
        (("--phone", "12"), "mobile number"),
        (("--email", "pari"), "name@example.com"),
        (("--phone", "+4915112345678"), "nothing is kept"),
    ],
)
def test_what_cannot_be_looked_for_is_told(database, arguments, told):
    result = run("erase", *arguments, "--yes")
    assert result.exit_code == 1
    assert told in result.stderr


def test_an_idle_database_is_written_anew(talk):
    assert run("tidy").exit_code == 0

"""A backup holds everything, is made while others write, and is put back whole or not at all; on both databases."""

from __future__ import annotations

import io
import sqlite3
import tarfile
import threading
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, text
from sqlalchemy.engine import make_url

from jawab.backup.errors import InTheWay, NewerBackup, NoBackup, OtherDatabase
from jawab.backup.making import make
from jawab.backup.places import Places
from jawab.backup.restoring import restore
from jawab.support.attachments.attachment import Attached, Attachment, new_id
from jawab.support.attachments.store import AttachmentStore
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival, Draft
from jawab.support.conversations.store import Store
from jawab.support.database import Database, connect
from jawab.support.migrate import is_current, upgrade
from jawab.support.tables import attachments
from jawab.text.language import Lang

PATIENCE = timedelta(seconds=10)
NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
HELLO = Draft("أهلا", Lang.AR)


@pytest.fixture
def here(url, tmp_path):
    return places(tmp_path / "here", url)


@pytest.fixture
def elsewhere(url, tmp_path, request):
    """Another machine: no table, no file."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        yield places(tmp_path / "elsewhere", f"sqlite:///{tmp_path}/elsewhere/jawab.db")
        return
    engine = connect(url, patience=PATIENCE).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE elsewhere"))
    yield places(tmp_path / "elsewhere", address.set(database="elsewhere").render_as_string())
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE elsewhere WITH (FORCE)"))
    engine.dispose()


def places(var, url):
    var.mkdir()
    return Places(
        database_url=url,
        tracker_url=f"sqlite:///{var}/rasa-tracker.db",
        var=var,
        secrets=(var / "channels.yml", var / "secret.key"),
        patience=PATIENCE,
    )


@contextmanager
def opened(places):
    database = Database(connect(places.database_url, patience=PATIENCE))
    try:
        yield database
    finally:
        database.close()


def remember(places, conversation_id):
    """As Rasa does."""
    with closing(sqlite3.connect(places.var / "rasa-tracker.db")) as tracker, tracker:
        tracker.execute("CREATE TABLE IF NOT EXISTS events (sender_id TEXT, data TEXT)")
        tracker.execute("INSERT INTO events VALUES (?, '{}')", (conversation_id,))


def remembered(places):
    with closing(sqlite3.connect(places.var / "rasa-tracker.db")) as tracker:
        return [id for (id,) in tracker.execute("SELECT sender_id FROM events")]


def converse(places, database, *, content=b"a photo"):
    """A conversation with a message and a file; its id and the file's."""
    conversation = begin(shop="souq", lang=Lang.AR, now=NOW)
    Store(database).open_conversation(conversation, HELLO)
    with places.files.draft() as draft:
        draft.write_bytes(content)
        digest, size = places.files.keep(draft)
    shown = Attached(new_id(), "photo.jpg", "image/jpeg", size)
    kept = Attachment(shown, conversation.id, digest, NOW)
    AttachmentStore(database).add(kept, limit=9)
    arrival = Arrival("c1", text="سؤال", attachments=(shown.id,))
    Store(database).accept(conversation.id, arrival, now=NOW)
    return conversation.id, digest


@pytest.fixture
def filled(here):
    """An installation with a conversation, what Rasa remembers of it, and secrets."""
    with opened(here) as database:
        upgrade(database)
        id, digest = converse(here, database)
    remember(here, id)
    (here.var / "channels.yml").write_text("token: 1234")
    return id, digest


def test_everything_is_there_elsewhere(here, elsewhere, filled, tmp_path):
    id, digest = filled
    made = make(here, tmp_path / "b.tar.gz", now=NOW)
    assert (made.missing, set(made.databases)) == ((), {"database", "rasa-tracker"})
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600
    restored = restore(tmp_path / "b.tar.gz", elsewhere, now=NOW)
    assert restored.aside is None
    with opened(elsewhere) as database:
        assert is_current(database)
        greeting, message = Store(database).messages_after(id, 0, limit=9)
        assert (greeting.text, message.text) == ("أهلا", "سؤال")
        assert [attached.name for attached in message.attachments] == ["photo.jpg"]
    assert elsewhere.files.path(digest).read_bytes() == b"a photo"
    assert remembered(elsewhere) == [id]
    assert sorted(path.name for path in elsewhere.var.glob(".*")) == []


def test_secrets_are_in_it_only_when_asked_for(here, elsewhere, filled, tmp_path):
    without = make(here, tmp_path / "without.tar.gz", now=NOW)
    assert not any(name.startswith("secrets") for name in without.files)
    made = make(here, tmp_path / "with.tar.gz", now=NOW, with_secrets=True)
    assert [name for name in made.files if name.startswith("secrets")] == ["secrets/channels.yml"]
    restore(tmp_path / "with.tar.gz", elsewhere, now=NOW)
    back = elsewhere.var / "channels.yml"
    assert (back.read_text(), back.stat().st_mode & 0o777) == ("token: 1234", 0o600)


def test_nothing_is_replaced_unless_told_and_then_it_is_put_aside(here, filled, tmp_path):
    id, _ = filled
    make(here, tmp_path / "b.tar.gz", now=NOW)
    with opened(here) as database:
        later, _ = converse(here, database)
    with pytest.raises(InTheWay):
        restore(tmp_path / "b.tar.gz", here, now=NOW)
    with opened(here) as database:
        assert Store(database).last_message_id(later)
    restored = restore(tmp_path / "b.tar.gz", here, now=NOW, overwrite=True)
    assert restored.aside.name == "before-restore-20270102-100000"
    with opened(here) as database:
        assert Store(database).last_message_id(id)
        assert not Store(database).last_message_id(later)
    assert (restored.aside / "rasa-tracker.db").is_file()


def test_a_backup_is_not_replaced_unless_told(here, filled, tmp_path):
    to = tmp_path / "b.tar.gz"
    to.write_text("another")
    with pytest.raises(InTheWay):
        make(here, to, now=NOW)
    assert to.read_text() == "another"
    make(here, to, now=NOW, overwrite=True)
    assert tarfile.is_tarfile(to)


def test_an_older_backup_is_brought_to_this_version(here, elsewhere, tmp_path):
    with opened(here) as database:
        upgrade(database, "0002")
        with database.writing() as connection:
            connection.execute(
                text(
                    "INSERT INTO conversations VALUES ('c', 'souq', 'ar', 'bot', '2027-01-02 10:00:00')"
                )
            )
            connection.execute(
                text(
                    "INSERT INTO messages (conversation_id, author, text, lang, created_at, buttons, attachments)"
                    " VALUES ('c', 'bot', 'أهلا', 'ar', '2027-01-02 10:00:00', '[]', '[]')"
                )
            )
    make(here, tmp_path / "old.tar.gz", now=NOW)
    restore(tmp_path / "old.tar.gz", elsewhere, now=NOW)
    with opened(elsewhere) as database:
        assert is_current(database)
        assert [m.text for m in Store(database).messages_after("c", 0, limit=9)] == ["أهلا"]


def test_a_newer_backup_is_left_alone(here, elsewhere, filled, tmp_path):
    with opened(here) as database, database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    make(here, tmp_path / "new.tar.gz", now=NOW)
    with pytest.raises(NewerBackup):
        restore(tmp_path / "new.tar.gz", elsewhere, now=NOW)
    assert list(elsewhere.var.iterdir()) == []


def test_half_a_backup_is_left_alone(here, elsewhere, filled, tmp_path):
    to = tmp_path / "b.tar.gz"
    make(here, to, now=NOW)
    to.write_bytes(to.read_bytes()[: to.stat().st_size // 2])
    with pytest.raises(NoBackup):
        restore(to, elsewhere, now=NOW)
    assert list(elsewhere.var.iterdir()) == []


def test_a_backup_that_was_damaged_anywhere_is_left_alone(here, elsewhere, filled, tmp_path):
    with opened(here) as database:
        converse(here, database, content=" ".join(str(n**3) for n in range(40_000)).encode())
    make(here, tmp_path / "b.tar.gz", now=NOW)
    whole = (tmp_path / "b.tar.gz").read_bytes()
    for part in range(1, 20):  # as a disk gives back what it has lost
        place = len(whole) * part // 20
        damaged = whole[:place] + bytes(4096) + whole[place + 4096 :]
        (tmp_path / "damaged.tar.gz").write_bytes(damaged)
        with pytest.raises(NoBackup):
            restore(tmp_path / "damaged.tar.gz", elsewhere, now=NOW)
    assert list(elsewhere.var.iterdir()) == []


@pytest.mark.parametrize("name", ["../b.txt", "/b.txt", "a/b/c.txt", "more.txt"])
def test_what_does_not_belong_into_a_backup_is_refused(here, elsewhere, filled, tmp_path, name):
    make(here, tmp_path / "b.tar.gz", now=NOW)
    with (
        tarfile.open(tmp_path / "b.tar.gz") as good,
        tarfile.open(tmp_path / "bad.tar.gz", "w:gz") as bad,
    ):
        for member in good:
            bad.addfile(member, good.extractfile(member))
        more = tarfile.TarInfo(name)
        more.size = 3
        bad.addfile(more, io.BytesIO(b"bad"))
    with pytest.raises(NoBackup):
        restore(tmp_path / "bad.tar.gz", elsewhere, now=NOW)
    assert list(elsewhere.var.iterdir()) == []
    assert not (tmp_path / "b.txt").exists()


def test_an_archive_of_something_else_is_said_to_be_no_backup(elsewhere, tmp_path):
    with tarfile.open(tmp_path / "other.tar.gz", "w:gz") as other:
        other.addfile(tarfile.TarInfo("photos"))
    with pytest.raises(NoBackup, match="no list of what it holds"):
        restore(tmp_path / "other.tar.gz", elsewhere, now=NOW)


def test_an_attachment_whose_file_is_gone_is_told(here, elsewhere, filled, tmp_path):
    _, digest = filled
    here.files.remove(digest)
    assert make(here, tmp_path / "b.tar.gz", now=NOW).missing == (digest,)
    assert restore(tmp_path / "b.tar.gz", elsewhere, now=NOW).manifest.missing == (digest,)


def test_a_backup_of_one_kind_of_database_does_not_go_into_the_other(here, filled, tmp_path):
    make(here, tmp_path / "b.tar.gz", now=NOW)
    (tmp_path / "other").mkdir()
    other = {True: "postgresql+psycopg2://jawab@127.0.0.1:9/x", False: f"sqlite:///{tmp_path}/x.db"}
    there = places(tmp_path / "other" / "var", other[here.database_url.startswith("sqlite")])
    with pytest.raises(OtherDatabase, match="JAWAB_DATABASE_URL"):
        restore(tmp_path / "b.tar.gz", there, now=NOW)


def test_backups_made_while_others_write_and_erase_are_whole(here, filled, tmp_path):
    over = threading.Event()

    def write():
        with opened(here) as database:
            number = 0
            while not over.is_set():
                number += 1
                _, digest = converse(here, database, content=f"{number}".encode() * 500)
                if number % 3 == 0:  # somebody is erased: first in the database, then on the disk
                    with database.writing() as connection:
                        connection.execute(
                            delete(attachments).where(attachments.c.content == digest)
                        )
                    here.files.remove(digest)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [make(here, tmp_path / f"{n}.tar.gz", now=NOW) for n in range(4)]
    finally:
        over.set()
        writer.join()
    assert [one.missing for one in made] == [()] * 4
    counts = [sum(name.startswith("attachments/") for name in one.files) for one in made]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]

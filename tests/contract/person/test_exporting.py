"""Who asks for what is kept of them gets all of it, and nothing of anybody else."""

import json
import os
from zipfile import ZipFile

import pytest
from sqlalchemy import create_engine, text

from jawab.privacy import audit, erasing, exporting, finding
from jawab.privacy.parts import PARTS
from jawab.privacy.person import Wanted

from . import people
from .people import NOUR, NOW, PARI

BY_CONTACT = Wanted(phones=frozenset([PARI.phone]), emails=frozenset([PARI.email]))


@pytest.fixture
def export(database, files, trackers, tmp_path):
    def exported(wanted, to="person.zip"):
        with database.reading() as connection:
            person = finding.find(connection, wanted)
            exporting.export(
                connection,
                wanted,
                person,
                trackers=trackers,
                files=files,
                to=tmp_path / to,
                now=NOW,
            )
        return tmp_path / to

    return exported


def test_everything_of_them_is_in_one_file(database, export, trackers, pari, nour):
    people.remembered(trackers, pari, PARI)
    people.remembered(trackers, nour, NOUR)
    path = export(BY_CONTACT)
    assert os.stat(path).st_mode & 0o777 == 0o600
    with ZipFile(path) as archive:
        record = json.loads(archive.read(exporting.RECORD))
        contents = {name: archive.read(name) for name in archive.namelist()}
    with database.reading() as connection:
        counts = erasing.count(connection, finding.find(connection, BY_CONTACT))
    handed = {part.table.name for part in PARTS if part.handed_over}
    assert {name: len(rows) for name, rows in record["tables"].items()} == {
        name: number for name, number in counts.items() if name in handed
    }
    assert record["asked_for"]["phones"] == [PARI.phone]
    assert {event["conversation"] for event in record["assistant_memory"]} == pari
    photos = [data for name, data in contents.items() if name.startswith("attachments/")]
    assert photos == [f"{PARI.word} {PARI.phone}".encode()]
    mails = [data for name, data in contents.items() if name.startswith("mails/")]
    assert any(f"From: {PARI.name}".encode() in mail for mail in mails)
    everything = b"".join(contents.values()).lower()
    assert [word for word in NOUR.words if word.encode() in everything] == []


def test_a_file_that_is_gone_is_said_to_be(database, export, files, clerk):
    site, _ = people.live(database, files, PARI, clerk)
    with database.reading() as connection:
        erased = erasing.held(connection, finding.find(connection, BY_CONTACT))
    for content in erased:
        files.remove(content)
    with ZipFile(export(Wanted(conversations=frozenset([site])))) as archive:
        (missing,) = json.loads(archive.read(exporting.RECORD))["missing_files"]
    assert missing.endswith(f"{PARI.word}.jpg")


def test_a_file_that_is_there_is_not_written_over(export, pari):
    export(BY_CONTACT)
    with pytest.raises(FileExistsError):
        export(BY_CONTACT)


def test_a_file_that_could_not_be_finished_is_not_left_behind(export, trackers, pari, tmp_path):
    people.remembered(trackers, pari, PARI)
    with create_engine(trackers.url, future=True).begin() as connection:
        connection.execute(text("UPDATE events SET data = '{'"))
    with pytest.raises(ValueError, match="line 1"):
        export(BY_CONTACT)
    assert not (tmp_path / "person.zip").exists()


def test_a_friends_conversation_is_not_handed_over(database, export, files, clerk):
    talk, _ = people.live(database, files, NOUR, clerk)
    named = people.ticket(database, PARI, talk, email=None, client_id="t2")
    with ZipFile(export(Wanted(phones=frozenset([PARI.phone])))) as archive:
        record = json.loads(archive.read(exporting.RECORD))
    assert record["tables"]["conversations"] == record["tables"]["messages"] == []
    assert [row["reference"] for row in record["tables"]["tickets"]] == [named]
    assert record["left_out"] == [talk]


def test_a_ticket_without_a_conversation_is_theirs_too(database, export, clerk):
    named = people.ticket(database, PARI, None, origin=people.Origin.PAGE)
    with ZipFile(export(Wanted(emails=frozenset([PARI.email])))) as archive:
        record = json.loads(archive.read(exporting.RECORD))
    assert [row["reference"] for row in record["tables"]["tickets"]] == [named]
    assert len(record["tables"]["ticket_events"]) == 3


def test_what_was_done_is_written_down_in_numbers(database):
    line = audit.Line(
        "jawab person (sara)", audit.Deed.ERASED, ("phone",), {"tickets": 2, "mails": 0}, NOW
    )
    with database.writing() as connection:
        audit.note(connection, line)
    with database.reading() as connection:
        (found,) = audit.lines(connection, limit=9)
        assert (found.who, found.by, found.counts) == (line.who, ["phone"], {"tickets": 2})

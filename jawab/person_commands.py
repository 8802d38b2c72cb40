"""`jawab person …`: everything that is kept of a shopper, handed over or erased, by phone, e-mail or conversation."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jawab.terminal import fail, note, settings_or_exit

if TYPE_CHECKING:
    from jawab.privacy.person import Person, Wanted
    from jawab.privacy.trackers import Trackers
    from jawab.support.attachments.files import AttachmentFiles
    from jawab.support.database import Database

CONSOLE = "jawab person"  # who did it, with the name on this machine
TRACKER_EVENTS = "tracker_events"

app = typer.Typer(
    help="What is kept of a shopper: hand it over, or erase it.", no_args_is_help=True
)

Phones = Annotated[
    list[str] | None, typer.Option("--phone", help="A phone of theirs; may be repeated.")
]
Emails = Annotated[
    list[str] | None, typer.Option("--email", help="An e-mail of theirs; may be repeated.")
]
Conversations = Annotated[
    list[str] | None,
    typer.Option("--conversation", help="A conversation's id, taken whole; may be repeated."),
]
Users = Annotated[
    list[str] | None,
    typer.Option(
        "--user", help="SHOP=ID of the shop's own, where it signs its users; may be repeated."
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(help="Leave this conversation (by id) or ticket (by reference) alone."),
]


@app.command()
def export(
    to: Annotated[Path, typer.Argument(metavar="FILE.zip", help="A file that is not there yet.")],
    phone: Phones = None,
    email: Emails = None,
    conversation: Conversations = None,
    user: Users = None,
    without: Without = None,
) -> None:
    """Write everything kept of a person into one ZIP file: JSON, their files, their mails.

    jawab person export sara.zip --phone 09121234567 --email sara@example.com
    """
    from jawab.privacy import audit, exporting

    wanted = _wanted(phone, email, conversation, user, without)
    with _kept() as kept:
        person, counts = _shown(kept, wanted)
        line = audit.Line(_who(), audit.Deed.EXPORTED, wanted.by, counts, _now())
        with kept.database.writing() as connection:
            audit.note(connection, line)
        try:
            with kept.database.reading() as connection:
                exporting.export(
                    connection,
                    wanted,
                    person,
                    trackers=kept.trackers,
                    files=kept.files,
                    to=to,
                    now=line.at,
                )
        except OSError as error:
            raise fail(f"{to}: {error.strerror}; name a file that can be made") from error
    typer.echo(f"{to} holds it all; make sure that it is they who ask before you hand it over")


@app.command()
def erase(
    phone: Phones = None,
    email: Emails = None,
    conversation: Conversations = None,
    user: Users = None,
    without: Without = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase everything kept of a person, after showing how much it is. There is no way back.

    jawab person erase --phone 09121234567
    """
    from jawab.privacy import audit, erasing, finding

    wanted = _wanted(phone, email, conversation, user, without)
    with _kept() as kept:
        _shown(kept, wanted)
        if not yes:
            typer.confirm("erase it all?", abort=True)
        with kept.database.writing() as connection:
            person = finding.find(connection, wanted)
            erased = erasing.erase(connection, person)
            forgotten = kept.trackers.erase(person.conversations)
            counts = {**erased.counts, TRACKER_EVENTS: forgotten}
            audit.note(connection, audit.Line(_who(), audit.Deed.ERASED, wanted.by, counts, _now()))
        removed = erasing.remove_files(kept.database, kept.files, erased.contents)
        typer.echo(f"erased, with {removed} files")
        _leave_no_trace(kept)


@app.command()
def tidy() -> None:
    """Write the databases' files anew, so that nothing erased lies in their unused room; writers wait meanwhile."""
    with _kept() as kept:
        _leave_no_trace(kept)


@app.command()
def log() -> None:
    """Who handed over or erased what, the latest first: in numbers, without whose it was."""
    from jawab.privacy import audit

    with _kept() as kept, kept.database.reading() as connection:
        for line in audit.lines(connection, limit=100):
            told = " ".join(f"{name}={number}" for name, number in line.counts.items())
            by = ",".join(line.by) or "age"
            typer.echo(
                f"{line.at:%Y-%m-%d %H:%M}Z  {line.deed.value:<9} by {by}  {line.who}  {told}"
            )


@dataclass(frozen=True)
class _Kept:
    """Where what is kept lies."""

    database: Database
    trackers: Trackers
    files: AttachmentFiles


@contextmanager
def _kept() -> Iterator[_Kept]:
    from jawab.privacy.trackers import Trackers
    from jawab.support.attachments.files import FOLDER, AttachmentFiles
    from jawab.support.database import Database, connect
    from jawab.support.errors import SupportError
    from jawab.support.migrate import upgrade

    settings = settings_or_exit()
    database = Database(connect(settings.database_url, patience=settings.database_patience))
    trackers = Trackers(settings.tracker_url, patience=settings.database_patience)
    try:
        upgrade(database)
        yield _Kept(database, trackers, AttachmentFiles(settings.var / FOLDER))
    except SupportError as error:
        raise fail(str(error)) from error
    finally:
        trackers.close()
        database.close()


def _wanted(
    phones: list[str] | None,
    emails: list[str] | None,
    conversations: list[str] | None,
    users: list[str] | None,
    without: list[str] | None,
) -> Wanted:
    from jawab.privacy.person import Wanted
    from jawab.support import contact
    from jawab.support.errors import ContactError

    if not (phones or emails or conversations or users):
        raise fail("say whom: --phone, --email, --conversation or --user")
    named = [user.partition("=") for user in users or ()]
    if not all(shop and id for shop, _, id in named):
        raise fail("--user: write the shop and the user's id there, as souq=4711")
    try:
        return Wanted(
            phones=frozenset(map(_phone, phones or ())),
            emails=frozenset(map(contact.email, emails or ())),
            conversations=frozenset(conversations or ()),
            users=frozenset((shop, id) for shop, _, id in named),
            without=frozenset(without or ()),
        )
    except ContactError as error:
        raise fail(str(error)) from error


def _phone(given: str) -> str:
    """A phone in E.164; apps know those of other countries, which are taken as they are with their +."""
    from jawab.support import contact
    from jawab.support.errors import BadPhone

    try:
        return contact.phone(given)
    except BadPhone:
        if re.fullmatch(r"\+[0-9]{7,15}", given):
            return given
        raise


def _shown(kept: _Kept, wanted: Wanted) -> tuple[Person, Mapping[str, int]]:
    """Find a person, and print how much there is of them and what is left alone; ends when there is nothing."""
    from jawab.privacy import erasing, finding

    with kept.database.reading() as connection:
        person = finding.find(connection, wanted)
        counts = erasing.count(connection, person)
    for id in sorted(person.shared):
        note(
            f"conversation {id} names somebody else as well and is left alone; --conversation {id} takes it whole"
        )
    if person.nobody:
        raise fail("nothing is kept under this")
    for id in sorted(person.conversations):
        typer.echo(f"conversation {id}")
    for reference in sorted(person.tickets):
        typer.echo(f"ticket {reference}")
    counts = {**counts, TRACKER_EVENTS: kept.trackers.count(person.conversations)}
    typer.echo(", ".join(f"{number} {name}" for name, number in counts.items() if number))
    return person, counts


def _leave_no_trace(kept: _Kept) -> None:
    from jawab.privacy import erasing

    clean = [erasing.leave_no_trace(kept.database), kept.trackers.leave_no_trace()]
    if not all(clean):
        raise fail(
            "others were writing, so traces may lie in a database's file until their room is used again;"
            " run `jawab person tidy` when the desk is quiet"
        )


def _who() -> str:
    return f"{CONSOLE} ({getpass.getuser()})"


def _now() -> datetime:
    return datetime.now(timezone.utc)

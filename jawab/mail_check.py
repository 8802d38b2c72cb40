"""What `jawab channel` knows of e-mail, whose settings are variables: which ways in there are, and whether they work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jawab.settings import Settings

if TYPE_CHECKING:
    from jawab.channels.mail.mailbox import ImapMailbox

HOW_TO = (
    "email: is set up by JAWAB_MAIL_ADDRESSES with JAWAB_MAILBOXES or JAWAB_MAIL_LISTEN (docs/email.md);"
    " `jawab channel check` tries it"
)


@dataclass(frozen=True)
class Way:
    """A way by which mails come; `problem` is what is wrong with it."""

    name: str
    told: str
    problem: bool = False


def ways(settings: Settings) -> Iterator[Way]:
    """Every way in, in words, untried."""
    for box in _mailboxes(settings):
        account = box.account
        yield Way(f"{account.shop}-email", f"{account.folder} at {account.host}, by IMAP")
    if settings.mail_listen is not None:
        addresses = ", ".join(address for _, address in settings.mail_addresses)
        yield Way("email", f"SMTP at {settings.mail_listen} for {addresses}")


def tried(settings: Settings) -> Iterator[Way]:
    """Every mailbox, signed in to."""
    from jawab.channels.mail.mailbox import MailboxAway

    for box in _mailboxes(settings):
        name = f"{box.account.shop}-email"
        where = f"{box.account.folder} at {box.account.host}"
        try:
            yield Way(name, f"{where}, {box.check()} mails wait there")
        except MailboxAway as away:
            yield Way(name, f"{where}: {away.reason}", problem=True)


def _mailboxes(settings: Settings) -> tuple[ImapMailbox, ...]:
    from jawab.desk.failures import DeskError
    from jawab.desk.mail.doors import mailboxes
    from jawab.terminal import fail

    try:
        return mailboxes(settings)
    except DeskError as error:
        raise fail(str(error)) from error

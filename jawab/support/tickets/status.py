"""Telling a ticket's state to whoever may know it: by the conversation that opened it, or by reference and contact."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from jawab.support import contact
from jawab.support.errors import ContactError, UnreadableReference, WrongCheckSign
from jawab.support.tickets import reference
from jawab.support.tickets.ticket import Ticket
from jawab.text.characters import ascii_digits
from jawab.text.entities import extract
from jawab.text.language import Lang

MOST_TRIES = 3


@dataclass(frozen=True)
class Query:
    """What a shopper has given so far to find a ticket; `slip` tells that a reference was given with a mistake in it."""

    reference: str | None = None
    phone: str | None = None
    email: str | None = None
    slip: bool = False

    @property
    def complete(self) -> bool:
        """Whether it is enough to look."""
        return self.reference is not None and (self.phone or self.email) is not None

    def with_text(self, text: str, lang: Lang) -> "Query":
        """The query with what this text adds: «JW-K37-W9F2 ۰۹۱۲۱۲۳۴۵۶۷».

        >>> Query().with_text("JW-K37-W9F2", Lang.EN).reference
        'JW-K37-W9F2'
        """
        before = found = replace(self, slip=False)
        plain = ascii_digits(text[:1000])
        rest = plain
        for match in reference.PATTERN.finditer(plain):
            found = _with_reference(found, match[0])
            rest = rest.replace(match[0], " ")
        contacts = {entity.kind: entity.value for entity in extract(rest, lang=lang)}
        found = replace(
            found,
            phone=contacts.get("phone") or _read(contact.phone, rest) or found.phone,
            email=contacts.get("email") or _read(contact.email, rest) or found.email,
        )
        if found.reference is None and found == before:
            found = _with_reference(found, plain)  # typed without prefix and dash
        return found

    def may_see(self, ticket: Ticket) -> bool:
        """Whether the phone or the e-mail address is this ticket's."""
        return (self.phone is not None and self.phone == ticket.phone) or (
            self.email is not None and self.email == ticket.email
        )


def worth_telling(tickets: Iterable[Ticket], *, most: int = 5) -> tuple[Ticket, ...]:
    """The newest tickets of a conversation, newest first."""
    return tuple(sorted(tickets, key=lambda ticket: ticket.opened_at, reverse=True)[:most])


def _read(form: Callable[[str], str], text: str) -> str | None:
    try:
        return form(text)
    except ContactError:
        return None


def _with_reference(query: Query, text: str) -> Query:
    try:
        return replace(query, reference=reference.parse(text), slip=False)
    except WrongCheckSign:
        return replace(query, slip=True)
    except UnreadableReference:
        return query

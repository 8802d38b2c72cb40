"""What is to be done with a mail, decided from the mail and what is known: values in, a value out."""

from dataclasses import dataclass
from typing import TypeAlias

from jawab.channels.mail.letter import Automatic, Letter
from jawab.support import contact
from jawab.support.errors import BadEmail
from jawab.support.mail.incoming import Fate
from jawab.support.tickets.ticket import Ticket, TicketState

_AUTOMATIC = {
    Automatic.REPLY: Fate.AUTO_REPLY,
    Automatic.LIST: Fate.LIST,
    Automatic.OURS: Fate.OURS,
    Automatic.BOUNCE: Fate.BOUNCE,
}


@dataclass(frozen=True)
class Ignore:
    """Keep it and do nothing: nobody waits for an answer."""

    fate: Fate


@dataclass(frozen=True)
class FollowUp:
    """The shopper goes on with their ticket."""

    ticket: Ticket


@dataclass(frozen=True)
class Noted:
    """For the agents of this ticket alone, with no answer."""

    ticket: Ticket
    fate: Fate


@dataclass(frozen=True)
class Begin:
    """A conversation and a ticket of its own."""


Decision: TypeAlias = Ignore | FollowUp | Noted | Begin


@dataclass(frozen=True)
class Found:
    """A ticket that a mail names, and the one that goes on in its place where it was a double; else it goes on itself."""

    ticket: Ticket
    goes_on: Ticket


@dataclass(frozen=True)
class Facts:
    """What is known beside the mail: the shop's `own` addresses; the ticket that one of our signed Message-IDs names
    (`signed`), whether the mail's own id is ours (`ours`); the ticket that its subject or text names (`named`); how many
    mails of the sender were `answered` lately, how many may be (`most`), and the sender's `last` ticket.
    """

    shop: str
    own: frozenset[str]
    ours: bool
    signed: Found | None
    named: Found | None
    answered: int
    most: int
    last: Ticket | None


def decide(letter: Letter, facts: Facts) -> Decision:
    """Decide. Nothing of a ticket is ever told in answer to a mail, whoever it seems to be from."""
    if facts.ours or letter.sender in facts.own:
        return Ignore(Fate.OURS)
    if letter.automatic is not None:
        return Ignore(_AUTOMATIC[letter.automatic])
    try:
        sender = contact.email(letter.sender)
    except BadEmail:
        return Ignore(Fate.NOBODY)
    if facts.signed is not None and _is_theirs(facts.signed, sender, facts.shop):
        return FollowUp(facts.signed.goes_on)
    if facts.named is not None and _is_theirs(facts.named, sender, facts.shop):
        return Noted(facts.named.goes_on, Fate.NOTED)
    if facts.answered >= facts.most:
        return Noted(facts.last, Fate.FLOOD) if facts.last else Ignore(Fate.FLOOD)
    return Begin()


def _is_theirs(found: Found, sender: str, shop: str) -> bool:
    """Whether the sender wrote, or is written to, about this ticket, and it is not over for good."""
    if found.goes_on.state is TicketState.CLOSED:
        return False
    return found.ticket.shop == shop and found.ticket.email == sender

"""Whom it is about: what is asked for, and which rows turn out to be theirs."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wanted:
    """What a person is looked for by: phones in E.164, e-mails in lower case, ids of conversations, users of shops as shop and
    the user's id there, which the shop has signed.

    What `without` names, ids of conversations and references of tickets, is left alone whatever it says.
    """

    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    conversations: frozenset[str] = frozenset()
    users: frozenset[tuple[str, str]] = frozenset()
    without: frozenset[str] = frozenset()

    @property
    def by(self) -> tuple[str, ...]:
        """The kinds of what was given, without any of it."""
        given = {
            "phone": self.phones,
            "email": self.emails,
            "conversation": self.conversations,
            "user": self.users,
        }
        return tuple(kind for kind, values in given.items() if values)


@dataclass(frozen=True)
class Person:
    """The keys of what is theirs: conversations, tickets by reference, mails by id, chats of messaging apps as account and
    chat. `shared` are conversations that name them and somebody else as well, which are left alone.
    """

    conversations: frozenset[str] = frozenset()
    tickets: frozenset[str] = frozenset()
    mails: frozenset[int] = frozenset()
    chats: frozenset[tuple[str, str]] = frozenset()
    shared: frozenset[str] = field(default=frozenset())

    @property
    def nobody(self) -> bool:
        """Whether nothing was found."""
        return not (self.conversations or self.tickets or self.mails)

"""What can go wrong in support: one tree, caught at the desk's edge."""

import errno
from collections.abc import Mapping


class SupportError(Exception):
    """Anything this package raises on purpose."""


class IllegalTransition(SupportError):
    """A turn, a hand-over or a ticket was asked to go where the transition table has no way."""


class UnknownConversation(SupportError):
    """No conversation has this id."""


class UnknownButton(SupportError):
    """No message of this conversation carries this button."""


class ClientIdReused(SupportError):
    """The same client_id came again with other words: the first message stays, this one is refused."""


class UnknownMessage(SupportError):
    """The bot said nothing under this id in this conversation."""


class UnknownAttachment(SupportError):
    """No file with this id waits in this conversation to be sent."""


class FileRefused(SupportError):
    """A file is not taken: for what it is, or because there are enough already."""


class TooManyAttachments(FileRefused):
    """A message, or a conversation, has more files than allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} files are allowed; send fewer")
        self.limit = limit


class UnsupportedFile(FileRefused):
    """The file's content is none of the types that are taken."""


class UnreadableFile(FileRefused):
    """The file is broken, or is not what it begins as."""


class FileTooLarge(FileRefused):
    """The file has more bytes than allowed for its type."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"a file of this type may have {limit} bytes; send a smaller one")
        self.limit = limit


class TooManyPixels(FileRefused):
    """The photo has more pixels than are unpacked."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"a photo may have {limit} pixels; send a smaller one")
        self.limit = limit


class StorageFull(SupportError):
    """There is no room for another file."""


class EmptyMessage(SupportError):
    """Nothing visible is left of the message."""


class MessageTooLong(SupportError):
    """The message has more characters than allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"a message may have {limit} characters; send it in parts")
        self.limit = limit


class UnknownAgent(SupportError):
    """No active agent has this id or login."""


class LoginTaken(SupportError):
    """Another agent has this login."""


class PasswordTooWeak(SupportError):
    """The password is too short, too long or too monotonous."""


class NoHandover(SupportError):
    """No person owns this conversation, and none is awaited."""


class AlreadyClaimed(SupportError):
    """Another agent has taken the conversation."""

    def __init__(self, agent_name: str) -> None:
        super().__init__(f"{agent_name} has taken this conversation; ask them to transfer it")
        self.agent_name = agent_name


class NotYours(SupportError):
    """The conversation is not this agent's to answer or to give on; claim it first."""


class AgentAway(SupportError):
    """The agent who is to get the conversation is not there."""


class DatabaseBehindCode(SupportError):
    """The database was made by a newer version of the code, or its migration failed."""


class UnreadableReference(SupportError):
    """A text that has not the form of a ticket's reference."""


class WrongCheckSign(UnreadableReference):
    """A reference with a slip in it: its check sign does not agree with the others."""


class UnknownTicket(SupportError):
    """No ticket has this reference."""


class UnknownTopic(SupportError):
    """No such topic, or no such subtopic of it, is in data/dialogue/topics.yml."""


class InvalidTicket(SupportError):
    """A ticket form with something wrong; `problems` names the problem of each field that has one."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(f"these fields are wrong: {', '.join(problems)}")
        self.problems = problems


class NotAsked(SupportError):
    """Nobody asked what the shopper thought of this conversation."""


class StaleTicket(SupportError):
    """The ticket was changed by somebody else in the meantime; read it again."""


class InvalidOverride(SupportError):
    """Settings that cannot be; `problems` names each wrong field and what is the matter with it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(f"these fields are wrong: {', '.join(problems)}")
        self.problems = problems


class StaleOverride(SupportError):
    """A setting was changed by somebody else in the meantime; read it again."""


class UnknownMark(SupportError):
    """Nothing was decided under this number."""


class TrialRunning(SupportError):
    """A trial of a change is going on: there is one at a time."""


class LastOwner(SupportError):
    """The last owner who may come in cannot be sent away or made less than an owner."""


class TooManyGuesses(SupportError):
    """So many wrong answers came for one thing that the next is not heard; `seconds` until it will be."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many wrong guesses; try again in {seconds} seconds")
        self.seconds = seconds


class ContactError(SupportError):
    """An answer that cannot be what was asked for; `field` names what was asked."""

    field = ""


class BadName(ContactError):
    """No name of a person."""

    field = "name"


class BadEmail(ContactError):
    """No e-mail address."""

    field = "email"


class BadPhone(ContactError):
    """No mobile number of a country we serve."""

    field = "phone"


class BadOrderNumber(ContactError):
    """No order number of the shop."""

    field = "order_number"


def is_full(error: OSError) -> bool:
    """Whether a system error says that there is no room."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)

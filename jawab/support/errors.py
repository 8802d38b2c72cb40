"""What can go wrong in support: one tree, caught at the desk's edge."""


class SupportError(Exception):
    """Anything this package raises on purpose."""


class IllegalTransition(SupportError):
    """A turn was asked to go where the transition table has no way."""


class UnknownConversation(SupportError):
    """No conversation has this id."""


class UnknownButton(SupportError):
    """No message of this conversation carries this button."""


class ClientIdReused(SupportError):
    """The same client_id came again with other words: the first message stays, this one is refused."""


class EmptyMessage(SupportError):
    """Nothing visible is left of the message."""


class MessageTooLong(SupportError):
    """The message has more characters than allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"a message may have {limit} characters; send it in parts")
        self.limit = limit


class DatabaseBehindCode(SupportError):
    """The database was made by a newer version of the code, or its migration failed."""

"""What can go wrong in support: one tree, caught at the desk's edge."""

import errno


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


class UnknownMessage(SupportError):
    """The bot said nothing under this id in this conversation."""


class UnknownAttachment(SupportError):
    """No file with this id waits in this conversation to be sent."""


class TooManyAttachments(SupportError):
    """A message, or a conversation, has more files than allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} files are allowed; send fewer")
        self.limit = limit


class UnsupportedFile(SupportError):
    """The file's content is none of the types that are taken."""


class UnreadableFile(SupportError):
    """The file is broken, or is not what it begins as."""


class FileTooLarge(SupportError):
    """The file has more bytes than allowed for its type."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"a file of this type may have {limit} bytes; send a smaller one")
        self.limit = limit


class TooManyPixels(SupportError):
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


class DatabaseBehindCode(SupportError):
    """The database was made by a newer version of the code, or its migration failed."""


def is_full(error: OSError) -> bool:
    """Whether a system error says that there is no room."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)

"""Message-IDs that nobody else can make: by them an answer to one of our mails finds its ticket.

`<JW-K37-W9F2.7f3a….41@shop.example>`: the ticket, its sign, and what the mail is about.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable

_LENGTH = 20  # hexadecimal digits: 80 bits
_ID = re.compile(
    r"<(JW-[2-9A-Z]{3}-[2-9A-Z]{4})\.([0-9a-f]{20})(?:\.[a-z0-9]{1,24})?@[^<>\s]+>", re.I
)


class MailSigns:
    """Signs references with the installation's secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def message_id(self, reference: str, sender: str, number: str = "") -> str:
        """The Message-ID of a mail about a ticket, in its sender's own domain; without a number the thread's first."""
        ending = f".{number}" if number else ""
        return f"<{reference}.{self._sign(reference)}{ending}@{sender.rpartition('@')[2]}>"

    def ticket_of(self, ids: Iterable[str]) -> str | None:
        """The ticket of the first of these Message-IDs that is ours."""
        for id in ids:
            found = _ID.fullmatch(id)
            if found is None:
                continue
            reference = found[1].upper()
            if hmac.compare_digest(found[2].lower(), self._sign(reference)):
                return reference
        return None

    def _sign(self, reference: str) -> str:
        signed = hmac.new(self._secret, b"mail " + reference.encode(), hashlib.sha256)
        return signed.hexdigest()[:_LENGTH]

"""What a shopper is told who asks for a ticket that was merged into another."""

from collections.abc import Mapping
from types import MappingProxyType

from jawab.support.tickets.ticket import Ticket
from jawab.text.language import Lang

_MERGED: Mapping[Lang, str] = MappingProxyType(
    {
        Lang.FA: "درخواست {one} و {other} دربارهٔ یک موضوع بودند و با شمارهٔ {other} پیگیری می‌شوند.",
        Lang.AR: "الطلبان {one} و{other} عن الأمر نفسه، ونتابعهما تحت الرقم {other}.",
        Lang.EN: "Requests {one} and {other} were about the same thing and go on as {other}.",
    }
)


def merged_words(ticket: Ticket, other: Ticket, lang: Lang) -> str:
    """That `ticket` goes on as `other`."""
    return _MERGED[lang].format(one=ticket.reference, other=other.reference)

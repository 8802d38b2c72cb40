"""A ticket that a shopper opened in the widget, of which mails tell."""

from datetime import datetime, timezone

from jawab.support.tickets.ticket import Origin, Queue, Ticket, TicketState
from jawab.text.language import Lang

NOW = datetime(2026, 11, 26, 9, tzinfo=timezone.utc)
TICKET = Ticket(
    shop="digikala",
    lang=Lang.FA,
    topic="delivery",
    queue=Queue.SHOPPERS,
    name="سارا احمدی",
    email="sara@example.com",
    message="راز من",
    origin=Origin.WIDGET,
    at=NOW,
    reference="JW-K37-W9F2",
    state=TicketState.NEW,
    due_at=datetime(2026, 11, 27, 9, tzinfo=timezone.utc),
    updated_at=NOW,
)

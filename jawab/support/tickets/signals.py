"""What raises a ticket's priority, read from the conversation and from the shopper's other tickets."""

from sqlalchemy import func, or_, select

from jawab.support.database import Database
from jawab.support.tables import tickets, turns
from jawab.support.tickets.priority import Signals
from jawab.support.tickets.ticket import UNSOLVED

ANGER = "frustrated"
NOT_UNDERSTOOD = "not_understood"


class SignalReader:
    """Reads from the database what tells how much a ticket presses; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(
        self,
        conversation_id: str | None,
        *,
        shop: str,
        email: str | None = None,
        phone: str | None = None,
    ) -> Signals:
        """Whether the shopper was angry in this conversation, how often the bot did not understand, and how many of
        their tickets at this shop, known by e-mail or phone, are not solved.
        """
        said = turns.c.conversation_id == conversation_id
        ways = [
            column == value
            for column, value in ((tickets.c.email, email), (tickets.c.phone, phone))
            if value is not None
        ]
        theirs = select(func.count()).where(
            tickets.c.shop == shop,
            tickets.c.state.in_([state.value for state in UNSOLVED]),
            or_(*ways),
        )
        with self._database.reading() as connection:
            angry = select(func.count()).where(said, turns.c.intent == ANGER)
            lost = select(func.count()).where(said, turns.c.outcome == NOT_UNDERSTOOD)
            return Signals(
                angry=connection.execute(angry).scalar_one() > 0,
                misunderstood=connection.execute(lost).scalar_one(),
                unsolved_tickets=connection.execute(theirs).scalar_one() if ways else 0,
            )

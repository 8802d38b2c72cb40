"""What has been kept long enough: conversations that are over, tickets on their own, mails that nothing became of.

Over is a conversation that the bot owns, in which nobody has said anything since, whose turns are ended and whose tickets are
solved or closed and quiet as long. Anything unsolved keeps the whole of it.
"""

from datetime import datetime

from sqlalchemy import distinct, exists, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement, Select

from jawab.privacy.finding import gathered
from jawab.privacy.person import Person
from jawab.support.conversations.conversation import Owner
from jawab.support.conversations.statements import OPEN_STATES
from jawab.support.handovers.statements import OPEN as OPEN_HANDOVERS
from jawab.support.handovers.tables import handovers
from jawab.support.mail.tables import mails
from jawab.support.tables import conversations, messages, tickets, turns
from jawab.support.tickets.ticket import UNSOLVED

BATCH = 100
_UNSOLVED = [state.value for state in UNSOLVED]


def shops(connection: Connection) -> tuple[str, ...]:
    """Every shop of which anything is kept; each table is read once for it, so ask once a sweep."""
    columns = (conversations.c.shop, tickets.c.shop, mails.c.shop)
    found = {
        shop for each in columns for shop in connection.execute(select(distinct(each))).scalars()
    }
    return tuple(sorted(found))


def expired(connection: Connection, shop: str, before: datetime) -> Person:
    """Some of a shop's that has been quiet since before this moment, not more than a short transaction takes; nobody when
    nothing is left to do.
    """
    # The next kind is looked for when nothing of the one before is left: tickets and mails are read whole for it.
    if ids := connection.execute(_over(shop, before).limit(BATCH)).scalars().all():
        return gathered(connection, ids)
    if references := connection.execute(_alone(shop, before).limit(BATCH)).scalars().all():
        return gathered(connection, (), references)
    if returned := connection.execute(_unheard(shop, before).limit(BATCH)).scalars().all():
        return gathered(connection, (), more=returned)
    return Person()


def _over(shop: str, before: datetime) -> Select:
    c = conversations.c
    recent = exists().where(messages.c.conversation_id == c.id, messages.c.created_at >= before)
    open_turn = exists().where(turns.c.conversation_id == c.id, turns.c.state.in_(OPEN_STATES))
    with_a_person = exists().where(
        handovers.c.conversation_id == c.id, handovers.c.state.in_(OPEN_HANDOVERS)
    )
    in_work = exists().where(tickets.c.conversation_id == c.id, _alive(before))
    return (
        select(c.id)
        .where(c.shop == shop, c.created_at < before, c.owner == Owner.BOT.value)
        .where(~recent, ~open_turn, ~with_a_person, ~in_work)
        .order_by(c.created_at)
    )


def _alive(before: datetime) -> ColumnElement:
    """That a ticket is unsolved, or something happened to it since."""
    return or_(tickets.c.state.in_(_UNSOLVED), tickets.c.updated_at >= before)


def _alone(shop: str, before: datetime) -> Select:
    """Tickets that are over and have no conversation, or none any more."""
    gone = ~exists().where(conversations.c.id == tickets.c.conversation_id)
    over = tickets.c.state.notin_(_UNSOLVED) & (tickets.c.updated_at < before)
    return select(tickets.c.reference).where(tickets.c.shop == shop, over, gone)


def _unheard(shop: str, before: datetime) -> Select:
    """Mails that went to no conversation and no ticket, or to none that is there any more."""
    gone = ~exists().where(tickets.c.reference == mails.c.reference)
    return select(mails.c.id).where(
        mails.c.shop == shop,
        mails.c.received_at < before,
        mails.c.state == "done",
        mails.c.conversation_id.is_(None),
        or_(mails.c.reference.is_(None), gone),
    )

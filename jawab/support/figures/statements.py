"""The statements behind the figures: the same for SQLite and PostgreSQL, each bounded by an index on its time."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Integer, Table, and_, case, exists, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.sql.selectable import Select

from jawab.support.conversations.conversation import SITE
from jawab.support.conversations.feedback import Verdict
from jawab.support.conversations.turn import OPEN, TurnState
from jawab.support.figures.figures import Fate, Scope
from jawab.support.handovers.handover import Ending, HandoverState
from jawab.support.handovers.tables import handovers, satisfaction
from jawab.support.tables import conversations, feedback, messages, ticket_events, tickets, turns
from jawab.support.tickets.ticket import Happening, TicketState

THANKS = "thanks"
# What asks for people: where it is the last word, none came and no ticket was opened.
FOR_PEOPLE = ("talk_to_human", "open_ticket")
ANSWERED, OFFERED, NOT_UNDERSTOOD, FORM = "answered", "offered", "not_understood", "form"


class quarter(FunctionElement):  # type: ignore[misc]
    """The quarter of an hour a moment lies in, counted from 1970 in UTC."""

    type = Integer()
    inherit_cache = True


@compiles(quarter, "sqlite")  # type: ignore[untyped-decorator]
def _sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **more)}) AS INTEGER) / 900"


@compiles(quarter)  # type: ignore[untyped-decorator]
def _postgresql(element: Any, compiler: Any, **more: Any) -> str:
    at = compiler.process(element.clauses, **more)
    return f"CAST(floor(extract(epoch FROM {at}) / 900) AS BIGINT)"


def within(scope: Scope, at: Any, place: Table) -> ColumnElement[bool]:
    """That a row lies in the scope: `at` is its time, `place` the conversations, tickets or hand-overs that say where."""
    conditions = [at >= scope.start, at < scope.end]
    if scope.shops:
        conditions.append(place.c.shop.in_(scope.shops))
    if scope.lang is not None:
        conditions.append(place.c.lang == scope.lang.value)
    if scope.channel is not None:
        conditions.append(_came_by(scope.channel, place))
    return and_(*conditions)


def _came_by(channel: str, place: Table) -> ColumnElement[bool]:
    """By its conversation; what belongs to none, a ticket of the form's page say, came by the site."""
    if place is conversations:
        return place.c.channel == channel
    its = exists().where(
        conversations.c.id == place.c.conversation_id, conversations.c.channel == channel
    )
    return or_(its, place.c.conversation_id.is_(None)) if channel == SITE else its


def fates(scope: Scope, acts: Collection[str]) -> Any:
    """Each conversation of the scope: language, channel, quarter of its beginning, fate (None where nothing was written)."""
    here = (
        select(*(conversations.c[name] for name in ("id", "lang", "channel", "created_at")))
        .where(within(scope, conversations.c.created_at, conversations))
        .cte("here")
    )
    asked = and_(turns.c.outcome == ANSWERED, turns.c.intent.not_in(acts))
    said = (
        select(
            turns.c.conversation_id,
            func.max(turns.c.message_id).label("last"),
            func.max(case((asked, 1), else_=0)).label("asked"),
            func.max(case((turns.c.intent == THANKS, 1), else_=0)).label("thanked"),
        )
        .join(here, here.c.id == turns.c.conversation_id)
        .group_by(turns.c.conversation_id)
        .cte("said")
    )
    last = turns.alias("last_turn")
    verdict = (
        select(feedback.c.value)
        .where(feedback.c.conversation_id == here.c.id)
        .order_by(feedback.c.created_at.desc(), feedback.c.message_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    taken = exists().where(
        handovers.c.conversation_id == here.c.id,
        or_(
            handovers.c.first_claimed_at.is_not(None),
            handovers.c.state == HandoverState.WAITING.value,
        ),
    )
    nobody = exists().where(
        handovers.c.conversation_id == here.c.id, handovers.c.ending == Ending.NOBODY.value
    )
    with_ticket = exists().where(tickets.c.conversation_id == here.c.id)
    unanswered = [state.value for state in (*OPEN, TurnState.APOLOGISED)]
    lost = or_(
        last.c.outcome.in_((NOT_UNDERSTOOD, OFFERED, FORM)),
        last.c.intent.in_(FOR_PEOPLE),
        last.c.state.in_(unanswered),
        verdict == Verdict.DOWN.value,
    )
    confirmed = or_(verdict == Verdict.UP.value, and_(said.c.asked == 1, said.c.thanked == 1))
    fate = case(
        (taken, Fate.HANDED.value),
        (with_ticket, Fate.TICKET.value),
        (nobody, Fate.LEFT.value),
        (said.c.last.is_(None), None),
        (lost, Fate.LEFT.value),
        (confirmed, Fate.CONFIRMED.value),
        (said.c.asked == 1, Fate.ANSWERED.value),
        else_=Fate.TALK.value,
    ).label("fate")
    return (
        select(here.c.lang, here.c.channel, quarter(here.c.created_at).label("quarter"), fate)
        .outerjoin(said, said.c.conversation_id == here.c.id)
        .outerjoin(last, last.c.message_id == said.c.last)
        .cte("fates")
    )


def turns_by(scope: Scope, *columns: Any) -> Select:
    """The bot's turns of the scope, counted by columns."""
    return (
        select(*columns, func.count().label("number"))
        .select_from(turns)
        .join(conversations, conversations.c.id == turns.c.conversation_id)
        .where(
            within(scope, turns.c.queued_at, conversations),
            turns.c.state != TurnState.WAIVED.value,
        )
        .group_by(*columns)
    )


def not_understood(scope: Scope, *, limit: int) -> Select:
    """The last messages that were not understood: when, where, what."""
    return (
        select(turns.c.queued_at, conversations.c.shop, messages.c.text)
        .join(conversations, conversations.c.id == turns.c.conversation_id)
        .join(messages, messages.c.id == turns.c.message_id)
        .where(
            within(scope, turns.c.queued_at, conversations),
            turns.c.outcome == NOT_UNDERSTOOD,
        )
        .order_by(turns.c.queued_at.desc(), turns.c.message_id.desc())
        .limit(limit)
    )


def ticket_times(scope: Scope) -> Select:
    """The scope's tickets: opened, due, first reply of an agent, first solved, and whether it was reopened."""
    here = ticket_events.c.reference == tickets.c.reference
    is_state = ticket_events.c.what == Happening.STATE.value
    came_from = ticket_events.c.data["from"].as_string()
    went_to = ticket_events.c.data["to"].as_string()
    replied = select(func.min(ticket_events.c.at)).where(
        here, ticket_events.c.what == Happening.REPLY.value, ticket_events.c.who.like("agent:%")
    )
    solved = select(func.min(ticket_events.c.at)).where(
        here, is_state, went_to == TicketState.SOLVED.value
    )
    reopened = exists().where(
        here, is_state, came_from == TicketState.SOLVED.value, went_to == TicketState.OPEN.value
    )
    return select(
        tickets.c.opened_at,
        tickets.c.due_at,
        replied.scalar_subquery().label("replied"),
        solved.scalar_subquery().label("solved"),
        reopened.label("reopened"),
    ).where(within(scope, tickets.c.opened_at, tickets))


def chat_times(scope: Scope) -> Select:
    """The scope's hand-overs: shop, asked, first taken, ending."""
    return select(
        handovers.c.shop, handovers.c.asked_at, handovers.c.first_claimed_at, handovers.c.ending
    ).where(within(scope, handovers.c.asked_at, handovers))


def stars(scope: Scope) -> Select:
    """How often the shoppers were asked what the help was worth, by the stars they gave (None: none)."""
    return (
        select(satisfaction.c.stars, func.count().label("number"))
        .join(conversations, conversations.c.id == satisfaction.c.conversation_id)
        .where(within(scope, satisfaction.c.asked_at, conversations))
        .group_by(satisfaction.c.stars)
    )

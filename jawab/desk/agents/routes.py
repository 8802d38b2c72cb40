"""What agents may ask for: every address below /desk and /api/v1/agent that is no owner's."""

from fastapi import APIRouter

from jawab.desk.agents import (
    answers,
    conversations,
    events,
    mails,
    pages,
    persons,
    queues,
    search,
    sessions,
    ticket_list,
    tickets,
    transcripts,
)

ROUTERS: tuple[APIRouter, ...] = (
    sessions.router,
    queues.router,
    conversations.router,
    answers.router,
    persons.router,
    tickets.router,
    mails.router,
    events.router,
    pages.router,
    ticket_list.router,
    transcripts.router,
    search.router,
)

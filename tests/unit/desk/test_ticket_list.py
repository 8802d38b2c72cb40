"""The list of tickets as a page."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from jawab.support.agents.agent import NewAgent
from jawab.support.tickets.ticket import NewTicket, Origin, Priority, Queue, TicketState
from jawab.text.language import Lang

from .colleague import PASSWORD, Clock, hired

REFERENCE = re.compile(r"JW-[0-9A-Z]{3}-[0-9A-Z]{4}(?=</bdi>)")


@pytest.fixture
def desk(start_desk):
    return start_desk(clock=Clock())


def opened(desk, **more):
    now = desk.services.clock()
    new = NewTicket(
        shop="souq",
        lang=Lang.EN,
        topic="delivery",
        queue=Queue.SHOPPERS,
        name="<b>Nora</b>",
        message="Where is it?",
        origin=Origin.PAGE,
        at=now,
    )
    return desk.services.tickets.open(replace(new, **more), due_at=now + timedelta(hours=1))


def shown(desk, who, **query):
    """The page as its agent sees it."""
    response = desk.http.get("/desk/tickets", params={"lang": "en", **query}, headers=who.headers)
    assert response.status_code == 200, response.text
    return response.text


def listed(desk, who, **query):
    """The references on the page, in order."""
    return REFERENCE.findall(shown(desk, who, **query))


def test_nobody_sees_it_without_signing_in(desk):
    response = desk.http.get("/desk/tickets?lang=fa")
    assert response.headers["location"] == "/desk/sign-in?lang=fa"


def test_the_most_pressing_is_first_and_names_are_text(desk):
    sara = hired(desk)
    calm, urgent = opened(desk), opened(desk, priority=Priority.URGENT)
    assert listed(desk, sara) == [urgent.reference, calm.reference]
    assert "&lt;b&gt;Nora&lt;/b&gt;" in shown(desk, sara)


def test_filters_narrow_it_and_unknown_ones_do_nothing(desk):
    sara = hired(desk)
    now, tickets = desk.services.clock(), desk.services.tickets
    plain, solved, other = opened(desk), opened(desk), opened(desk, shop="digikala")
    tickets.move(solved.reference, TicketState.SOLVED, who="agent:1", at=now)
    tickets.assign(other.reference, f"agent:{sara.id}", who="agent:1", at=now)
    assert listed(desk, sara, shop="souq") == [plain.reference]
    assert listed(desk, sara, state="solved") == [solved.reference]
    assert listed(desk, sara, mine="true") == [other.reference]
    assert listed(desk, sara, queue="sellers") == []
    assert len(listed(desk, sara, state="all", queue="no such", shop="none")) == 3


def test_an_agent_of_one_shop_sees_no_other_shops_tickets(desk):
    opened(desk)
    own = opened(desk, shop="digikala")
    ali = hired(desk, "ali", "علی", shops=("digikala",))
    assert listed(desk, ali) == [own.reference]
    assert listed(desk, ali, shop="souq") == [own.reference]


def test_every_ticket_is_on_one_page_and_no_other(desk):
    sara = hired(desk)
    every = {opened(desk).reference for _ in range(120)}
    seen, query = [], {}
    while True:
        text = shown(desk, sara, **query)
        seen += REFERENCE.findall(text)
        after = re.search(r"after=([A-Z0-9-]+)", text)
        if after is None:
            break
        query = {"after": after[1]}
    assert len(seen) == 120
    assert set(seen) == every


def test_who_has_it_is_told_by_name(desk):
    sara = hired(desk)
    other = desk.services.agents.add(NewAgent("ali", "Ali"), PASSWORD, now=desk.services.clock())
    one = opened(desk)
    desk.services.tickets.assign(
        one.reference, f"agent:{other.id}", who="agent:1", at=desk.services.clock()
    )
    assert "<bdi>Ali</bdi>" in shown(desk, sara)

"""What a shopper writes to see a ticket, and who may see it."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.tickets.status import Query, worth_telling
from jawab.support.tickets.ticket import Origin, Queue, Ticket, TicketState
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
TICKET = Ticket(
    shop="souq",
    lang=Lang.AR,
    topic="delivery",
    queue=Queue.SHOPPERS,
    name="سارة",
    message="وين طلبي؟",
    origin=Origin.CONVERSATION,
    phone="+966501234567",
    email="sara@example.com",
    at=NOW,
    reference="JW-K37-W9F2",
    state=TicketState.NEW,
    due_at=NOW,
    updated_at=NOW,
)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("JW-K37-W9F2", Lang.EN),
        ("jw k37 w9f2", Lang.EN),
        ("K37W9F2", Lang.EN),
        ("شماره پیگیریم JW-K۳۷-W۹F۲ هست", Lang.FA),
        ("تذكرتي JW-K٣٧-W٩F٢", Lang.AR),
    ],
)
def test_a_reference_is_read_forgivingly(text, lang):
    query = Query().with_text(text, lang)
    assert (query.reference, query.slip, query.complete) == ("JW-K37-W9F2", False, False)


def test_a_slip_in_the_reference_is_told_apart():
    query = Query().with_text("JW-K37-W9F3", Lang.EN)
    assert (query.reference, query.slip) == (None, True)
    assert not query.with_text("JW-K37-W9F2", Lang.EN).slip


def test_after_a_slip_the_bare_reference_is_read_too():
    assert Query(slip=True).with_text("K37W9F2", Lang.EN) == Query(reference="JW-K37-W9F2")


@pytest.mark.parametrize(
    ("text", "lang", "phone", "email"),
    [
        ("۰۹۱۲۱۲۳۴۵۶۷", Lang.FA, "+989121234567", None),
        ("٠٥٠١٢٣٤٥٦٧", Lang.AR, "+966501234567", None),
        ("my e-mail is Sara@Example.com", Lang.EN, None, "sara@example.com"),
    ],
)
def test_phone_or_email_completes_it(text, lang, phone, email):
    query = Query(reference="JW-K37-W9F2").with_text(text, lang)
    assert (query.phone, query.email, query.complete) == (phone, email, True)
    assert query.reference == "JW-K37-W9F2"


def test_everything_may_come_in_one_message():
    query = Query().with_text("JW-K37-W9F2 و ۰۹۱۲۱۲۳۴۵۶۷", Lang.FA)
    assert query == Query(reference="JW-K37-W9F2", phone="+989121234567")


@pytest.mark.parametrize("text", ["", "سلام", "نمی‌دانم", "12345678", "؟"])
def test_other_words_add_nothing(text):
    assert Query().with_text(text, Lang.FA) == Query()


@pytest.mark.parametrize(
    ("query", "may"),
    [
        (Query(phone="+966501234567"), True),
        (Query(email="sara@example.com"), True),
        (Query(phone="+966500000000"), False),
        (Query(email="x@example.com"), False),
        (Query(), False),
    ],
)
def test_only_its_owner_may_see_a_ticket(query, may):
    assert query.may_see(TICKET) is may


def test_nothing_given_does_not_match_nothing_kept():
    assert not Query().may_see(replace(TICKET, phone=None, email=None))


def test_the_newest_are_told_first_and_not_too_many():
    many = [replace(TICKET, reference=f"JW-{n}", at=NOW + timedelta(hours=n)) for n in (2, 0, 1, 3)]
    told = worth_telling(many, most=3)
    assert [t.reference for t in told] == ["JW-3", "JW-2", "JW-1"]

"""What is over and quiet goes after its days; what somebody may still want stays."""

import os
from datetime import timedelta

import pytest
from sqlalchemy import event, insert, select, update

from jawab.privacy import audit
from jawab.privacy.retention import Retention
from jawab.privacy.sweep import Sweep
from jawab.support.conversations.conversation import Owner, begin
from jawab.support.conversations.message import Arrival, Draft
from jawab.support.conversations.store import Store
from jawab.support.handovers.tables import handovers
from jawab.support.mail.tables import mails
from jawab.support.tables import attachments, conversations, tickets
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import TicketState, agent
from jawab.text.language import Lang

from . import people
from .people import NOUR, NOW, PARI

YEAR = Retention.of([("", 365)])
LATER = NOW + timedelta(days=366)


@pytest.fixture
def sweep(database, files, trackers):
    def swept(retention=YEAR, now=LATER):
        return Sweep(database, files, trackers, retention=retention).run(now=now)

    return swept


def over(database, files, who, clerk, state=TicketState.SOLVED):
    """A conversation that is over, with its ticket in this state."""
    chat, reference = people.live(database, files, who, clerk)
    end(database)
    if state is not TicketState.NEW:
        TicketStore(database).move(reference, state, who=agent("1"), at=NOW)
    return chat


def end(database):
    with database.writing() as connection:
        connection.execute(update(handovers).values(state="ended", ended_at=NOW, ending="closed"))


def left(database, table=conversations):
    key = next(iter(table.primary_key))
    with database.reading() as connection:
        return set(connection.execute(select(key)).scalars())


def test_what_is_over_goes_after_its_days_with_all_that_belongs_to_it(
    database, files, trackers, clerk, sweep
):
    chat = over(database, files, PARI, clerk)
    people.remembered(trackers, [chat], PARI)
    assert sweep(now=NOW + timedelta(days=364)) == {}
    counts = sweep()
    assert (counts["conversations"], counts["tickets"], counts["files"]) == (1, 1, 1)
    assert counts["tracker_events"] == 3
    assert left(database) == left(database, tickets) == set()
    assert sweep() == {}
    with database.reading() as connection:
        (line,) = audit.lines(connection, limit=9)
    assert (line.who, line.deed, line.counts["conversations"]) == (
        "retention",
        audit.Deed.EXPIRED,
        1,
    )


def test_nothing_goes_unless_days_are_set(database, files, clerk, sweep):
    chat = over(database, files, PARI, clerk)
    assert sweep(Retention(), now=NOW + timedelta(days=9999)) == {}
    assert left(database) == {chat}


def test_a_shop_may_have_days_of_its_own(database, files, clerk, sweep):
    over(database, files, PARI, clerk)
    assert sweep(Retention.of([("souq", 1)])) == {}
    assert sweep(Retention.of([("", 9999), ("digikala", 1)]))["conversations"] == 1


@pytest.mark.parametrize("state", [TicketState.NEW, TicketState.OPEN, TicketState.PENDING])
def test_an_unsolved_ticket_keeps_its_conversation(database, files, clerk, sweep, state):
    chat = over(database, files, PARI, clerk, state)
    assert sweep() == {}
    assert left(database) == {chat}


def test_a_conversation_that_goes_on_stays(database, files, clerk, sweep):
    chat = over(database, files, PARI, clerk)
    turn = Store(database).accept(chat, Arrival("m9", text="هنوز هستم"), now=LATER).message.id
    waived = Store(database).turn(turn).waived()
    assert Store(database).keep(waived)
    assert sweep(now=LATER + timedelta(days=300)) == {}
    assert sweep(now=LATER + timedelta(days=366))["conversations"] == 1


def test_who_waits_for_an_answer_or_a_person_is_not_swept_away(database, files, clerk, sweep):
    waits = over(database, files, PARI, clerk)
    Store(database).accept(waits, Arrival("m9", text="؟"), now=NOW)
    owned = over(database, files, NOUR, clerk)
    Store(database).hand_to(owned, Owner.HUMAN)
    assert sweep() == {}


def test_a_ticket_on_its_own_goes_too(database, sweep, clerk):
    alone = people.ticket(database, PARI, None, origin=people.Origin.PAGE)
    assert sweep() == {}
    TicketStore(database).move(alone, TicketState.SOLVED, who=agent("1"), at=NOW)
    assert sweep()["tickets"] == 1


def test_more_than_a_batch_goes_at_once(database, sweep, clerk):
    for _ in range(120):
        begun = begin(shop="digikala", lang=Lang.FA, now=NOW)
        Store(database).open_conversation(begun, Draft("سلام", Lang.FA))
    assert sweep()["conversations"] == 120


def test_each_table_is_looked_through_for_shops_once_however_much_goes(database, sweep):
    for _ in range(220):
        begun = begin(shop="digikala", lang=Lang.FA, now=NOW)
        Store(database).open_conversation(begun, Draft("سلام", Lang.FA))
    read = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: read.append(given[2]))
    assert sweep()["conversations"] == 220
    assert sum("DISTINCT" in statement for statement in read) == 3


def test_conversations_tickets_on_their_own_and_mails_go_in_one_sweep(database, sweep, clerk):
    people.by_mail(database, PARI)
    alone = people.ticket(database, NOUR, None, origin=people.Origin.PAGE)
    for reference in left(database, tickets):
        TicketStore(database).move(reference, TicketState.SOLVED, who=agent("1"), at=NOW)
    with database.writing() as connection:
        connection.execute(update(mails).values(state="done"))
    assert alone in left(database, tickets)
    sweep()
    assert left(database) == left(database, tickets) == left(database, mails) == set()


def test_a_file_that_nobody_sent_goes_after_a_week(database, files, clerk, sweep):
    chat, _ = people.live(database, files, PARI, clerk)
    unsent = people.photo(database, files, PARI, chat, content=b"never sent")
    formed = people.photo(database, files, NOUR, chat, content=b"in a form")
    people.ticket(database, PARI, chat, client_id="t2", attachments=(formed,))
    for id in left(database, attachments):
        aged(database, files, id)
    assert sweep(Retention(), now=NOW + timedelta(days=6)) == {}
    assert sweep(Retention(), now=NOW + timedelta(days=8)) == {"uploads_never_sent": 1, "files": 1}
    assert unsent not in left(database, attachments)
    assert formed in left(database, attachments)


def test_many_files_of_forms_do_not_hide_one_that_nobody_sent(database, files, clerk, sweep):
    chat, _ = people.live(database, files, PARI, clerk)
    formed = [f"a{number:04}" for number in range(700)]
    row = {"conversation_id": chat, "name": "x", "type": "image/png", "size": 1, "content": "0"}
    with database.writing() as connection:
        every = [{**row, "id": id, "created_at": NOW} for id in (*formed, "unsent")]
        connection.execute(insert(attachments), every)
    people.ticket(database, PARI, chat, client_id="t2", attachments=tuple(formed))
    assert sweep(Retention(), now=NOW + timedelta(days=8))["uploads_never_sent"] == 1
    assert left(database, attachments) >= set(formed)


def aged(database, files, id):
    """Have the file be as old as its row."""
    with database.reading() as connection:
        here = select(attachments.c.content).where(attachments.c.id == id)
        content = connection.execute(here).scalar_one()
    os.utime(files.path(content), (NOW.timestamp(), NOW.timestamp()))


def test_what_rasa_remembers_of_nobody_goes_after_a_day(database, files, trackers, clerk, sweep):
    chat = over(database, files, PARI, clerk)
    people.remembered(trackers, [chat, "erased"], PARI)
    assert sweep(Retention(), now=NOW) == {"trackers": 1}
    assert (trackers.count(["erased"]), trackers.count([chat])) == (0, 3)

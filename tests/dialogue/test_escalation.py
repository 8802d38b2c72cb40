"""The way to a person and to a ticket's state, on the real action server."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from jawab.knowledge import load
from jawab.support.conversations.conversation import Conversation, Owner
from jawab.support.conversations.message import Draft
from jawab.support.conversations.store import Store
from jawab.support.database import Database, connect
from jawab.support.handovers import escalation
from jawab.support.handovers.escalation import Way
from jawab.support.persons.store import PersonStore
from jawab.support.tickets.doubles import DoubleStore
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import NewTicket, Origin, Queue
from jawab.text.language import Lang

from .action_server import ROOT
from .form_driver import Dialogue
from .test_ticket_form import filled

KNOWLEDGE = load(ROOT)
THERE = {"agents": {"present": 2, "waiting": 0}}
NOBODY = {"agents": {"present": 0, "waiting": 0}}


@pytest.fixture
def dialogue(server):
    return Dialogue(server)


def escalated(dialogue, text, *intents, **more):
    return dialogue.run("action_escalate", dialogue.message(text, *intents, **more))


def way_now(dialogue, present):
    """What the clock of this moment allows; the moved clock is for the end-to-end tests."""
    shop = KNOWLEDGE.shop(dialogue.metadata.get("shop", "digikala"))
    return escalation.way(shop, datetime.now(timezone.utc), present=present)


@pytest.mark.parametrize(
    ("intent", "button", "reason"),
    [
        ("talk_to_human", None, "asked"),
        ("frustrated", None, "angry"),
        ("talk_to_human", {"intent": "talk_to_human", "reason": "thumbs_down"}, "thumbs_down"),
        ("other_support", {"intent": "other_support", "reason": "other"}, "other"),
    ],
)
def test_a_person_is_called_or_the_form_begins(dialogue, intent, button, reason):
    more = {"button": button} if button else {}
    escalated(dialogue, "…", intent, **THERE, **more)
    if way_now(dialogue, 2) is Way.CALL:
        assert dialogue.report["handover"] == {"reason": reason}
        assert dialogue.followup is None
    else:
        assert "handover" not in dialogue.report
        assert (dialogue.followup, dialogue.slots["ticket_reason"]) == ("ticket_form", reason)
    assert dialogue.said


@pytest.mark.parametrize("agents", [NOBODY, {}], ids=["nobody there", "nobody counts"])
@pytest.mark.parametrize("lang", ["fa", "ar", "en"])
def test_where_nobody_is_there_the_form_begins_with_a_promise(dialogue, agents, lang):
    dialogue.lang = lang
    escalated(dialogue, "…", "talk_to_human", **agents)
    assert "handover" not in dialogue.report
    assert dialogue.followup == "ticket_form"
    assert any(character.isdigit() for character in dialogue.said[-1])
    dialogue.begin("talk_to_human")
    assert dialogue.asked == "topic"


def test_anger_is_met_with_an_apology_first(dialogue):
    escalated(dialogue, "…", "frustrated", **NOBODY)
    assert dialogue.said[0] == KNOWLEDGE.words.text("sorry_angry", Lang.FA).strip()
    assert dialogue.slots["ticket_reason"] == "angry"


def test_in_the_form_the_form_goes_on(dialogue):
    dialogue.begin()
    escalated(dialogue, "…", "talk_to_human", **NOBODY)
    assert (dialogue.loop, dialogue.followup) == ("ticket_form", None)
    assert dialogue.slots["ticket_reason"] == "asked"
    escalated(dialogue, "…", "frustrated", **NOBODY)
    escalated(dialogue, "…", "talk_to_human", **NOBODY)
    assert dialogue.slots["ticket_reason"] == "angry"


def test_what_no_person_was_asked_for_is_offered_one(dialogue):
    escalated(dialogue, "…", "other_support", **NOBODY)
    assert [b["intent"] for b in dialogue.buttons] == ["talk_to_human", "open_ticket"]
    assert dialogue.followup is None


def lost(dialogue, text="…", **more):
    return dialogue.run("action_default_fallback", dialogue.message(text, **more))


def test_misunderstood_twice_is_reason_enough(dialogue):
    lost(dialogue, **NOBODY)
    assert (dialogue.followup, dialogue.slots["misunderstood"]) == (None, 1)
    lost(dialogue, **NOBODY)
    assert (dialogue.followup, dialogue.slots["misunderstood"]) == ("ticket_form", 0)
    assert dialogue.slots["ticket_reason"] == "misunderstood"


def test_a_form_that_the_bot_began_gives_way_to_a_question(dialogue):
    lost(lost(dialogue, **NOBODY), **NOBODY)
    dialogue.begin()
    assert dialogue.say("هزینه ارسال چقدره؟", "delivery_cost").rejected
    dialogue.run("action_answer_faq", dialogue.message("…", "delivery_cost"))
    assert (dialogue.loop, dialogue.asked) == (None, None)


def test_a_form_with_answers_does_not_give_way(dialogue):
    lost(lost(dialogue, **NOBODY), **NOBODY)
    dialogue.begin().say("پرداخت")
    dialogue.run("action_answer_faq", dialogue.message("…", "delivery_cost"))
    assert (dialogue.loop, dialogue.asked) == ("ticket_form", "subtopic")


def test_an_answer_after_a_pause_brings_the_form_back(dialogue):
    dialogue.begin().say("پرداخت").pause(hours=2)
    assert lost(dialogue, "کد تخفیف").followup == "ticket_form"
    dialogue.begin()
    assert (dialogue.asked, len(dialogue.said)) == ("subtopic", 2)


def test_a_form_left_days_ago_is_begun_anew(dialogue):
    dialogue.begin().say("پرداخت").pause(hours=30)
    assert lost(dialogue, "کد تخفیف").followup is None
    assert dialogue.begin().asked == "topic"
    assert dialogue.slots["ticket_topic"] is None


def test_a_button_of_a_form_that_is_over_says_so(dialogue):
    assert lost(dialogue, button={"ticket": "confirm"}).said
    assert dialogue.slots.get("misunderstood") is None


def test_files_alone_are_answered_by_asking_for_words(dialogue):
    lost(dialogue, "📎", attachments=["f1"])
    assert dialogue.said == [KNOWLEDGE.words.text("attachment_only", Lang.FA).strip()]


# How a ticket stands


@pytest.fixture
def reference(server):
    opened = filled(Dialogue(server)).say("بله").close()
    return opened.report["ticket"]["reference"]


def test_a_conversation_without_a_ticket_is_asked_for_a_reference(dialogue):
    dialogue.run(
        "action_ticket_status", {**dialogue.message("…", "ticket_status"), "metadata": None}
    )
    assert (dialogue.followup, dialogue.said) == ("status_form", [])


def test_tickets_of_the_same_verified_phone_are_told_and_others_are_not(dialogue, server):
    database = Database(connect(server.database_url, patience=timedelta(seconds=5)))
    store, persons, tickets = Store(database), PersonStore(database), TicketStore(database)
    now = datetime.now(timezone.utc)
    opened = {}
    for id in ("conversation-1", "elsewhere", "stranger"):
        greeted = Conversation(id, "digikala", Lang.FA, Owner.BOT, now, "telegram")
        store.open_conversation(greeted, Draft("سلام", Lang.FA))
        new = NewTicket(
            shop="digikala",
            lang=Lang.FA,
            topic="other",
            queue=Queue.SHOPPERS,
            name="سارا",
            message="سفارشم نرسیده",
            phone="+989121234567",
            conversation_id=id,
            client_id="t",
            origin=Origin.WIDGET,
            at=now,
        )
        if id != "conversation-1":
            opened[id] = tickets.open(new, due_at=now).reference
    asked = dialogue.message("تیکت‌هایم", "ticket_status", message_id="41")
    try:
        assert dialogue.run("action_ticket_status", asked).followup == "status_form"
        for id in ("conversation-1", "elsewhere"):
            persons.vouch(id, "+989121234567", who="digikala-telegram", now=now)
        (told,) = dialogue.run("action_ticket_status", asked).said
        assert opened["elsewhere"] in told
        assert opened["stranger"] not in told
    finally:
        persons.separate("conversation-1", who="test", now=now)
        database.close()


def test_reference_and_phone_show_a_ticket(dialogue, reference):
    dialogue.begin("ticket_status", form="status_form")
    assert dialogue.slots["requested_slot"] == "status_reference"
    dialogue.say(reference.lower())
    assert dialogue.slots["requested_slot"] == "status_contact"
    dialogue.say("۰۹۱۲ ۱۲۳ ۴۵۶۷")
    assert reference in dialogue.said[0]
    assert dialogue.slots["requested_slot"] is None


@pytest.mark.parametrize("lang", ["fa", "ar", "en"])
def test_a_merged_ticket_is_told_of_by_the_one_that_goes_on(dialogue, server, lang):
    first, second = (
        filled(Dialogue(server)).say("بله").close().report["ticket"]["reference"] for _ in range(2)
    )
    database = Database(connect(server.database_url, patience=timedelta(seconds=5)))
    try:
        doubles = DoubleStore(database, TicketStore(database))
        doubles.merge(second, first, who="agent:1", at=datetime.now(timezone.utc))
    finally:
        database.close()
    dialogue.lang = lang
    dialogue.slots["requested_slot"] = None
    message = dialogue.message(f"{second} 09121234567", "ticket_status")
    told = dialogue.run("validate_status_form", message).said[0]
    assert (
        told.count(first) == 3
    )  # what it was merged into, under which it goes on, how that stands
    assert second in told


def test_everything_in_one_message_is_enough(dialogue, reference):
    dialogue.slots["requested_slot"] = None
    message = dialogue.message(f"وضعیت {reference} با ۰۹۱۲۱۲۳۴۵۶۷", "ticket_status")
    assert reference in dialogue.run("validate_status_form", message).said[0]


def test_somebody_elses_ticket_and_none_at_all_are_the_same(dialogue, reference):
    def answer(of):
        return dialogue.begin("ticket_status", form="status_form").say(f"{of} 09120000000").said

    assert answer(reference) == answer("JW-K37-W9F2")
    assert reference not in " ".join(dialogue.said)


def test_a_slip_in_the_reference_is_told(dialogue):
    said = dialogue.begin("ticket_status", form="status_form").say("JW-K37-W9F3").said
    assert len(said) == 2
    assert dialogue.slots["status_reference"] is None


def test_after_three_wrong_tries_people_are_named(dialogue):
    dialogue.begin("ticket_status", form="status_form")
    for _ in range(3):
        assert dialogue.slots["requested_slot"] is not None
        dialogue.say("JW-K37-W9F2 09120000000")
    assert dialogue.slots["requested_slot"] is None


def test_a_question_in_between_is_answered_and_asked_again(dialogue):
    dialogue.begin("ticket_status", form="status_form")
    assert dialogue.say("ساعت کاری؟", "contact_hours").rejected
    assert dialogue.back("contact_hours").slots["requested_slot"] == "status_reference"


def test_stop_ends_the_form_for_a_tickets_state(dialogue):
    dialogue.begin("ticket_status", form="status_form").say("بی‌خیال")
    assert dialogue.said
    assert dialogue.slots["requested_slot"] is None

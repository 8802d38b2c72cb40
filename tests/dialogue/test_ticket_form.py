"""The ticket form's actions on the real action server: known answers, mistakes, questions between, opening."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from jawab.support.database import Database, connect
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import Origin, Priority, Queue

from .form_driver import Dialogue

ANSWERS = {
    "fa": ["خدمات پس از فروش و مرجوعی", "بازگشت پول", "سه هفته است پولم برنگشته", "۱۲۳۴۵۶۷۸", "سارا احمدی", "۰۹۱۲۱۲۳۴۵۶۷", "ندارم", "ندارم"],
    "ar": ["الدفع", "كود الخصم", "الكود لا يعمل عندي", "لا يوجد", "محمد العتيبي", "٠٥٠١٢٣٤٥٦٧", "m@example.com", "لا يوجد"],
    "en": ["Complaint", "About delivery", "The courier shouted at me", "12345678", "Jane Doe", "jane@example.com", "none"],
}  # fmt: skip


@pytest.fixture
def dialogue(server):
    return Dialogue(server)


@pytest.fixture
def store(server):
    database = Database(connect(server.database_url, patience=timedelta(seconds=5)))
    yield TicketStore(database)
    database.close()


def filled(dialogue, lang="fa", **begin):
    dialogue.lang = lang
    dialogue.begin(**begin)
    for answer in ANSWERS[lang]:
        dialogue.say(answer)
    assert dialogue.asked == "confirmed"
    return dialogue


@pytest.mark.parametrize("lang", ["fa", "ar", "en"])
def test_a_form_is_filled_confirmed_and_opened(dialogue, store, lang):
    filled(dialogue, lang)
    dialogue.say({"fa": "بله", "ar": "نعم", "en": "yes"}[lang])
    assert dialogue.asked is None
    reference = dialogue.close().report["ticket"]["reference"]
    assert reference in dialogue.said[0]
    ticket = store.find(reference)
    assert (ticket.lang.value, ticket.origin) == (lang, Origin.CONVERSATION)
    assert ticket.message == ANSWERS[lang][2]
    assert all(dialogue.slots[name] is None for name in dialogue.slots if "ticket_" in name)


def test_every_question_is_asked_once_and_the_widget_told_its_kind(dialogue):
    dialogue.begin()
    asked = [dialogue.report["form"]]
    for answer in ANSWERS["fa"]:
        asked.append(dialogue.say(answer).report["form"])
    assert [form["field"] for form in asked] == [
        "topic", "subtopic", "message", "order_number", "name", "phone", "email", "files", "confirmed",
    ]  # fmt: skip
    assert [form["step"] for form in asked] == list(range(1, 10))


def test_what_is_known_is_not_asked(dialogue):
    dialogue.metadata = {"known": {"name": "سارا", "phone": "+989121234567", "order_number": "9"}}
    dialogue.begin()
    for answer in ANSWERS["fa"][:3]:
        dialogue.say(answer)
    assert dialogue.asked == "order_number"  # another ticket's order is not this one's
    dialogue.say("۱۲۳۴۵۶۷۸")
    assert dialogue.asked == "files"  # the phone does, as it did then


def test_what_was_said_before_the_form_is_not_asked(dialogue):
    dialogue.events = [
        {
            "event": "user",
            "text": "…",
            "parse_data": {
                "faq_id": "order_late",
                "entities": [
                    {"entity": "order_number", "value": "87654321"},
                    {"entity": "phone", "value": "+989120000000"},
                ],
            },
        }
    ]
    dialogue.begin()
    assert "ارسال و تحویل" in dialogue.said[-1]
    dialogue.say("بله", "affirm")
    assert dialogue.slots["ticket_topic"] == "delivery"
    assert dialogue.slots["ticket_order_number"] == "87654321"
    assert dialogue.slots["ticket_phone"] == "+989120000000"


def test_a_mistake_is_told_and_the_form_stays(dialogue):
    dialogue.begin()
    for answer in ANSWERS["fa"][:5]:
        dialogue.say(answer)
    dialogue.say("۰۹۱۲۱۲۳")
    assert (dialogue.asked, len(dialogue.said)) == ("phone", 1)
    assert "۰۹۱۲۱۲۳۴۵۶۷" in dialogue.said[0]
    assert dialogue.say("09121234567").asked == "email"


@pytest.mark.parametrize("intent", ["delivery_cost", "greet", "talk_to_human", "change_language"])
def test_what_is_no_answer_is_rejected_and_the_question_comes_back(dialogue, intent):
    dialogue.begin()
    question = dialogue.said[-1]
    assert dialogue.say("یه چیز دیگه", intent).rejected
    assert dialogue.responses == []
    assert dialogue.back(intent).said == [question]
    assert dialogue.asked == "topic"


def test_the_language_of_the_form_is_the_conversations_and_not_a_names(dialogue):
    dialogue.begin()
    for answer in ANSWERS["fa"][:4]:
        dialogue.say(answer)
    dialogue.lang = "en"
    dialogue.say("Sara Ahmadi")
    assert dialogue.report["lang"] == "fa"
    dialogue.slots["language"] = "en"
    assert "mobile number" in dialogue.back("change_language").said[0]


@pytest.mark.parametrize("text", ["بی‌خیال", "لغو"])
def test_stop_ends_the_form_and_forgets_it(dialogue, text):
    dialogue.begin().say(ANSWERS["fa"][0])
    assert dialogue.say(text).asked is None
    dialogue.close()
    assert dialogue.said
    assert "ticket" not in dialogue.report
    assert dialogue.slots["ticket_topic"] is None


def test_a_complaints_button_begins_with_its_topic(dialogue):
    dialogue.begin(button={"intent": "open_ticket", "about": "complaint"})
    assert (dialogue.slots["ticket_topic"], dialogue.asked) == ("complaint", "subtopic")


def test_a_part_is_changed_from_the_summary(dialogue):
    filled(dialogue)
    dialogue.say("شماره رو اشتباه گفتم")
    assert dialogue.asked == "phone"
    dialogue.say("۰۹۱۲۷۶۵۴۳۲۱")
    assert dialogue.asked == "confirmed"
    assert "۰۹۱۲۷۶۵۴۳۲۱" in dialogue.said[0]


def test_no_to_the_summary_offers_the_parts_as_buttons(dialogue):
    filled(dialogue).say("نه", "deny")
    assert {"ticket": "change", "field": "name"}.items() <= dialogue.buttons[4].items()
    assert dialogue.asked == "confirmed"


def test_files_of_a_message_are_kept(dialogue):
    dialogue.begin()
    for answer in ANSWERS["fa"][:7]:
        dialogue.say(answer)
    dialogue.say("📎", attachments=["f1", "f2"])
    assert dialogue.slots["ticket_files"] == ["f1", "f2"]
    assert dialogue.asked == "confirmed"


def test_the_same_message_opens_one_ticket(dialogue):
    filled(dialogue).say("بله")
    kept = dict(dialogue.slots)
    first = dialogue.close(message_id="900001").report["ticket"]
    dialogue.slots = kept
    assert dialogue.close(message_id="900001").report["ticket"] == first


@pytest.mark.parametrize(
    ("reason", "priority"), [("asked", Priority.NORMAL), ("angry", Priority.HIGH)]
)
def test_an_angry_shoppers_ticket_is_more_pressing(dialogue, store, reason, priority):
    dialogue.slots["ticket_reason"] = reason
    filled(dialogue, "en").say("change the e-mail").say(f"{reason}@example.com").say("yes")
    ticket = store.find(dialogue.close().report["ticket"]["reference"])
    assert (ticket.priority, ticket.queue) == (priority, Queue.COMPLAINTS)


def test_nothing_is_lost_while_the_database_is_away(dialogue, server):
    filled(dialogue).say("بله")
    holder = sqlite3.connect(server.database_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        dialogue.close()
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert "ticket" not in dialogue.report
    assert (dialogue.loop, dialogue.followup) == ("ticket_form", "action_listen")
    assert dialogue.asked == "confirmed"
    dialogue.say("بله")
    assert dialogue.close().report["ticket"]["reference"]


def test_without_the_desk_a_ticket_is_opened_all_the_same(dialogue, store):
    """As in `rasa shell`, which sends no metadata."""
    filled(dialogue).say("بله")
    dialogue.loop = None
    message = {**dialogue.message("بله", "affirm"), "metadata": None}
    reference = dialogue.run("action_close_ticket_form", message).report["ticket"]["reference"]
    assert (store.find(reference).conversation_id, store.find(reference).message_id) == (None, None)

"""Conversations as Rasa records them: the events of turns, of forms, of sessions."""

from __future__ import annotations

from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)

FORM = "ticket_form"


def session() -> list[Event]:
    return [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
    ]


def heard(text: str, *, candidates: int = 77, **parsed) -> UserUttered:
    intent = {"name": "faq", "confidence": 0.9}
    ranking = [{"name": f"intent_{n}", "confidence": 1 / (n + 2)} for n in range(candidates)]
    data = {"text": text, "intent": intent, "entities": [], "intent_ranking": ranking, **parsed}
    return UserUttered(text, intent, [], data, input_channel="rest", metadata={"lang": "fa"})


def turn(number: int, **parsed) -> list[Event]:
    """A question of the FAQ, answered."""
    return [
        heard(f"سؤال {number}", **parsed),
        ActionExecuted("action_answer_faq", policy="RulePolicy", confidence=1.0),
        BotUttered(f"جواب {number}", {"buttons": []}),
        BotUttered(None, {"custom": {"message_id": str(number)}}),
        SlotSet("language", "fa"),
        SlotSet("misunderstood", 0),
        SlotSet("topic", {"question": f"q{number}"}),
        ActionExecuted("action_listen"),
    ]


def form_begins() -> list[Event]:
    return [
        heard("تیکت می‌خوام"),
        ActionExecuted(FORM),
        ActiveLoop(FORM),
        SlotSet("requested_slot", "ticket_topic"),
        BotUttered("درباره چی؟"),
        ActionExecuted("action_listen"),
    ]


def form_goes_on(number: int) -> list[Event]:
    return [
        heard(f"پاسخ {number}"),
        ActionExecuted(FORM),
        SlotSet("ticket_message", f"متن {number}"),
        BotUttered("بعدی؟"),
        ActionExecuted("action_listen"),
    ]


def form_ends() -> list[Event]:
    return [
        heard("بله"),
        ActionExecuted(FORM),
        ActiveLoop(None),
        SlotSet("requested_slot", None),
        ActionExecuted("action_close_ticket_form"),
        BotUttered("ثبت شد"),
        ActionExecuted("action_listen"),
    ]

"""The actions on the real rasa-sdk server, called as Rasa calls them."""

from __future__ import annotations

import json
import zlib
from datetime import datetime, timedelta, timezone

import httpx
import psutil
import pytest
import yaml

from jawab.support.agents.agent import Agent, Role
from jawab.support.database import Database, connect
from jawab.support.overrides.override import Part, Target
from jawab.support.overrides.store import OverrideStore

from .action_server import MARKER, ROOT, call, understood

ACTIONS = {
    "action_answer_faq",
    "action_converse",
    "action_escalate",
    "action_default_fallback",
    "action_close_ticket_form",
    "action_ticket_status",
    "validate_ticket_form",
    "validate_status_form",
}


# The server


def test_every_action_the_domain_names_is_served(server):
    served = {action["name"] for action in httpx.get(f"{server.url}/actions", timeout=5).json()}
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    assert served == set(domain["actions"]) == ACTIONS


def test_it_listens_on_loopback_only(server):
    family = [psutil.Process(server.process.pid)]
    family += family[0].children(recursive=True)
    listening = {
        connection.laddr.ip
        for process in family
        for connection in process.connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


def test_an_unknown_action_is_not_found(server):
    answer = server.post(call("action_unheard_of"))
    assert answer.status_code == 404
    assert answer.json()["action_name"] == "action_unheard_of"


def test_a_compressed_call_is_read(server):
    body = zlib.compress(json.dumps(call("action_converse")).encode())
    answer = httpx.post(
        f"{server.url}/webhook", content=body, headers={"Content-Encoding": "deflate"}, timeout=10
    )
    assert answer.status_code == 200
    assert len(answer.json()["responses"]) == 2


# What is said


def test_a_question_is_answered_with_related_ones_as_buttons(server):
    turn = server.run("action_answer_faq", message=understood("returns_how"))
    assert "021-6193000" in turn.text
    buttons = turn.said[0]["buttons"]
    assert 1 <= len(buttons) <= 4
    for button in buttons:
        assert set(button) == {"title", "payload", "intent"}
        assert button["payload"] == button["title"]
        # Rasa rejects a payload that begins with a slash and names no intent of its own.
        assert not button["payload"].startswith("/")


def test_an_offer_is_its_candidates_and_none_of_these(server):
    message = understood("returns_how", "refund_how", outcome="offered", confidence=0.4)
    turn = server.run("action_default_fallback", message=message)
    assert [b["intent"] for b in turn.said[0]["buttons"]] == [
        "returns_how",
        "refund_how",
        "none_of_these",
    ]
    assert (turn.custom["intent"], turn.custom["outcome"]) == (None, "offered")


def test_help_offers_the_topics(server):
    turn = server.run("action_converse", message=understood("help", lang="en"))
    assert all(set(b) == {"title", "payload", "topic"} for b in turn.said[0]["buttons"])


def test_an_unnamed_language_is_asked_for_with_buttons(server):
    turn = server.run("action_converse", message=understood("change_language"))
    assert [b["language"] for b in turn.said[0]["buttons"]] == ["fa", "ar", "en"]


@pytest.mark.parametrize("lang", ["fa", "ar", "en"])
@pytest.mark.parametrize("shop", ["digikala", "souq"])
def test_no_text_has_a_blank_line_for_rasa_to_cut_at(server, shop, lang):
    for intent in ("contact_channels", "returns_how", "contact_hours", "payment_methods"):
        turn = server.run("action_answer_faq", message=understood(intent, lang=lang, shop=shop))
        assert "\n\n" not in turn.text
        assert turn.text == turn.text.strip()


@pytest.mark.parametrize(
    "action", ["action_converse", "action_default_fallback", "action_answer_faq"]
)
@pytest.mark.parametrize("intent", ["greet", "talk_to_human", "out_of_scope", "returns_how"])
def test_what_is_said_hangs_on_the_decision_and_not_on_the_action(server, action, intent):
    message = understood(intent)
    turn = server.run(action, message=message)
    assert turn.custom["intent"] == intent
    assert turn.text


# What is remembered and reported


def test_every_turn_ends_with_what_happened(server):
    message = understood("returns_how", "refund_how", "order_track", "greet", confidence=0.8)
    turn = server.run("action_answer_faq", message=message)
    assert turn.custom == {
        "message_id": message["metadata"]["message_id"],
        "lang": "fa",
        "intent": "returns_how",
        "intents": ["returns_how"],
        "follows": None,
        "confidence": 0.8,
        "outcome": "answered",
        "candidates": [
            {"intent": "returns_how", "confidence": 0.8},
            {"intent": "refund_how", "confidence": 0.4},
            {"intent": "order_track", "confidence": 0.267},
        ],
    }
    slots = turn.slots
    topic = slots.pop("topic")
    assert (topic["question"], topic["turns"]) == ("returns_how", 0)
    assert slots == {"language": "fa", "misunderstood": 0}


def test_a_short_question_is_answered_in_the_light_of_the_last_answer(server):
    first = server.run("action_answer_faq", message=understood("returns_how"))
    message = {**understood("delivery_time", "refund_time"), "sides": ["time"]}
    second = server.run("action_answer_faq", message=message, slots=first.slots)
    assert (second.custom["intent"], second.custom["follows"]) == ("refund_time", "returns_how")
    assert second.text == server.run("action_answer_faq", message=understood("refund_time")).text
    alone = server.run("action_answer_faq", message=message)
    assert (alone.custom["intent"], alone.custom["follows"]) == ("delivery_time", None)


def test_two_questions_are_answered_in_two_messages_and_both_reported(server):
    message = understood("returns_how", "delivery_cost", "refund_how", asked=2)
    turn = server.run("action_answer_faq", message=message)
    assert turn.custom["intents"] == ["returns_how", "delivery_cost"]
    alone = [
        server.run("action_answer_faq", message=understood(id)).text
        for id in ("returns_how", "delivery_cost")
    ]
    assert [said["text"] for said in turn.said] == alone


def test_misunderstandings_in_a_row_are_counted_and_told_otherwise(server):
    message = understood(outcome="not_understood")
    first = server.run("action_default_fallback", message=message)
    second = server.run("action_default_fallback", message=message, slots=first.slots)
    assert [first.slots["misunderstood"], second.slots["misunderstood"]] == [1, 2]
    assert first.text != second.text
    assert (first.custom["intent"], first.custom["outcome"]) == (None, "not_understood")
    third = server.run("action_converse", message=understood("greet"), slots=second.slots)
    assert third.slots["misunderstood"] == 0


def test_a_pressed_language_is_remembered_and_reported(server):
    message = understood("change_language", lang="fa", button={"language": "ar"})
    turn = server.run("action_converse", message=message)
    assert turn.slots["language"] == turn.custom["lang"] == "ar"
    assert "بالعربية" in turn.text


def test_a_pressed_topic_shows_its_questions(server):
    turn = server.run("action_converse", message=understood("help", button={"topic": "returns"}))
    assert turn.said[0]["buttons"][-1]["intent"] == "help"
    assert "returns_how" in [b["intent"] for b in turn.said[0]["buttons"]]


# What Rasa may send besides


def test_without_metadata_the_first_shop_answers_in_the_language_of_the_slot(server):
    message = understood("contact_hours")
    message.pop("metadata")
    message.pop("lang")
    turn = server.run("action_answer_faq", message=message, slots={"language": "en"})
    assert "Digikala" in turn.text or "021" in turn.text
    assert turn.custom["lang"] == "en"
    assert turn.custom["message_id"] is None


def test_the_shop_of_the_metadata_answers(server):
    digikala = server.run("action_answer_faq", message=understood("contact_hours", lang="en"))
    souq = server.run(
        "action_answer_faq", message=understood("contact_hours", lang="en", shop="souq")
    )
    assert digikala.text != souq.text
    assert "021" not in souq.text


@pytest.mark.parametrize(
    "decision",
    [
        pytest.param(None, id="none"),
        pytest.param({}, id="empty"),
        pytest.param("answered", id="a word"),
        pytest.param([], id="a list"),
        pytest.param({"outcome": "nonsense", "intents": []}, id="an unknown outcome"),
        pytest.param({"outcome": "answered"}, id="no intents"),
        pytest.param({"outcome": "answered", "intents": []}, id="answered with nothing"),
        pytest.param({"outcome": "answered", "intents": None}, id="null intents"),
        pytest.param({"outcome": "answered", "intents": [None, {}, []]}, id="no ids"),
        pytest.param({"outcome": "answered", "intents": ["gone_since"]}, id="an id that is gone"),
        pytest.param({"outcome": "offered", "intents": ["gone_since"]}, id="an offer that is gone"),
        pytest.param({"outcome": None, "intents": None}, id="nulls"),
    ],
)
def test_a_decision_that_cannot_be_read_is_a_misunderstanding(server, decision):
    message = {**understood("returns_how"), "decision": decision}
    turn = server.run("action_default_fallback", message=message)
    assert turn.text
    assert (turn.custom["intent"], turn.custom["outcome"]) == (None, "not_understood")
    assert turn.slots["misunderstood"] == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"lang": "de"}, id="a language we do not speak"),
        pytest.param({"lang": None, "metadata": {"lang": "xx", "shop": "nope"}}, id="unknown shop"),
        pytest.param({"metadata": None}, id="null metadata"),
        pytest.param({"metadata": {"button": "greet"}}, id="a button that is a word"),
        pytest.param({"intent": None, "intent_ranking": None}, id="no ranking"),
        pytest.param({"intent": {"name": None, "confidence": None}}, id="null confidence"),
        pytest.param({"text": None}, id="no text"),
        pytest.param({"text": "\ud800 \x00"}, id="a lone surrogate"),
    ],
)
def test_an_odd_message_is_answered_all_the_same(server, change):
    turn = server.run("action_answer_faq", message={**understood("returns_how"), **change})
    assert turn.text
    assert turn.custom["lang"] == "fa"


def test_an_empty_latest_message_is_a_misunderstanding(server):
    body = call("action_default_fallback")
    body["tracker"]["latest_message"] = {}
    answer = server.post(body)
    assert answer.status_code == 200
    assert answer.json()["responses"][-1]["custom"]["outcome"] == "not_understood"


# The log, after all of the above


def test_each_action_is_logged_under_the_desks_id_of_the_message(server):
    server.run("action_converse", message=understood("greet", message_id="471147"))
    lines = [line for line in server.log.read_text("utf-8").splitlines() if "471147" in line]
    assert all(line.endswith("message=471147") for line in lines)
    assert "action.ran action=action_converse status=200" in lines[-1]


def test_no_shoppers_words_are_in_the_log(server):
    broken = call("action_converse")
    broken["tracker"]["latest_message"] = MARKER
    assert server.post(broken).status_code == 500
    assert server.post(call(f"action_{MARKER}")).status_code == 404
    for content in (f'{{"next_action": "{MARKER}', MARKER, "[]", ""):
        httpx.post(
            f"{server.url}/webhook",
            content=content.encode(),
            headers={"Content-Type": "application/json"},
            timeout=10,
        )
    httpx.get(f"{server.url}/{MARKER}", params={"q": MARKER}, timeout=10)
    written = server.log.read_text("utf-8", "replace")
    assert written
    for piece in ("زرافه", "giraffe", "9121234567", "%D8%B2%D8%B1", "\\u0632\\u0631"):
        assert piece not in written
    assert server.process.poll() is None


def test_after_all_that_it_still_answers(server):
    assert server.run("action_converse", message=understood("greet")).text


# What the owner sets at the desk


def test_hours_set_at_the_desk_are_told_in_the_next_turn(server):
    database = Database(connect(server.database_url, patience=timedelta(seconds=5)))
    store = OverrideStore(database)
    owner = Agent(id=1, login="owner", name="سارا", role=Role.OWNER)
    target, now = Target(Part.HOURS, "live_chat"), datetime.now(timezone.utc)
    question = understood("contact_hours", lang="en")
    before = server.run("action_answer_faq", message=question).text
    try:
        store.save("digikala", target, {"every_day": "closed"}, by=owner, now=now)
        closed = server.run("action_answer_faq", message=question).text
        store.save("digikala", target, "always", by=owner, now=now)
        always = server.run("action_answer_faq", message=question).text
    finally:
        store.save("digikala", target, None, by=owner, now=now)
        database.close()
    assert len({before, closed, always}) == 3
    assert "around the clock" in next(line for line in always.splitlines() if "chat" in line)
    assert "9:00" in next(line for line in before.splitlines() if "chat" in line)

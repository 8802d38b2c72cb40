"""Shopper → desk → Rasa → action server → desk → shopper, through real processes."""

from __future__ import annotations

import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest

PERSIAN = re.compile("[پچژگکی]")


def answer_to(system, shop, text, lang=None):
    return system.converse(shop, lang).say(text)[0]["text"]


def test_a_persian_question_gets_digikalas_four_ways_of_returning(system):
    text = answer_to(system, "digikala", "چجوری جنسی که خریدم رو پس بدم")
    assert "021-6193000" in text
    assert text.count("\n") >= 3


def test_an_arabic_question_gets_souqs_hours(system):
    text = answer_to(system, "souq", "متى تفتحون خدمة العملاء؟")
    assert re.search("9:00|9 ", text)
    assert "021" not in text


def test_an_english_question_on_the_persian_page_is_answered_in_english(system):
    text = answer_to(system, "digikala", "how do I contact customer support?")
    assert re.search("[a-z]{4}", text)
    assert "info@digikala.com" in text


def test_finglish_is_answered_in_persian_script(system):
    text = answer_to(system, "digikala", "chetori mishe ba poshtibani tamas gereft")
    assert PERSIAN.search(text)
    assert "info@digikala.com" in text


def test_arabizi_is_answered_in_arabic_script(system):
    text = answer_to(system, "souq", "ayesh raqm khedmat el 3omala2")
    assert re.search("[\u0621-\u064a]", text)


def test_a_related_question_is_one_press_away(system):
    conversation = system.converse("digikala")
    (first,) = conversation.say("چطوری کالا رو مرجوع کنم؟")
    pressed = first["buttons"][0]
    (second,) = conversation.say(button=pressed["id"])
    assert second["text"] != first["text"]
    assert second["author"] == "bot"


def test_topics_are_browsed_by_buttons_down_to_an_answer(system):
    conversation = system.converse("souq")
    (menu,) = conversation.say("مساعدة")
    assert len(menu["buttons"]) == 9
    (questions,) = conversation.say(button=menu["buttons"][0]["id"])
    assert len(questions["buttons"]) > 3
    (answer,) = conversation.say(button=questions["buttons"][0]["id"])
    assert len(answer["text"]) > 40


def test_the_language_changes_midway_on_request(system):
    conversation = system.converse("digikala")
    conversation.say("سلام")
    (confirmed,) = conversation.say("please speak english with me")
    assert re.search("[a-z]{4}", confirmed["text"])
    (said,) = conversation.say("12345")
    assert not PERSIAN.search(said["text"])


def test_a_typed_slash_command_does_not_reach_rasa(system):
    conversation = system.converse("digikala")
    conversation.say("سلام")
    for command in ("/restart", "  /restart", "\u00a0/restart", '/faq{"language": "en"}'):
        assert conversation.say(command)[0]["text"]
    tracker = httpx.get(f"{system.rasa}/conversations/{conversation.id}/tracker", timeout=10)
    assert tracker.status_code == 401
    assert len(conversation.transcript()) >= 11


def test_the_same_message_sent_twice_is_answered_once(system):
    conversation = system.converse("digikala")
    body = {"client_id": "same", "text": "ساعت کاری پشتیبانی"}

    def send(_):
        return httpx.post(
            conversation.url,
            params={"wait": "true"},
            json=body,
            headers=conversation.headers,
            timeout=60,
        )

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert {a.status_code for a in answers} == {200}
    assert len({a.json()["id"] for a in answers}) == 1
    shopper = [m for m in conversation.transcript() if m["author"] == "shopper"]
    assert len(shopper) == 1


def test_rasa_and_actions_listen_on_loopback_only(system):
    ports = {int(url.rsplit(":", 1)[1]) for url in (system.rasa, system.actions, system.desk)}
    listening = {
        (c.laddr.ip, c.laddr.port)
        for child in psutil.Process(system.process.pid).children(recursive=True)
        for c in child.connections(kind="inet")
        if c.status == psutil.CONN_LISTEN
    }
    assert {port for _, port in listening} == ports
    assert {ip for ip, _ in listening} == {"127.0.0.1"}


def test_a_dead_action_server_is_restarted_and_nothing_is_lost(system):
    conversation = system.converse("digikala")
    conversation.say("سلام")
    child = next(
        c
        for c in psutil.Process(system.process.pid).children()
        if "actions" in " ".join(c.cmdline())
    )
    child.send_signal(signal.SIGKILL)
    replies = conversation.say("هزینه ارسال چقدره؟")
    assert replies
    assert replies[-1]["text"]
    wait_for(lambda: httpx.get(f"{system.desk}/readyz", timeout=5).status_code == 200)
    assert len(conversation.say("ساعت کاری پشتیبانی")[0]["text"]) > 20


def test_no_shoppers_words_are_in_any_log(system):
    marker = "زرافه‌نشان"
    conversation = system.converse("digikala")
    for text in (
        f"{marker} 09121234567",
        f"/restart {marker}",
        f"{marker}@example.com",
        marker * 50,
    ):
        conversation.say(text)
    logs = [*Path(system.var / "log").glob("*.log"), system.var / "run.log"]
    assert len(logs) >= 4
    for log in logs:
        content = log.read_text("utf-8", "replace")
        assert marker not in content, log
        assert "9121234567" not in content, log
        assert ascii(marker)[1:-1] not in content, log


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if condition():
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.25)
    pytest.fail("the condition did not come true")

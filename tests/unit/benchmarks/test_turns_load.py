"""The load generator against a server that answers, and fails, as told."""

import asyncio
from itertools import count

import pytest

from benchmarks.turns.doors import Conversation, Rest
from benchmarks.turns.load import load
from benchmarks.turns.script import Talk
from jawab.text.language import Lang

from ..desk.fake_rasa import FakeRasa
from ..desk.running import Running


@pytest.fixture
def rasa():
    fake = FakeRasa()
    with Running(fake.app) as server:
        fake.url = server.url
        yield fake


def talks():
    return (Talk(Lang.AR, (f"أ {n}", f"ب {n}", f"ج {n}")) for n in count())


def heard(rasa, *, conversations, seconds=0.2):
    door = Rest(rasa.url, known=True)
    return asyncio.run(load(door, talks(), conversations=conversations, seconds=seconds))


def test_so_many_shoppers_speak_at_once_and_each_waits_for_its_answer(rasa):
    found = heard(rasa, conversations=5)
    assert len(found.milliseconds) == len(rasa.asked)
    assert found.failures == 0
    assert 1 <= rasa.most_at_once <= 5
    assert len({question["sender"] for question in rasa.asked}) == found.opened >= 5
    assert found.own_seconds > 0


def test_a_conversation_says_its_texts_in_order_to_one_sender(rasa):
    heard(rasa, conversations=1)
    first = [q["message"] for q in rasa.asked if q["sender"] == rasa.asked[0]["sender"]]
    assert first == ["أ 0", "ب 0", "ج 0"][: len(first)]
    assert rasa.asked[0]["metadata"]["lang"] == "ar"


class SlowToOpen(Rest):
    """A door that opens at once for the first shopper, and for all others only when the time is over."""

    opened = 0

    async def open(self, session, lang) -> Conversation:
        self.opened += 1
        if self.opened > 1:
            await asyncio.sleep(0.3)
        return await super().open(session, lang)


def test_who_has_opened_a_conversation_speaks_though_the_time_is_over(rasa):
    door = SlowToOpen(rasa.url, known=True)
    found = asyncio.run(load(door, talks(), conversations=3, seconds=0.1))
    assert found.opened >= 3
    assert len({question["sender"] for question in rasa.asked}) == found.opened


@pytest.mark.parametrize("fault", ["empty", "silent", "fail"])
def test_what_gets_no_text_for_an_answer_is_a_failure_and_no_fast_turn(rasa, fault):
    rasa.then(fault, "answer", fault)
    found = heard(rasa, conversations=1)
    assert found.failures == 2
    assert len(found.milliseconds) == len(rasa.asked) - 2


def test_a_server_that_is_away_is_told_as_failures():
    found = asyncio.run(load(Rest("http://127.0.0.1:9"), talks(), conversations=2, seconds=0.05))
    assert found.milliseconds == []
    assert found.failures >= 2

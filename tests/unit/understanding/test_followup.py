"""Short questions in the light of the last answer, by the project's own table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from jawab.knowledge.followups import FollowUps
from jawab.text.language import Lang
from jawab.understanding.decision import Candidate, Outcome
from jawab.understanding.followup import Topic, in_context, meant, remembered
from jawab.understanding.reply import Turn

NOW = datetime.fromisoformat("2026-11-24T11:00+03:30")
RETURNS = Topic("returns_how", NOW)


def turn(*intents, candidates=(), **more):
    outcome = Outcome.ANSWERED if intents else Outcome.NOT_UNDERSTOOD
    return replace(
        Turn("…", Lang.FA, outcome, intents, "digikala", NOW, candidates=tuple(candidates)), **more
    )


def answered(knowledge, given, sides, topic=RETURNS):
    return in_context(given, sides=sides, topic=topic, knowledge=knowledge)


def test_a_word_for_a_side_is_enough(knowledge):
    found = answered(knowledge, turn("delivery_time"), {"time"})
    assert (found.answered, found.follows) == (("refund_time",), "returns_how")
    assert found.candidates[0].intent == "refund_time"


def test_without_a_word_the_classifiers_ranking_tells_the_side(knowledge):
    ranking = (Candidate("delivery_cost", 0.5), Candidate("product_price", 0.2))
    assert answered(knowledge, turn(candidates=ranking), set()).answered == ("returns_cost",)
    unsure = (Candidate("delivery_cost", 0.2), Candidate("greet", 0.7))
    assert answered(knowledge, turn("greet", candidates=unsure), set()).answered == ("greet",)


@pytest.mark.parametrize(
    ("given", "sides", "topic"),
    [
        pytest.param(turn("order_track"), None, RETURNS, id="it names a topic"),
        pytest.param(turn("delivery_time"), {"time"}, None, id="nothing was answered"),
        pytest.param(turn("delivery_time"), {"phone"}, RETURNS, id="the topic has no such side"),
        pytest.param(turn("delivery_time", button={"intent": "delivery_time"}), {"time"}, RETURNS, id="a button"),
        pytest.param(turn("delivery_time", "order_track"), {"time"}, RETURNS, id="two questions"),
        pytest.param(turn("delivery_time"), {"time"}, replace(RETURNS, turns=3), id="turns ago"),
        pytest.param(turn("delivery_time"), {"time"}, replace(RETURNS, at=NOW - timedelta(minutes=31)), id="long ago"),
        pytest.param(turn("delivery_time"), {"time"}, Topic("gone_since", NOW), id="a question gone since"),
    ],
)  # fmt: skip
def test_a_turn_that_stands_by_itself_stays(knowledge, given, sides, topic):
    assert answered(knowledge, given, sides, topic) == given


def test_the_topic_is_what_was_answered_last_and_fades(knowledge):
    topic = remembered(turn("returns_how", "delivery_cost"), None, knowledge)
    assert topic == Topic("delivery_cost", NOW)
    for turns in (1, 2, 3):
        topic = remembered(turn("thanks"), topic, knowledge)
        assert topic == Topic("delivery_cost", NOW, turns)
    assert remembered(turn("thanks"), topic, knowledge) is None
    assert remembered(turn("greet"), None, knowledge) is None


def test_a_topic_survives_the_trackers_slot():
    assert Topic.read(RETURNS.written()) == RETURNS


@pytest.mark.parametrize(
    "written",
    [None, "returns_how", {}, {"question": "x"}, {"question": "x", "at": "?", "turns": 0}, {"question": "x", "at": "2026-11-24T11:00", "turns": 0}],
)  # fmt: skip
def test_what_is_no_topic_is_none(written):
    assert Topic.read(written) is None


def test_a_sharper_side_goes_before_a_broader_one():
    followups = FollowUps(
        sides={"time": (), "deadline": ()},
        after={"q": {"time": "a", "deadline": "b"}},
        sharper=("deadline",),
    )
    found = meant("q", sides={"time", "deadline"}, ranking=(), followups=followups)
    assert found is not None
    assert found.intent == "b"

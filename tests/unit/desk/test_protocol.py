"""Reading what Rasa says, whatever it says."""

import pytest

from jawab.desk.protocol import RasaFailure, answer_from_items, answer_from_tracker
from jawab.support.conversations.message import Form
from jawab.text.language import Lang


def read(items):
    return answer_from_items(items, message_id="7", prior=Lang.FA)


@pytest.mark.parametrize(
    "items",
    [
        [],
        None,
        {},
        "text",
        7,
        [None, 1, "x"],
        [{"custom": {"outcome": "answered"}}],
        [{"text": ""}],
        [{"text": "  "}],
        [{"text": None}],
        [{"text": {"a": 1}}],
        [{"image": "http://x"}],
    ],
)
def test_an_answer_without_a_text_is_a_failure(items):
    with pytest.raises(RasaFailure):
        read(items)


FORM = {"id": "ticket", "field": "phone", "input": "tel", "step": 3, "steps": 7}


def test_the_last_text_asks_for_the_forms_answer():
    answer = read([{"text": "ثبت شد."}, {"text": "شماره؟"}, {"custom": {"form": FORM}}])
    assert [reply.form for reply in answer.replies] == [None, Form(**FORM)]


@pytest.mark.parametrize(
    "form",
    [None, [], "ticket", {}, {**FORM, "step": 0}, {**FORM, "step": 8}, {**FORM, "field": None}],
)
def test_a_form_that_cannot_be_read_is_none(form):
    (reply,) = read([{"text": "شماره؟"}, {"custom": {"form": form}}]).replies
    assert reply.form is None


def test_another_turns_answer_is_a_failure():
    with pytest.raises(RasaFailure, match="another"):
        read([{"text": "سلام"}, {"custom": {"message_id": "8"}}])


def test_the_language_of_the_answer_is_the_reported_one_else_the_conversations():
    reported = read([{"text": "أهلا"}, {"custom": {"lang": "ar"}}])
    assert (reported.lang, reported.replies[0].lang) == (Lang.AR, Lang.AR)
    unreported = read([{"text": "سلام"}, {"custom": {"lang": "xx"}}])
    assert (unreported.lang, unreported.replies[0].lang) == (None, Lang.FA)


def test_a_button_means_all_that_it_carries_but_title_and_payload():
    button = {"title": "هزینه", "payload": "/x", "intent": "returns_cost", "page": 2}
    (choice,) = (
        read([{"text": "کدام؟", "buttons": [button, {"payload": "/y"}, 7]}]).replies[0].choices
    )
    assert (choice.title, choice.meaning) == ("هزینه", {"intent": "returns_cost", "page": 2})


def tracker(*events):
    return {"events": list(events)}


def user(message_id):
    return {"event": "user", "text": "x", "metadata": {"message_id": message_id}}


def bot(text, **data):
    return {"event": "bot", "text": text, "data": data}


def test_the_answer_in_a_tracker_ends_at_the_next_message():
    found = answer_from_tracker(
        tracker(
            user("6"), bot("شش"), user("7"), {"event": "slot"}, bot("هفت"), user("8"), bot("هشت")
        ),
        message_id="7",
        prior=Lang.FA,
    )
    assert [r.text for r in found.replies] == ["هفت"]


def test_a_message_taken_twice_and_answered_once_is_answered():
    found = answer_from_tracker(
        tracker(user("7"), user("7"), bot("هفت")), message_id="7", prior=Lang.FA
    )
    assert [r.text for r in found.replies] == ["هفت"]


@pytest.mark.parametrize(
    "events",
    [
        [],
        [user("6"), bot("شش")],
        [user("7")],
        [user("7"), bot(None, custom={"outcome": "answered"})],
        [{"event": "user", "metadata": None}, None, 7],
    ],
)
def test_a_tracker_without_the_answer_gives_none(events):
    assert answer_from_tracker(tracker(*events), message_id="7", prior=Lang.FA) is None


@pytest.mark.parametrize("garbage", [None, [], {}, {"events": None}, "x"])
def test_a_tracker_that_is_none_is_a_failure(garbage):
    with pytest.raises(RasaFailure):
        answer_from_tracker(garbage, message_id="7", prior=Lang.FA)

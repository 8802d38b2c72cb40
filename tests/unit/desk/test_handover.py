"""A live hand-over as the shopper sees it, with a Rasa that calls for a person."""

from datetime import timedelta

import pytest

from jawab.support.agents.agent import NewAgent, Presence
from jawab.support.handovers.handover import Ending, HandoverState
from jawab.text.language import Lang

from .colleague import PASSWORD, TEN, Clock, call_a_person, called
from .running import eventually

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(start_desk, clock):
    return start_desk(clock=clock, watch_interval=0.02)


@pytest.fixture(autouse=True)
def _calls(rasa):
    call_a_person(rasa)


def agent(desk, clock, login="sara", name="سارا", **more):
    """An agent who is there."""
    made = desk.services.agents.add(NewAgent(login, name, **more), PASSWORD, now=clock())
    return desk.services.agents.be(made.id, Presence.ONLINE, now=clock())


def claim(desk, clock, chat, who):
    desk.services.handovers.claim(
        chat.id, who, now=clock(), said=desk.services.handover_words.joined(who.name)
    )


def button(chat, title):
    """The id of the latest button with this title."""
    found = [b for m in chat.messages() for b in m["buttons"] if b["title"] == title]
    return found[-1]["id"]


def owner(chat):
    with chat.events() as events:
        return next(data for event, data, _ in events if event == "owner")


def test_who_asks_for_a_person_gets_place_promise_and_a_way_out(desk):
    replies = desk.begin("souq", lang="en").ask("a person please")
    assert replies[0]["text"] == "پاسخ: a person please"
    assert "number 1" in replies[1]["text"]
    assert "a minute" in replies[1]["text"]  # Souq promises one
    assert [b["title"] for b in replies[1]["buttons"]] == ["Stop waiting"]


@pytest.mark.parametrize(
    ("shop", "lang", "words"),
    [("souq", "ar", "دقيقة واحدة"), ("digikala", "fa", "دو دقیقه"), ("digikala", "fa", "صف ۱")],
)
def test_place_and_promise_are_told_in_the_shoppers_language(desk, shop, lang, words):
    assert words in desk.begin(shop, lang=lang).ask("person")[-1]["text"]


def test_the_expected_wait_is_told_when_it_is_known(desk, clock):
    sara = agent(desk, clock)
    for _ in range(3):
        chat = called(desk)
        clock.forward(timedelta(seconds=30))
        claim(desk, clock, chat, sara)
    desk.services.agents.seen(sara.id, now=clock())
    assert "about a minute" in called(desk).said("bot")[-1]


def test_the_second_in_the_queue_knows_it_and_moves_up(desk, clock):
    first, second = called(desk), called(desk)
    assert owner(second) == {
        "owner": "human",
        "state": "waiting",
        "place": 2,
        "wait_minutes": None,
    }
    with second.events() as events:
        next(data for event, data, _ in events if event == "owner")
        first.send(button=button(first, "Stop waiting"))
        assert next(data for event, data, _ in events if event == "owner")["place"] == 1


def test_the_bot_is_silent_while_a_person_is_awaited(desk, rasa):
    chat = called(desk)
    asked = len(rasa.asked)
    assert chat.ask("how do I return it?") == []
    assert chat.ask("hello?") == []
    assert len(rasa.asked) == asked
    assert chat.said("shopper") == ["a person please", "how do I return it?", "hello?"]


@pytest.mark.parametrize("words", ["Stop waiting.", "منتظر نمی‌مانم", "لا اريد الإنتظار"])
def test_stop_waiting_typed_or_pressed_returns_to_the_bot(desk, words):
    chat = called(desk)
    (back,) = chat.ask(words)
    assert "out of the queue" in back["text"]
    assert owner(chat) == {"owner": "bot"}
    assert chat.ask("hello")[0]["text"] == "پاسخ: hello"


def test_an_old_stop_button_is_answered_by_the_desk_and_not_by_the_bot(desk, rasa):
    chat = called(desk)
    stop = button(chat, "Stop waiting")
    chat.ask(button=stop)
    asked = len(rasa.asked)
    (reply,) = chat.ask(button=stop)
    assert "not in the queue" in reply["text"]
    assert len(rasa.asked) == asked


def test_the_same_stop_sent_twice_stops_once(desk):
    chat = called(desk)
    stop = button(chat, "Stop waiting")
    first = chat.send(button=stop, client_id="s", wait=True).json()
    assert chat.send(button=stop, client_id="s", wait=True).json() == first
    assert len(desk.services.handovers.of_conversation(chat.id)) == 1


def test_nobody_within_the_promised_minute_is_told_and_may_wait_on(desk, clock):
    chat = called(desk)
    clock.forward(MINUTE)
    eventually(lambda: "none of my colleagues is free" in chat.said("bot")[-1])
    (kept,) = chat.ask(button=button(chat, "Keep waiting"))
    assert "your place is kept" in kept["text"]
    clock.forward(14 * MINUTE)
    assert desk.services.handovers.open_of(chat.id).state is HandoverState.WAITING
    clock.forward(MINUTE)
    eventually(lambda: "none of my colleagues could come" in chat.said("bot")[-1])
    assert owner(chat) == {"owner": "bot"}
    assert sum("is free yet" in text for text in chat.said("bot")) == 1


def test_who_prefers_a_ticket_is_put_to_the_bot_with_that_wish(desk, clock, rasa):
    chat = called(desk)
    clock.forward(MINUTE)
    eventually(lambda: "none of my colleagues is free" in chat.said("bot")[-1])
    chat.send(button=button(chat, "Open a ticket"))
    eventually(lambda: chat.said("bot")[-1] == "پاسخ: Open a ticket")
    assert rasa.asked[-1]["metadata"]["button"]["intent"] == "open_ticket"
    assert desk.services.handovers.of_conversation(chat.id)[0].ending is Ending.TICKET


def test_when_the_chat_closes_those_who_wait_are_told(desk, clock):
    chat = called(desk)
    clock.now = TEN.replace(hour=20, minute=0)  # 23:00 in Riyadh
    eventually(lambda: "live chat has closed" in chat.said("bot")[-1])
    assert chat.ask("hello")[0]["text"] == "پاسخ: hello"


def test_an_agent_who_vanishes_is_noticed_and_the_shopper_goes_to_the_front(desk, clock):
    sara = agent(desk, clock)
    chat, other = called(desk), called(desk)
    claim(desk, clock, chat, sara)
    assert owner(chat) == {"owner": "human", "state": "active", "agent": {"name": "سارا"}}
    desk.services.replies.write(chat.id, sara, client_id="1", text="Hello", now=clock())
    clock.forward(2 * MINUTE)
    eventually(lambda: any("lost touch" in text for text in chat.said("bot")))
    assert owner(chat)["place"] == 1
    assert owner(other)["place"] == 2


def test_an_agent_who_says_nothing_is_noticed(desk, clock):
    sara = agent(desk, clock)
    chat = called(desk)
    claim(desk, clock, chat, sara)
    for _ in range(5):
        desk.services.agents.seen(sara.id, now=clock() + MINUTE)
        clock.forward(MINUTE)
    eventually(lambda: any("lost touch" in text for text in chat.said("bot")))


def test_a_desk_that_was_killed_goes_on_with_those_who_wait(start_desk, clock):
    first = start_desk(clock=clock, watch_interval=0.02)
    chat = called(first)
    sara = agent(first, clock)
    talking = called(first)
    claim(first, clock, talking, sara)
    first.stop()
    clock.forward(3 * MINUTE)
    second = start_desk(clock=clock, watch_interval=0.02)
    chat, talking = chat.at(second), talking.at(second)
    eventually(lambda: "none of my colleagues is free" in chat.said("bot")[-1])
    # Nobody could be heard of while there was no desk.
    assert second.services.handovers.open_of(talking.id).state is HandoverState.ACTIVE
    clock.forward(2 * MINUTE)
    eventually(lambda: any("lost touch" in text for text in talking.said("bot")))


def test_the_watchdog_survives_a_database_that_fails_for_a_while(desk, clock, caplog):
    chat = called(desk)

    def change(statement):
        with desk.services.database.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    change("ALTER TABLE handovers RENAME TO handovers_away")
    eventually(lambda: "watchdog.failed" in caplog.text)
    change("ALTER TABLE handovers_away RENAME TO handovers")
    clock.forward(MINUTE)
    eventually(lambda: "none of my colleagues is free" in chat.said("bot")[-1])


def test_the_bot_learns_how_many_agents_could_come(desk, clock, rasa):
    agent(desk, clock, "a", "A")
    agent(desk, clock, "b", "B", shops=("digikala",))
    agent(desk, clock, "c", "C", languages=(Lang.FA,))
    away = agent(desk, clock, "d", "D")
    desk.services.agents.be(away.id, Presence.AWAY, now=clock())
    called(desk)
    desk.begin("souq", lang="en").ask("hello")
    assert rasa.asked[-1]["metadata"]["agents"] == {"present": 1, "waiting": 1}


def test_a_thumb_down_is_offered_a_person_once(desk, rasa):
    chat = desk.begin("souq", lang="en")
    (answer,) = chat.ask("hello")
    judged = f"{chat.path}/messages/{answer['id']}/feedback"
    for body in ({"value": "down"}, {"value": "down", "reason": "wrong"}, {"value": "up"}):
        assert desk.http.post(judged, json=body, headers=chat.headers).status_code == 204
    offers = [text for text in chat.said("bot") if "didn't help" in text]
    assert len(offers) == 1
    chat.ask(button=button(chat, "Talk to a person"))
    assert rasa.asked[-1]["metadata"]["button"] == {
        "intent": "talk_to_human",
        "reason": "thumbs_down",
    }


def test_nobody_is_offered_while_a_person_is_there(desk):
    chat = desk.begin("souq", lang="en")
    (answer,) = chat.ask("hello")
    chat.ask("a person please")
    before = len(chat.messages())
    judged = f"{chat.path}/messages/{answer['id']}/feedback"
    desk.http.post(judged, json={"value": "down"}, headers=chat.headers)
    assert len(chat.messages()) == before


def test_an_unreadable_wish_for_a_person_is_a_wish_all_the_same(desk, rasa):
    for wish, expected in (({"reason": "angry"}, "angry"), ({"reason": ["?"]}, "other")):
        rasa.reply = lambda question, wish=wish: [
            {"text": "ok"},
            {"custom": rasa.custom(question, handover=wish)},
        ]
        chat = desk.begin("souq", lang="en")
        chat.ask("x")
        assert desk.services.handovers.open_of(chat.id).reason.value == expected
    rasa.reply = lambda question: [
        {"text": "ok"},
        {"custom": rasa.custom(question, handover="yes")},
    ]
    chat = desk.begin("souq", lang="en")
    chat.ask("x")
    assert desk.services.handovers.open_of(chat.id) is None


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("minutes", [1, 2, 3, 10, 11, 100])
def test_a_time_is_told_in_whole_minutes(desk, lang, minutes):
    words = desk.services.handover_words.minutes(minutes * MINUTE - timedelta(seconds=1), lang)
    expected = {Lang.FA: "دقیقه", Lang.AR: "دق", Lang.EN: "minute"}[lang]
    assert expected in words
    assert words == desk.services.handover_words.minutes(minutes * MINUTE, lang)


def test_every_phrase_that_ends_the_waiting_does_so_in_every_spelling(desk, knowledge):
    stored = desk.store
    conversation = desk.begin("souq")
    for lang in Lang:
        for line in knowledge.words.text("handover_stop_phrases", lang).splitlines():
            said = conversation.send(f"  {line}!! ").json()["id"]
            message = next(
                m for m in stored.messages_after(conversation.id, int(said) - 1, limit=1)
            )
            assert desk.services.handover_words.wish(message) is not None, line

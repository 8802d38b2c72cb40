"""What the stories leave in a database."""

import asyncio
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest

from jawab.demo import play, story
from jawab.desk.assembly import assembled
from jawab.desk.services import Services
from jawab.knowledge import load
from jawab.settings import PROJECT, Settings
from jawab.support.conversations.feedback import Verdict
from jawab.support.conversations.message import Author
from jawab.support.deliveries.delivery import DeliveryState
from jawab.support.deliveries.store import DeliveryStore
from jawab.support.handovers.handover import Ending, HandoverState
from jawab.support.handovers.satisfaction_store import SatisfactionStore
from jawab.support.tickets.ticket import TicketState

pytestmark = pytest.mark.slow  # processes and trainings of its own

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
FEW = 5  # stories that are enough where it does not matter which


@dataclass
class Filled:
    """A database with the stories in it, and how to read it."""

    settings: Settings
    desk: Services
    played: play.Played
    conversations: tuple

    def messages(self):
        return [
            message
            for one in self.conversations
            for message in self.desk.store.messages_after(one.id, 0, limit=1000)
        ]

    def tickets(self):
        return self.desk.tickets.search(limit=1000)


@pytest.fixture(scope="module")
def knowledge():
    return load(PROJECT)


@pytest.fixture(scope="module")
def stories():
    return story.load(PROJECT)


def filled(var, knowledge, stories, **more):
    settings = Settings(_env_file=None, var=var, secret_key="k" * 40)
    played = asyncio.run(play.play(settings, knowledge, stories, now=NOW, **{"seed": 1, **more}))
    desk = assembled(settings, knowledge, lambda: NOW)
    with desk.database.reading() as connection:
        ids = [row[0] for row in connection.exec_driver_sql("SELECT id FROM conversations")]
    return Filled(settings, desk, played, tuple(map(desk.store.conversation, ids)))


@pytest.fixture(scope="module")
def whole(tmp_path_factory, knowledge, stories):
    return filled(tmp_path_factory.mktemp("demo"), knowledge, stories)


def test_every_story_is_a_conversation_and_twenty_have_tickets(whole, stories):
    assert whole.played.conversations == len(whole.conversations) == len(stories)
    assert whole.played.tickets == len(whole.tickets()) == 20
    assert {one.channel for one in whole.conversations} == set(story.CHANNELS)


def test_hand_overs_are_in_every_state_and_have_ended_in_many_ways(whole):
    found = [h for one in whole.conversations for h in whole.desk.handovers.of_conversation(one.id)]
    assert {one.state for one in found} == set(HandoverState)
    assert {Ending.CLOSED, Ending.NOBODY, Ending.STOPPED} <= {one.ending for one in found}
    twice = [one.id for one in whole.conversations if _times(whole, one) > 1]
    assert twice, "one that was reopened"


def _times(whole, conversation):
    return len(whole.desk.handovers.of_conversation(conversation.id))


def test_tickets_are_in_every_state_of_many_topics_and_priorities(whole):
    found = whole.tickets()
    assert {one.state for one in found} == set(TicketState)
    assert len({one.topic for one in found}) >= 6
    assert len({one.priority for one in found}) >= 3
    assert max(one.opened_at for one in found) - min(one.opened_at for one in found) > timedelta(
        days=8
    )
    assert any(one.due_at < NOW and one.state is TicketState.NEW for one in found)


def test_there_are_notes_files_votes_stars_and_messages_not_understood(whole):
    desk = whole.desk
    ids = [one.id for one in whole.conversations]
    assert sum(len(desk.notes.of_conversation(id)) for id in ids) >= 4
    assert sum(bool(message.attachments) for message in whole.messages()) >= 4
    verdicts = [given.value for id in ids for given in desk.feedback.of_conversation(id)]
    assert set(verdicts) == set(Verdict)
    asked = [found for id in ids if (found := SatisfactionStore(desk.database).of(id))]
    assert {one.stars for one in asked} >= {2, 3, 4, 5}
    assert any(one.word for one in asked)
    results = [turn.result or {} for id in ids for turn in desk.store.turns_of(id)]
    assert sum(result.get("outcome") == "not_understood" for result in results) >= 4


def test_one_message_of_an_app_never_arrived_and_others_were_read(whole):
    chats = whole.desk.channels.chats
    assert any(chats.undelivered(one.id) for one in whole.conversations)
    states = {state for one in whole.conversations for state in chats.states(one.id).values()}
    assert states == {"delivered", "read"}


def test_nothing_waits_to_leave(whole):
    counts = DeliveryStore(whole.desk.database).counts()
    assert DeliveryState.WAITING not in counts


def test_everything_was_said_before_now_and_in_the_order_of_time(whole):
    messages = whole.messages()
    assert all(message.at <= NOW for message in messages)
    for one in whole.conversations:
        moments = [message.at for message in messages if message.conversation_id == one.id]
        assert moments == sorted(moments)


def test_each_language_is_spoken_in_a_shop_of_its_own(whole):
    spoken = {(one.lang.value, one.shop) for one in whole.conversations}
    assert {shop for lang, shop in spoken if lang == "fa"} == {"digikala"}
    assert {shop for lang, shop in spoken if lang == "ar"} == {"souq"}
    assert {shop for lang, shop in spoken if lang == "en"} == {"digikala", "souq"}


def test_no_answer_names_a_place_to_fill(whole):
    texts = [message.text for message in whole.messages() if message.author is not Author.BOT]
    assert not [text for text in texts if "{" in text]


def test_whoever_is_told_the_password_may_come_in(whole):
    for login in whole.played.logins:
        assert whole.desk.agents.sign_in(login, whole.played.password) is not None


def test_the_same_seed_gives_the_same_numbers_and_times(tmp_path, knowledge, stories, whole):
    again = filled(tmp_path, knowledge, stories[:FEW])
    known = {(one.order_number, one.opened_at) for one in whole.tickets()}
    assert {one.order_number for one in again.tickets()} <= {order for order, _ in known}
    assert {one.created_at for one in again.conversations} <= {
        one.created_at for one in whole.conversations
    }


def test_all_of_it_can_be_in_one_shop(tmp_path, knowledge, stories):
    found = filled(tmp_path, knowledge, stories[-FEW:], shop="digikala", seed=7)
    assert {one.shop for one in found.conversations} == {"digikala"}


def test_a_database_with_something_in_it_is_refused_unless_one_says_so(
    tmp_path, knowledge, stories
):
    first = filled(tmp_path, knowledge, stories[:1])
    with pytest.raises(play.NotEmpty):
        filled(tmp_path, knowledge, stories[:1])
    second = filled(tmp_path, knowledge, stories[:1], anyway=True)
    assert len(second.conversations) == 2
    assert second.played.logins == ()
    assert second.desk.agents.sign_in("owner", first.played.password) is not None


def test_the_command_tells_how_to_sign_in_and_then_refuses(tmp_path):
    def run():
        return subprocess.run(
            [sys.executable, "-m", "jawab.cli", "demo-data"],
            env={**os.environ, "JAWAB_VAR": str(tmp_path)},
            capture_output=True,
            text=True,
            cwd=PROJECT,
        )

    first = run()
    assert first.returncode == 0, first.stderr
    assert "/desk" in first.stdout
    assert "to undo" in first.stdout
    again = run()
    assert again.returncode == 1
    assert "--anyway" in again.stderr

"""The curves of growth in small: what is stored, and streams' and plots' shape."""

import pytest

from benchmarks.plots import curves
from benchmarks.scale import __main__ as command
from benchmarks.scale.stored import NOW, opened, stored, turn
from benchmarks.scale.streams import streams
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Author, Draft
from jawab.support.conversations.store import Store
from jawab.support.conversations.turn import TurnState
from jawab.text.language import Lang


def test_a_measured_turn_is_a_whole_one(tmp_path):
    database = opened(tmp_path)
    store, talk = Store(database), begin(shop="digikala", lang=Lang.FA, now=NOW)
    store.open_conversation(talk, Draft("سلام", Lang.FA))
    turn(store, talk, 1)
    said = store.messages_after(talk.id, 0, limit=10)
    assert [message.author for message in said] == [Author.BOT, Author.SHOPPER, Author.BOT]
    assert [each.state for each in store.turns_of(talk.id)] == [TurnState.ANSWERED]
    database.close()


def test_each_size_has_its_row():
    rows = list(stored((10, 20)))
    assert [row["conversations"] for row in rows] == [10, 20]
    assert all(row[name] > 0 for row in rows for name in command.SECTIONS["stored"].drawn)


def test_streams_at_a_real_desk_tell_of_messages():
    (row,) = streams((3,))
    assert row["streams"] == 3
    assert 0 < row["told after ms"] <= row["slowest ms"]
    assert row["desk MB"] > 10


def test_a_table_is_drawn():
    rows = [{"messages": 10, "turn ms": 1.0}, {"messages": 100, "turn ms": 1.5}]
    assert "<svg" in curves(rows, against="messages", drawn=["turn ms"])


def test_there_are_no_other_sections():
    with pytest.raises(command.typer.BadParameter, match="no section nothing"):
        command.main(["nothing"], most=1)

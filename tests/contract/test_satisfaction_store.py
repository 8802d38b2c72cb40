"""Asked once, answered by the last word, on every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.conversations.conversation import Owner, begin
from jawab.support.conversations.message import Choice, Draft
from jawab.support.conversations.store import Store
from jawab.support.deliveries.store import DeliveryStore
from jawab.support.errors import NotAsked, UnknownConversation
from jawab.support.handovers.satisfaction import WORD_LENGTH, Satisfaction
from jawab.support.handovers.satisfaction_store import SatisfactionStore
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def store(database):
    return SatisfactionStore(database)


@pytest.fixture
def chat(database):
    conversation = begin(shop="souq", lang=Lang.AR, now=NOW)
    Store(database).open_conversation(conversation, Draft("أهلا", Lang.AR))
    return conversation.id


def question(conversation):
    return Draft(f"؟ {conversation.shop}", conversation.lang, (Choice("5", {"satisfaction": 5}),))


def test_it_is_asked_once_however_often_it_is_called_for(database, store, chat):
    with ThreadPoolExecutor(4) as pool:
        asked = list(pool.map(lambda _: store.ask(chat, question, now=NOW, agent_id=3), range(8)))
    (message,) = [each for each in asked if each]
    assert message.text == "؟ souq"
    said = Store(database).messages_after(chat, 0, limit=9)
    assert [each.text for each in said] == ["أهلا", "؟ souq"]
    assert store.of(chat) == Satisfaction(chat, NOW, agent_id=3)


def test_nobody_is_asked_while_a_person_owns_the_conversation(database, store, chat):
    Store(database).hand_to(chat, Owner.HUMAN)
    assert store.ask(chat, question, now=NOW) is None
    assert store.of(chat) is None
    Store(database).hand_to(chat, Owner.BOT)
    assert store.ask(chat, question, now=NOW)


def test_an_unknown_conversation_is_told(store):
    with pytest.raises(UnknownConversation):
        store.ask("nowhere", question, now=NOW)
    with pytest.raises(UnknownConversation):
        store.rate("nowhere", 5, now=NOW)


def test_the_last_rating_counts_and_keeps_the_word(store, chat):
    store.ask(chat, question, now=NOW, reference="JW-K37-W9F2")
    store.rate(chat, 2, now=NOW, word="تأخر")
    kept = store.rate(chat, 4, now=LATER)
    assert kept == Satisfaction(
        chat, NOW, reference="JW-K37-W9F2", stars=4, rated_at=LATER, word="تأخر"
    )
    assert store.counts() == {4: 1}


def test_what_nobody_asked_is_not_answered(store, chat):
    for answer in (
        lambda: store.rate(chat, 5, now=NOW),
        lambda: store.invite_word(chat, now=NOW),
        lambda: store.add_word(chat, "x", now=NOW),
    ):
        with pytest.raises(NotAsked):
            answer()
    assert store.of(chat) is None


def test_a_word_is_taken_for_a_while_after_the_invitation(store, chat):
    store.ask(chat, question, now=NOW)
    assert not store.invite_word(chat, now=NOW).takes_word(NOW)
    store.rate(chat, 5, now=NOW)
    invited = store.invite_word(chat, now=LATER)
    assert invited.takes_word(LATER + timedelta(minutes=29))
    assert not invited.takes_word(LATER + timedelta(minutes=31))
    kept = store.add_word(chat, "ممتاز\x00" + "x" * 2000, now=LATER)
    assert kept.word.startswith("ممتازx")
    assert len(kept.word) == WORD_LENGTH
    assert not kept.takes_word(LATER)
    store.invite_word(chat, now=LATER)
    store.drop_word(chat)
    assert not store.of(chat).takes_word(LATER)


def test_each_answer_is_told_outside(database, store, chat):
    store.ask(chat, question, now=NOW, agent_id=3)
    store.rate(chat, 5, now=NOW)
    store.add_word(chat, "ممتاز", now=LATER)
    rated = [
        d.parcel.data["conversation"]
        for d in DeliveryStore(database).of(chat)
        if d.parcel.event == "conversation.rated"
    ]
    assert [(each["stars"], each["word"], each["agent"]) for each in rated] == [
        (5, None, 3),
        (5, "ممتاز", 3),
    ]

"""What shoppers wrote in vain, on every database."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import insert

from jawab.support.learning.missed import Why
from jawab.support.learning.missed_store import MissedStore
from jawab.support.tables import conversations, feedback, messages, turns

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)


class Talk:
    """One conversation, written as the desk leaves it."""

    def __init__(self, connection, shop="souq"):
        self.connection, self.id = connection, f"c-{shop}"
        self.add(
            conversations, id=self.id, shop=shop, lang="ar", owner="bot", created_at=NOW
        )  # fmt: skip

    def add(self, table, **values):
        return self.connection.execute(insert(table).values(values)).inserted_primary_key[0]

    def said(self, text, outcome, *, at=NOW, pressed=None, verdict=None):
        message = self.add(
            messages, conversation_id=self.id, author="shopper", text=text, lang="ar",
            created_at=at, buttons=[], pressed=pressed,
        )  # fmt: skip
        self.add(
            turns, message_id=message, conversation_id=self.id, state="answered", attempts=1,
            queued_at=at, outcome=outcome,
        )  # fmt: skip
        answer = self.add(
            messages, conversation_id=self.id, author="bot", text="…", lang="ar",
            created_at=at, buttons=[], in_reply_to=message,
        )  # fmt: skip
        if verdict:
            self.add(
                feedback, message_id=answer, conversation_id=self.id, value=verdict, created_at=at
            )


PRESSED = {"id": "2-0", "meaning": {}}


@pytest.fixture
def missed(database):
    with database.writing() as connection:
        talk = Talk(connection)
        talk.said("earlier", "not_understood", at=NOW - timedelta(days=8))
        talk.said("answered", "answered", verdict="up")
        talk.said("lost", "not_understood")
        talk.said("taken", "offered")
        talk.said("its button", "not_understood", pressed=PRESSED)
        talk.said("not taken", "offered")
        talk.said("disliked", "answered", verdict="down")
        talk.said("offered last", "offered")
        Talk(connection, shop="digikala").said("elsewhere", "not_understood")
    return MissedStore(database).missed


def test_named_messages_are_found_whatever_has_become_of_them(missed, database):
    store = MissedStore(database)
    lost = missed(since=NOW - timedelta(days=7), shops=["souq"])[0]
    found = store.named([lost.message_id, 999])
    assert found == (lost,)
    assert store.named([]) == ()


def test_what_was_lost_offered_in_vain_or_voted_down_is_found_with_its_reason(missed):
    found = missed(since=NOW - timedelta(days=7), shops=["souq"])
    assert [(each.text, each.why) for each in found] == [
        ("lost", Why.NOT_UNDERSTOOD),
        ("not taken", Why.OFFERED),
        ("disliked", Why.VOTED_DOWN),
        ("offered last", Why.OFFERED),
    ]
    assert {each.shop for each in found} == {"souq"}


def test_without_shops_all_are_looked_at_and_the_latest_come_first_to_the_limit(missed):
    found = missed(since=NOW - timedelta(days=30), limit=2)
    assert [each.text for each in found] == ["offered last", "elsewhere"]
    assert missed(since=NOW - timedelta(days=30))[0].text == "earlier"

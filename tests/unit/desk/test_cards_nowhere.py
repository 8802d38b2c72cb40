"""Wherever a shopper writes a card's number, the last four digits alone are stored, and the bot hears no more."""

import pytest
from sqlalchemy import text as sql

from jawab.support.handovers.satisfaction import WORD_LENGTH
from jawab.support.handovers.satisfaction_store import SatisfactionStore

from .colleague import call_a_person, hired

CARD = "6037-9911-1111-1112"
TYPED = f"پول به کارت {CARD} برنگشت"
KEPT = "پول به کارت •••• 1112 برنگشت"


def everything(desk):
    """Every row of every table, as one text."""
    with desk.services.database.reading() as connection:
        tables = connection.execute(
            sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        ).scalars()
        return "\n".join(
            str(row)
            for table in list(tables)
            for row in connection.execute(sql(f'SELECT * FROM "{table}"'))
        )


@pytest.fixture
def desk(start_desk):
    return start_desk()


def test_in_a_message_and_the_same_message_again_is_the_same(desk, rasa):
    chat = desk.begin()
    first = chat.send(TYPED, client_id="1", wait=True)
    assert first.status_code == 200
    assert chat.send(TYPED, client_id="1", wait=True).json() == first.json()
    assert chat.said("shopper") == [KEPT]
    assert rasa.texts == [KEPT]
    assert CARD not in everything(desk)


def test_in_a_tickets_form_and_in_a_comment(desk):
    chat = desk.begin()
    chat.ask("سلام")
    bot = next(m["id"] for m in reversed(chat.messages()) if m["author"] == "bot")
    assert chat.open_ticket(message=TYPED).status_code == 201
    given = desk.http.post(
        f"{chat.path}/messages/{bot}/feedback",
        json={"value": "down", "comment": TYPED},
        headers=chat.headers,
    )
    assert given.status_code == 204
    kept = everything(desk)
    assert CARD not in kept
    assert kept.count(KEPT) >= 2


@pytest.fixture
def helped(desk, rasa):
    """A conversation that an agent has closed, and what it was worth is asked."""
    call_a_person(rasa)
    agent, chat = hired(desk), desk.begin()
    chat.ask("a person please")
    agent.claim(chat)
    agent.post(f"/conversations/{chat.id}/close")
    return chat


def worth(desk, chat):
    return SatisfactionStore(desk.services.database).of(chat.id).word


def test_in_the_word_that_comes_with_the_stars(desk, helped):
    given = {"stars": 2, "word": TYPED}
    address = f"{helped.path}/satisfaction"
    assert desk.http.post(address, json=given, headers=helped.headers).is_success
    assert worth(desk, helped) == KEPT
    assert CARD not in everything(desk)


def test_in_the_word_that_is_written_into_the_chat(desk, helped, rasa):
    asked = helped.messages()[-1]
    (thanks,) = helped.ask(button=asked["buttons"][0]["id"])
    helped.ask(button=thanks["buttons"][0]["id"])
    helped.ask(TYPED)
    assert worth(desk, helped) == KEPT
    assert CARD not in everything(desk)
    assert not any("1112" in text for text in rasa.texts)


def test_a_card_at_the_end_of_the_longest_word_is_no_card_half_shown(desk, helped):
    store = SatisfactionStore(desk.services.database)
    store.rate(
        helped.id,
        3,
        now=desk.services.clock(),
        word="ا" * (WORD_LENGTH - 15) + CARD.replace("-", ""),
    )
    assert worth(desk, helped).endswith("ا•••• 1112")
    assert len(worth(desk, helped)) <= WORD_LENGTH

"""Wherever a shopper writes a card's number, the last four digits alone are stored, and the bot hears no more."""

import pytest
from sqlalchemy import text as sql

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

"""A card's number that somebody writes in an app is masked before it is stored: in the inbox already."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from jawab.support.apps.tables import inbox

from ..unit.desk.pictures import photo
from ..unit.desk.running import eventually
from .conftest import transcript

CARD = "6037-9911-1111-1112"
TYPED, KEPT = f"کارتم {CARD} هست", "کارتم •••• 1112 هست"


@pytest.fixture
def desk(app, serve):
    """A desk whose tables this test alone has filled."""
    return serve(app)


@pytest.fixture
def sara(app, desk):
    return app.customer()


def stored(desk):
    """Every row of every table, as one text."""
    with desk.services.database.reading() as connection:
        names = connection.execute(
            sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        ).scalars()
        rows = [
            str(tuple(row))
            for name in list(names)
            for row in connection.execute(sql(f'SELECT * FROM "{name}"'))
        ]
    return "\n".join(rows)


def waiting(desk):
    """What the inbox holds of a message that could not be worked on yet."""
    with desk.services.database.reading() as connection:
        return connection.execute(
            select(inbox.c.body).where(inbox.c.state == "waiting", inbox.c.attempts > 0)
        ).scalar()


def test_while_it_waits_in_the_inbox(app, sara, desk):
    app.server.then(500, 500)  # its file cannot be had for a while
    sara.photo(photo(), caption=TYPED)
    body = eventually(lambda: waiting(desk))
    assert KEPT in json.dumps(body, ensure_ascii=False)
    assert "991111" not in stored(desk).replace("-", "")
    eventually(lambda: sara.texts == [f"پاسخ: {KEPT}"])
    assert transcript(desk, sara)[0].text == KEPT
    assert "991111" not in stored(desk).replace("-", "")


def test_in_a_message_and_in_its_edit(sara, desk, rasa):
    update = sara.say(TYPED)
    eventually(lambda: sara.texts == [f"پاسخ: {KEPT}"])
    sara.edit(update, f"{TYPED} ببخشید")
    eventually(lambda: len(transcript(desk, sara)) > 2)
    assert rasa.texts == [KEPT]
    assert "991111" not in stored(desk).replace("-", "")

"""Prepared statements: the same rows, numbers and errors as the core's, on either database."""

from datetime import datetime, timezone

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from jawab.support.prepared import Prepared
from jawab.support.tables import conversations, messages

NOW = datetime(2027, 1, 2, 10, 0, 0, 123456, tzinfo=timezone.utc)
CHAT = {
    **{"id": "c1", "shop": "digikala", "lang": "fa", "owner": "bot", "created_at": NOW},
    **{"channel": "site", "signed_as": None},
}
MESSAGE = {
    **dict.fromkeys(messages.c.keys()[1:]),
    **{"conversation_id": "c1", "author": "shopper", "text": "سلام", "lang": "fa"},
    **{"created_at": NOW, "buttons": [{"title": "بله", "meaning": {"x": 1}}], "attachments": []},
}
ADD_MESSAGE = Prepared(insert(messages), *messages.c.keys()[1:])
THIS = select(messages).where(messages.c.id == bindparam("this"))


@pytest.fixture
def connection(database):
    with database.writing() as connection:
        connection.execute(insert(conversations).values(CHAT))
        yield connection


def test_a_row_is_what_the_core_reads(connection):
    made = ADD_MESSAGE.added(connection, MESSAGE)
    ours = Prepared(THIS).first(connection, {"this": made})
    cores = connection.execute(THIS, {"this": made}).one()
    assert tuple(ours) == tuple(cores)
    assert (ours.id, ours.created_at, ours.buttons) == (made, NOW, MESSAGE["buttons"])
    assert ours._asdict() == dict(cores._mapping)


def test_rows_come_in_order_and_none_is_none(connection):
    several = Prepared(select(messages).order_by(messages.c.id.desc()))
    assert several.all(connection, {}) == []
    assert Prepared(THIS).first(connection, {"this": 1}) is None
    made = [ADD_MESSAGE.added(connection, MESSAGE) for _ in range(3)]
    assert [row.id for row in several.all(connection, {})] == made[::-1]
    assert made == sorted(made)


def test_fixed_values_and_limits_of_the_statement_hold(connection):
    for lang in ("fa", "ar", "en"):
        ADD_MESSAGE.added(connection, {**MESSAGE, "lang": lang})
    some = Prepared(
        select(messages)
        .where(messages.c.lang != "ar", messages.c.author == "shopper")
        .where(messages.c.created_at >= bindparam("since"))
        .order_by(messages.c.id)
        .limit(2)
    )
    assert [row.lang for row in some.all(connection, {"since": NOW})] == ["fa", "en"]


def test_an_update_tells_how_many_rows_it_met(connection):
    made = ADD_MESSAGE.added(connection, MESSAGE)
    hear = Prepared(update(messages).where(messages.c.id == bindparam("this")), "lang")
    assert hear.changed(connection, {"this": made, "lang": "ar"}) == 1
    assert hear.changed(connection, {"this": made + 1, "lang": "ar"}) == 0
    assert Prepared(THIS).first(connection, {"this": made}).lang == "ar"


def test_errors_are_the_cores_and_show_no_values(connection):
    with pytest.raises(IntegrityError) as caught:
        ADD_MESSAGE.added(connection, {**MESSAGE, "text": None})
    assert caught.value.hide_parameters


def test_a_moment_without_a_time_zone_is_refused(connection):
    with pytest.raises(Exception, match="without a time zone"):
        ADD_MESSAGE.added(connection, {**MESSAGE, "created_at": NOW.replace(tzinfo=None)})

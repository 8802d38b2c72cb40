"""A record names the message it is about, and nothing that is no id of the desk's."""

import logging

import pytest

from jawab.correlation import about, current, tagged


def record(message, *args):
    return logging.LogRecord("jawab", logging.INFO, "x.py", 1, message, args, None)


def test_a_record_ends_with_the_message_it_is_about():
    with about({"message_id": "41"}):
        assert tagged(record("ticket.opened ticket=%s", "JW-1")).getMessage() == (
            "ticket.opened ticket=JW-1 message=41"
        )
        assert tagged(record({"event": "x"})).msg == {"event": "x message=41"}
    assert tagged(record("x")).getMessage() == "x"


@pytest.mark.parametrize(
    "metadata",
    [None, {}, "41", {"message_id": 41}, {"message_id": "زرافه"}, {"message_id": "9" * 21}],
)
def test_what_is_no_id_of_the_desks_gets_into_no_log(metadata):
    with about({"message_id": "41"}), about(metadata):
        assert current() is None

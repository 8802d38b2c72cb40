import logging

import pytest

from jawab.log_privacy import discreet

SECRET = "شماره من 09121234567 است"


def record(name, message, *args, exc_info=None):
    return logging.LogRecord(
        name, logging.ERROR, "core.py", 12, message, args, exc_info, func="handle"
    )


def raised():
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as inner:
            raise ValueError(f"bad {SECRET}") from inner
    except ValueError as error:
        return type(error), error, error.__traceback__


@pytest.mark.parametrize(
    "name", ["rasa", "rasa.core.processor", "rasa_sdk.executor", "sanic.error"]
)
def test_foreign_messages_lose_their_words(name):
    assert SECRET not in discreet(record(name, f"Received user message '{SECRET}'")).getMessage()


def test_arguments_are_dropped_too():
    assert SECRET not in discreet(record("rasa.core", "got %s", SECRET)).getMessage()


def test_an_exception_keeps_its_types_and_places_only():
    made = discreet(record("rasa.core", "failed", exc_info=raised()))
    assert made.exc_info is None
    assert SECRET not in made.getMessage()
    assert "ValueError at" in made.getMessage()
    assert "KeyError at" in made.getMessage()


def test_structured_events_keep_their_name():
    made = discreet(record("rasa.core", {"event": "processor.handle", "text": SECRET}))
    assert "processor.handle" in made.msg["event"]
    assert SECRET not in str(made.msg)


def test_our_own_events_pass():
    assert discreet(record("jawab.desk", "turn.answered")).getMessage() == "turn.answered"


def test_harmless_start_up_messages_pass():
    message = "Rasa server is up and running."
    assert discreet(record("rasa.core.run", message)).getMessage() == message

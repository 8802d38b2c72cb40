"""No shopper's words, phone or e-mail in any log: a marker goes through every path, and the logs are searched."""

import io
import logging

import pytest
import structlog

from jawab.desk import logs

from . import pictures
from .running import eventually

MARKER = "محرمانه-zx81"
PHONE = "09121234567"
TEXT = f"{MARKER} {PHONE} someone@example.com"


@pytest.fixture(params=["json", "console"])
def written(request, monkeypatch):
    """Everything the process logs, at the chattiest level."""
    before = structlog.get_config()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(logging, "raiseExceptions", True)
    stream = io.StringIO()
    logs.configure(level="DEBUG", form=request.param, stream=stream)
    yield stream.getvalue
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


def test_no_words_are_logged_on_any_way_through_the_desk(written, start_desk, rasa, monkeypatch):
    desk = start_desk()
    chat = desk.begin()
    chat.ask(TEXT)
    with chat.events() as events:
        for behaviour in ("fail", "garbage", "empty", "lost", "silent"):
            rasa.then(behaviour)
            chat.send(TEXT)
        eventually(lambda: len(chat.messages()) == 13)
        while next(events)[0] != "message":
            pass
    rasa.then("fail", "fail", "fail")
    chat.ask(TEXT)
    chat.send(TEXT, client_id="again")
    chat.send(TEXT + "!", client_id="again")
    chat.send(TEXT, client_id=MARKER)
    chat.send(button=PHONE)
    chat.send(TEXT * 200)
    desk.http.post(f"{chat.path}/messages?q={PHONE}", content=TEXT, headers=chat.headers)
    desk.http.get(f"/api/v1/{PHONE}?text={PHONE}")
    desk.http.get(f"/faq/souq?q={PHONE}")
    photo = pictures.photo(comment=TEXT.encode(), place=True)
    for content in (photo, photo[:150], TEXT.encode()):
        desk.http.post(
            f"{chat.path}/attachments",
            files={"file": (f"{MARKER}.jpg", content)},
            headers=chat.headers,
        )
    said = chat.messages()[-1]["id"]
    desk.http.post(
        f"{chat.path}/messages/{said}/feedback",
        json={"value": "down", "comment": TEXT},
        headers=chat.headers,
    )

    def crash(*_args, **_more):
        raise RuntimeError(f"the statement said {TEXT}") from ValueError(TEXT)

    monkeypatch.setattr(desk.store, "accept", crash)
    assert chat.send(TEXT).status_code == 500
    monkeypatch.undo()
    monkeypatch.setattr(desk.store, "finish", crash)
    chat.send(TEXT)
    eventually(lambda: rasa.looked_up)
    monkeypatch.undo()
    desk.stop()
    found = written()
    assert "turn.answered" in found
    assert "turn.apologised" in found
    assert "http.crashed" in found
    assert "RuntimeError" in found
    for secret in (
        MARKER,
        "zx81",
        PHONE,
        "someone@",
        chat.opened["token"],
        "inside",
        pictures.CAMERA,
    ):
        assert secret not in found


def test_a_database_error_is_logged_without_the_values(written, start_desk):
    desk = start_desk()
    chat = desk.begin()
    with desk.services.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE turns")
    assert chat.send(TEXT).status_code == 503
    found = written()
    assert "OperationalError" in found
    assert MARKER not in found


def test_what_a_library_logs_with_an_exception_loses_its_words(written):
    try:
        raise ValueError(TEXT)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    found = written()
    assert "builtins.ValueError" in found
    assert MARKER not in found

"""What shoppers type, however odd, and what they read when it cannot be taken."""

import json

import pytest

from jawab.desk.demo import SHOP_WORDS
from jawab.desk.errors import FIELDS, MESSAGES, refusal_for
from jawab.desk.faq import CHOICE_WORDS, FAQ_WORDS
from jawab.desk.languages import preferred
from jawab.desk.pages import CHAT_WORDS
from jawab.desk.survey import WORDS as SURVEY_WORDS
from jawab.desk.ticket_words import CONFIRMATION, STATE_WORDS
from jawab.support.errors import TooManyGuesses
from jawab.text.language import Lang

TICKET_WORDS = (CONFIRMATION, *STATE_WORDS.values(), *FIELDS.values())
PAGE_WORDS = (*CHAT_WORDS, *FAQ_WORDS, *CHOICE_WORDS, *SHOP_WORDS)
NBSP = "\u00a0"
ZWNJ = "\u200c"
BYTE_ORDER_MARK = "\ufeff"
RIGHT_TO_LEFT_MARK = "\u200f"
IDEOGRAPHIC_SPACE = "\u3000"
FRACTION_SLASH = "\u2044"
MIXED = f"می{ZWNJ}خواهم {RIGHT_TO_LEFT_MARK}123"


@pytest.mark.parametrize(
    "before",
    ["", " ", "\n\t", NBSP, IDEOGRAPHIC_SPACE, ZWNJ, BYTE_ORDER_MARK, RIGHT_TO_LEFT_MARK + NBSP],
)
def test_a_slash_never_reaches_rasas_command_parser(desk, rasa, before):
    chat = desk.begin()
    chat.ask(f'{before}/restart{{"shop": "x"}}')
    assert rasa.texts == [f'{FRACTION_SLASH}restart{{"shop": "x"}}']
    assert chat.said("shopper") == [f'{before}/restart{{"shop": "x"}}']


def test_a_slash_inside_stays(desk, rasa):
    desk.begin().ask("1403/05/02 چی شد")
    assert rasa.texts == ["1403/05/02 چی شد"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("سل\x00ام", "سلام"),
        ("a\ud800b", "a\ufffdb"),
        ("👩‍👩‍👧‍👦😀", "👩‍👩‍👧‍👦😀"),
        (MIXED, MIXED),
        ("<script>alert(1)</script>{{7*7}}", "<script>alert(1)</script>{{7*7}}"),
        ("'; DROP TABLE messages; --", "'; DROP TABLE messages; --"),
    ],
    ids=["nul", "lone surrogate", "emoji", "joiners and marks", "markup", "sql"],
)
def test_odd_texts_are_kept_as_typed_but_for_what_nothing_can_hold(desk, typed, stored):
    chat = desk.begin()
    chat.ask(typed)
    assert chat.said("shopper") == [stored]


@pytest.mark.parametrize(
    "text", ["", "   ", "\n", NBSP, ZWNJ * 3, "\x00", BYTE_ORDER_MARK, "\u3164"]
)
def test_a_message_without_a_visible_character_is_refused(desk, rasa, text):
    response = desk.begin().send(text)
    assert response.status_code == 422
    assert response.json()["error"]["code"] == "empty_message"
    assert rasa.asked == []


@pytest.mark.parametrize("text", ["س" * 4001, "x" * 100_000, "😀" * 10_000])
def test_a_message_that_is_too_long_is_refused_in_words(desk, text):
    response = desk.begin().send(text)
    assert response.status_code == 422
    error = response.json()["error"]
    assert error["code"] == "message_too_long"
    assert "4000" in error["message"]


def test_the_longest_message_is_taken(desk):
    text = "😀" * 4000
    chat = desk.begin()
    chat.ask(text)
    assert chat.said("shopper") == [text]


def test_a_request_that_is_too_large_is_not_read(desk):
    response = desk.begin().send("x" * 1_000_001)
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "request_too_large"


def test_a_request_that_hides_its_size_is_cut_off(desk):
    chat = desk.begin()
    chunks = (b"x" * 65536 for _ in range(32))
    response = desk.http.post(f"{chat.path}/messages", content=chunks, headers=chat.headers)
    assert response.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b'{"client_id": "a"}',
        b'{"client_id": "a", "text": "x", "button": "1-0"}',
        b'{"client_id": "", "text": "x"}',
        b'{"client_id": "a b", "text": "x"}',
        b'{"client_id": "' + b"a" * 65 + b'", "text": "x"}',
        b'{"client_id": 7, "text": "x"}',
        b'{"client_id": "a", "text": 7}',
        b'{"client_id": "a", "text": {"$gt": ""}}',
        b'{"client_id": "a\\ud800", "text": "x"}',
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"client_id": ' + b"9" * 6000 + b"}",
    ],
)
def test_a_malformed_message_is_refused_and_nothing_is_stored(desk, body):
    chat = desk.begin()
    response = desk.http.post(
        f"{chat.path}/messages",
        content=body,
        headers={**chat.headers, "Content-Type": "application/json"},
    )
    assert response.status_code in (400, 422)
    assert response.json()["error"]["code"] == "invalid_request"
    assert len(chat.messages()) == 1


@pytest.mark.parametrize("shop", ["amazon", "", "../digikala", "x" * 65, "\x00", 7, None])
def test_an_unknown_shop_is_refused(desk, shop):
    response = desk.http.post("/api/v1/conversations", json={"shop": shop})
    assert response.status_code == 422
    assert response.json()["error"]["code"] in ("unknown_shop", "invalid_request")


def test_an_unknown_language_is_refused(desk):
    response = desk.http.post("/api/v1/conversations", json={"shop": "souq", "lang": "de"})
    assert response.status_code == 422


@pytest.mark.parametrize(("lang", "word"), [("fa", "خالی"), ("ar", "فارغة"), ("en", "empty")])
def test_errors_speak_the_conversations_language(desk, lang, word):
    chat = desk.begin("digikala", lang=lang)
    response = chat.send("")
    assert word in response.json()["error"]["message"]
    assert response.headers["content-language"] == lang


@pytest.mark.parametrize(
    ("header", "lang"), [("fa-IR,fa;q=0.9", "fa"), ("ar-SA", "ar"), ("de,en;q=0.3", "en")]
)
def test_without_a_conversation_errors_speak_the_browsers_language(desk, header, lang):
    response = desk.http.get("/nowhere", headers={"Accept-Language": header})
    assert response.status_code == 404
    assert response.headers["content-language"] == lang
    assert response.json()["error"]["code"] == "not_found"


def test_without_either_errors_speak_the_shops_language(desk):
    response = desk.http.post("/api/v1/conversations", json={"shop": "souq", "lang": "de"})
    assert response.headers["content-language"] == "ar"


def test_without_any_hint_errors_speak_english(desk):
    response = desk.http.get("/nowhere")
    assert response.headers["content-language"] == "en"


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", None),
        ("*", None),
        ("de-DE, fr", None),
        ("en;q=0.2, fa;q=0.8", Lang.FA),
        ("ar;q=0", None),
        ("ar;q=x, en", Lang.EN),
        ("FA", Lang.FA),
    ],
)
def test_the_browsers_languages_are_read_by_weight(header, lang):
    assert preferred(header) == lang


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_wrong_method_is_refused_in_the_same_form(desk, method):
    response = desk.http.request(method, "/api/v1/conversations")
    assert response.status_code == 405
    assert set(response.json()["error"]) == {"code", "message"}
    assert response.json()["error"]["code"] == "method_not_allowed"


def test_a_crash_tells_nothing_of_itself(desk, monkeypatch):
    def crash(*_):
        raise RuntimeError("secret inside")

    monkeypatch.setattr(desk.services.store, "last_message_id", crash)
    monkeypatch.setattr(desk.services.store, "messages_after", crash)
    chat = desk.begin("souq")
    response = desk.http.get(f"{chat.path}/messages", headers=chat.headers)
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "internal"
    assert "secret" not in response.text
    assert response.headers["content-security-policy"]


def test_who_guessed_too_often_is_told_when_to_come_back():
    refused = refusal_for(TooManyGuesses(361))
    assert (refused.status_code, refused.code) == (429, "too_many_attempts")
    assert refused.headers == {"Retry-After": "361"}
    assert refused.values == {"minutes": "7"}


@pytest.mark.parametrize("after", ["x", "-1", "1.5", str(2**63)])
def test_a_cursor_that_is_none_is_refused(desk, after):
    chat = desk.begin()
    response = desk.http.get(f"{chat.path}/messages?after={after}", headers=chat.headers)
    assert response.status_code == 422


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize(
    "key",
    [*MESSAGES.values(), *TICKET_WORDS, *SURVEY_WORDS, *(f"page_{word}" for word in PAGE_WORDS)],
)
def test_every_word_of_the_desk_exists_in_every_language(knowledge, key, lang):
    assert knowledge.words.text(key, lang).strip()


def test_the_api_describes_itself(desk):
    described = desk.http.get("/openapi.json").json()
    assert "/api/v1/conversations/{conversation_id}/messages" in described["paths"]
    assert json.dumps(described).count("ErrorOut") > 5


def test_every_refusal_of_the_api_is_described_in_the_one_form(desk):
    described = desk.http.get("/openapi.json").json()
    seen, offered = set(), set()
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            if path.startswith("/api/"):
                offered.add((method, path))
            for status, response in operation["responses"].items():
                if path.startswith("/api/") and not status.startswith("2"):
                    schema = response["content"]["application/json"]["schema"]
                    assert schema == {"$ref": "#/components/schemas/ErrorOut"}, (path, status)
                    seen.add((method, path))
    assert seen == offered

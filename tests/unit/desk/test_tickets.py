"""Tickets by the form: opened once, checked whole, confirmed in the conversation, told to their owner alone."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.tickets.ticket import Happening, Origin, Priority, Queue, TicketState, agent

from . import pictures

REFERENCE = re.compile(r"JW-[2-9A-Z]{3}-[2-9A-Z]{4}")
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=timezone.utc)
UNKNOWN = "JW-K37-W9F2"


def opened(chat, **form):
    response = chat.open_ticket(**form)
    assert response.status_code == 201, response.text
    return response.json()


def status(desk, reference, body=None, headers=None):
    return desk.http.post(
        f"/api/v1/tickets/{reference}/status", json=body or {}, headers=headers or {}
    )


def code(response):
    return response.json()["error"]["code"]


def test_a_form_opens_a_ticket_and_the_bot_confirms_it(start_desk):
    desk = start_desk(clock=lambda: NOW)
    chat = desk.begin()
    shown = opened(chat, topic="complaint", subtopic="seller", email="Sara@Example.com")
    assert REFERENCE.fullmatch(shown["reference"])
    assert (shown["state"], shown["topic_title"]) == ("new", "شکایت")
    assert shown["subtopic_title"] == "از فروشنده"
    assert shown["promised"] == "جمعه ۶ آذر (۲۷ نوامبر) ساعت ۱۲:۳۰"
    assert shown["due_at"] == "2026-11-27T09:00:00.000Z"
    assert shown["replies"] == []
    said = chat.said("bot")[-1]
    assert shown["reference"] in said
    assert shown["promised"] in said
    ticket = desk.services.tickets.find(shown["reference"])
    assert (ticket.queue, ticket.origin) == (Queue.COMPLAINTS, Origin.WIDGET)
    assert (ticket.phone, ticket.email) == ("+989121234567", "sara@example.com")
    assert (ticket.conversation_id, ticket.lang.value) == (chat.id, "fa")


def test_the_confirmation_arrives_live(desk):
    chat = desk.begin("souq")
    last = chat.messages()[-1]["id"]
    with chat.events(last) as events:
        reference = opened(chat)["reference"]
        said = next(data for kind, data, _ in events if kind == "message")
    assert reference in said["text"]
    assert "رقم المتابعة" in said["text"]


def test_the_same_form_again_opens_no_second_ticket(desk):
    chat = desk.begin()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: opened(chat, client_id="form"), range(8)))
    assert len({shown["reference"] for shown in made}) == 1
    assert len(chat.said("bot")) == 2
    response = chat.open_ticket(client_id="form", message="چیز دیگری")
    assert (response.status_code, code(response)) == (409, "client_id_reused")


def test_everything_that_is_wrong_is_told_at_once_in_the_conversations_language(desk):
    wrong = {
        "topic": "after_sales",
        "subtopic": "spaceships",
        "name": "۱۲۳۴",
        "email": "sara@",
        "phone": "02191000100",
        "order_number": "12",
        "message": "  ",
    }
    for shop, word in (("digikala", "سفارش"), ("souq", "الطلب")):
        chat = desk.begin(shop)
        response = chat.open_ticket(**wrong)
        assert (response.status_code, code(response)) == (422, "invalid_ticket")
        fields = response.json()["error"]["fields"]
        assert set(fields) == {"subtopic", "name", "email", "phone", "order_number", "message"}
        assert word in fields["order_number"]
        assert len(chat.messages()) == 1


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        ({"topic": "spaceships"}, "topic", "موضوع"),
        ({"topic": "after_sales"}, "order_number", "لازم"),
        ({"name": ""}, "name", "نام"),
        ({"phone": None}, "phone", "ایمیل"),
        ({"phone": " "}, "phone", "ایمیل"),
        ({"message": "س" * 4001}, "message", "4000"),
    ],
)
def test_what_is_missing_is_told_by_its_field(desk, form, field, words):
    fields = desk.begin().open_ticket(**form).json()["error"]["fields"]
    assert list(fields) == [field]
    assert words in fields[field]


def test_after_sales_takes_an_order_number_in_any_digits(desk):
    for written in ("۱۲۳۴۵۶۷۸", "١٢٣٤٥٦٧٨", "#1234-5678"):
        reference = opened(desk.begin(), topic="after_sales", order_number=written)["reference"]
        assert desk.services.tickets.find(reference).order_number == "12345678"


@pytest.mark.parametrize(
    "form", [{"client_id": "a b"}, {"topic": 7}, {"attachments": ["a", "a"]}, {"name": "x" * 1001}]
)
def test_a_form_that_is_none_is_refused(desk, form):
    assert code(desk.begin().open_ticket(**form)) == "invalid_request"


def test_files_of_the_conversation_go_along_and_no_others(desk):
    chat, other = desk.begin(), desk.begin()

    def upload(chat):
        return desk.http.post(
            f"{chat.path}/attachments",
            files={"file": ("a.jpg", pictures.photo(), "image/jpeg")},
            headers=chat.headers,
        ).json()["id"]

    mine, theirs = upload(chat), upload(other)
    reference = opened(chat, attachments=[mine])["reference"]
    assert desk.services.tickets.find(reference).attachments == (mine,)
    assert code(chat.open_ticket(attachments=[theirs])) == "unknown_attachment"
    assert code(chat.open_ticket(attachments=["none"])) == "unknown_attachment"
    many = [str(n) for n in range(6)]
    assert code(chat.open_ticket(attachments=many)) == "too_many_attachments"


def test_anger_misunderstanding_and_coming_again_press(desk, rasa):
    def priority(chat, phone):
        reference = opened(chat, phone=phone)["reference"]
        return desk.services.tickets.find(reference).priority

    assert priority(desk.begin(), "09350000001") is Priority.NORMAL
    assert priority(desk.begin(), "09350000001") is Priority.HIGH
    chat = desk.begin()
    rasa.reply = lambda question: [
        {"text": "؟"},
        {"custom": rasa.custom(question, outcome="not_understood", intent=None)},
    ]
    chat.ask("بلا")
    assert priority(chat, "09350000002") is Priority.NORMAL
    chat.ask("بلابلا")
    assert priority(chat, "09350000003") is Priority.HIGH
    rasa.reply = lambda question: [
        {"text": "ببخشید"},
        {"custom": rasa.custom(question, intent="frustrated")},
    ]
    chat.ask("خسته شدم")
    assert priority(chat, "09350000004") is Priority.URGENT


def test_without_the_conversations_token_no_ticket_is_opened(desk):
    chat = desk.begin()
    chat.headers = desk.begin().headers
    assert chat.open_ticket().status_code == 403
    chat.headers = {}
    assert chat.open_ticket().status_code == 401


def test_the_owner_is_known_by_phone_or_mail_or_the_conversation(desk):
    chat = desk.begin()
    reference = opened(chat, email="sara@example.com")["reference"]
    for body, headers in (
        ({"phone": "+98 912 123 4567"}, None),
        ({"email": "SARA@example.com "}, None),
        ({"phone": "٠٩١٢١٢٣٤٥٦٧", "email": "sara@example.com"}, None),
        (None, chat.headers),
    ):
        response = status(desk, reference.lower().replace("-", ""), body, headers)
        assert response.status_code == 200, response.text
        assert response.json()["reference"] == reference
        assert response.headers["cache-control"] == "no-store"


def test_the_owner_reads_answers_and_no_notes(desk):
    chat = desk.begin()
    reference = opened(chat)["reference"]
    tickets = desk.services.tickets
    tickets.move(reference, TicketState.OPEN, who=agent("7"), at=NOW)
    tickets.note(reference, "مشتری بدقلق", who=agent("7"), at=NOW)
    tickets.reply(reference, "فردا می‌رسد", who=agent("7"), at=NOW)
    assert tickets.history(reference)[2].what is Happening.NOTE
    response = status(desk, reference, {"phone": "09121234567", "lang": "ar"})
    shown = response.json()
    assert [(r["author"], r["text"]) for r in shown["replies"]] == [("agent", "فردا می‌رسد")]
    assert (shown["state"], shown["state_text"]) == ("open", "قيد المراجعة")
    assert shown["topic_title"] == "الشحن والتوصيل"
    assert "بدقلق" not in response.text
    assert "agent:7" not in response.text


def test_an_unknown_ticket_and_a_strangers_get_the_same_answer(desk):
    reference = opened(desk.begin(), email="sara@example.com")["reference"]
    stranger = desk.begin().headers
    answers = [
        status(desk, reference, {"phone": "09120000000"}),
        status(desk, reference, {"phone": "09121234567", "email": "other@example.com"}),
        status(desk, reference, None, stranger),
        status(desk, UNKNOWN, {"phone": "09121234567"}),
        status(desk, UNKNOWN, None, stranger),
    ]
    assert {response.status_code for response in answers} == {404}
    assert len({response.text for response in answers}) == 1
    assert code(answers[0]) == "unknown_ticket"


def test_a_slip_in_the_reference_is_told_apart(desk):
    body = {"phone": "09121234567"}
    assert code(status(desk, "JW-K73-W9F2", body)) == "wrong_check_sign"
    assert code(status(desk, "12345678", body)) == "unreadable_reference"
    assert code(status(desk, UNKNOWN)) == "invalid_request"
    response = status(desk, UNKNOWN, {"phone": "12"})
    assert list(response.json()["error"]["fields"]) == ["phone"]


def test_guessing_ends_but_not_for_the_conversation_and_not_forever(start_desk):
    now = [NOW]
    desk = start_desk(clock=lambda: now[0], guesses_per_ticket=3)
    chat = desk.begin()
    reference = opened(chat)["reference"]
    right, wrong = {"phone": "09121234567"}, {"phone": "09120000000"}
    for _ in range(9):
        assert status(desk, reference, right).status_code == 200
    assert [status(desk, reference, wrong).status_code for _ in range(4)] == [404, 404, 404, 429]
    response = status(desk, reference, right)
    assert (response.status_code, code(response)) == (429, "too_many_attempts")
    assert 3500 < int(response.headers["retry-after"]) <= 3601
    assert status(desk, reference, None, chat.headers).status_code == 200
    now[0] += timedelta(hours=1)
    assert status(desk, reference, right).status_code == 200


def test_guessing_at_many_tickets_ends_too(start_desk):
    desk = start_desk(guesses_per_address=2)
    references = [opened(desk.begin())["reference"] for _ in range(3)]
    found = [status(desk, r, {"phone": "09120000000"}).status_code for r in references]
    assert found == [404, 404, 429]


def test_the_topics_are_told_in_their_order_and_the_language_asked_for(desk):
    shown = desk.http.get("/api/v1/shops/digikala/topics").json()
    assert shown["lang"] == "fa"
    assert [topic["id"] for topic in shown["topics"]][:2] == ["after_sales", "delivery"]
    first = desk.http.get("/api/v1/shops/souq/topics", params={"lang": "en"}).json()["topics"][0]
    assert first["needs_order_number"] is True
    assert first["subtopics"][0] == {"id": "returns", "title": "Returning an item"}
    assert desk.http.get("/api/v1/shops/amazon/topics").status_code == 404


def test_no_words_phone_or_address_reach_the_log(desk, caplog):
    chat = desk.begin()
    reference = opened(chat, email="private@example.com", message="راز من")["reference"]
    status(desk, reference, {"phone": "09120000000"})
    assert "ticket.opened" in caplog.text
    for secret in ("راز من", "9121234567", "9120000000", "private@example.com", "احمدی"):
        assert secret not in caplog.text

"""What every messaging app's account does, whichever app it is."""

import json
from datetime import timedelta

import pytest

from jawab.support.agent import NewAgent, Role
from jawab.support.message import Author

from ..unit.desk.colleague import PASSWORD, Colleague
from ..unit.desk.pictures import photo
from ..unit.desk.running import eventually
from .conftest import transcript


def said(desk, customer, author=Author.SHOPPER):
    return [message.text for message in transcript(desk, customer) if message.author is author]


def test_a_question_is_answered_in_the_chat(app, sara, rasa, desk):
    sara.say("چطوری کالا رو مرجوع کنم؟")
    eventually(lambda: sara.texts == ["پاسخ: چطوری کالا رو مرجوع کنم؟"])
    assert sara.statuses == [200]
    assert said(desk, sara) == ["چطوری کالا رو مرجوع کنم؟"]


def test_start_greets_with_buttons_and_keeps_the_deep_link(app, sara, desk):
    sara.say("/start order-77")
    eventually(lambda: sara.buttons)
    assert "خوش آمدید" in sara.texts[0]
    title, button = next(iter(sara.buttons.items()))
    chat = desk.services.channels.chats.of_conversation(transcript(desk, sara)[0].conversation_id)
    assert chat.payload == "order-77"
    assert chat.name == "سارا"
    sara.press(button)
    eventually(lambda: len(sara.texts) == 2)
    assert sara.texts[1] == f"پاسخ: {title}"


def test_an_arabic_phone_is_greeted_in_arabic(app, desk):
    nour = app.customer(lang="ar")
    nour.say("/start")
    eventually(lambda: nour.texts)
    assert "أهلًا" in nour.texts[0]


def test_an_update_that_comes_again_does_nothing_again(app, sara, desk, rasa):
    update = sara.say("سلام")
    for _ in range(3):
        sara.bring(update)
    eventually(lambda: sara.texts)
    sara.say("خداحافظ")
    eventually(lambda: len(sara.texts) == 2)
    assert sara.statuses == [200] * 5
    assert said(desk, sara) == ["سلام", "خداحافظ"]


def test_updates_out_of_order_are_all_heard(app, sara, desk, rasa):
    late = sara.update(message=sara.message(text="یک"))
    sara.say("دو")
    sara.bring(late)
    eventually(lambda: len(sara.texts) == 2)
    assert sorted(said(desk, sara)) == ["دو", "یک"]


def test_who_has_not_the_secret_gets_no_word(app, sara, desk, rasa):
    body = json.dumps(sara.update(message=sara.message(text="سلام"))).encode()
    if app.server.secrets:
        assert sara.post(body, secret="guess") == 403
        assert sara.post(body, path="/x") == 403
    else:
        assert sara.post(body, path="x") == 403
    address = f"{desk.url}/channels/"
    for wrong in (f"{app.name}/guess", "another", app.name):
        answer = desk.http.post(address + wrong, content=body)
        assert (answer.status_code, answer.content) == (403, b"")
    assert transcript(desk, sara) == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 5000, b'{"update_id": true}']
)
def test_what_cannot_be_read_is_taken_and_left(sara, body):
    assert sara.post(body) == 200


def test_unknown_kinds_are_taken_and_do_nothing(sara, desk):
    sara.bring(sara.update(business_connection={"id": "1"}))
    sara.bring(sara.update(message_reaction={"chat": {"id": sara.chat}}))
    sara.bring(sara.update(my_chat_member={"chat": {"id": sara.chat}}))
    assert sara.statuses == [200] * 3
    assert transcript(desk, sara) == []


@pytest.mark.parametrize(
    ("content", "noted"),
    [
        ({"sticker": {"file_id": "s", "emoji": "😀"}}, "استیکر 😀"),
        ({"location": {"latitude": 35.7, "longitude": 51.4}}, "35.70000, 51.40000"),
        ({"dice": {"value": 3}}, "خوانده نمی‌شود"),
        ({"poll": {"id": "1"}}, "خوانده نمی‌شود"),
    ],
    ids=["sticker", "location", "dice", "poll"],
)
def test_what_is_no_question_is_noted_and_answered_politely(sara, desk, rasa, content, noted):
    sara.send(**content)
    eventually(lambda: sara.texts)
    assert noted in said(desk, sara)[0]
    assert rasa.asked == []


def test_an_edited_message_is_noted_as_such(sara, desk, rasa):
    update = sara.say("سفارش من کجاست")
    eventually(lambda: sara.texts)
    sara.edit(update, "سفارش ۱۲۳ من کجاست")
    eventually(lambda: len(sara.texts) == 2)
    assert said(desk, sara) == ["سفارش من کجاست", "〔پیامش را ویرایش کرد〕 سفارش ۱۲۳ من کجاست"]
    assert len(rasa.asked) == 1


def test_a_photo_comes_with_its_caption_as_one_message(sara, desk, rasa):
    sara.photo(photo(), caption="این شکسته")
    eventually(lambda: sara.texts)
    (message,) = [m for m in transcript(desk, sara) if m.author is Author.SHOPPER]
    assert message.text == "این شکسته"
    assert [file.type for file in message.attachments] == ["image/jpeg"]
    assert rasa.asked[0]["metadata"]["attachments"] == [message.attachments[0].id]


def test_an_album_comes_as_one_message(sara, desk, rasa):
    for caption in ("دو عکس", ""):
        sara.photo(photo(), media_group_id="g1", caption=caption)
    eventually(lambda: sara.texts)
    (message,) = [m for m in transcript(desk, sara) if m.author is Author.SHOPPER]
    assert (message.text, len(message.attachments)) == ("دو عکس", 2)
    assert len(rasa.asked) == 1


def test_a_voice_note_is_kept_and_a_written_question_asked_for(sara, desk, rasa):
    sara.document(b"OggS" + b"\0" * 600, kind="voice")
    eventually(lambda: sara.texts)
    assert "صوتی" in sara.texts[0]
    (message,) = [m for m in transcript(desk, sara) if m.author is Author.SHOPPER]
    assert [file.type for file in message.attachments] == ["audio/ogg"]
    assert rasa.asked == []


def test_a_document_is_kept_by_its_content(sara, desk):
    sara.document(b"%PDF-1.7\n" + b"0" * 600, caption="فاکتور")
    eventually(lambda: sara.texts)
    (message,) = [m for m in transcript(desk, sara) if m.author is Author.SHOPPER]
    assert [(file.type, file.name) for file in message.attachments] == [
        ("application/pdf", "رسید.pdf")
    ]


def test_a_file_that_is_refused_is_said_to_be(sara, desk, rasa):
    sara.document(b"MZ" + b"\0" * 600)
    eventually(lambda: sara.texts)
    assert "PDF" in sara.texts[0]
    assert [m.attachments for m in transcript(desk, sara)] == [(), ()]
    assert rasa.asked == []


def test_a_file_that_cannot_be_had_at_once_is_fetched_again(app, sara, desk):
    app.server.then(500)
    sara.photo(photo(), caption="شکسته")
    eventually(lambda: sara.texts == ["پاسخ: شکسته"])
    assert transcript(desk, sara)[0].attachments


def test_a_shared_contact_is_verified_only_if_it_is_ones_own(sara, desk, rasa):
    chats = desk.services.channels.chats
    sara.send(contact={"phone_number": "989121234567", "first_name": "x", "user_id": 1})
    eventually(lambda: sara.texts)
    id = transcript(desk, sara)[0].conversation_id
    assert (chats.of_conversation(id).phone, chats.of_conversation(id).phone_verified) == (
        "+989121234567",
        False,
    )
    sara.send(contact={"phone_number": "989127654321", "first_name": "x", "user_id": sara.chat})
    eventually(lambda: len(sara.texts) == 2)
    sara.send(contact={"phone_number": "989120000000", "first_name": "x"})
    eventually(lambda: len(sara.texts) == 3)
    assert chats.of_conversation(id).phone == "+989127654321"
    assert chats.of_conversation(id).phone_verified
    sara.say("سلام")
    asked = eventually(lambda: [each for each in rasa.asked if each["sender"] == id])
    assert asked[0]["metadata"]["known"] == {"phone": "+989127654321"}
    eventually(lambda: len(sara.texts) == 4)


def test_a_group_is_heard_only_where_we_are_meant(app, desk, rasa):
    group = app.customer(group=True)
    group.say("بچه‌ها فردا میاید؟")
    group.say("@jawab_bot ساعت کاری؟")
    eventually(lambda: group.texts == ["پاسخ: ساعت کاری؟"])
    assert said(desk, group) == ["ساعت کاری؟"]


def test_a_long_answer_comes_in_parts_and_in_order(app, sara, rasa):
    line = "این یک جملهٔ بلند است. " * 240
    rasa.reply = lambda q: [
        {"text": line, "buttons": [{"title": "بله", "payload": "x"}]},
        {"custom": rasa.custom(q)},
    ]
    sara.say("بگو")
    eventually(lambda: len(sara.texts) == 2)
    assert " ".join(sara.texts).split() == line.split()
    assert "reply_markup" not in sara.said[0]
    assert list(sara.buttons) == ["بله"]


def test_too_long_a_question_is_heard_in_parts(sara, desk):
    sara.say("سلام. " * 680)
    eventually(lambda: len(sara.texts) == 2)
    assert " ".join(said(desk, sara)).split() == ["سلام."] * 680


@pytest.mark.parametrize("trouble", [(429, 1), 500, "page"], ids=["429", "500", "page"])
def test_what_did_not_get_through_comes_later_and_in_order(app, sara, trouble):
    app.server.then(trouble)
    sara.say("یک")
    sara.say("دو")
    eventually(lambda: len(sara.texts) == 2)
    assert sara.texts == ["پاسخ: یک", "پاسخ: دو"]


def test_a_lost_answer_sends_again_rather_than_never(app, sara):
    app.server.then("lost")
    sara.say("یک")
    eventually(lambda: sara.texts == ["پاسخ: یک", "پاسخ: یک"])


def test_who_has_blocked_us_gets_no_more_and_the_desk_knows(app, sara, desk):
    app.server.blocked.add(sara.chat)
    sara.say("سلام")
    undelivered = desk.services.channels.chats.undelivered
    eventually(lambda: len(transcript(desk, sara)) == 2)
    message = transcript(desk, sara)[-1]
    eventually(lambda: undelivered(message.conversation_id) == {message.id: "blocked"})
    owner = NewAgent(f"owner-{app.name}", "سارا", Role.OWNER)
    services = desk.services
    id = services.agents.add(owner, PASSWORD, now=services.clock()).id
    token = services.agents.open_session(id, now=services.clock(), lifetime=timedelta(hours=1))
    colleague = Colleague(desk, id, token)
    shown = colleague.get(f"/conversations/{message.conversation_id}")["messages"]
    assert [one["undelivered"] for one in shown] == [None, "blocked"]
    assert [one["fate"] for one in shown] == [None, "undelivered"]
    app.server.blocked.clear()
    sara.say("برگشتم")
    eventually(lambda: sara.texts == ["پاسخ: برگشتم"])


def test_an_old_button_is_answered_politely(sara, desk, rasa):
    sara.press("999999-0")
    eventually(lambda: sara.texts)
    assert "دکمه" in sara.texts[0]
    assert rasa.asked == []


def test_commands_are_read_as_words(sara, rasa):
    sara.say("/help")
    eventually(lambda: sara.texts)
    assert rasa.texts == ["راهنما"]


def test_typing_is_shown_while_the_bot_thinks(app, sara, rasa):
    sara.say("سلام")
    eventually(lambda: sara.texts)
    eventually(lambda: app.server.typed)
    assert {int(chat) for chat in app.server.typed} == {sara.chat}


def test_a_desk_that_was_away_hears_and_says_everything(app, serve, rasa):
    desk = serve(app)
    sara = app.customer()
    app.server.then(*[500] * 8)
    sara.say("یک")
    eventually(lambda: len(transcript(desk, sara)) == 2)
    desk.stop()
    app.server.behaviours.clear()
    assert sara.texts == []
    serve(app)
    eventually(lambda: sara.texts == ["پاسخ: یک"])


def test_polling_hears_each_update_once(app, serve, rasa):
    desk = serve(app, updates="poll")
    sara = app.customer()
    for text in ("یک", "دو", "سه"):
        sara.say(text)
    eventually(lambda: len(sara.texts) == 3)
    eventually(lambda: not app.server.bot().updates)  # the offset told that they are stored
    desk.stop()
    again = serve(app, updates="poll")
    sara.say("چهار")
    eventually(lambda: len(sara.texts) == 4)
    assert said(again, sara) == ["یک", "دو", "سه", "چهار"]

"""What shoppers write in any app: heard once, in order, as what it is, and only from the app itself."""

import pytest

from jawab.support.conversations.message import Author

from ...unit.desk.running import eventually
from ..apps import GROUPS, LINKS, able, only
from ..conftest import chat_of, offered, said, transcript

UNREADABLE = [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 5000, b'{"update_id": true}']


def test_a_question_is_answered_in_the_chat(sara, desk):
    sara.say("چطوری کالا رو مرجوع کنم؟")
    eventually(lambda: sara.texts == ["پاسخ: چطوری کالا رو مرجوع کنم؟"])
    assert sara.statuses == [200]
    assert said(desk, sara) == ["چطوری کالا رو مرجوع کنم؟"]


def test_start_greets_with_choices_and_one_is_taken(sara):
    sara.start()
    eventually(lambda: sara.texts)
    assert "خوش آمدید" in sara.texts[0]
    title, take = next(iter(offered(sara).items()))
    take()
    eventually(lambda: len(sara.texts) == 2)
    assert sara.texts[1] == f"پاسخ: {title}"


@only(*LINKS)
def test_a_deep_link_is_kept_with_the_chat(sara, desk):
    sara.start("order-77")
    eventually(lambda: sara.texts)
    assert chat_of(desk, sara).payload == "order-77"


@only("telegram", "bale", "whatsapp")
def test_the_shoppers_name_is_kept_with_the_chat(sara, desk):
    sara.say("سلام")
    eventually(lambda: sara.texts)
    assert chat_of(desk, sara).name == "سارا"


@only("telegram", "bale")
def test_an_arabic_phone_is_greeted_in_arabic(app, desk):
    nour = app.customer(lang="ar")
    nour.start()
    eventually(lambda: nour.texts)
    assert "أهلًا" in nour.texts[0]


def test_an_update_that_comes_again_does_nothing_again(sara, desk, rasa):
    sara.say("سلام")
    for _ in range(3):
        sara.again()
    eventually(lambda: sara.texts)
    sara.say("خداحافظ")
    eventually(lambda: len(sara.texts) == 2)
    assert sara.statuses == [200] * 5
    assert said(desk, sara) == ["سلام", "خداحافظ"]


def test_an_update_that_is_replayed_after_its_answer_does_nothing_again(sara, desk, rasa):
    sara.say("سلام")
    eventually(lambda: sara.texts)
    assert sara.post(sara.body) == 200
    sara.say("خداحافظ")
    eventually(lambda: len(sara.texts) == 2)
    assert rasa.texts == ["سلام", "خداحافظ"]


def test_updates_out_of_order_are_all_heard(sara, desk, rasa):
    late = sara.held("یک")
    sara.say("دو")
    sara.bring(late)
    eventually(lambda: len(sara.texts) == 2)
    assert sorted(said(desk, sara)) == ["دو", "یک"]


def test_who_has_not_the_secret_gets_no_word(app, sara, desk, rasa):
    sara.say("سلام")
    changed = sara.body.replace("سلام".encode(), "درود".encode())
    assert sara.post(changed, wrong=True) == 403
    for wrong in (f"{app.name}/guess", "another", app.name):
        answer = desk.http.post(f"{desk.url}/channels/{wrong}", content=changed)
        assert (answer.status_code, answer.content) == (403, b"")
    eventually(lambda: sara.texts)
    assert said(desk, sara) == ["سلام"]


@pytest.mark.parametrize("body", UNREADABLE, ids=str)
def test_what_cannot_be_read_is_taken_and_left(sara, body):
    assert sara.post(body) == 200


def test_what_is_nobodys_message_is_taken_and_does_nothing(sara, desk, rasa):
    sara.unheard_of()
    sara.say("سلام")
    eventually(lambda: sara.texts)
    assert set(sara.statuses) == {200}
    assert said(desk, sara) == ["سلام"]
    assert sara.texts == ["پاسخ: سلام"]


@pytest.mark.parametrize(
    ("verb", "noted"),
    [("sticker", "استیکر"), ("location", "35.70000, 51.40000"), ("odd", "خوانده نمی‌شود")],
)
def test_what_is_no_question_is_noted_and_answered_politely(sara, desk, rasa, verb, noted):
    getattr(sara, verb)()
    eventually(lambda: sara.texts)
    assert noted in said(desk, sara)[0]
    assert rasa.asked == []


def test_an_edited_message_is_noted_as_such(sara, desk, rasa):
    written = sara.say("سفارش من کجاست")
    eventually(lambda: sara.texts)
    sara.edit(written, "سفارش ۱۲۳ من کجاست")
    eventually(lambda: len(sara.texts) == 2)
    assert said(desk, sara) == ["سفارش من کجاست", "〔پیامش را ویرایش کرد〕 سفارش ۱۲۳ من کجاست"]
    assert len(rasa.asked) == 1


@able("remove")
def test_a_deleted_message_is_noted_as_such(sara, desk, rasa):
    written = sara.say("سفارش من کجاست")
    eventually(lambda: sara.texts)
    sara.remove(written)
    eventually(lambda: len(said(desk, sara)) == 2)
    assert said(desk, sara) == ["سفارش من کجاست", "〔یکی از پیام‌هایش را پاک کرد〕"]
    assert len(rasa.asked) == 1


@pytest.mark.parametrize("number", ["2", "۲", "٢", "2."])
def test_more_choices_than_the_app_can_show_are_a_list_answered_by_number(
    app, sara, desk, rasa, number
):
    account = desk.services.channels.accounts.get(app.name)
    titles = [f"گزینه {n}" for n in range(account.channel.capabilities.buttons + 1)]
    buttons = [{"title": title, "payload": "x", "intent": "returns_how"} for title in titles]
    rasa.reply = lambda q: [
        {"text": f"پاسخ: {q['message']}", "buttons": buttons if q["message"] == "کدام" else []},
        {"custom": rasa.custom(q)},
    ]
    sara.say("کدام")
    eventually(lambda: sara.texts)
    assert sara.buttons == {}
    assert f"۱. {titles[0]}\n۲. {titles[1]}\n" in sara.texts[0]
    sara.say(number)
    eventually(lambda: len(sara.texts) == 2)
    assert sara.texts[1] == f"پاسخ: {titles[1]}"


def test_an_old_button_is_answered_politely(sara, rasa):
    sara.press("999999-0")
    eventually(lambda: sara.texts)
    assert "دکمه" in sara.texts[0]
    assert rasa.asked == []


@only("rubika")
def test_a_button_under_a_message_is_heard_like_one_of_the_keypad_and_once(sara, rasa):
    sara.start()
    eventually(lambda: sara.buttons)
    title, button = next(iter(sara.buttons.items()))
    sara.press_inline(button)
    sara.press_inline(button)
    eventually(lambda: len(sara.texts) == 2)
    assert sara.texts[1] == f"پاسخ: {title}"
    assert sara.statuses == [200] * 3


def test_commands_are_read_as_words(sara, rasa):
    sara.say("/help")
    eventually(lambda: sara.texts)
    assert rasa.texts == ["راهنما"]


@able("share")
def test_a_shared_number_is_verified_only_if_it_is_ones_own(sara, desk, rasa):
    phone = sara.share(own=False)
    eventually(lambda: sara.texts)
    assert (chat_of(desk, sara).phone, chat_of(desk, sara).phone_verified) == (phone, False)
    own = sara.share()
    eventually(lambda: len(sara.texts) == 2)
    assert (chat_of(desk, sara).phone, chat_of(desk, sara).phone_verified) == (own, True)
    sara.share(own=False)
    eventually(lambda: len(sara.texts) == 3)
    assert (chat_of(desk, sara).phone, chat_of(desk, sara).phone_verified) == (own, True)
    sara.say("سلام")
    asked = eventually(lambda: rasa.asked)
    assert asked[0]["metadata"]["known"] == {"phone": own}
    eventually(lambda: len(sara.texts) == 4)


@only("rubika")
def test_a_card_in_an_app_that_does_not_say_whose_it_is_verifies_nothing(sara, desk):
    sara.send(contact_message={"phone_number": "989121234567", "first_name": "x"})
    eventually(lambda: sara.texts)
    assert (chat_of(desk, sara).phone, chat_of(desk, sara).phone_verified) == (
        "+989121234567",
        False,
    )


@only(*GROUPS)
def test_a_group_is_heard_only_where_we_are_meant(app, desk, rasa):
    group = app.customer(group=True)
    group.say("بچه‌ها فردا میاید؟")
    group.say("@jawab_bot ساعت کاری؟")
    eventually(lambda: group.texts == ["پاسخ: ساعت کاری؟"])
    assert said(desk, group) == ["ساعت کاری؟"]


def test_too_long_a_question_is_heard_in_parts(sara, desk):
    sara.say("سلام. " * 680)
    eventually(lambda: len(sara.texts) == 2)
    assert " ".join(said(desk, sara)).split() == ["سلام."] * 680


def test_everything_a_shopper_did_stands_in_one_conversation(sara, desk):
    sara.say("سلام")
    sara.sticker()
    sara.start()
    eventually(lambda: len(sara.texts) == 3)
    assert len({message.conversation_id for message in transcript(desk, sara)}) == 1
    assert len(said(desk, sara, Author.BOT)) == 3

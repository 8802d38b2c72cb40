"""What joins nothing, and who tries to get in."""

import pytest

from jawab.support.conversations.conversation import Owner

from ...unit.desk.running import eventually
from .acts import NO, YES, conversation, link, open_, press, share, told


def test_somebody_elses_card_joins_nothing(desk, at):
    sara, stranger = at("digikala-telegram", 41), at("digikala-bale", 52)
    share(sara)
    share(stranger, owner=41)
    assert told(desk, stranger) == {conversation(desk, stranger)}


def test_a_number_that_was_typed_joins_nothing(desk, at, rasa):
    sara, stranger = at("digikala-telegram", 41), desk.begin()
    share(sara)
    assert stranger.open_ticket(phone="09121234567").status_code == 201
    stranger.ask("شماره من 09121234567 است")
    assert told(desk, stranger.id) == {stranger.id}
    assert told(desk, sara) == {conversation(desk, sara)}


def test_the_same_number_at_another_shop_joins_nothing(desk, at):
    sara, elsewhere = at("digikala-telegram", 41), at("souq-telegram", 42)
    share(sara)
    share(elsewhere)
    assert told(desk, elsewhere) == {conversation(desk, elsewhere)}


def test_in_a_group_neither_a_number_nor_a_link_joins(desk, at):
    sara, group = at("digikala-telegram", 41), at("digikala-telegram", -77, group=True)
    share(sara)
    ours = {"from": {"id": 1}, "message_id": 1}
    group.send(
        contact={"phone_number": "989121234567", "first_name": "x", "user_id": 77},
        reply_to_message=ours,
    )
    eventually(lambda: group.texts)
    _, _, token = link(desk.begin())
    group.send(text=f"/start {token}", reply_to_message=ours)
    eventually(lambda: len(group.texts) == 2)
    assert YES not in group.buttons
    assert told(desk, group) == {conversation(desk, group)}


def test_a_link_works_once(desk, at):
    _, _, token = link(desk.begin())
    sara, stranger = at("digikala-telegram", 41), at("digikala-telegram", 42)
    open_(sara, token)
    assert "دیگر کار نمی‌کند" in open_(stranger, token)
    press(sara, YES)
    for late in (stranger, sara):
        assert "دیگر کار نمی‌کند" in open_(late, token)
    assert told(desk, stranger) == {conversation(desk, stranger)}


def test_pressing_yes_again_joins_nothing_more(desk, at):
    _, _, token = link(desk.begin())
    sara = at("digikala-telegram", 41)
    open_(sara, token)
    button = sara.buttons[YES]
    press(sara, YES)
    sara.press(button)
    eventually(lambda: "دیگر کار نمی‌کند" in sara.texts[-1])


def test_a_link_of_another_shop_does_not_work(desk, at):
    site = desk.begin("souq")
    _, bot, token = link(site, "souq-telegram")
    assert bot == "souq_bot"
    sara = at("digikala-telegram", 41)
    assert "دیگر کار نمی‌کند" in open_(sara, token)
    assert told(desk, sara) == {conversation(desk, sara)}


def test_a_link_of_another_app_does_not_work(desk, at):
    _, _, token = link(desk.begin(), "digikala-bale")
    assert "دیگر کار نمی‌کند" in open_(at("digikala-telegram", 41), token)


@pytest.mark.parametrize("forged", ["jw-" + "A" * 43, "jw-x", "jw-"])
def test_a_forged_link_does_not_work(desk, at, forged):
    link(desk.begin())
    assert "دیگر کار نمی‌کند" in open_(at("digikala-telegram", 41), forged)


def test_a_link_works_for_a_while_only(desk, at, clock):
    _, _, token = link(desk.begin())
    clock.forward(desk.settings.invitation_lifetime)
    assert "دیگر کار نمی‌کند" in open_(at("digikala-telegram", 41), token)


def test_a_link_that_somebody_sent_is_refused_by_no(desk, at):
    stranger = desk.begin()
    _, _, token = link(stranger)
    sara = at("digikala-telegram", 41)
    open_(sara, token)
    assert "چیزی وصل نشد" in press(sara, NO)
    assert desk.services.persons.family_of(stranger.id) == ()


def test_who_sends_a_link_learns_nothing_of_whoever_opens_it(desk, at, rasa):
    """Sara says yes to a stranger's link; the stranger's site, and a second link opened by them, tell nothing of hers."""
    stranger, sara = desk.begin(), at("digikala-telegram", 41)
    share(sara)
    open_(sara, link(stranger)[2])
    press(sara, YES)
    assert told(desk, stranger.id) == {stranger.id}
    strangers_app = at("digikala-telegram", 42)
    open_(strangers_app, link(stranger)[2])
    press(strangers_app, YES)
    assert told(desk, strangers_app) == {conversation(desk, strangers_app), stranger.id}
    for known in (stranger.ask("سلام"), strangers_app.say("سلام")):
        assert known
    asked = eventually(lambda: rasa.asked if len(rasa.asked) == 2 else None)
    assert [each["metadata"]["known"] for each in asked] == [{}, {}]


def test_the_token_is_stored_nowhere_but_in_the_message_that_told_it(desk, at):
    _, _, token = link(desk.begin())
    sara = at("digikala-telegram", 41)
    open_(sara, token)
    press(sara, YES)
    with desk.services.database.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        holding = {
            name
            for (name,) in names.all()
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')
            if any(token in str(value) for value in row)
        }
    assert holding == {"messages"}


@pytest.mark.parametrize("app", ["souq-telegram", "digikala-whatsapp", "nothing", "../x"])
def test_a_link_is_made_for_the_shops_own_apps_alone(desk, app):
    refused = desk.begin().send(app=app)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "unknown_button")


def test_while_a_person_answers_the_wish_goes_to_them(desk):
    site = desk.begin()
    desk.store.hand_to(site.id, Owner.HUMAN)
    assert site.send(app="digikala-telegram").status_code == 202
    assert [message["text"] for message in site.messages()][-1] == "ادامه در تلگرام"

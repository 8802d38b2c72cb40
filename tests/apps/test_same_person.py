"""One shopper in several apps and on the site: what joins their conversations, what that gives, and who tries to get in."""

import re
from contextlib import ExitStack

import pytest
from sqlalchemy import select

from jawab.channels import accounts
from jawab.support.channel_tables import chats
from jawab.support.conversation import Owner

from ..fakes import whatsapp as cloud
from ..fakes.bot_api import FakeBotApi
from ..unit.desk.colleague import Clock, hired
from ..unit.desk.running import Running, eventually
from .apps import SECRET
from .conftest import SETTINGS

TOKENS = {
    "digikala-telegram": "1:digikala",
    "souq-telegram": "2:souq",
    "digikala-bale": "3:digikala",
}
LINK = re.compile(r"https://(t\.me|ble\.ir)/(\w+)\?start=([A-Za-z0-9_-]{1,64})")
YES, NO = "بله، خودم بودم", "نه"


@pytest.fixture(scope="module")
def servers():
    with ExitStack() as stack:
        found = {"telegram": FakeBotApi(), "bale": FakeBotApi(secrets=False)}
        found["whatsapp"] = cloud.FakeWhatsApp()
        for server in found.values():
            server.url = stack.enter_context(Running(server.app)).url
        yield found


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(servers, start_desk, tmp_path, rasa, clock):
    """A desk with two accounts of one shop in two apps, one of another shop, and one where numbers are known."""
    written = {
        name: {
            "app": name.split("-")[1],
            "shop": name.split("-")[0],
            "token": token,
            "secret": SECRET,
            "username": f"{name.split('-')[0]}_bot",
            "base_url": servers[name.split("-")[1]].url,
        }
        for name, token in TOKENS.items()
    }
    written["digikala-whatsapp"] = {
        "app": "whatsapp",
        "shop": "digikala",
        "token": cloud.TOKEN,
        "app_secret": cloud.APP_SECRET,
        "verify_token": cloud.VERIFY,
        "phone_id": cloud.PHONE,
        "base_url": servers["whatsapp"].url,
    }
    path = tmp_path / "channels.yml"
    accounts.write(path, written)
    desk = start_desk(clock=clock, channels_file=path, **SETTINGS)
    for server in servers.values():
        server.reset()
    for name, token in TOKENS.items():
        address = f"{desk.url}/channels/{name}"
        hook = {"url": address, "secret": SECRET}
        if "bale" in name:
            hook = {"url": f"{address}/{SECRET}", "secret": ""}
        servers[name.split("-")[1]].bot(token).webhook = hook
    return desk


@pytest.fixture
def at(servers, desk):
    """Somebody with an app: `at("digikala-telegram", 7)`."""

    def customer(account, chat, **more):
        if account == "digikala-whatsapp":
            hook = f"{desk.url}/channels/{account}"
            return cloud.WhatsAppCustomer(servers["whatsapp"], hook, chat)
        server = servers[account.split("-")[1]]
        return server.customer(chat, bot=server.bot(TOKENS[account]), **more)

    return customer


def conversation(desk, customer):
    """The id of this chat's conversation."""
    with desk.services.database.reading() as connection:
        here = chats.c.chat == str(customer.chat)
        return connection.execute(select(chats.c.conversation_id).where(here)).scalar_one()


def link(chat, app="digikala-telegram"):
    """Ask for a link on the site; its parts."""
    (reply,) = chat.ask(app=app)
    return LINK.search(reply["text"]).groups()


def share(customer, phone="989121234567", *, owner=None):
    """Share a number by the app's own means, one's own unless another owner is named."""
    before = len(customer.texts)
    card = {"phone_number": phone, "first_name": "x", "user_id": owner or abs(customer.chat)}
    customer.send(contact=card)
    eventually(lambda: len(customer.texts) > before)


def open_(customer, token):
    """Open the link; the words that come."""
    before = len(customer.texts)
    customer.say(f"/start {token}")
    eventually(lambda: len(customer.texts) > before)
    return customer.texts[-1]


def press(customer, title):
    before = len(customer.texts)
    customer.press(customer.buttons[title])
    eventually(lambda: len(customer.texts) > before)
    return customer.texts[-1]


def told(desk, customer_or_id):
    """The conversations whose tickets may be told here."""
    id = customer_or_id if isinstance(customer_or_id, str) else conversation(desk, customer_or_id)
    return set(desk.services.persons.told_to(id))


# What joins


def test_the_shop_names_the_apps_in_which_one_can_go_on(desk):
    shown = {
        shop: desk.http.get(f"/api/v1/shops/{shop}").json()["apps"] for shop in ("digikala", "souq")
    }
    assert shown["digikala"] == [
        {"id": "digikala-telegram", "title": "ادامه در تلگرام"},
        {"id": "digikala-bale", "title": "ادامه در بله"},
    ]
    assert shown["souq"] == [{"id": "souq-telegram", "title": "المتابعة في تيليجرام"}]


@pytest.mark.parametrize(
    ("account", "host"), [("digikala-telegram", "t.me"), ("digikala-bale", "ble.ir")]
)
def test_a_link_from_the_site_joins_what_is_said_in_the_app(desk, at, rasa, account, host):
    site = desk.begin()
    assert site.open_ticket(email="sara@example.com").status_code == 201
    found, bot, token = link(site, account)
    assert (found, bot) == (host, "digikala_bot")
    sara = at(account, 41)
    assert "خودتان آن را ساختید" in open_(sara, token)
    assert told(desk, sara) == {conversation(desk, sara)}  # nothing before it is confirmed
    assert "وصل شد" in press(sara, YES)
    assert told(desk, sara) == {conversation(desk, sara), site.id}
    sara.say("تیکت می‌خواهم")
    asked = eventually(lambda: rasa.asked)
    assert asked[-1]["metadata"]["known"] == {
        "name": "سارا احمدی",
        "phone": "+989121234567",
        "email": "sara@example.com",
    }


def test_the_link_speaks_the_conversations_language_and_says_how_long_it_works(desk):
    texts = [desk.begin(lang=lang).ask(app="digikala-telegram")[0]["text"] for lang in ("fa", "ar")]
    assert "تا ۱۵ دقیقه" in texts[0]
    assert "تيليجرام" in texts[1]
    assert "15 دقيقة" in texts[1]


def test_the_same_verified_number_joins_two_apps(desk, at, rasa):
    telegram, bale = at("digikala-telegram", 41), at("digikala-bale", 52)
    share(telegram)
    share(bale)
    assert told(desk, telegram) == told(desk, bale)
    assert len(told(desk, bale)) == 2


def test_whatsapp_vouches_for_the_number_with_every_message(desk, at, rasa):
    telegram, whatsapp = at("digikala-telegram", 41), at("digikala-whatsapp", 989121234567)
    share(telegram)
    whatsapp.say("سلام")
    eventually(lambda: whatsapp.texts)
    assert told(desk, whatsapp) == {conversation(desk, telegram), conversation(desk, whatsapp)}
    assert rasa.asked[-1]["metadata"]["known"] == {"phone": "+989121234567"}


# What does not


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


# What agents see


def test_agents_see_the_same_shopper_elsewhere_and_may_separate_them(desk, at):
    site = desk.begin()
    reference = site.open_ticket().json()["reference"]
    telegram = at("digikala-telegram", 41)
    share(telegram)
    open_(telegram, link(site)[2])
    press(telegram, YES)
    agent, id = hired(desk), conversation(desk, telegram)
    seen = agent.get(f"/conversations/{id}")
    assert [ticket["reference"] for ticket in seen["tickets"]] == [reference]
    assert seen["person"]["phone"] == "+989121234567"
    (other,) = seen["person"]["conversations"]
    assert (other["id"], other["channel"], other["proof"]) == (site.id, "site", "made")
    assert [one["who"] for one in seen["person"]["history"]] == ["link", "digikala-telegram"]
    separated = agent.post(f"/conversations/{id}/separate")
    assert separated["apart"]
    assert separated["history"][0]["who"] == "سارا"
    assert agent.get(f"/conversations/{id}")["tickets"] == []
    assert agent.get(f"/conversations/{site.id}")["person"]["conversations"][0]["apart"]
    assert told(desk, telegram) == {id}
    assert not agent.post(f"/conversations/{id}/rejoin")["apart"]
    assert told(desk, telegram) == {id, site.id}


def test_a_conversation_that_nothing_has_joined_shows_nobody(desk):
    agent, site = hired(desk), desk.begin()
    assert agent.get(f"/conversations/{site.id}")["person"] is None
    assert agent.post(f"/conversations/{site.id}/separate") is None

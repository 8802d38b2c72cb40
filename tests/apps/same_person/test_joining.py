"""What joins one shopper's conversations in several apps and on the site."""

import pytest

from ...unit.desk.running import eventually
from .acts import YES, conversation, link, open_, press, share, told


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

"""The page of a shop's settings: what the owner sets holds at once, and everybody else is kept out."""

import re
from datetime import datetime, timezone

import pytest

from jawab.desk.owner.words import OWNER_WORDS, SHOP_WORDS
from jawab.support.agents.agent import Role
from jawab.support.deliveries.store import DeliveryStore
from jawab.support.overrides.override import Part
from jawab.text.language import Lang

from .owner import Visitor
from .running import eventually

TEN = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)  # within the hours of both shops
PAGE = "/desk/shop/souq?lang=en"
CLOSED = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "")


@pytest.fixture
def desk(start_desk):
    return start_desk(clock=lambda: TEN)


@pytest.fixture
def owner(desk):
    return Visitor(desk)


def preview(page):
    return page.split('class="answers"')[1].split("</section>")[0]


def test_hours_that_are_set_are_told_at_once(owner, desk):
    assert "From the file" in owner.open(PAGE)
    week = {**CLOSED, "sat": "۹ تا ۱۳، ۱۶ تا ۲۰"}
    page = owner.send(PAGE, target="hours.phone", seen="0", **week)
    assert "Saved." in page
    assert "16:00" in preview(page)
    told = desk.http.get("/faq/souq?lang=en").text
    assert "16:00" in told


def test_a_day_that_cannot_be_read_is_shown_as_it_was_typed(owner, desk):
    page = owner.send(PAGE, 422, target="hours.phone", seen="0", **{**CLOSED, "sun": "all <day>"})
    assert 'value="all <day>"' in page
    assert "This cannot be read" in page
    assert desk.services.overrides.version() == 0


def test_the_files_value_comes_back(owner, desk):
    owner.send(PAGE, target="hours.phone", seen="0", **CLOSED)
    assert desk.services.knowledge.shop("souq").channel("phone").hours.never
    (made,) = desk.services.overrides.history("souq", limit=9)
    page = owner.send(PAGE, target="hours.phone", seen=str(made.id), reset="1")
    files = desk.services.current.files.shop("souq")
    assert desk.services.knowledge.shop("souq") == files
    assert "As in the file" in page


def test_what_another_owner_set_meanwhile_is_not_overwritten(owner, desk):
    owner.send(PAGE, target="promise.email", seen="0", minutes="240")
    page = owner.send(PAGE, 409, target="promise.email", seen="0", minutes="60")
    assert "Somebody else changed this" in page
    shop = desk.services.knowledge.shop("souq")
    assert shop.channel("email").response[Lang.EN] == "within 4 hours"


def test_closing_days_are_typed_in_any_calendar_and_shown_in_the_shops(owner, desk):
    page = owner.send(
        PAGE,
        target="closing_days",
        seen="0",
        date="۱۴۰۵/۱۲/۲۹",
        name_en="Stocktaking",
    )
    assert "12 Shawwal 1448" in page
    assert "Stocktaking" in page
    days = desk.services.knowledge.shop("souq").closing_days
    assert not days.public_holidays
    (made,) = desk.services.overrides.history("souq", limit=9)
    owner.send(
        PAGE, target="closing_days", seen=str(made.id), public_holidays="1", remove="2027-03-20"
    )
    days = desk.services.knowledge.shop("souq").closing_days
    assert (days.public_holidays, days.own) == (True, ())


def test_a_wrong_date_says_so_and_keeps_what_was_typed(owner):
    page = owner.send(PAGE, 422, target="closing_days", seen="0", date="soon", name_en="Eid")
    assert "This date cannot be read" in page
    assert 'value="soon"' in page
    assert 'value="Eid"' in page


def test_a_wrong_name_of_the_sender_keeps_the_boxes_as_they_were_ticked(owner):
    page = owner.send(PAGE, 422, target="notices", seen="0", mail="solved", from_name="a@b")
    assert "A name has no @" in page
    assert 'value="a@b" aria-invalid="true"' in page
    ticked = re.findall(r'name="(mail|webhook)" value="(\w+)" checked', page)
    assert ticked == [("mail", "solved")]


def test_notices_that_are_switched_off_do_not_leave(start_desk, rasa):
    desk = start_desk(
        clock=lambda: TEN,
        webhook_url=f"{rasa.url}/nowhere",
        webhook_secret="s" * 20,
        delivery_poll=0.02,
    )
    owner = Visitor(desk)
    owner.send(PAGE, target="notices", seen="0", mail="opened", from_name="Care")
    ticket = desk.begin("souq", lang="ar").open_ticket(phone="0512345678").json()
    store = DeliveryStore(desk.services.database)
    eventually(lambda: not store.of(ticket["reference"]))
    settings = desk.services.current.notices("souq")
    assert (settings.webhook, settings.from_name, len(settings.mail)) == (False, "Care", 1)


def test_the_changes_are_listed_with_who_made_them(owner):
    page = owner.send(PAGE, target="hours.phone", seen="0", **CLOSED)
    history = page.split('id="history-title"')[-1]
    assert "سارا" in history
    assert "Opening hours · Phone" in history


def test_how_long_conversations_are_kept_is_told(owner, start_desk):
    assert SHOP_WORDS["kept_for_good"][Lang.EN] in owner.open(PAGE)
    tidy = Visitor(
        start_desk(clock=lambda: TEN, retention_days=(("", 365), ("souq", 90))), login="second"
    )
    for shop, lang, days in (("souq", Lang.AR, "90"), ("digikala", Lang.FA, "۳۶۵")):
        page = tidy.open(f"/desk/shop/{shop}?lang={lang.value}")
        assert f"{SHOP_WORDS['kept_days'][lang]} <bdi>{days}</bdi>" in page


def test_a_lead_looks_and_changes_nothing(desk):
    lead = Visitor(desk, "lead", Role.LEAD)
    assert "Only the owner can change these." in lead.open(PAGE)
    lead.send(PAGE, 403, target="hours.phone", seen="0", **CLOSED)
    assert desk.services.overrides.version() == 0


def test_agents_and_strangers_do_not_see_it(desk):
    Visitor(desk, "agent", Role.AGENT).open(PAGE, 403)
    page = desk.http.get(PAGE, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (307, "/desk/sign-in")


def test_a_form_of_another_site_changes_nothing(owner, desk):
    for token in ({}, {"form_token": "x"}, {"form_token": "é"}):
        data = {**token, "target": "hours.phone", "seen": "0", **CLOSED}
        assert desk.http.post(PAGE, data=data, headers=owner.cookies).status_code == 403
    assert desk.services.overrides.version() == 0


@pytest.mark.parametrize("target", ["", "colour", "hours", "hours.fax", "notices.x"])
def test_what_is_no_setting_is_refused(owner, target):
    assert "invalid_request" in owner.send(PAGE, 422, target=target, seen="0")


@pytest.mark.parametrize("lang", list(Lang))
def test_the_words_are_there_in_every_language(lang):
    assert all(texts[lang].strip() for texts in {**OWNER_WORDS, **SHOP_WORDS}.values())
    assert all(part.value in SHOP_WORDS for part in Part)


@pytest.mark.parametrize(("lang", "way"), [("fa", "rtl"), ("ar", "rtl"), ("en", "ltr")])
def test_the_page_reads_in_each_direction(owner, lang, way):
    assert f'dir="{way}"' in owner.open(f"/desk/shop/digikala?lang={lang}")

"""The workplace on a phone, and for those who cannot see it."""

import pytest

from jawab.text.language import Lang

from .conftest import SIZES
from .desk_and_shop import eventually
from .workplace import breaches, waits


@pytest.fixture
def desk(agents_desk):
    return agents_desk


def test_on_a_phone_one_part_is_seen_at_a_time(agent, desk):
    sara = agent(Lang.FA, "phone")
    sara.sign_in()
    chat = waits(desk, "digikala", "fa")
    sara.take(chat.id)
    assert not sara.page.locator("#waiting").is_visible()
    sara.reply.fill("سلام")
    sara.reply.press("Enter")
    eventually(lambda: chat.said("agent") == ["سلام"])
    sara.page.get_by_role("button", name="درباره مشتری").click()
    sara.page.locator("#panel").get_by_text("دیجی‌کالا").wait_for()
    assert not sara.reply.is_visible()
    width = sara.page.evaluate("document.documentElement.scrollWidth")
    assert width == 390


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_on_the_workplace(agent, desk, lang, size, colours):
    chat = waits(desk)
    chat.open_ticket(phone="0501234567")
    sara = agent(lang, size, colours)
    sara.sign_in()
    sara.take(chat.id)
    sara.page.locator(".suggestion").first.wait_for()
    sara.press("tab_note")
    sara.write("note", "note")
    sara.message("internal", "note").wait_for()
    assert breaches(sara) == []
    sara.press("tab_reply")
    sara.reply.fill("/")
    sara.page.locator(".canned li").first.wait_for()
    assert breaches(sara) == []
    if size == "phone":
        for view in ("view_panel", "view_lists"):
            sara.page.locator(".views").get_by_text(sara.words[view]).click()
            assert breaches(sara) == []
    sara.page.locator("#keys").click()
    assert breaches(sara) == []


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_on_sign_in_tickets_and_search(agent, desk, lang, size, colours):
    chat = waits(desk)
    reference = chat.open_ticket(phone="0501234567").json()["reference"]
    sara = agent(lang, size, colours)
    assert breaches(sara) == []
    sara.sign_in()
    sara.entry(reference).click()
    sara.page.get_by_role("heading", name=reference).wait_for()
    assert breaches(sara) == []
    for path in ("tickets?", "search?q=person&"):
        sara.page.goto(f"{desk.url}/desk/{path}lang={lang.value}")
        assert breaches(sara) == []
        assert sara.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]

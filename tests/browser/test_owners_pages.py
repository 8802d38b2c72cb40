"""The owner's pages in Chromium: axe-core's rules, no script, nothing wider than a phone."""

from datetime import datetime, timezone

import pytest

from jawab.desk.agents.words import AGENT_WORDS
from jawab.text.language import Lang

from ..unit.desk.owner import Visitor
from .axe import violations
from .conftest import SIZES
from .desk_and_shop import Desk

TEN = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
PAGES = ("/desk/shop/digikala", "/desk/agents", "/desk/figures", "/desk/learning")


@pytest.fixture(scope="module")
def owner(tmp_path_factory, _rasa_server, knowledge):
    desk = Desk(
        tmp_path_factory.mktemp("owner"), _rasa_server.url, knowledge, {"clock": lambda: TEN}
    )
    owner = Visitor(desk)
    week = {"mon": "9-13, 16-20", "tue": "18-2", "fri": "24"}
    owner.send("/desk/shop/digikala", target="hours.live_chat", seen="0", **week)
    for lang in ("fa", "ar", "en"):
        desk.begin("digikala", lang=lang).ask("؟")
    yield owner
    desk.stop()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("lang", ["fa", "ar", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_overflows(chromium, owner, path, lang, size, colours):
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=colours, reduced_motion="reduce"
    )
    context.add_cookies([{"name": "jawab-desk", "value": owner.agent.token, "url": owner.desk.url}])
    page = context.new_page()
    problems = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(f"{owner.desk.url}{path}?lang={lang}")
    for summary in page.locator("summary").all():
        summary.click()
    problems += violations(page)
    assert problems == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("lang", ["fa", "ar", "en"])
def test_the_workplace_leads_there(chromium, owner, lang, size):
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height})
    context.add_cookies([{"name": "jawab-desk", "value": owner.agent.token, "url": owner.desk.url}])
    page = context.new_page()
    page.goto(f"{owner.desk.url}/desk?lang={lang}")
    page.get_by_role("link", name=AGENT_WORDS["management"][Lang(lang)]).click()
    page.wait_for_url(f"**/desk/figures?lang={lang}")
    assert page.locator("html").get_attribute("lang") == lang
    context.close()


def test_a_week_is_saved_by_keyboard_without_a_script(chromium, owner):
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "jawab-desk", "value": owner.agent.token, "url": owner.desk.url}])
    page = context.new_page()
    page.goto(f"{owner.desk.url}/desk/shop/souq?lang=en")
    monday = page.locator('[id="hours.email"] input[name="mon"]')
    monday.fill("۹ تا ۲۱")
    monday.press("Enter")
    page.get_by_role("status").wait_for()
    assert monday.input_value() == "09:00-21:00"
    monday.fill("soon")
    monday.press("Enter")
    page.get_by_role("alert").wait_for()
    wrong = page.locator("input:focus")  # where the typing goes on
    assert (wrong.get_attribute("name"), wrong.input_value()) == ("mon", "soon")
    context.close()

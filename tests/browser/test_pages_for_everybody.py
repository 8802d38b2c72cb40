"""axe-core's rules on the pages shoppers see."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import SIZES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize(
    "path",
    [
        "/demo",
        "/demo/digikala",
        "/demo/souq?lang=en",
        "/faq/digikala",
        "/faq/souq",
        "/chat/souq",
        "/desk/state",
        "/desk/sign-in",
    ],
)
def test_axe_finds_nothing_on_a_page(chromium, desk, path, size, colours):
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme=colours,
        reduced_motion="reduce",  # half-faded letters have no contrast yet
    )
    page = context.new_page()
    page.goto(desk.url + path)
    if path.startswith("/chat"):
        page.locator(".message.bot").first.wait_for()
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert [
        f"{violation['id']}: {node['html'][:120]} {node['failureSummary']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ] == []
    context.close()

"""axe-core's rules on the pages shoppers see."""

import pytest

from .axe import violations
from .conftest import SIZES


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
    assert violations(page) == []
    context.close()

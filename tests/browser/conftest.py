"""Chromium, a desk, a shop's site with the widget in it, and a shopper in front of it."""

from urllib.parse import urlencode

import pytest

from jawab.channels import accounts
from jawab.support.agents.agent import NewAgent
from jawab.text.language import Lang

from ..chromium import running_chromium
from ..unit.desk.conftest import _rasa_server, knowledge, rasa  # noqa: F401 fixtures
from .desk_and_shop import Desk, Running, shop_site
from .shopper import Shopper
from .workplace import PASSWORD, TEN, Agent

SIZES = {"phone": (390, 844), "narrow": (390, 844), "desktop": (1280, 800)}


@pytest.fixture(
    scope="module"
)  # not longer: a second Playwright of another test cannot run beside it
def chromium():
    with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def site():
    with Running(shop_site()) as server:
        yield server.url


@pytest.fixture(scope="session")
def _desk(tmp_path_factory, _rasa_server, knowledge, site):  # noqa: F811
    var = tmp_path_factory.mktemp("desk")
    telegram = {"app": "telegram", "shop": "souq", "token": "1:x", "secret": "s"}
    accounts.write(  # known by name alone: nothing goes there
        var / "channels.yml", {"souq-telegram": {**telegram, "username": "souq_bot"}}
    )
    desk = Desk(var, _rasa_server.url, knowledge, {"allowed_origins": (site,)})
    yield desk
    desk.stop()


@pytest.fixture
def desk(_desk, rasa):  # noqa: F811
    return _desk


@pytest.fixture
def visit(chromium, desk, site):
    """A shopper comes: `visit(lang="ar", size="phone", kind="plain", open=True)`.

    Fails on an error in a page, on a breach of its policy, and on a request to anywhere but desk and shop.
    """
    contexts, complaints = [], []

    def heard(message):
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def asked(request):
        if not request.url.startswith((desk.url, site, "data:", "blob:")):
            complaints.append(f"a request to {request.url}")

    def come(
        *, shop="digikala", lang="fa", size="desktop", kind="plain", open=True, context=None, **more
    ):
        if context is None:
            width, height = SIZES[size]
            touch = {"has_touch": True, "is_mobile": True} if size == "phone" else {}
            context = chromium.new_context(
                viewport={"width": width, "height": height},
                locale=lang,
                **touch,
                color_scheme=more.pop("colours", "light"),
                reduced_motion=more.pop("motion", "reduce"),  # nothing to wait for
            )
            context.set_default_timeout(15_000)
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(error.stack))
        page.on("console", heard)
        page.on("request", asked)
        query = {"desk": desk.url, "shop": shop, "lang": lang, **more}
        if isinstance(open, str):
            query["open"] = open
        page.goto(f"{site}/{kind}?{urlencode(query)}")
        shopper = Shopper(page)
        shopper.launcher.wait_for(state="attached")
        if open is True:
            shopper.open()
        return shopper

    yield come
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def agents_desk(tmp_path, _rasa_server, rasa, knowledge, site):  # noqa: F811
    def reply(question):  # "person" calls one
        wanted = {"handover": {"reason": "asked"}} if "person" in question["message"] else {}
        return [{"text": "ok"}, {"custom": rasa.custom(question, **wanted)}]

    rasa.reply = reply
    settings = {"clock": lambda: TEN, "presence_lifetime": 5, "allowed_origins": (site,)}
    desk = Desk(tmp_path, _rasa_server.url, knowledge, settings)
    for login, name in (("sara", "سارا"), ("ali", "Ali")):
        desk.services.agents.add(NewAgent(login, name), PASSWORD, now=TEN)
    yield desk
    desk.stop()


@pytest.fixture
def agent(chromium, agents_desk):
    """An agent comes: `agent(lang)`; fails on an error in the page and on a breach of its policy."""
    contexts, complaints = [], []

    def come(lang=Lang.EN, size="desktop", colours="light"):
        width, height = SIZES[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=lang.value, color_scheme=colours
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(error.stack))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if "Content Security Policy" in message.text
                else None
            ),
        )
        page.goto(f"{agents_desk.url}/desk?lang={lang.value}")
        return Agent(page, lang)

    yield come
    for context in contexts:
        context.close()
    assert complaints == []

"""Apps on loopback, and a desk that has an account of each; a fake Rasa answers behind it."""

import itertools
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from jawab.channels import accounts
from jawab.support.channel_tables import chats

from ..fakes.bot_api import FakeBotApi
from ..unit.desk.conftest import _rasa_server, knowledge, rasa, start_desk  # noqa: F401
from ..unit.desk.running import Desk, Running

TOKEN = "4242:fake-token"
SECRET = "a-secret-nobody-can-guess"
BOT_APIS = ("telegram", "bale")
SETTINGS = {
    "channel_first_delay": 0.05,
    "channel_longest_delay": 0.2,
    "channel_poll": 0.05,
}
_chats = itertools.count(700)


@dataclass
class App:
    """An app with its fake server, and the account of it that the desk has."""

    name: str
    server: FakeBotApi

    @property
    def account(self):
        """How it stands in the file of channels."""
        return {
            "app": self.name,
            "shop": "digikala",
            "token": TOKEN,
            "secret": SECRET,
            "username": "jawab_bot",
            "base_url": self.server.url,
        }

    def customer(self, *, group=False, **more):
        """Somebody new who uses the app, alone or in a group."""
        number = next(_chats)
        return self.server.customer(-number if group else number, group=group, **more)

    def hook(self, desk):
        """Tell the app where its updates go, as `jawab channel add` does."""
        address = f"{desk.url}/channels/{self.name}"
        hook = {"url": address, "secret": SECRET}
        if not self.server.secrets:
            hook = {"url": f"{address}/{SECRET}", "secret": ""}
        self.server.bot(TOKEN).webhook = hook


@pytest.fixture(scope="session")
def _apps():
    with ExitStack() as stack:
        found = {}
        for name in BOT_APIS:
            server = FakeBotApi(secrets=name == "telegram")
            server.bot(TOKEN)
            server.url = stack.enter_context(Running(server.app)).url
            found[name] = App(name, server)
        yield found


@pytest.fixture(scope="session")
def _shared_desk(_apps, _rasa_server, knowledge, tmp_path_factory):  # noqa: F811
    folder = tmp_path_factory.mktemp("desk")
    path = folder / "channels.yml"
    accounts.write(path, {name: app.account for name, app in _apps.items()})
    settings = {**SETTINGS, "channels_file": path}
    desk = Desk(folder, _rasa_server.url, knowledge, settings)
    yield desk
    desk.stop()


@pytest.fixture(params=BOT_APIS)
def app(request, _apps):
    """Each app, with nothing left from the test before."""
    app = _apps[request.param]
    app.server.reset()
    yield app
    app.server.reset()


@pytest.fixture
def desk(app, _shared_desk, rasa):  # noqa: F811
    """The desk that the app's updates come to, shared by the tests: each has its own chats in it."""
    app.hook(_shared_desk)
    return _shared_desk


@pytest.fixture
def sara(app, desk):
    """A shopper with the app."""
    return app.customer()


@pytest.fixture
def serve(start_desk, tmp_path):  # noqa: F811
    """A desk of this test's own with an account of this app: `serve(app, updates="poll")`."""

    def start(app, *, updates="webhook", **settings):
        path = tmp_path / "channels.yml"
        accounts.write(path, {app.name: {**app.account, "updates": updates}})
        desk = start_desk(**{**SETTINGS, "channels_file": path, **settings})
        if updates == "webhook":
            app.hook(desk)
        return desk

    return start


def transcript(desk, customer):
    """What stands in the conversation of this chat."""
    with desk.services.database.reading() as connection:
        found = connection.execute(
            select(chats.c.conversation_id).where(chats.c.chat == str(customer.chat))
        ).scalar()
    return [] if found is None else list(desk.store.messages_after(found, 0, limit=200))

"""Apps on loopback, and a desk that has an account of each; a fake Rasa answers behind it."""

from contextlib import ExitStack

import pytest
from sqlalchemy import select

from jawab.channels import accounts
from jawab.support.apps.tables import chats
from jawab.support.conversations.message import Author

from ..unit.desk.conftest import _rasa_server, knowledge, rasa, start_desk  # noqa: F401
from ..unit.desk.running import Desk, Running
from .apps import MADE, TOKEN

SETTINGS = {
    "channel_first_delay": 0.05,
    "channel_longest_delay": 0.2,
    "channel_poll": 0.05,
}


@pytest.fixture(scope="session")
def _apps():
    with ExitStack() as stack:
        found = {}
        for name, make in MADE.items():
            app = found[name] = make()
            if hasattr(app.server, "bot"):
                app.server.bot(TOKEN)
            app.server.url = stack.enter_context(Running(app.server.app)).url
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


@pytest.fixture(params=MADE)
def app(request, _apps):
    """Each app, with nothing left from the test before; `only` and `able` choose among them."""
    app = _apps[request.param]
    app.reset()
    yield app
    app.reset()


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

    def start(app, *, updates="webhook", base_url=None, proxy=None, **settings):
        path = tmp_path / "channels.yml"
        told = {"base_url": base_url, "proxy": proxy}
        told = {key: value for key, value in told.items() if value}
        accounts.write(path, {app.name: {**app.account, "updates": updates, **told}})
        desk = start_desk(**{**SETTINGS, "channels_file": path, **settings})
        if updates == "webhook":
            app.hook(desk)
        return desk

    return start


def chat_of(desk, customer):
    """The chat of this shopper, as the desk knows it."""
    with desk.services.database.reading() as connection:
        here = chats.c.chat == str(customer.chat)
        id = connection.execute(select(chats.c.conversation_id).where(here)).scalar()
    return None if id is None else desk.services.channels.chats.of_conversation(id)


def transcript(desk, customer):
    """What stands in the conversation of this chat."""
    chat = chat_of(desk, customer)
    return (
        [] if chat is None else list(desk.store.messages_after(chat.conversation_id, 0, limit=200))
    )


def said(desk, customer, author=Author.SHOPPER):
    """What one author said in this chat."""
    return [message.text for message in transcript(desk, customer) if message.author is author]


def offered(customer):
    """What can be chosen: the buttons' words and how each is taken; where they are a numbered list, by its number."""
    if customer.buttons:
        return {title: lambda id=id: customer.press(id) for title, id in customer.buttons.items()}
    lines = [line.split(". ", 1) for line in customer.texts[-1].splitlines() if ". " in line[:4]]
    return {title: lambda number=number: customer.say(number) for number, title in lines}
